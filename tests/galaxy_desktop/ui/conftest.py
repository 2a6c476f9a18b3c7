"""The window under test: a small galaxy, in folders of its own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from embedding.galaxy_file import load
from galaxy_desktop.model.settings import Settings, SettingsStore
from galaxy_desktop.model.storage import Places
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.main_window import MainWindow
from tests.embedding.galaxies import galaxy

QUIET = replace(Settings(), rotate=False, welcomed=True, reduced_motion=True)


@pytest.fixture(scope="session", autouse=True)
def _imports_are_no_garbage() -> Iterator[None]:
    """Leave all that is there before the first test out of the collections after each of them."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """Collect garbage between the tests only, as the program does between events.

    In the middle of Qt it can end the process, and with it all tests; see `ui/collector.py`.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        # Nobody runs Qt's loop between tests: what is to be deleted later would live on into them.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        gc.enable()


def read(path: str) -> World:
    return World(load(path)) if path else World(galaxy(60))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    found = Places.under(tmp_path / "places")
    SettingsStore(found).save(QUIET)
    return found


@pytest.fixture
def open_window(qtbot: QtBot, places: Places) -> Iterator[Callable[..., MainWindow]]:
    """Open windows one after the other, as starts of the program do.

    What is to be done with a window `before` a galaxy comes into it can be given.
    """
    windows: list[MainWindow] = []

    def make(before: Callable[[MainWindow], object] | None = None) -> MainWindow:
        window = MainWindow(places, read)
        windows.append(window)
        window.keeper.show(window)
        first: Future[World] = Future()
        first.set_result(read(""))
        window.begin(first)
        if before is not None:
            before(window)
        qtbot.waitUntil(lambda: window.content is not None, timeout=20_000)
        content = window.content
        assert content is not None
        qtbot.waitUntil(lambda: content.ready, timeout=20_000)
        loop = content.explorer.loop
        qtbot.waitUntil(lambda: loop.frames > 0 and not loop.running, timeout=20_000)
        return window

    yield make
    for window in windows:
        window.close_unasked()
        window.deleteLater()


@pytest.fixture
def window(open_window: Callable[[], MainWindow], qtbot: QtBot) -> MainWindow:
    made = open_window()
    made.resize(760, 400)
    # Keys go to the window that is active, as for a user; without a window manager none is.
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made
