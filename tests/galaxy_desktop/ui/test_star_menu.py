"""The menu of a star offers what its artist's card does, and does it the same way."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QAction, QGuiApplication
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QWidgetAction
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.web_links import WebLink
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.averaging import AVERAGE
from galaxy_desktop.ui.content import Content
from galaxy_desktop.ui.main_window import MainWindow
from galaxy_desktop.ui.star_menu import StarMenu
from tests.embedding.galaxies import galaxy
from tests.galaxy_desktop.ui.widgets.long_name import LONG

_LINKS = (WebLink("a&b.org", "https://a&b.org/"), WebLink("YouTube", "https://youtube.com/?q=x"))


def _entries(menu: StarMenu) -> dict[str, QAction]:
    return {entry.text().replace("&", ""): entry for entry in menu.actions() if entry.text()}


def _heading(menu: StarMenu) -> str:
    first = menu.actions()[0]
    assert isinstance(first, QWidgetAction)
    words = first.defaultWidget()
    assert isinstance(words, QLabel)
    return words.text()


@pytest.mark.parametrize(
    ("name", "shown"),
    [("<b>AC/DC</b> & 🎸", "<b>AC/DC</b> & 🎸"), ("", "(no name)"), (LONG, None)],
)
def test_it_is_headed_by_the_name_as_it_is(qtbot: QtBot, name: str, shown: str | None) -> None:
    menu = StarMenu(name, _LINKS)
    qtbot.addWidget(menu)
    assert _heading(menu) == shown or (shown is None and len(_heading(menu)) <= 40)
    assert menu.sizeHint().width() < 480


def test_every_entry_asks_for_what_it_says(qtbot: QtBot) -> None:
    menu = StarMenu("Nina", _LINKS, average_key="A")
    qtbot.addWidget(menu)
    entries = _entries(menu)
    for title, signal in {
        "Select": menu.select_requested,
        "Fly there": menu.fly_requested,
        "Average this\tA": menu.average_requested,
        "Grow from here...": menu.grow_requested,
        "Copy the name": menu.copy_requested,
    }.items():
        with qtbot.waitSignal(signal):
            entries[title].trigger()
    web = entries["Look it up"].menu()
    assert web is not None
    assert [entry.text() for entry in web.actions()] == ["a&&b.org", "YouTube"]
    with qtbot.waitSignal(menu.link_requested) as asked:
        web.actions()[1].trigger()
    assert asked.args == ["https://youtube.com/?q=x"]


def test_who_is_selected_cannot_be_selected(qtbot: QtBot) -> None:
    menu = StarMenu("Nina", (), selected=True)
    qtbot.addWidget(menu)
    assert not _entries(menu)["Select"].isEnabled()


# -- In the window -------------------------------------------------------------------------------


def _content(window: MainWindow) -> Content:
    assert window.content is not None
    return window.content


@pytest.fixture(name="place")
def _place(window: MainWindow) -> Callable[[int], QPoint]:
    assert window.state is not None
    state, view = window.state, _content(window).explorer.view

    def place(artist: int) -> QPoint:
        size = float(view.width()), float(view.height())
        pixels, _ = state.pose.project(state.world.positions[[artist]], size)
        return QPointF(*pixels[0]).toPoint()

    return place


def _seen(window: MainWindow) -> int:
    """Return an artist whose star a click in the middle means."""
    content = _content(window)
    assert window.state is not None
    size = content.navigator.size
    seen = content.navigator.picker.pick(
        window.state.pose, size[0] / 2, size[1] / 2, size, reach=1e9
    )
    assert seen is not None
    return seen


def _open(window: MainWindow, at: QPoint) -> StarMenu:
    content = _content(window)
    QTest.mouseClick(content.explorer.view, Qt.MouseButton.RightButton, pos=at)
    menu = content.star_menus.menu
    assert menu is not None
    return menu


def test_a_right_click_on_a_star_opens_its_menu_and_nothing_else(
    window: MainWindow, place: Callable[[int], QPoint]
) -> None:
    assert window.state is not None
    state, content, artist = window.state, _content(window), _seen(window)
    menu = _open(window, place(artist))
    assert _heading(menu) == state.world.galaxy.names[artist]
    assert state.selected is None
    assert state.hovered == artist
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert content.star_menus.menu is None
    assert state.hovered is None


def test_a_right_click_on_nothing_opens_nothing(window: MainWindow) -> None:
    content = _content(window)
    QTest.mouseClick(content.explorer.view, Qt.MouseButton.RightButton, pos=QPoint(2, 2))
    assert content.star_menus.menu is None


def test_its_entries_do_what_the_card_does(
    window: MainWindow, place: Callable[[int], QPoint], qtbot: QtBot
) -> None:
    assert window.state is not None
    state, content, artist = window.state, _content(window), _seen(window)
    name = state.world.galaxy.names[artist]
    _entries(_open(window, place(artist)))["Copy the name"].trigger()
    board = QGuiApplication.clipboard()
    assert board is not None
    assert board.text() == name
    assert state.selected is None
    _entries(_open(window, place(artist)))["Select"].trigger()
    assert state.selected == artist
    assert content.sidebar.card.name.text() == name
    _entries(_open(window, place(artist)))["Average this\tA"].trigger()
    assert content.sidebar.room == AVERAGE
    assert [each.name for each in content.averaging.mix.recipe.ingredients] == [name]
    began = state.pose
    _entries(_open(window, place(artist)))["Fly there"].trigger()
    qtbot.waitUntil(lambda: not content.navigator.flight.travelling, timeout=20_000)
    ahead = state.world.positions[artist] - np.array(state.pose.position)
    assert state.pose != began
    assert state.pose.forward @ ahead / np.linalg.norm(ahead) > 0.999


def test_growing_is_asked_about_the_star(
    window: MainWindow, place: Callable[[int], QPoint]
) -> None:
    assert window.state is not None
    assert window.grow_asking is not None
    state, artist = window.state, _seen(window)
    state.selected = (artist + 1) % len(state.world)
    asked: list[int] = []
    _content(window).sidebar.grow_requested.connect(asked.append)
    _entries(_open(window, place(artist)))["Grow from here..."].trigger()
    assert asked == [artist]
    assert window.grow_asking.dialog is not None
    window.grow_asking.dialog.close()


@pytest.mark.parametrize(
    ("key", "with_"),
    [
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_keys_open_it_for_who_is_selected(
    window: MainWindow, key: Qt.Key, with_: Qt.KeyboardModifier
) -> None:
    assert window.state is not None
    state, content = window.state, _content(window)
    content.focus_galaxy()
    QTest.keyClick(content.explorer.view, key, with_)
    assert content.star_menus.menu is None
    assert "Click a star first" in window.sentences[-1]
    state.selected = 3
    QTest.keyClick(content.explorer.view, key, with_)
    menu = content.star_menus.menu
    assert menu is not None
    assert _heading(menu) == state.world.galaxy.names[3]
    assert menu.activeAction() is menu.fly
    content.star_menus.close()


def test_it_opens_within_the_galaxy_wherever_the_star_is(window: MainWindow) -> None:
    assert window.state is not None
    state, content = window.state, _content(window)
    view = content.explorer.view
    state.selected = 3
    for yaw in (0.0, 1.2, 3.1):
        content.navigator.jump(type(state.pose)(state.pose.position, yaw))
        content.open_menu()
        menu = content.star_menus.menu
        assert menu is not None
        assert view.rect().contains(content.star_menus._place_of(3))
        content.star_menus.close()


def test_another_galaxy_closes_it(window: MainWindow, place: Callable[[int], QPoint]) -> None:
    assert window.state is not None
    _open(window, place(_seen(window)))
    window.state.world = World(galaxy(20))
    assert _content(window).star_menus.menu is None
