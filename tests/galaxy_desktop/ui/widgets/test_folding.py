"""The sidebar gives way where the window is narrow, and to the user wherever it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.bookmarks import Bookmarks
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.storage import Places
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.folding import LEAST, Folding
from galaxy_desktop.ui.sidebar import Sidebar
from galaxy_desktop.ui.theme import SIDEBAR

WIDE, NARROW = LEAST + SIDEBAR + 200, LEAST + SIDEBAR - 1


class Both(QSplitter):
    """A galaxy and the sidebar, as the window has them."""

    def __init__(self, six: World, folder: Path) -> None:
        super().__init__()
        self.galaxy = QWidget()
        self.sidebar = Sidebar(AppState(six), Bookmarks(Places.under(folder)), lambda _: True)
        self.addWidget(self.galaxy)
        self.addWidget(self.sidebar)
        self.setHandleWidth(1)
        self.folding = Folding(self, self.sidebar)


@pytest.fixture(name="both")
def _both(qtbot: QtBot, six: World, tmp_path: Path) -> Both:
    made = Both(six, tmp_path)
    qtbot.addWidget(made)
    made.resize(WIDE, 500)
    made.show()
    return made


def test_a_narrow_window_folds_it_and_a_wide_one_brings_it_back(both: Both) -> None:
    assert not both.sidebar.folded
    both.resize(NARROW, 500)
    assert both.sidebar.folded
    assert both.galaxy.width() >= NARROW - 1
    both.resize(NARROW + 1, 500)
    assert not both.sidebar.folded
    assert both.galaxy.width() >= LEAST - 1


def test_what_the_width_did_is_no_choice(both: Both) -> None:
    both.resize(NARROW, 500)
    assert (both.folding.width, both.folding.folded) == (SIDEBAR, False)
    both.resize(WIDE, 500)
    both.sidebar.folded = True
    both.resize(NARROW, 500)
    both.resize(WIDE, 500)
    assert both.sidebar.folded
    assert both.folding.folded


def test_unfolded_in_a_narrow_window_it_stays(both: Both) -> None:
    both.resize(NARROW, 500)
    both.sidebar.folded = False
    both.resize(NARROW - 20, 480)
    assert not both.sidebar.folded
    assert both.sidebar.width() <= SIDEBAR
    both.sidebar.folded = True
    assert not both.folding.folded
    both.resize(WIDE, 500)
    assert not both.sidebar.folded


def test_it_begins_as_it_was_chosen(both: Both) -> None:
    both.folding.restore(400, False)
    assert both.sidebar.width() == 400
    both.folding.restore(0, True)
    assert both.sidebar.folded
    assert both.folding.width == SIDEBAR
    both.resize(NARROW, 500)
    both.folding.restore(0, False)
    assert both.sidebar.folded


def test_a_wide_sidebar_leaves_the_galaxy_enough(both: Both) -> None:
    both.folding.restore(470, False)
    both.resize(LEAST + 400, 500)
    assert both.galaxy.width() >= LEAST - 1
    both.resize(WIDE + 200, 500)
    assert both.sidebar.width() == 470
