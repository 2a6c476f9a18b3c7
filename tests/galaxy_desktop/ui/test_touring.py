"""The flight along a path, in the whole window."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from galaxy_desktop.ui.main_window import MainWindow

STOPS = (20, 31, 40)


def _rest(window: MainWindow, qtbot: QtBot) -> None:
    content = window.content
    assert content is not None
    qtbot.waitUntil(lambda: not content.explorer.loop.running, timeout=20_000)


def test_escape_ends_the_flight_along_a_path_before_anything_else(
    window: MainWindow, qtbot: QtBot
) -> None:
    state, content = window.state, window.content
    assert state is not None
    assert content is not None
    state.highlights = STOPS
    content.navigator.fly_path(STOPS)
    content.focus_galaxy()
    assert content.hud.text.startswith("Artist 1 of 3: ")
    qtbot.keyClick(content.explorer.view, Qt.Key.Key_Escape)
    assert not content.navigator.tour.under_way
    assert state.highlights == STOPS
    assert state.selected == STOPS[0]
    assert not content.hud.isVisible()
    _rest(window, qtbot)


def test_a_path_is_flown_to_its_end_and_a_click_ends_it(window: MainWindow, qtbot: QtBot) -> None:
    state, content = window.state, window.content
    assert state is not None
    assert content is not None
    content.navigator.fly_path(STOPS[:2], pause=0.1)
    qtbot.waitUntil(lambda: not content.navigator.tour.under_way, timeout=30_000)
    assert state.selected == STOPS[1]
    _rest(window, qtbot)
    content.navigator.fly_path(STOPS)
    assert state.touring is not None
    qtbot.mouseClick(content.explorer.view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not content.navigator.tour.under_way
    _rest(window, qtbot)
