"""`Pointing`: says when the cursor or the keyboard comes to a widget, and when it leaves."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject
from PyQt6.QtWidgets import QWidget

_COMES = {QEvent.Type.Enter, QEvent.Type.FocusIn}
_LEAVES = {QEvent.Type.Leave, QEvent.Type.FocusOut}


class Pointing(QObject):
    """Tells a sentence about a widget while it is pointed at: what needs no mouse to be read.

    Parameters
    ----------
    widget : QWidget
    sentence : str
        Also what a screen reader reads.
    tell : callable
        Gets the sentence, and "" afterwards.
    """

    def __init__(self, widget: QWidget, sentence: str, tell: Callable[[str], object]) -> None:
        super().__init__(widget)
        self._sentence, self._tell = sentence, tell
        widget.setAccessibleDescription(sentence)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() in _COMES:
            self._tell(self._sentence)
        elif event is not None and event.type() in _LEAVES:
            self._tell("")
        return super().eventFilter(watched, event)
