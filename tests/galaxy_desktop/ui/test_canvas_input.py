from __future__ import annotations

from typing import Any

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from galaxy_desktop.ui.canvas_input import CanvasInput
from galaxy_desktop.ui.mouse_look import MouseLook

_KEYS = {
    "W": "forward",
    "D": "right",
    "Space": "up",
    "E": "up",
    "Shift": "faster",
    "Ctrl": "slower",
}
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class _Pilot:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.flying = False
        self.hits = True
        self.told: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        def tell(*args: Any, **named: Any) -> bool:
            self.told.append((name, *args, *named.values()))
            return self.hits

        return tell

    def take(self) -> list[tuple[Any, ...]]:
        told, self.told = self.told, []
        return told


class _Hand:
    def __init__(self, widget: QWidget, pilot: _Pilot) -> None:
        self.widget, self.pilot = widget, pilot
        self.look = MouseLook(widget, possible=False)
        self.input = CanvasInput(widget, pilot, lambda: _KEYS, self.look)

    def key(
        self,
        kind: QEvent.Type,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = _NONE,
        *,
        code: int = 0,
        repeat: bool = False,
    ) -> QKeyEvent:
        event = QKeyEvent(kind, key, modifiers, code, 0, 0, "", repeat)
        event.ignore()
        QApplication.sendEvent(self.widget, event)
        return event

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE, **more: Any) -> QKeyEvent:
        return self.key(QEvent.Type.KeyPress, key, modifiers, **more)

    def release(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE, **more: Any) -> None:
        self.key(QEvent.Type.KeyRelease, key, modifiers, **more)

    def mouse(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        button: Qt.MouseButton = Qt.MouseButton.NoButton,
        modifiers: Qt.KeyboardModifier = _NONE,
    ) -> None:
        at = QPointF(x, y)
        QApplication.sendEvent(self.widget, QMouseEvent(kind, at, at, button, button, modifiers))

    def drag(self, button: Qt.MouseButton, *places: tuple[float, float], **more: Any) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, *places[0], button, **more)
        for place in places[1:]:
            self.mouse(QEvent.Type.MouseMove, *place, button, **more)
        self.mouse(QEvent.Type.MouseButtonRelease, *places[-1], button, **more)

    def wheel(self, y: int, modifiers: Qt.KeyboardModifier = _NONE, x: int = 0) -> None:
        event = QWheelEvent(
            QPointF(9, 9),
            QPointF(9, 9),
            QPoint(),
            QPoint(x, y),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.widget, event)


@pytest.fixture
def hand(qtbot: QtBot) -> _Hand:
    widget = QWidget()
    widget.resize(640, 400)
    qtbot.addWidget(widget)
    return _Hand(widget, _Pilot())


def test_a_left_drag_turns_and_selects_nothing(hand: _Hand) -> None:
    hand.drag(_LEFT, (100, 100), (110, 100), (115, 95))
    assert hand.pilot.take() == [
        ("point", None),
        ("grab",),
        ("turn", 10, 0),
        ("turn", 5, -5),
        ("let_go",),
        ("point", (115, 95)),
    ]


@pytest.mark.parametrize("button", [_RIGHT, Qt.MouseButton.MiddleButton])
def test_the_other_buttons_pan(hand: _Hand, button: Qt.MouseButton) -> None:
    hand.drag(button, (100, 100), (110, 120))
    assert ("pan", 10, 20) in hand.pilot.told


def test_shift_pans_where_there_is_one_button(hand: _Hand) -> None:
    hand.drag(_LEFT, (100, 100), (110, 120), modifiers=_SHIFT)
    assert ("pan", 10, 20) in hand.pilot.told


def test_while_flying_every_drag_looks(hand: _Hand) -> None:
    hand.pilot.flying = True
    hand.drag(_RIGHT, (100, 100), (110, 120))
    assert ("turn", 10, 20) in hand.pilot.told


def test_a_hand_that_trembles_still_clicks(hand: _Hand) -> None:
    hand.drag(_LEFT, (100, 100), (103, 102))
    assert hand.pilot.take()[0] == ("click", (103, 102))


def test_a_click_of_another_button_chooses_nothing(hand: _Hand) -> None:
    hand.drag(_RIGHT, (100, 100))
    assert not any(name == "click" for name, *_ in hand.pilot.told)


def test_a_right_click_asks_for_a_menu_and_a_right_drag_does_not(hand: _Hand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hand.input.menu_requested) as asked:
        hand.drag(_RIGHT, (100, 100), (103, 102))
    assert asked.args == [QPointF(103, 102)]
    with qtbot.assertNotEmitted(hand.input.menu_requested):
        hand.drag(_RIGHT, (100, 100), (105, 102), (100, 100))
        hand.drag(_LEFT, (100, 100))


def test_a_second_button_does_not_end_the_drag(hand: _Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonPress, 10, 10, _LEFT)
    hand.mouse(QEvent.Type.MouseMove, 30, 10, _LEFT)
    hand.mouse(QEvent.Type.MouseButtonPress, 30, 10, _RIGHT)
    hand.mouse(QEvent.Type.MouseButtonRelease, 30, 10, _RIGHT)
    assert ("let_go",) not in hand.pilot.told
    hand.mouse(QEvent.Type.MouseButtonRelease, 30, 10, _LEFT)
    assert ("let_go",) in hand.pilot.told


def test_a_double_click_flies_there(hand: _Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonDblClick, 50, 60, _LEFT)
    assert hand.pilot.take() == [("fly_there", (50, 60))]


def test_pointing_is_moving_without_a_button(hand: _Hand) -> None:
    hand.mouse(QEvent.Type.MouseMove, 50, 60)
    QApplication.sendEvent(hand.widget, QEvent(QEvent.Type.Leave))
    assert hand.pilot.take() == [("point", (50, 60)), ("point", None)]


def test_a_wheel_counts_notches_and_a_touchpad_parts_of_them(hand: _Hand) -> None:
    hand.wheel(120)
    hand.wheel(-15)
    hand.wheel(240, _CTRL)
    hand.wheel(0, Qt.KeyboardModifier.AltModifier, x=120)
    assert hand.pilot.take() == [
        ("wheel", 1, False),
        ("wheel", -0.125, False),
        ("wheel", 2, True),
        ("wheel", 1, False),
    ]


def test_a_key_is_held_until_it_is_let_go(hand: _Hand) -> None:
    hand.press(Qt.Key.Key_W)
    hand.press(Qt.Key.Key_W, repeat=True)
    hand.release(Qt.Key.Key_W, repeat=True)
    hand.press(Qt.Key.Key_W, repeat=True)
    hand.release(Qt.Key.Key_W)
    assert hand.pilot.take() == [("press", "forward"), ("release", "forward")]


def test_two_keys_that_do_the_same_end_with_the_last(hand: _Hand) -> None:
    hand.press(Qt.Key.Key_Space)
    hand.press(Qt.Key.Key_E)
    hand.release(Qt.Key.Key_Space)
    assert ("release", "up") not in hand.pilot.told
    hand.release(Qt.Key.Key_E)
    assert hand.pilot.told[-1] == ("release", "up")


def test_a_key_let_go_under_another_modifier_is_let_go(hand: _Hand) -> None:
    hand.press(Qt.Key.Key_W, code=25)
    hand.release(Qt.Key.Key_W, _CTRL, code=25)
    assert hand.pilot.take() == [("press", "forward"), ("release", "forward")]


def test_shortcuts_stay_shortcuts_until_a_hand_flies(hand: _Hand) -> None:
    override = QEvent.Type.ShortcutOverride
    assert not hand.key(override, Qt.Key.Key_D, _CTRL).isAccepted()
    assert not hand.key(override, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier).isAccepted()
    assert not hand.key(override, Qt.Key.Key_B).isAccepted()
    assert hand.key(override, Qt.Key.Key_D).isAccepted()
    # Ctrl is slower: going sideways slowly must not set a bookmark.
    hand.press(Qt.Key.Key_W)
    assert hand.key(override, Qt.Key.Key_D, _CTRL).isAccepted()


@pytest.mark.parametrize(
    "kind", [QEvent.Type.FocusOut, QEvent.Type.WindowDeactivate, QEvent.Type.Hide]
)
def test_what_is_held_is_dropped_when_attention_goes_elsewhere(
    hand: _Hand, kind: QEvent.Type
) -> None:
    hand.press(Qt.Key.Key_W)
    hand.mouse(QEvent.Type.MouseButtonPress, 10, 10, _LEFT)
    hand.mouse(QEvent.Type.MouseMove, 30, 10, _LEFT)
    hand.pilot.take()
    hand.input.eventFilter(hand.widget, QEvent(kind))
    assert hand.pilot.take() == [("let_go",), ("release_all",)]
    hand.release(Qt.Key.Key_W)
    hand.mouse(QEvent.Type.MouseMove, 50, 10)
    assert hand.pilot.take() == [("point", (50, 10))]


def test_a_captured_mouse_looks_without_a_button_until_escape(
    hand: _Hand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.look.possible = True
    hand.pilot.flying = True
    monkeypatch.setattr(hand.widget, "isActiveWindow", lambda: True)
    with qtbot.waitSignal(hand.input.captured_changed):
        hand.input.capture()
    hand.pilot.take()
    middle = hand.widget.rect().center()
    hand.mouse(QEvent.Type.MouseMove, middle.x() + 7, middle.y() - 3)
    assert hand.pilot.take() == [("turn", 7, -3)]
    hand.mouse(QEvent.Type.MouseButtonPress, 1, 1, _LEFT)
    assert hand.pilot.take() == [("click", (320, 200))]
    with qtbot.assertNotEmitted(hand.input.menu_requested):
        hand.drag(_RIGHT, (1, 1))
    assert hand.pilot.take() == []
    with qtbot.waitSignal(hand.input.captured_changed):
        hand.press(Qt.Key.Key_Escape)
    assert not hand.input.captured


def test_setting_the_cursor_back_turns_nothing(hand: _Hand) -> None:
    hand.look.possible = True
    hand.look.hold()
    middle = hand.widget.rect().center()
    far = middle + QPoint(180, 0)
    late = far + QPoint(5, 0)
    assert hand.look.moved(far) == QPoint(180, 0)
    # One that was on its way, then the first after the cursor was set back.
    assert hand.look.moved(late) == QPoint(5, 0)
    assert hand.look.moved(middle + QPoint(2, 1)) == QPoint(2, 1)
    hand.look.free()


def test_while_flying_a_click_on_nothing_takes_the_mouse(
    hand: _Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.look.possible = True
    monkeypatch.setattr(hand.widget, "isActiveWindow", lambda: True)
    hand.pilot.hits = False
    hand.drag(_LEFT, (10, 10))
    assert not hand.input.captured
    hand.pilot.flying = True
    hand.drag(_LEFT, (10, 10))
    assert hand.input.captured
    hand.input.free()
