"""`MouseLook`: the mouse as a joystick without edges, where the windowing system allows it."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QCursor, QGuiApplication
from PyQt6.QtWidgets import QWidget

# Wayland lets no program move the cursor, and phones have none.
_MOVABLE = ("xcb", "windows", "cocoa")


class MouseLook:
    """Holds the mouse in a widget and tells how far it was moved.

    The cursor is hidden, and set back to the middle whenever it has strayed far: so it never
    reaches an edge.

    Parameters
    ----------
    widget : QWidget
    possible : bool, optional
        Whether the cursor can be moved; default: whether it can on this system.
    """

    def __init__(self, widget: QWidget, possible: bool | None = None) -> None:
        self._widget = widget
        if possible is None:
            possible = QGuiApplication.platformName() in _MOVABLE
        self.possible = possible
        self.held = False
        self._last = QPoint()
        self._away = False

    def hold(self) -> None:
        """Hide the cursor and hold it, where that is possible."""
        if self.possible and not self.held:
            self.held = True
            self._widget.grabMouse(QCursor(Qt.CursorShape.BlankCursor))
            self._back_to_middle()

    def free(self) -> None:
        """Let the cursor go, in the middle of the widget."""
        if self.held:
            self.held = False
            self._widget.releaseMouse()
            QCursor.setPos(self._widget.mapToGlobal(self._middle()))

    def moved(self, to: QPoint) -> QPoint:
        """Return how far the mouse was moved, given where its cursor is now in the widget."""
        middle = self._middle()
        if self._away and _distance(to, middle) < _distance(to, self._last):
            # What was on its way before the cursor was set back still counts from where it was.
            self._last, self._away = middle, False
        way = to - self._last
        self._last = to
        roam = min(self._widget.width(), self._widget.height()) // 4
        if not self._away and _distance(to, middle) > roam:
            self._back_to_middle(to)
        return way

    def _back_to_middle(self, at: QPoint | None = None) -> None:
        middle = self._middle()
        self._away = at is not None
        self._last = middle if at is None else at
        QCursor.setPos(self._widget.mapToGlobal(middle))

    def _middle(self) -> QPoint:
        return self._widget.rect().center()


def _distance(a: QPoint, b: QPoint) -> int:
    return (a - b).manhattanLength()
