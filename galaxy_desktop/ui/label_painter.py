"""`LabelPainter`: draws the text of a label into a small picture, which the scene shows."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import cast

import numpy as np
import numpy.typing as npt
from PyQt6.QtCore import QPointF, QRectF
from PyQt6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from galaxy_desktop.model.label_kinds import Kind, PlacedLabel
from galaxy_desktop.model.look import PaletteName
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.label_style import accent_colour, font_of, style_of, text_colour

Pixels = npt.NDArray[np.uint8]

_REMEMBERED = 8192
_LINE = 1.35
"""The height of a line as a part of the size of its letters."""
_PLATE = (8.0, 4.0)
"""Logical pixels of a plate beside and above its text."""
_PLATE_COLOUR = (9, 14, 22, 224)
_EDGE = 8
"""Logical pixels around the box of a label that its halo, or a tall letter, may reach into."""
_GAIN = 3.3
_DARK = (2, 4, 10)
# Widths are measured this much larger than they are drawn, so that rounding does not show.
_MAGNIFIED = 4


class LabelPainter:
    """Writes labels in any script; whatever font has the letters is found by Qt.

    There must be a QGuiApplication, on any platform.

    Parameters
    ----------
    palette : {"lagoon", "aurora", "ember"}
        Of the galaxy: chosen names have its colour for what is chosen.
    """

    def __init__(self, palette: PaletteName = "lagoon") -> None:
        self.palette: PaletteName = palette
        self.measure = lru_cache(_REMEMBERED)(_measure)
        """Returns the width and height of a label; see `Measure`."""

    def paint(self, label: PlacedLabel, ratio: float) -> Pixels:
        """Return the picture of a label.

        Parameters
        ----------
        label : PlacedLabel
            Its text, kind, size, width and height count.
        ratio : float
            Pixels for each logical one.

        Returns
        -------
        ndarray of uint8, shape (h, w, 4)
            Red, green and blue times alpha, and alpha; the top row first. Its middle is that of
            the label's box; it is larger than this by a rim that its halo fades out in.
        """
        edge = math.ceil(_EDGE * ratio)
        width = math.ceil(label.width * ratio) + 2 * edge
        height = math.ceil(label.height * ratio) + 2 * edge
        image = QImage(width, height, QImage.Format.Format_RGBA8888_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        style = style_of(label.kind)
        if label.kind == "pointer":
            self._arrow(painter, width, height, label.size * ratio)
        else:
            self._text(painter, label, ratio, width, height)
        painter.end()
        pixels = _pixels(image)
        pixels = _with_halo(pixels, style.blur * ratio, style.halo)
        if style.plate:
            pixels = _over(pixels, self._plate(label, ratio, width, height))
        return pixels

    def _text(
        self, painter: QPainter, label: PlacedLabel, ratio: float, width: int, height: int
    ) -> None:
        font = font_of(label.kind, label.size * ratio, label.text)
        metrics = QFontMetricsF(font)
        text = _written(label.text, label.kind)
        painter.setFont(font)
        painter.setPen(text_colour(label.kind, self.palette))
        # The last letter is followed by no room.
        long = metrics.horizontalAdvance(text) - font.letterSpacing()
        # Capitals are in the middle; the baseline is on a whole pixel, so they are crisp.
        base = round(height / 2 + metrics.capHeight() / 2)
        painter.drawText(QPointF(round((width - long) / 2), base), text)

    def _arrow(self, painter: QPainter, width: int, height: int, size: float) -> None:
        x, y, reach = width / 2, height / 2, size / 2
        path = QPainterPath(QPointF(x + reach, y))
        path.lineTo(x - 0.55 * reach, y - 0.8 * reach)
        path.lineTo(x - 0.2 * reach, y)
        path.lineTo(x - 0.55 * reach, y + 0.8 * reach)
        path.closeSubpath()
        painter.fillPath(path, text_colour("pointer", self.palette))

    def _plate(self, label: PlacedLabel, ratio: float, width: int, height: int) -> Pixels:
        image = QImage(width, height, QImage.Format.Format_RGBA8888_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = label.width * ratio - ratio, label.height * ratio - ratio
        box = QRectF((width - wide) / 2, (height - high) / 2, wide, high)
        chosen = label.kind == "selected"
        rim = accent_colour(self.palette) if chosen else QColor(theme.colours().edge)
        rim.setAlphaF(0.8)
        painter.setPen(QPen(rim, ratio))
        painter.setBrush(QColor(*_PLATE_COLOUR))
        painter.drawRoundedRect(box, theme.RADIUS * 0.75 * ratio, theme.RADIUS * 0.75 * ratio)
        painter.end()
        return _pixels(image)


def _written(text: str, kind: Kind) -> str:
    return text.upper() if style_of(kind).capitals else text


def _measure(text: str, kind: Kind, size: int) -> tuple[float, float]:
    style = style_of(kind)
    font = font_of(kind, size * _MAGNIFIED, text)
    width = QFontMetricsF(font).horizontalAdvance(_written(text, kind)) - font.letterSpacing()
    beside, above = _PLATE if style.plate else (0.0, 0.0)
    return max(width / _MAGNIFIED, 1.0) + 2 * beside, _LINE * size + 2 * above


def _pixels(image: QImage) -> Pixels:
    """Return the pixels of an image as an array of their own."""
    bits = image.constBits()
    assert bits is not None
    bits.setsize(image.sizeInBytes())
    # PyQt6 gives something with a buffer; its types do not say so.
    rows = np.frombuffer(cast(memoryview, bits), np.uint8)
    rows = rows.reshape(image.height(), image.bytesPerLine())[:, : 4 * image.width()]
    return rows.reshape(image.height(), image.width(), 4).copy()


def _with_halo(pixels: Pixels, blur: float, strength: float) -> Pixels:
    """Return a picture with softly darkened surroundings of what is in it."""
    alpha = pixels[..., 3].astype(np.float32) / 255
    kernel = _bell(blur)
    soft = np.minimum(_blurred(_blurred(alpha, kernel).T, kernel).T * _GAIN, 1) * strength
    halo = np.empty(pixels.shape, np.float32)
    halo[..., :3] = soft[..., None] * np.array(_DARK, np.float32)
    halo[..., 3] = soft * 255
    return _over(pixels, np.rint(halo).astype(np.uint8))


def _over(top: Pixels, bottom: Pixels) -> Pixels:
    left = 1 - top[..., 3:].astype(np.float32) / 255
    both = top + bottom * left
    result: Pixels = np.minimum(np.rint(both), 255).astype(np.uint8)
    return result


@lru_cache(16)
def _bell(sigma: float) -> npt.NDArray[np.float32]:
    reach = math.ceil(2.5 * sigma)
    at = np.arange(-reach, reach + 1)
    bell: npt.NDArray[np.float64] = np.exp(-0.5 * (at / sigma) ** 2)
    bell /= bell.sum()
    return bell.astype(np.float32)


def _blurred(
    values: npt.NDArray[np.float32], kernel: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Return rows blurred along themselves."""
    reach = len(kernel) // 2
    padded = np.pad(values, ((0, 0), (reach, reach)))
    width = values.shape[1]
    out: npt.NDArray[np.float32] = kernel[reach] * values
    for place in range(reach):
        near = padded[:, place : place + width]
        out += kernel[place] * (near + padded[:, 2 * reach - place : 2 * reach - place + width])
    return out
