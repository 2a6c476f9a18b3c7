"""How popular an artist is, as a bar and a number."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.labels import label


class FameBar(QWidget):
    """A row: what it is, a bar, the number of 100."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        self._bar = _Bar()
        self._number = label("", "number")
        row.addWidget(label("Popularity", "small"))
        row.addWidget(self._bar, 1)
        row.addWidget(self._number)

    def set_fame(self, popularity: int) -> None:
        """Show a popularity of 0 to 100."""
        self._bar.share = popularity / 100
        self._bar.update()
        self._number.setText(f"{popularity}")
        self.setToolTip(f"Popularity {popularity} of 100")
        self.setAccessibleName(f"Popularity {popularity} of 100")


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(40, 16)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(0, self.height() / 2 - 2, self.width(), 4)
        painter.setBrush(QColor(colours.edge))
        painter.drawRoundedRect(bar, 2, 2)
        if self.share > 0:
            bar.setWidth(max(4.0, bar.width() * self.share))
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(bar, 2, 2)
