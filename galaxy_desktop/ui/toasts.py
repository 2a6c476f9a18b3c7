"""Messages to the user: shown a while at the lower edge, one above the other."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QRect, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QEnterEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import IconButton
from galaxy_desktop.ui.labels import IconLabel
from galaxy_desktop.ui.overlay import Overlay

SHOWN_MS, ERROR_MS = 5_000, 15_000
_PER_LETTER_MS = 45
_PANEL_CHANGES = {QEvent.Type.Hide, QEvent.Type.Resize, QEvent.Type.Move}
_MOST = 4
_WIDTH = 480


class Toasts(QWidget):
    """The messages that are shown now, at the lower edge of what they lie on.

    They never cover an open panel: they go to the upper edge, and where there is no room either,
    they wait until it is closed.

    Parameters
    ----------
    over : QWidget
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.UNIT)
        self._toasts: list[Toast] = []
        self._waiting = False
        over.installEventFilter(self)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """What is shown, the oldest first."""
        return [toast.text for toast in self._toasts]

    def say(self, sentence: str, error: bool = False) -> None:
        """Show a sentence for a while, an error for longer.

        The same sentence again only stays longer. Of more than a few, the oldest goes.
        """
        if not sentence:
            return
        for toast in self._toasts:
            if toast.text == sentence:
                toast.restart()
                return
        while len(self._toasts) >= _MOST:
            self._drop(self._toasts[0])
        toast = Toast(sentence, error=error)
        toast.over.connect(lambda: self._drop(toast))
        self._toasts.append(toast)
        self._column.addWidget(toast)
        toast.show()
        toast.wait(self._waiting)
        self._place()

    def clear(self) -> None:
        """Take all away."""
        for toast in list(self._toasts):
            self._drop(toast)

    def close_down(self) -> None:
        """Show nothing and follow nothing any more: the window is being taken apart."""
        self.clear()
        for followed in (self._over, *self._over.findChildren(Overlay)):
            followed.removeEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        kind = event.type() if event is not None else None
        if watched is self._over and kind == QEvent.Type.Resize:
            self._place()
        elif isinstance(watched, Overlay) and kind in _PANEL_CHANGES:
            # It is told before it is so.
            QTimer.singleShot(0, self._place)
        return super().eventFilter(watched, event)

    def _drop(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            self._column.removeWidget(toast)
            toast.end()
            self._place()

    def _place(self) -> None:
        if not self._toasts:
            self.hide()
            return
        wide = max(1, min(_WIDTH, self._over.width() - 4 * theme.UNIT))
        gaps = theme.UNIT * (len(self._toasts) - 1)
        high = sum(toast.height_for(wide) for toast in self._toasts) + gaps
        left, edge = (self._over.width() - wide) // 2, 3 * theme.UNIT
        below = QRect(left, max(0, self._over.height() - high - edge), wide, high)
        panels = self._panels()
        for place in (below, QRect(left, edge, wide, high)):
            if not any(panel.geometry().intersects(place) for panel in panels):
                self._wait(False)
                self.setGeometry(place)
                self.show()
                self.raise_()
                return
        # Hidden first: the cursor that leaves would let the time pass.
        self.hide()
        self._wait(True)

    def _panels(self) -> list[Overlay]:
        """Return the panels that are open, and hear of what becomes of them."""
        panels = [each for each in self._over.findChildren(Overlay) if each.isVisible()]
        for panel in panels:
            # Again and again is as good as once.
            panel.installEventFilter(self)
        return panels

    def _wait(self, waiting: bool) -> None:
        """Keep the messages for later, or show them for their time from now on."""
        if waiting != self._waiting:
            self._waiting = waiting
            for toast in self._toasts:
                toast.wait(waiting)


class Toast(QFrame):
    """One message; it waits while the cursor is on it.

    Signals
    -------
    over() : its time is over, or the user closed it
    """

    over = pyqtSignal()

    def __init__(self, text: str, *, error: bool) -> None:
        super().__init__()
        self.text = text
        self.setProperty("kind", "toast")
        self.setProperty("error", error)
        look = ("warning", "danger") if error else ("info", "soft")
        message = IconLabel(*look, text, "", theme.ICON)
        message.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = close = IconButton("close", "Close this message")
        close.clicked.connect(self.over)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, theme.UNIT // 2, theme.UNIT // 2, theme.UNIT // 2)
        row.setSpacing(12)
        row.addWidget(message, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval((ERROR_MS if error else SHOWN_MS) + _PER_LETTER_MS * len(text))
        self._timer.timeout.connect(self.over)
        self._timer.start()

    @property
    def remaining_ms(self) -> int:
        """How long it stays yet; below 0 while the cursor is on it."""
        return self._timer.remainingTime()

    def wait(self, waiting: bool) -> None:
        """Let no time pass for a while, or let it begin anew."""
        if waiting:
            self._timer.stop()
        else:
            self._timer.start()

    def restart(self) -> None:
        """Stay for as long again; where it waits, it has yet to begin."""
        if self._timer.isActive():
            self._timer.start()

    def end(self) -> None:
        """Go for good."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def height_for(self, width: int) -> int:
        """Return how high it is at a width."""
        return max(theme.CONTROL + theme.UNIT + 2, self.heightForWidth(width))

    def enterEvent(self, event: QEnterEvent | None) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent | None) -> None:
        self._timer.start()
        super().leaveEvent(event)
