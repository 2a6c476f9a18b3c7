"""`Slider`: a slider that goes where it is clicked, and that the wheel leaves alone."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PyQt6.QtWidgets import QSlider, QStyle

_HANDLE = 16
"""Width of a slider's handle with its border; the style sheet says so."""


class Slider(QSlider):
    """From left to right.

    Signals
    -------
    let_go() : after a drag, a click or a key the user has let go of it, at another place
    """

    let_go = pyqtSignal()

    def __init__(self, name: str = "") -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self._taken: int | None = None

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        # A click goes to where it is, and the handle is in the hand there.
        assert event is not None
        self._take()
        if event.button() == Qt.MouseButton.LeftButton:
            at = round(event.position().x()) - _HANDLE // 2
            span = self.width() - _HANDLE
            self.setValue(
                QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, max(1, span))
            )
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        super().mouseReleaseEvent(event)
        self._release()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        self._take()
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        super().keyReleaseEvent(event)
        if event is not None and not event.isAutoRepeat():
            self._release()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        # The wheel scrolls what the slider is in; nothing is changed in passing.
        assert event is not None
        event.ignore()

    def _take(self) -> None:
        if self._taken is None:
            self._taken = self.value()

    def _release(self) -> None:
        taken, self._taken = self._taken, None
        if taken is not None and taken != self.value():
            self.let_go.emit()
