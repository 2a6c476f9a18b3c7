from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from embedding.galaxy_file import save
from galaxy_desktop.model.framing import home_pose
from galaxy_desktop.model.settings import SettingsStore
from galaxy_desktop.model.storage import Places
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.content import Content
from galaxy_desktop.ui.main_window import MainWindow
from galaxy_desktop.ui.welcome import Welcome
from tests.embedding.galaxies import galaxy
from tests.galaxy_desktop.ui.conftest import QUIET


def _content(window: MainWindow) -> Content:
    assert window.content is not None
    return window.content


def _rest(window: MainWindow, qtbot: QtBot) -> None:
    loop = _content(window).explorer.loop
    qtbot.waitUntil(lambda: not loop.running, timeout=20_000)


def _place_of(window: MainWindow, artist: int) -> QPoint:
    assert window.state is not None
    view = _content(window).explorer.view
    state = window.state
    pixels, _ = state.pose.project(
        state.world.positions[[artist]], (float(view.width()), float(view.height()))
    )
    return QPointF(*pixels[0]).toPoint()


def test_nothing_is_drawn_while_nothing_moves(window: MainWindow, qtbot: QtBot) -> None:
    explorer = _content(window).explorer

    def frames_while(milliseconds: int) -> int:
        before = explorer.loop.frames, explorer.canvas.renderer.frames
        qtbot.wait(milliseconds)
        after = explorer.loop.frames, explorer.canvas.renderer.frames
        return sum(after) - sum(before)

    # The display may take its time to size and activate a window, and names to fade in.
    assert any(frames_while(300) == 0 for _ in range(20))
    assert frames_while(800) == 0


def test_a_click_selects_and_opens_the_card(window: MainWindow, qtbot: QtBot) -> None:
    _rest(window, qtbot)
    assert window.state is not None
    content = _content(window)
    seen = content.navigator.picker.pick(
        window.state.pose, *_middle(content), content.navigator.size, reach=1e9
    )
    assert seen is not None
    at = _place_of(window, seen)
    QTest.mouseClick(content.explorer.view, Qt.MouseButton.LeftButton, pos=at)
    assert window.state.selected == seen
    assert content.sidebar.card.name.text() == window.state.world.galaxy.names[seen]


def _middle(content: Content) -> tuple[float, float]:
    return content.navigator.size[0] / 2, content.navigator.size[1] / 2


@pytest.mark.parametrize("active", ["at once", "with a galaxy"])
def test_from_the_start_the_galaxy_has_the_keyboard(
    open_window: Callable[..., MainWindow], active: str, qtbot: QtBot
) -> None:
    # A window manager makes a window active when it likes.
    window = open_window(before=MainWindow.activateWindow if active == "at once" else None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(_content(window).explorer.view.hasFocus)


def test_the_welcome_has_the_keyboard_first(
    open_window: Callable[..., MainWindow], places: Places, qtbot: QtBot
) -> None:
    SettingsStore(places).save(replace(QUIET, welcomed=False))
    window = open_window(before=MainWindow.activateWindow)
    qtbot.waitUntil(window.isActiveWindow)
    assert window.commands is not None
    (welcome,) = window.findChildren(Welcome)
    qtbot.waitUntil(welcome.go.hasFocus)


def test_enter_in_the_search_flies_there_and_alt_left_comes_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.state is not None
    state, content = window.state, _content(window)
    began = state.pose
    qtbot.waitUntil(lambda: content.ready, timeout=20_000)
    QTest.keyClick(content.explorer.view, Qt.Key.Key_Slash)
    QTest.keyClicks(content.sidebar.search.field, state.world.galaxy.names[7])
    QTest.keyClick(content.sidebar.search.field, Qt.Key.Key_Return)
    assert state.selected == 7
    qtbot.waitUntil(lambda: state.pose != began, timeout=20_000)
    qtbot.waitUntil(lambda: not content.navigator.flight.travelling, timeout=20_000)
    _rest(window, qtbot)
    ahead = state.world.positions[7] - np.array(state.pose.position)
    assert state.pose.forward @ ahead / np.linalg.norm(ahead) > 0.999
    assert content.explorer.view.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not content.navigator.flight.travelling, timeout=20_000)
    _rest(window, qtbot)
    assert np.allclose(state.pose.position, began.position, atol=1e-6)


def test_typing_in_the_search_does_not_fly(window: MainWindow, qtbot: QtBot) -> None:
    assert window.state is not None
    _rest(window, qtbot)
    began = window.state.pose
    content = _content(window)
    content.focus_search()
    QTest.keyClicks(content.sidebar.search.field, "wasd fkrl")
    _rest(window, qtbot)
    assert content.sidebar.search.query() == "wasd fkrl"
    assert window.state.pose == began
    assert window.state.mode == "orbit"


def test_w_flies_while_it_is_held_and_no_longer(window: MainWindow, qtbot: QtBot) -> None:
    assert window.state is not None
    state, view = window.state, _content(window).explorer.view
    view.setFocus()
    began = np.array(state.pose.position)
    QTest.keyPress(view, Qt.Key.Key_W)
    assert state.mode == "fly"
    qtbot.waitUntil(lambda: np.linalg.norm(state.pose.position - began) > 0.05, timeout=20_000)
    # Another window, or a dialog: the key is let go where nobody hears it.
    view.clearFocus()
    _rest(window, qtbot)
    assert np.linalg.norm(state.pose.position - began) > 0.05


def test_it_opens_where_it_was_closed(open_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    first = open_window()
    first.setGeometry(40, 30, 800, 420)
    assert first.state is not None
    _content(first).navigator.fly_to(11)
    qtbot.waitUntil(lambda: not _content(first).navigator.flight.travelling, timeout=20_000)
    _rest(first, qtbot)
    _content(first).sidebar.folded = True
    pose = first.state.pose
    first.close()
    second = open_window()
    assert second.state is not None
    assert second.state.pose == pose
    assert second.state.selected == 11
    assert _content(second).sidebar.folded
    assert second.geometry() == first.geometry()
    assert _content(second).navigator.history.can_go_back


def test_a_broken_file_leaves_what_is_open(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.state is not None
    world = window.state.world
    (tmp_path / "broken.galaxy").write_bytes(b"no galaxy")
    window.open(str(tmp_path / "broken.galaxy"))
    qtbot.waitUntil(lambda: bool(window.sentences), timeout=20_000)
    assert "broken.galaxy: " in window.sentences[0]
    assert window.state.world is world


def test_a_galaxy_is_opened_by_dropping_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.state is not None
    save(galaxy(30, title="Dropped"), tmp_path / "a.galaxy")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.galaxy"))])
    move, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), move, data, left, none))
    state = window.state
    qtbot.waitUntil(lambda: len(state.world) == 30, timeout=20_000)
    _rest(window, qtbot)
    assert window.windowTitle().startswith("Dropped")
    # And the file may go away while its galaxy is open.
    (tmp_path / "a.galaxy").unlink()
    _content(window).navigator.fly_to(3)
    qtbot.waitUntil(lambda: not _content(window).navigator.flight.travelling, timeout=20_000)


def test_a_bookmark_keeps_the_view_with_a_picture(window: MainWindow, qtbot: QtBot) -> None:
    _rest(window, qtbot)
    assert window.state is not None
    content = _content(window)
    content.explorer.view.setFocus()
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    (mark,) = content.bookmarks.all
    assert mark.pose == window.state.pose
    assert content.bookmarks.picture(mark) is not None


def test_a_bookmark_of_a_view_selects_nobody(window: MainWindow, qtbot: QtBot) -> None:
    _rest(window, qtbot)
    assert window.state is not None
    content = _content(window)
    content.keep_view()
    content.fly_to(3)
    content.go_to_mark(content.bookmarks.all[0])
    assert window.state.selected is None
    _rest(window, qtbot)


def test_a_bookmark_that_its_card_removed_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    content = _content(window)
    content.keep_view()
    content.fly_to(3)
    content.toggle_bookmark(3)
    content.keep_view()
    before = content.bookmarks.all
    assert [mark.about for mark in before] == [False, True, True]
    content.toggle_bookmark(3)
    assert content.bookmarks.all == before[:1]
    content.sidebar.places.undo_remove()
    assert content.bookmarks.all == before
    _rest(window, qtbot)


def test_keys_show_and_hide(window: MainWindow, qtbot: QtBot) -> None:
    assert window.state is not None
    state, view = window.state, _content(window).explorer.view
    view.setFocus()
    for key, shown in (
        (Qt.Key.Key_L, lambda: state.settings.look.labels > 0),
        (Qt.Key.Key_K, lambda: state.settings.look.connections > 0),
    ):
        assert shown()
        QTest.keyClick(view, key)
        assert not shown()
        QTest.keyClick(view, key)
        assert shown()
    sidebar = _content(window).sidebar
    QTest.keyClick(view, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert sidebar.folded
    QTest.keyClick(view, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not sidebar.folded
    _rest(window, qtbot)


def test_tab_hops_and_enter_selects(window: MainWindow, qtbot: QtBot) -> None:
    assert window.state is not None
    state, content = window.state, _content(window)
    qtbot.waitUntil(lambda: state.world.tree_ready, timeout=20_000)
    content.explorer.view.setFocus()
    QTest.keyClick(content.explorer.view, Qt.Key.Key_Tab)
    star = state.hovered
    assert star is not None
    qtbot.waitUntil(lambda: not content.navigator.flight.travelling, timeout=20_000)
    _rest(window, qtbot)
    QTest.keyClick(content.explorer.view, Qt.Key.Key_Return)
    assert state.selected == star
    assert content.explorer.view.hasFocus()
    # What was hopped to is marked no longer once one goes elsewhere.
    content.navigator.go_home()
    assert state.hovered is None


def test_what_the_wheel_sets_is_told(window: MainWindow, qtbot: QtBot) -> None:
    content = _content(window)
    content.navigator.wheel(1, lens=False)
    assert not content.hud.isVisible()  # it went nearer, which is seen
    content.navigator.wheel(1, lens=True)
    assert content.hud.text == f"Field of view {content.navigator.flight.wanted_fov:.0f}°"
    content.navigator.set_mode("fly")
    content.navigator.wheel(2, lens=False)
    assert content.hud.text == f"Speed {content.navigator.flight.speed_factor:.0%}"
    assert content.hud.isVisible()
    _rest(window, qtbot)


def test_home_shows_everything(window: MainWindow, qtbot: QtBot) -> None:
    assert window.state is not None
    state, content = window.state, _content(window)
    content.navigator.fly_to(5)
    qtbot.waitUntil(lambda: not content.navigator.flight.travelling, timeout=20_000)
    content.explorer.view.setFocus()
    QTest.keyClick(content.explorer.view, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: not content.navigator.flight.travelling, timeout=20_000)
    _rest(window, qtbot)
    size = content.navigator.size
    wanted = home_pose(state.world, size[0] / size[1], state.settings.fov)
    assert np.allclose(state.pose.position, wanted.position)


def test_every_entry_of_the_menus_has_a_deed(window: MainWindow) -> None:
    assert window.commands is not None
    for title, menu in window.commands.actions.menus.items():
        entries = [entry for entry in menu.actions() if not entry.isSeparator()]
        assert entries, title
        assert all(entry.text() for entry in entries)


def test_settings_reach_the_picture(window: MainWindow, qtbot: QtBot) -> None:
    assert window.state is not None
    _rest(window, qtbot)
    state = window.state
    frames = _content(window).explorer.loop.frames
    state.settings = replace(state.settings, look=replace(state.settings.look, exposure=2.0))
    _rest(window, qtbot)
    assert _content(window).explorer.loop.frames > frames


def test_the_welcome_tells_of_the_galaxy_that_is_open(window: MainWindow, qtbot: QtBot) -> None:
    assert window.commands is not None
    window.commands.welcome()
    window.show_world(World(galaxy(40, seed=3)))
    (welcome,) = window.findChildren(Welcome)
    assert any("one of 40 artists" in label.text() for label in welcome.findChildren(QLabel))
    welcome.close_panel()
    _rest(window, qtbot)
