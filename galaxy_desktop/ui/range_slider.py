"""A slider with two handles: from where to where."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.bar import paint_groove

_HANDLE = 16


class RangeSlider(QWidget):
    """A range of whole numbers, 0 to 100.

    The handles are sliders of their own, so that the keyboard and a screen reader find two.

    Signals
    -------
    changed(int, int) : the user moved an end

    Parameters
    ----------
    low_name, high_name : str
        What the ends are called.
    """

    changed = pyqtSignal(int, int)

    def __init__(self, low_name: str, high_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.low, self.high = _Handle(low_name, self), _Handle(high_name, self)
        self.high.setValue(100)
        self._held: _Handle | None = None
        #: Where the mouse took hold of handles that lie on each other; its way tells which.
        self._taken: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.low.valueChanged.connect(lambda _: self._moved(self.low))
        self.high.valueChanged.connect(lambda _: self._moved(self.high))

    @property
    def range(self) -> tuple[int, int]:
        """From where to where, both included."""
        return self.low.value(), self.high.value()

    def set_range(self, low: int, high: int) -> None:
        """Show a range; says nothing."""
        for handle, value in ((self.low, low), (self.high, high)):
            handle.blockSignals(True)
            handle.setValue(value)
            handle.blockSignals(False)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(96, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * _HANDLE, 24)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        track = paint_groove(painter, self)
        track.setLeft(self._x(self.low.value()))
        track.setRight(self._x(self.high.value()))
        painter.drawRect(track)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.LeftButton:
            x = event.position().x()
            if self._on_both(x):
                self._taken = x
                return
            self._hold(self._nearest(x))
            self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if self._taken is not None and event.position().x() != self._taken:
            self._hold(self.low if event.position().x() < self._taken else self.high)
            self._taken = None
        if self._held is not None:
            span = max(1, self.width() - _HANDLE)
            self._held.setValue(round(100 * (event.position().x() - _HANDLE / 2) / span))

    def mouseReleaseEvent(self, _event: QMouseEvent | None) -> None:
        self._held = self._taken = None

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Put an end back to where it began."""
        assert event is not None
        handle = self._nearest(event.position().x())
        handle.setValue(0 if handle is self.low else 100)

    def _hold(self, handle: _Handle) -> None:
        self._held = handle
        handle.raise_()

    def _on_both(self, x: float) -> bool:
        places = [self._x(handle.value()) for handle in (self.low, self.high)]
        return all(abs(x - place) <= _HANDLE / 2 for place in places)

    def _nearest(self, x: float) -> _Handle:
        low, high = self._x(self.low.value()), self._x(self.high.value())
        if low == high:
            return self.low if x < low else self.high
        return self.low if abs(x - low) < abs(x - high) else self.high

    def _moved(self, handle: _Handle) -> None:
        # One pushes no further than to the other.
        low, high = self.range
        if low > high:
            handle.setValue(high if handle is self.low else low)
            return
        self._place()
        self.changed.emit(low, high)

    def _x(self, value: int) -> float:
        return _HANDLE / 2 + value / 100 * (self.width() - _HANDLE)

    def _place(self) -> None:
        for handle in (self.low, self.high):
            left = round(self._x(handle.value()) - _HANDLE / 2)
            handle.setGeometry(left, (self.height() - _HANDLE) // 2, _HANDLE, _HANDLE)
        self.update()


class _Handle(QAbstractSlider):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRange(0, 100)
        self.setPageStep(10)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # The mouse is the whole slider's matter.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(QColor(colours.text if focused else colours.ink), 2 if focused else 1))
        painter.setBrush(QColor(colours.accent if focused else colours.text))
        painter.drawEllipse(QPointF(_HANDLE / 2, _HANDLE / 2), _HANDLE / 2 - 1, _HANDLE / 2 - 1)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        super().keyPressEvent(event)
        if event is not None and event.key() == Qt.Key.Key_Escape:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        # The wheel scrolls what the slider is in.
        assert event is not None
        event.ignore()
