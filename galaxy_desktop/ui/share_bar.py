"""How much of each ingredient is in a result, as a small bar."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPainterPath

from galaxy_desktop.ui import theme

Share = tuple[str, float]
"""A colour, and how much of all, 0 to 1."""


def draw_lean(painter: QPainter, place: QRectF, first: Share, second: Share) -> None:
    """Draw to which side of two a result leans: from the middle towards it, with a knob there."""
    colours = theme.colours()
    middle = place.center()
    track = QRectF(place.left(), middle.y() - 1.5, place.width(), 3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.edge))
    painter.drawRoundedRect(track, 1.5, 1.5)
    # All of the first is at its left end.
    at = place.left() + 4 + second[1] * (place.width() - 8)
    colour = QColor(first[0] if first[1] >= second[1] else second[0])
    painter.setBrush(colour)
    painter.drawRect(QRectF(min(at, middle.x()), track.top(), abs(at - middle.x()), 3))
    painter.setBrush(QColor(colours.faint))
    painter.drawRect(QRectF(middle.x() - 0.5, middle.y() - 4, 1, 8))
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(at, middle.y()), 4, 4)


def draw_shares(painter: QPainter, place: QRectF, shares: Sequence[Share]) -> None:
    """Draw the shares of several one after the other; they add up to the whole bar."""
    track = QRectF(place.left(), place.center().y() - 2.5, place.width(), 5)
    shape = QPainterPath()
    shape.addRoundedRect(track, 2.5, 2.5)
    painter.save()
    painter.setClipPath(shape)
    painter.fillRect(track, QColor(theme.colours().edge))
    left = track.left()
    for colour, share in shares:
        wide = share * track.width()
        # Hairlines of the ground between them: neighbours may be of like brightness.
        painter.fillRect(QRectF(left, track.top(), max(0.0, wide - 1), 5), QColor(colour))
        left += wide
    painter.restore()
