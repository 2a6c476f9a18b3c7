"""A name that can be clicked: on one line, elided, with a focus ring for the keyboard."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.labels import tip
from galaxy_desktop.ui.row_text import draw_line


class NameButton(QAbstractButton):
    """A name of any length and script; a click or the space bar presses it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = self._does = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_name(self, name: str, does: str) -> None:
        """Show a name, and say what a press does."""
        self._name, self._does = " ".join(name.split()), does
        self.setToolTip(tip(f"{self._name}. {does}" if does else self._name))
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(does)
        self.setEnabled(bool(does))
        self.update()

    def name(self) -> str:
        """Return the whole name."""
        return self._name

    def sizeHint(self) -> QSize:
        return QSize(96, theme.pixels("body") + 2 * theme.UNIT - 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 1))
            ring = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(ring, theme.RADIUS / 2, theme.RADIUS / 2)
        text = QRectF(self.rect()).adjusted(4, 0, -4, 0)
        colour = colours.text if self.isEnabled() else colours.faint
        if self.isEnabled() and self.underMouse():
            colour = colours.accent
        draw_line(painter, text, self._name, theme.font("body", bold=True), colour)
