"""`LabelPictures`: names painted by Qt, where there is no graphics card to draw them.

Forty names take 0.4 ms as they are, but 2.4 if Qt is to paint them between pixels, which they must
be in motion: on whole pixels they tremble. So each is kept moved by quarters of a pixel as well.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import numpy.typing as npt
from PyQt6.QtGui import QImage, QPainter

from galaxy_desktop.model.label_kinds import PlacedLabel

Pixels = npt.NDArray[np.uint8]
Place = tuple[int, int]

_PARTS = 4
"""A pixel has so many places from left to right, and from top to bottom."""
_MOST_MOVED = 12
"""So many pictures are moved in a frame, 0.05 ms each; the others stand on whole pixels."""
_FAST = 2.0
"""Pixels a frame: of what moves faster nobody sees on which part of a pixel it is."""
_KEPT = 256


@dataclass(slots=True)
class _Text:
    """The pictures of one text: as it is, and moved by parts of a pixel."""

    pixels: Pixels
    images: dict[Place, QImage] = field(default_factory=dict)
    corner: tuple[float, float] = (0.0, 0.0)


class LabelPictures:
    """Keeps the pictures of texts, and paints those that are wanted."""

    def __init__(self) -> None:
        self._texts: OrderedDict[tuple[object, ...], _Text] = OrderedDict()
        self._left = 0

    def paint(
        self,
        painter: QPainter,
        labels: Sequence[PlacedLabel],
        ratio: float,
        rasterise: Callable[[PlacedLabel], Pixels],
        *,
        still: bool = True,
        most: int | None = None,
    ) -> int:
        """Paint labels; see `scene.labels.Labels.draw`, which does it on a graphics card.

        Parameters
        ----------
        painter : QPainter
            One unit is a pixel.
        labels : sequence of PlacedLabel
            In logical pixels; a later one is painted over those before.
        ratio : float
            Pixels for each logical one.
        rasterise : callable
            Draws the text of a label: shape (h, w, 4), colours times alpha.
        still : bool
            Whether texts stand on whole pixels, which is crisp; in motion they glide.
        most : int, optional
            So many new texts at most are asked for; more come with the next frames.

        Returns
        -------
        int
            How many labels are yet to come.
        """
        missing = 0
        left = math.inf if most is None else most
        shown: list[tuple[PlacedLabel, _Text]] = []
        # The last ones matter most.
        for label in reversed(labels):
            key = (label.text, label.kind, label.size, ratio)
            text = self._texts.get(key)
            if text is None and left > 0:
                left -= 1
                text = self._texts[key] = _Text(rasterise(label))
            if text is None:
                missing += 1
            else:
                self._texts.move_to_end(key)
                shown.append((label, text))
        while len(self._texts) > max(_KEPT, 2 * len(labels)):
            self._texts.popitem(last=False)
        self._left = _MOST_MOVED
        for label, text in reversed(shown):
            self._paint(painter, label, text, ratio, still)
        painter.setOpacity(1)
        return missing

    def clear(self) -> None:
        """Ask for all texts again: they look otherwise now."""
        self._texts.clear()

    def _paint(
        self, painter: QPainter, label: PlacedLabel, text: _Text, ratio: float, still: bool
    ) -> None:
        painter.setOpacity(label.alpha)
        high, wide = text.pixels.shape[:2]
        x = (label.x + label.width / 2) * ratio
        y = (label.y + label.height / 2) * ratio
        if label.angle:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.translate(x, y)
            painter.rotate(math.degrees(label.angle))
            painter.drawImage(-(wide // 2), -(high // 2), self._image(text, (0, 0)))
            painter.restore()
            return
        left, top = x - wide / 2, y - high / 2
        place = (math.floor(left * _PARTS + 0.5), math.floor(top * _PARTS + 0.5))
        part = (place[0] % _PARTS, place[1] % _PARTS)
        before, text.corner = text.corner, (left, top)
        fast = abs(left - before[0]) + abs(top - before[1]) > _FAST
        if not (still or fast) and (part in text.images or self._left > 0):
            self._left -= part not in text.images
            corner = (place[0] // _PARTS, place[1] // _PARTS)
        else:
            part, corner = (0, 0), (math.floor(left + 0.5), math.floor(top + 0.5))
        painter.drawImage(*corner, self._image(text, part))

    def _image(self, text: _Text, part: Place) -> QImage:
        image = text.images.get(part)
        if image is None:
            pixels = text.pixels if part == (0, 0) else moved(text.pixels, part)
            high, wide = pixels.shape[:2]
            # PyQt6 takes anything with a buffer; its types say bytes.
            data = cast(bytes, np.ascontiguousarray(pixels).data)
            given = QImage(data, wide, high, 4 * wide, QImage.Format.Format_RGBA8888_Premultiplied)
            # Of its own, and in the order of the screen: half as long to paint.
            image = given.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
            text.images[part] = image
        return image


def moved(pixels: Pixels, part: Place) -> Pixels:
    """Return a picture moved right and down by quarters of a pixel, each less than 4.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (h, w, 4)
        Colours times alpha.
    part : (int, int)

    Returns
    -------
    ndarray of uint8, shape (h + 1, w + 1, 4)
    """
    right, down = part[0] / _PARTS, part[1] / _PARTS
    high, wide = pixels.shape[:2]
    framed = np.zeros((high + 2, wide + 2, 4), np.float32)
    framed[1:-1, 1:-1] = pixels
    across = framed[:, 1:] + right * (framed[:, :-1] - framed[:, 1:])
    both: npt.NDArray[np.float32] = across[1:] + down * (across[:-1] - across[1:])
    return (both + 0.5).astype(np.uint8)
