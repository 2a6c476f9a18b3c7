"""The sidebar follows the state and hands on what is asked of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.bookmarks import Bookmarks
from galaxy_desktop.model.history import History, Place
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.search import Search
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.storage import Places
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.bookmark_rows import PICTURE
from galaxy_desktop.ui.buttons import Tabs
from galaxy_desktop.ui.labels import label
from galaxy_desktop.ui.places_panel import PlacesPanel
from galaxy_desktop.ui.sidebar import Sidebar
from tests.galaxy_desktop.worlds import world


@pytest.fixture(name="state")
def _state(six: World) -> AppState:
    return AppState(six)


@pytest.fixture(name="bookmarks")
def _bookmarks(tmp_path: Path) -> Bookmarks:
    return Bookmarks(Places.under(tmp_path))


@pytest.fixture(name="sidebar")
def _sidebar(qtbot: QtBot, state: AppState, bookmarks: Bookmarks) -> Sidebar:
    made = Sidebar(state, bookmarks, lambda _: True)
    qtbot.addWidget(made)
    made.resize(320, 700)
    made.show()
    return made


def test_it_shows_the_galaxy_until_an_artist_is_selected(sidebar: Sidebar, state: AppState) -> None:
    assert sidebar.sizeHint().width() == 320
    assert sidebar.world_card.isVisible()
    state.selected = 1
    assert sidebar.card.isVisible()
    assert sidebar.card.name.text() == "宇多田ヒカル"
    state.selected = None
    assert sidebar.world_card.isVisible()


def test_the_card_that_is_read_has_who_came_and_stays_where_it_was(
    sidebar: Sidebar, state: AppState, six: World
) -> None:
    state.selected = 1
    sidebar.resize(320, 300)
    bar = sidebar.card.verticalScrollBar()
    assert bar is not None
    bar.setValue(40)
    places = [*six.positions.tolist(), [0.0, 5.0, 0.0]]
    pairs = [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (1, 6)]
    grown = world(places, edges=pairs, names=[*six.galaxy.names, "New here"])
    state.reform(grown)
    assert [row.name for row in sidebar.card.rows.rows] == ["Björk", "New here"]
    assert sidebar.card.tabs.at(0).text() == "Related  2"
    assert bar.value() == 40
    assert sidebar.card.facts is not None
    assert sidebar.card.facts.index == 1


def test_another_galaxy_is_shown_and_its_names_are_not_ready(
    sidebar: Sidebar, state: AppState
) -> None:
    sidebar.search.set_search(Search(state.world.galaxy))
    state.selected = 1
    facts = sidebar.facts
    state.world = world([[0, 0, 0], [1, 0, 0]], title="Another")
    assert sidebar.facts is not facts
    assert sidebar.world_card.isVisible()
    assert sidebar.world_card.title.text() == "Another"
    sidebar.search.set_query("artist")
    assert sidebar.search.results.sentence.text() == "Getting the names ready..."


def test_what_is_asked_of_the_cards_is_handed_on(sidebar: Sidebar, qtbot: QtBot) -> None:
    for source, signal, value in (
        (sidebar.card.fly_requested, sidebar.fly_requested, 3),
        (sidebar.world_card.fly_requested, sidebar.fly_requested, 3),
        (sidebar.card.hovered, sidebar.hovered, None),
        (sidebar.card.tag_chosen, sidebar.tag_chosen, "jazz"),
        (sidebar.card.bookmark_requested, sidebar.bookmark_requested, 2),
    ):
        with qtbot.waitSignal(signal) as asked:
            source.emit(value)
        assert asked.args == [value]


def test_messages_go_to_the_state(sidebar: Sidebar, state: AppState) -> None:
    told: list[str] = []
    state.message.connect(told.append)
    sidebar.card.said.emit("The name was copied.")
    assert told == ["The name was copied."]


def test_no_tag_is_lit_once_nothing_is(sidebar: Sidebar, state: AppState) -> None:
    state.selected = 1
    sidebar.card.tags.chip("j-pop").click()
    state.highlights = (1,)
    state.highlights = ()
    assert not sidebar.card.tags.chip("j-pop").isChecked()


def test_rooms_open_and_folding_is_told(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.add_room("Average", label("later"))
    assert sidebar.room == "Artist"
    with qtbot.waitSignal(sidebar.folded_changed) as folded:
        qtbot.mouseClick(sidebar.fold_button, Qt.MouseButton.LeftButton)
    assert folded.args == [True]
    assert sidebar.folded
    with qtbot.waitSignal(sidebar.folded_changed) as folded:
        sidebar.show_room("Average")
    assert folded.args == [False]
    assert sidebar.room == "Average"
    with pytest.raises(ValueError, match="list"):
        sidebar.show_room("Nowhere")


def test_the_arrows_go_along_the_tabs(qtbot: QtBot) -> None:
    tabs = Tabs(("One", "Two", "R&B"))
    qtbot.addWidget(tabs)
    tabs.show()
    went: list[int] = []
    tabs.changed.connect(went.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(tabs.at(tabs.current), key)
    assert went == [1, 2, 0, 2]
    assert tabs.at(2).text() == "R&&B"


def test_the_card_knows_the_bookmarks(
    sidebar: Sidebar, state: AppState, bookmarks: Bookmarks
) -> None:
    state.selected = 1
    assert sidebar.card.bookmark.toolTip() == "Keep as a bookmark"
    mark = bookmarks.add("", Pose(), state.world, 1)
    assert sidebar.card.bookmark.toolTip() == "Remove the bookmark"
    bookmarks.remove(mark)
    assert sidebar.card.bookmark.toolTip() == "Keep as a bookmark"


@pytest.fixture(name="panel")
def _panel(sidebar: Sidebar) -> PlacesPanel:
    sidebar.show_room("Places")
    return sidebar.places


def _shown(panel: PlacesPanel) -> list[str]:
    model = panel.rows.marks
    return [model.index(i, 0).data() for i in range(model.rowCount())]


def test_bookmarks_are_listed_and_flown_to(
    panel: PlacesPanel, bookmarks: Bookmarks, six: World, qtbot: QtBot
) -> None:
    assert panel.empty.isVisible()
    mark = bookmarks.add("Here", Pose(), six)
    bookmarks.add("", Pose(), six, 2)
    assert _shown(panel) == ["Here", "فيروز"]
    assert not panel.empty.isVisible()
    with qtbot.waitSignal(panel.bookmark_chosen) as chosen:
        place = panel.rows.visualRect(panel.rows.marks.index(0, 0)).center()
        qtbot.mouseClick(panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [mark]


def test_a_bookmark_is_renamed_in_place(
    panel: PlacesPanel, bookmarks: Bookmarks, six: World, qtbot: QtBot
) -> None:
    mark = bookmarks.add("Here", Pose(), six)
    index = panel.rows.marks.index(0, 0)
    panel.rows.setCurrentIndex(index)
    qtbot.keyClick(panel.rows, Qt.Key.Key_F2)
    field = panel.rows.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "Here"
    field.setText("  There  ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bookmarks.all[0].name == "There")
    assert bookmarks.all[0].id == mark.id
    assert not panel.rows.marks.setData(panel.rows.marks.index(0, 0), "   ")
    assert _shown(panel) == ["There"]


def test_a_removed_bookmark_comes_back(
    panel: PlacesPanel, bookmarks: Bookmarks, six: World, qtbot: QtBot
) -> None:
    png = b"\x89PNG\r\n\x1a\n"
    marks = [bookmarks.add(name, Pose(), six, picture=png) for name in "abc"]
    panel.rows.setCurrentIndex(panel.rows.marks.index(1, 0))
    qtbot.keyClick(panel.rows, Qt.Key.Key_Delete)
    assert _shown(panel) == ["a", "c"]
    assert panel.undo.isVisible()
    qtbot.mouseClick(panel.undo.button, Qt.MouseButton.LeftButton)
    assert _shown(panel) == ["a", "b", "c"]
    assert bookmarks.all == tuple(marks)
    assert bookmarks.picture(marks[1]) == png
    assert not panel.undo.isVisible()
    panel.undo_remove()
    assert len(bookmarks.all) == 3


def test_a_bookmark_of_elsewhere_cannot_be_flown_to(
    panel: PlacesPanel, bookmarks: Bookmarks, six: World, state: AppState, qtbot: QtBot
) -> None:
    bookmarks.add("Here", Pose(), six, 0)
    state.world = world([[0, 0, 0], [1, 0, 0]])
    index = panel.rows.marks.index(0, 0)
    assert "not in this galaxy" in index.data(Qt.ItemDataRole.ToolTipRole)
    panel.rows.setCurrentIndex(index)
    with qtbot.assertNotEmitted(panel.bookmark_chosen):
        qtbot.keyClick(panel.rows, Qt.Key.Key_Return)


def test_a_picture_that_is_none_is_drawn_as_a_mark(
    panel: PlacesPanel, bookmarks: Bookmarks, six: World
) -> None:
    bookmarks.add("Here", Pose(), six, picture=b"\x89PNG\r\n\x1a\nbroken")
    assert panel.rows.marks.index(0, 0).data(PICTURE).isNull()
    assert not panel.grab().isNull()


def test_the_history_is_listed_with_the_latest_on_top(
    panel: PlacesPanel, six: World, qtbot: QtBot
) -> None:
    history = History(six.radius)
    for i, name in enumerate(("Björk", "", "gone", "فيروز")):
        history.visit(Place(Pose((float(i), 0, 0)), name))
    panel.show_history(history, six)
    assert [row.name for row in panel.history.rows] == ["فيروز from afar", "A view", "Björk"]
    assert [row.aside for row in panel.history.rows] == ["here", " ", " "]
    with qtbot.waitSignal(panel.place_chosen) as chosen:
        panel.history.chosen.emit(panel.history.rows[2].artist)
    assert chosen.args == [0]
    place = history.go_to(0)
    assert place is not None
    assert place.artist == "Björk"
    assert history.at == 0
