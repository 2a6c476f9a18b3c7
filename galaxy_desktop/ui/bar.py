"""A thin bar that is filled from the left, up to a share."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from galaxy_desktop.ui import theme


class Bar(QWidget):
    """A bar in the accent."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def share(self) -> float:
        """How much is filled, 0 to 1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Fill it so far."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, 16)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        bar = paint_groove(painter, self)
        if self._share > 0:
            bar.setWidth(max(4.0, bar.width() * self._share))
            painter.drawRoundedRect(bar, 2, 2)


def paint_groove(painter: QPainter, widget: QWidget) -> QRectF:
    """Paint an empty bar across a widget and return where; the brush is ready to fill it."""
    colours = theme.colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    groove = QRectF(0, widget.height() / 2 - 2, widget.width(), 4)
    painter.setBrush(QColor(colours.edge))
    painter.drawRoundedRect(groove, 2, 2)
    painter.setBrush(QColor(colours.accent))
    return groove
