"""Where the window was is kept: what it goes back to from the whole screen, too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QMoveEvent, QResizeEvent
from PyQt6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.screens import Box
from galaxy_desktop.model.session import SessionStore
from galaxy_desktop.model.storage import Places
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.keeper import Keeper

_NORMAL = QRect(40, 30, 800, 420)
_BOX = Box(40, 30, 800, 420)
_WHOLE = QRect(0, 0, 1280, 800)
_STATE = Qt.WindowState


class _Window(QMainWindow):
    """Says that it is in a state, and of its size outside of that what Qt does on some systems."""

    def __init__(self, places: Places) -> None:
        super().__init__()
        self.state = _STATE.WindowNoState
        self.keeper = Keeper(places, pytest.fail, Background(self), self)

    def isFullScreen(self) -> bool:  # noqa: N802
        return bool(self.state & _STATE.WindowFullScreen)

    def isMaximized(self) -> bool:  # noqa: N802
        return bool(self.state & _STATE.WindowMaximized)

    def normalGeometry(self) -> QRect:  # noqa: N802
        return _WHOLE

    def moveEvent(self, event: QMoveEvent | None) -> None:  # noqa: N802
        super().moveEvent(event)
        self.keeper.moved()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.keeper.moved()


@pytest.fixture(name="opened")
def _opened(qtbot: QtBot, places: Places) -> _Window:
    window = _Window(places)
    qtbot.addWidget(window)
    window.keeper.show(window)
    qtbot.waitExposed(window)
    window.setGeometry(_NORMAL)
    qtbot.waitUntil(lambda: window.keeper.session.window == _BOX)
    return window


@pytest.mark.parametrize("state", [_STATE.WindowMaximized, _STATE.WindowFullScreen])
def test_the_size_before_the_whole_screen_is_kept(
    opened: _Window, places: Places, qtbot: QtBot, state: Qt.WindowState
) -> None:
    # As on X11: it is large before it is said to be maximised.
    opened.setGeometry(_WHOLE)
    qtbot.waitUntil(lambda: opened.geometry() == _WHOLE)
    opened.state = state
    qtbot.wait(500)
    opened.keeper.save()
    session = SessionStore(places, pytest.fail).load()
    assert session.window == _BOX
    assert session.maximised == (state == _STATE.WindowMaximized)
    assert session.full_screen == (state == _STATE.WindowFullScreen)


def test_where_it_is_closed_at_once_it_is_next_time(opened: _Window, places: Places) -> None:
    opened.setGeometry(50, 60, 700, 400)
    opened.keeper.save()
    assert SessionStore(places, pytest.fail).load().window == Box(50, 60, 700, 400)


def test_from_full_screen_it_goes_back_to_maximised(qtbot: QtBot, places: Places) -> None:
    store = SessionStore(places, pytest.fail)
    store.save(replace(store.load(), window=_BOX, maximised=True, full_screen=True))
    window = QMainWindow()
    qtbot.addWidget(window)
    Keeper(places, pytest.fail, Background(window), window).show(window)
    assert window.windowState() == _STATE.WindowMaximized | _STATE.WindowFullScreen


def test_a_full_screen_goes_back_to_what_was_maximised_a_moment_ago(
    opened: _Window, places: Places, qtbot: QtBot
) -> None:
    opened.state = _STATE.WindowMaximized
    opened.setGeometry(_WHOLE)
    qtbot.waitUntil(lambda: opened.keeper.session.maximised)
    opened.state = _STATE.WindowFullScreen
    opened.keeper.save()
    session = SessionStore(places, pytest.fail).load()
    assert session.maximised
    assert session.full_screen
