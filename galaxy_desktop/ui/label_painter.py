"""`LabelPainter`: names as small pictures, in any script, legible over whatever glows behind."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPolygonF,
)

from galaxy_desktop.model.label_kinds import Kind
from galaxy_desktop.ui import theme

Pixels = npt.NDArray[np.uint8]

#: Around the letters, logical pixels: room for the shade, or the plate's own margin.
_MARGIN = {"selected": (9.0, 5.0), "hovered": (9.0, 5.0)}
_SHADE = 3.0
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class _Style:
    colour: str
    opacity: float
    weight: QFont.Weight
    tracking: float = 0.2  # logical pixels between letters
    capitals: bool = False


_STYLES: dict[str, _Style] = {
    "star": _Style("#e3eef5", 0.90, QFont.Weight.Medium),
    "landmark": _Style("#ffffff", 0.96, QFont.Weight.DemiBold),
    "region": _Style("#a9c4d8", 0.62, QFont.Weight.Medium, 3.2, capitals=True),
    "selected": _Style("accent", 1.0, QFont.Weight.DemiBold),
    "hovered": _Style("#ffffff", 1.0, QFont.Weight.DemiBold),
    "related": _Style("#ffe3b3", 0.95, QFont.Weight.Medium),
    "highlight": _Style("#ffe3b3", 0.95, QFont.Weight.Medium),
    "pointer": _Style("accent", 1.0, QFont.Weight.Medium),
}


class LabelPainter:
    """Measures and paints texts; a QGuiApplication must be there.

    Parameters
    ----------
    accent : str
        The colour of what is selected, ``"#rrggbb"``.
    """

    def __init__(self, accent: str = "#ffab1f") -> None:
        self.accent = accent
        self._sizes: OrderedDict[tuple[str, Kind, float], tuple[float, float]] = OrderedDict()

    def measure(self, text: str, kind: Kind, size: float) -> tuple[float, float]:
        """Return the width and height of a text with its margins, in logical pixels.

        Parameters
        ----------
        text : str
        kind : Kind
        size : float
            Of the letters, in logical pixels.
        """
        key = (text, kind, size)
        if key in self._sizes:
            self._sizes.move_to_end(key)
            return self._sizes[key]
        if kind == "pointer":
            measured = (size, size)
        else:
            metrics = QFontMetricsF(_font(kind, size))
            across, down = _margin(kind)
            # The last letter is followed by no gap.
            width = metrics.horizontalAdvance(_shown(text, kind)) - _STYLES[kind].tracking
            measured = (math.ceil(width + 2 * across), math.ceil(metrics.height() + 2 * down))
        self._sizes[key] = measured
        if len(self._sizes) > _KEPT:
            self._sizes.popitem(last=False)
        return measured

    def paint(self, text: str, kind: Kind, size: float, ratio: float) -> Pixels:
        """Return the picture of a text.

        Parameters
        ----------
        text : str
        kind : Kind
        size : float
            Of the letters, in logical pixels.
        ratio : float
            Pixels for each logical one.

        Returns
        -------
        ndarray of uint8, shape (h, w, 4)
            Red, green, blue and opacity; the colours are multiplied by the opacity already.
        """
        width, height = self.measure(text, kind, size)
        image = QImage(
            max(1, math.ceil(width * ratio)),
            max(1, math.ceil(height * ratio)),
            QImage.Format.Format_RGBA8888_Premultiplied,
        )
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        style = _STYLES[kind]
        colour = QColor(self.accent if style.colour == "accent" else style.colour)
        colour.setAlphaF(style.opacity)
        painter = QPainter(image)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        if kind == "pointer":
            _arrow(painter, size, colour)
        else:
            if kind in _MARGIN:
                self._plate(painter, width, height, kind)
            painter.setFont(_font(kind, size))
            painter.setPen(colour)
            across, down = _margin(kind)
            metrics = painter.fontMetrics()
            painter.drawText(QPointF(across, down + metrics.ascent()), _shown(text, kind))
        painter.end()
        pixels = _pixels(image)
        return pixels if kind in _MARGIN else _shaded(pixels, ratio)

    def _plate(self, painter: QPainter, width: float, height: float, kind: Kind) -> None:
        edge = QColor(self.accent if kind == "selected" else "#ffffff")
        edge.setAlphaF(0.55 if kind == "selected" else 0.28)
        painter.setPen(QPen(edge, 1.0))
        painter.setBrush(QColor(7, 12, 20, 214))
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), 6, 6)


def _margin(kind: Kind) -> tuple[float, float]:
    return _MARGIN.get(kind, (_SHADE + 1, _SHADE - 1))


def _font(kind: Kind, size: float) -> QFont:
    style = _STYLES[kind]
    font = QFont(theme.font())
    font.setPixelSize(max(1, round(size)))
    font.setWeight(style.weight)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, style.tracking)
    # Hinting moves letters to whole pixels of a size that is not the screen's.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _shown(text: str, kind: Kind) -> str:
    return text.upper() if _STYLES[kind].capitals else text


def _arrow(painter: QPainter, size: float, colour: QColor) -> None:
    """Draw an arrow head that points to the right."""
    middle, reach = size / 2, size * 0.34
    painter.setPen(QPen(QColor(7, 12, 20, 200), 1.2))
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(middle + reach, middle),
                QPointF(middle - reach * 0.8, middle - reach * 0.85),
                QPointF(middle - reach * 0.35, middle),
                QPointF(middle - reach * 0.8, middle + reach * 0.85),
            ]
        )
    )


def _pixels(image: QImage) -> Pixels:
    bits = image.constBits()
    assert bits is not None
    raw = np.frombuffer(bits.asstring(image.sizeInBytes()), np.uint8)
    rows = raw.reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()


def _shaded(pixels: Pixels, ratio: float) -> Pixels:
    """Put a soft dark shade behind letters: their own shape, blurred."""
    shape = pixels[..., 3].astype(np.float32) / 255
    reach = max(1, round(_SHADE * ratio * 0.5))
    shade = shape
    for _ in range(2):
        shade = _spread(_spread(shade, reach, 0), reach, 1)
    shade = np.minimum(shade * 2.4, 0.82)
    behind = shade * (1 - shape)
    out = pixels.astype(np.float32)
    # The shade is nearly black, with a breath of blue.
    out += behind[..., None] * np.array([4, 7, 12, 255], np.float32)
    return np.minimum(out + 0.5, 255).astype(np.uint8)


def _spread(image: npt.NDArray[np.float32], reach: int, axis: int) -> npt.NDArray[np.float32]:
    """Return the mean over `reach` pixels to both sides."""
    padded = np.pad(image, [(reach + 1, reach) if a == axis else (0, 0) for a in (0, 1)])
    total = np.cumsum(padded, axis=axis)
    length = image.shape[axis]
    width = 2 * reach + 1
    high = np.take(total, range(width, width + length), axis=axis)
    low = np.take(total, range(length), axis=axis)
    mean: npt.NDArray[np.float32] = (high - low) / width
    return mean
