from __future__ import annotations

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent

from galaxy_desktop.ui.key_positions import position_of


def _event(key: Qt.Key, scan: int = 0, virtual: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, scan, virtual, 0)


@pytest.mark.parametrize(
    ("platform", "scan", "virtual"),
    [("xcb", 25, 0), ("wayland", 25, 0), ("windows", 17, 0), ("cocoa", 0, 13)],
)
@pytest.mark.parametrize("printed", [Qt.Key.Key_W, Qt.Key.Key_Z, Qt.Key.Key_Comma])
def test_the_key_above_s_is_w_whatever_is_printed_on_it(
    platform: str, scan: int, virtual: int, printed: Qt.Key
) -> None:
    assert position_of(_event(printed, scan, virtual), platform) == "W"


def test_the_w_of_a_french_keyboard_lies_under_z() -> None:
    assert position_of(_event(Qt.Key.Key_W, 52), "xcb") == "Z"
    assert position_of(_event(Qt.Key.Key_A, 24), "xcb") == "Q"
    assert position_of(_event(Qt.Key.Key_Q, 38), "xcb") == "A"


def test_a_letter_that_lies_elsewhere_is_none_of_them() -> None:
    # On a Dvorak keyboard S is printed where ; is here.
    assert position_of(_event(Qt.Key.Key_S, 47), "xcb") is None
    assert position_of(_event(Qt.Key.Key_B, 56), "xcb") is None


@pytest.mark.parametrize(
    ("key", "scan", "name"),
    [
        (Qt.Key.Key_Shift, 62, "Shift"),
        (Qt.Key.Key_Control, 105, "Ctrl"),
        (Qt.Key.Key_Space, 65, "Space"),
        (Qt.Key.Key_Up, 111, "Up"),
    ],
)
def test_keys_with_a_name_lie_where_it_says(key: Qt.Key, scan: int, name: str) -> None:
    assert position_of(_event(key, scan), "xcb") == name


def test_keys_without_a_number_go_by_their_print() -> None:
    assert position_of(_event(Qt.Key.Key_W), "offscreen") == "W"
    assert position_of(_event(Qt.Key.Key_D), "xcb") == "D"
    assert position_of(_event(Qt.Key.Key_F5), "xcb") is None
