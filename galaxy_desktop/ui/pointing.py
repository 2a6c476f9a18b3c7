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
    sentence : str or callable
        Also what a screen reader reads. One that changes is returned by a function.
    tell : callable
        Gets the sentence, and "" afterwards.
    """

    def __init__(
        self,
        widget: QWidget,
        sentence: str | Callable[[], str],
        tell: Callable[[str], object],
    ) -> None:
        super().__init__(widget)
        self._widget, self._sentence, self._tell = widget, sentence, tell
        if isinstance(sentence, str):
            widget.setAccessibleDescription(sentence)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() in _COMES:
            self._tell(self._now())
        elif event is not None and event.type() in _LEAVES:
            self._tell("")
        return super().eventFilter(watched, event)

    def _now(self) -> str:
        if isinstance(self._sentence, str):
            return self._sentence
        sentence = self._sentence()
        self._widget.setAccessibleDescription(sentence)
        return sentence
