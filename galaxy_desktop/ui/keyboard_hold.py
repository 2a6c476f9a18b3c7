"""`KeyboardHold`: somebody in the active window has the keyboard."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtWidgets import QApplication, QWidget


class KeyboardHold(QObject):
    """Gives the keyboard to a widget where Qt has given it to nobody.

    Qt does so where a window becomes active a moment before the widget that is to have the
    keyboard is seen, as at a start under a window manager: no key would do anything.

    Parameters
    ----------
    widget : QWidget
        Has it, unless another one was to have it and is seen.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        # What comes to be seen is so only after this event.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._hold)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """See Qt."""
        if event is not None and event.type() in (QEvent.Type.WindowActivate, QEvent.Type.Show):
            self._soon.start()
        return super().eventFilter(watched, event)

    def _hold(self) -> None:
        window = self._widget.window()
        if window is None or not window.isActiveWindow() or QApplication.focusWidget() is not None:
            return
        chosen = window.focusWidget()
        holder = chosen if chosen is not None and chosen.isVisible() else self._widget
        holder.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
