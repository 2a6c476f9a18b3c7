"""`CanvasInput`: what mouse, wheel and keys do over the canvas, said in terms of flying."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PyQt6.QtCore import QEvent, QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PyQt6.QtWidgets import QWidget

from galaxy_desktop.ui.key_positions import position_of
from galaxy_desktop.ui.mouse_look import MouseLook

DRAG = 4.0
"""Logical pixels: a press that moves no further is a click."""
NOTCH = 120.0
"""Qt's units of one notch of a wheel; a touchpad sends parts of it."""
# The wheel's notches that fingers spread to twice their distance stand for.
_PINCH = 5.0

_Button = Qt.MouseButton
_Modifier = Qt.KeyboardModifier


class Pilot(Protocol):
    """Who flies: the window's `Navigator`. All lengths are in logical pixels."""

    @property
    def flying(self) -> bool:
        """Whether the mouse looks (fly mode) instead of turning the galaxy (orbit mode)."""

    def press(self, action: str) -> None:
        """Hold a control of flight."""

    def release(self, action: str) -> None:
        """Let a control of flight go."""

    def release_all(self) -> None:
        """Let all of them go."""

    def grab(self) -> None:
        """Take hold of the galaxy: a drag begins."""

    def turn(self, dx: float, dy: float) -> None:
        """Turn as by a drag, or look around."""

    def pan(self, dx: float, dy: float) -> None:
        """Move across, as by a drag."""

    def let_go(self) -> None:
        """End the drag."""

    def wheel(self, steps: float, *, lens: bool) -> None:
        """Turn the wheel, away from the user if positive; with `lens` for the field of view."""

    def point(self, at: tuple[float, float] | None) -> None:
        """Move the cursor to a place, or out of the canvas."""

    def click(self, at: tuple[float, float]) -> bool:
        """Choose what is there; return whether anything is."""

    def fly_there(self, at: tuple[float, float]) -> None:
        """Fly to what is there."""


class CanvasInput(QObject):
    """Listens to a widget and flies.

    Parameters
    ----------
    widget : QWidget
        The canvas.
    pilot : Pilot
    held_keys : callable
        Returns, for the present mode, from a key's position ("W", see `position_of`) to what it
        does while held ("forward").
    mouse_look : MouseLook, optional
    """

    captured_changed = pyqtSignal(bool)
    """Whether the mouse is held."""
    menu_requested = pyqtSignal(QPointF)
    """The right button was clicked at a place, in logical pixels; not while the mouse looks."""

    def __init__(
        self,
        widget: QWidget,
        pilot: Pilot,
        held_keys: Callable[[], Mapping[str, str]],
        mouse_look: MouseLook | None = None,
    ) -> None:
        super().__init__(widget)
        self._widget, self._pilot, self._keys = widget, pilot, held_keys
        self._look = mouse_look or MouseLook(widget)
        # By what the keyboard calls a key, for with other modifiers Qt may name it otherwise.
        self._down: dict[int, str] = {}
        self._button: Qt.MouseButton | None = None
        self._pressed_at = self._last = QPointF()
        self._dragging = False
        widget.setMouseTracking(True)
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.installEventFilter(self)

    @property
    def captured(self) -> bool:
        """Whether the mouse is held, and looks."""
        return self._look.held

    def capture(self) -> None:
        """Let the mouse look, where the system allows it; elsewhere it looks by dragging."""
        if not self.captured and self._look.possible and self._widget.isActiveWindow():
            self._end_drag()
            self._look.hold()
            self._pilot.point(self._middle())
            self.captured_changed.emit(True)

    def free(self) -> None:
        """Let the mouse go."""
        if self.captured:
            self._look.free()
            self._pilot.point(None)
            self.captured_changed.emit(False)

    def drop(self) -> None:
        """Let go of everything: the keys, the drag and the mouse."""
        self._end_drag()
        self._down.clear()
        self._pilot.release_all()
        self.free()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """See Qt."""
        if event is None or watched is not self._widget:
            return False
        kind = event.type()
        if kind in (QEvent.Type.FocusOut, QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            self.drop()
        elif kind == QEvent.Type.Leave:
            self._pilot.point(None)
        elif isinstance(event, QWheelEvent):
            return self._wheel(event)
        elif isinstance(event, QNativeGestureEvent):
            return self._pinch(event)
        elif isinstance(event, QMouseEvent):
            return self._mouse(event)
        elif isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, at = event.type(), event.position()
        if self.captured:
            if kind == QEvent.Type.MouseMove:
                way = self._look.moved(at.toPoint())
                if not way.isNull():
                    self._pilot.turn(way.x(), way.y())
            elif kind == QEvent.Type.MouseButtonPress and event.button() == _Button.LeftButton:
                self._pilot.click(self._middle())
            elif kind == QEvent.Type.MouseButtonDblClick and event.button() == _Button.LeftButton:
                self._pilot.fly_there(self._middle())
        elif kind == QEvent.Type.MouseButtonPress:
            self._press(event)
        elif kind == QEvent.Type.MouseMove:
            self._move(event)
        elif kind == QEvent.Type.MouseButtonRelease:
            self._release(event)
        elif kind == QEvent.Type.MouseButtonDblClick and event.button() == _Button.LeftButton:
            self._pilot.fly_there((at.x(), at.y()))
        return True

    def _press(self, event: QMouseEvent) -> None:
        if self._button is None:
            self._button = event.button()
            self._pressed_at = self._last = event.position()
            self._dragging = False

    def _move(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._button is None:
            self._pilot.point((at.x(), at.y()))
            return
        if not self._dragging:
            way = at - self._pressed_at
            if way.x() ** 2 + way.y() ** 2 <= DRAG**2:
                return
            self._dragging = True
            self._pilot.point(None)
            self._pilot.grab()
        way = at - self._last
        self._last = at
        sideways = bool(event.modifiers() & _Modifier.ShiftModifier)
        if self._pilot.flying or (self._button == _Button.LeftButton and not sideways):
            self._pilot.turn(way.x(), way.y())
        else:
            self._pilot.pan(way.x(), way.y())

    def _release(self, event: QMouseEvent) -> None:
        if event.button() != self._button:
            return
        clicked = None if self._dragging else self._button
        self._end_drag()
        at = event.position()
        if clicked == _Button.LeftButton and not self._click(at) and self._pilot.flying:
            self.capture()
        elif not self.captured:
            self._pilot.point((at.x(), at.y()))
        if clicked == _Button.RightButton:
            self.menu_requested.emit(at)

    def _click(self, at: QPointF) -> bool:
        return self._pilot.click((at.x(), at.y()))

    def _end_drag(self) -> None:
        if self._dragging:
            self._pilot.let_go()
        self._button, self._dragging = None, False

    def _wheel(self, event: QWheelEvent) -> bool:
        # With Alt, Qt turns the wheel sideways.
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            lens = bool(event.modifiers() & _Modifier.ControlModifier)
            self._pilot.wheel(turned / NOTCH, lens=lens)
        return True

    def _pinch(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._pilot.wheel(event.value() * _PINCH, lens=False)
        return True

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.KeyRelease:
            return self._key_up(event)
        action = self._action(event)
        if event.type() == QEvent.Type.ShortcutOverride:
            # Accepted, it comes back as a key and is no shortcut.
            if action is not None:
                event.accept()
            return action is not None
        if event.key() == Qt.Key.Key_Escape and self.captured:
            self.free()
            return True
        if action is None:
            return False
        if not event.isAutoRepeat():
            self._down[_identity(event)] = action
            self._pilot.press(action)
        return True

    def _key_up(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return _identity(event) in self._down
        action = self._down.pop(_identity(event), None)
        # Space and E do the same: it ends with the last of them.
        if action is not None and action not in self._down.values():
            self._pilot.release(action)
        return action is not None

    def _action(self, event: QKeyEvent) -> str | None:
        action = self._keys().get(position_of(event) or "")
        if action is None or event.modifiers() & (_Modifier.AltModifier | _Modifier.MetaModifier):
            return None
        with_ctrl = bool(event.modifiers() & _Modifier.ControlModifier)
        if with_ctrl and event.key() != Qt.Key.Key_Control and not self._flown_by_hand:
            return None
        return action

    @property
    def _flown_by_hand(self) -> bool:
        """Whether Ctrl means slower: while flying with hidden cursor or held keys."""
        return self.captured or any(
            action not in ("faster", "slower") for action in self._down.values()
        )

    def _middle(self) -> tuple[float, float]:
        return self._widget.width() / 2, self._widget.height() / 2


def _identity(event: QKeyEvent) -> int:
    return event.nativeScanCode() or event.key()
