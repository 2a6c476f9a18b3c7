"""The averager in the whole window: from a star to the sidebar, and back into the galaxy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt
from PyQt6.QtGui import QDragEnterEvent, QDropEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from embedding.galaxy_file import save
from galaxy_desktop.model.state import AppState
from galaxy_desktop.ui.artist_drag import Dragged, mime_of
from galaxy_desktop.ui.averaging import AVERAGE
from galaxy_desktop.ui.content import Content
from galaxy_desktop.ui.main_window import MainWindow
from tests.embedding.galaxies import galaxy


def _open(window: MainWindow) -> tuple[AppState, Content]:
    assert window.state is not None
    assert window.content is not None
    return window.state, window.content


def _rest(content: Content, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not content.explorer.loop.running, timeout=20_000)


def test_a_averages_the_selected_artist(window: MainWindow, qtbot: QtBot) -> None:
    state, content = _open(window)
    view, mix = content.explorer.view, content.averaging.mix
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_A)
    assert window.sentences == ["Click a star first, then A averages its artist with others."]
    for artist in (20, 31):
        state.selected = artist
        QTest.keyClick(view, Qt.Key.Key_A)
    assert [mix.artist(place) for place in range(2)] == [20, 31]
    assert content.sidebar.room == AVERAGE
    assert view.hasFocus()
    assert len(state.threads) == 2
    assert state.highlights == (20, 31, *mix.answer.artists)
    _rest(content, qtbot)
    # In flight the same key flies to the left.
    content.navigator.set_mode("fly")
    state.selected = 40
    QTest.keyPress(view, Qt.Key.Key_A)
    QTest.keyRelease(view, Qt.Key.Key_A)
    assert len(mix.ingredients) == 2
    _rest(content, qtbot)


def test_the_curves_glide_with_a_slider_and_then_nothing_is_drawn(
    window: MainWindow, qtbot: QtBot
) -> None:
    state, content = _open(window)
    state.settings = replace(state.settings, reduced_motion=False)
    content.averaging.add(20)
    content.averaging.add(31)
    _rest(content, qtbot)
    seen: list[object] = []
    state.threads_changed.connect(lambda threads: seen.append(threads[0].points[-1].tolist()))
    content.averaging.mix.set_weight(0, 0.2)
    _rest(content, qtbot)
    assert len(seen) > 3
    assert not content.navigator.moving
    frames = content.explorer.loop.frames
    qtbot.wait(150)
    assert content.explorer.loop.frames == frames


def test_the_card_asks_for_an_average(window: MainWindow, qtbot: QtBot) -> None:
    state, content = _open(window)
    state.selected = 20
    qtbot.mouseClick(content.sidebar.card.average, Qt.MouseButton.LeftButton)
    assert content.averaging.mix.artist(0) == 20
    assert content.averaging.panel.isVisible()
    _rest(content, qtbot)


def test_a_result_is_lit_under_the_cursor_and_flown_to(window: MainWindow, qtbot: QtBot) -> None:
    state, content = _open(window)
    content.averaging.add(20)
    content.averaging.add(31)
    rows = content.averaging.panel.results
    qtbot.waitUntil(lambda: bool(rows.rows))
    found = rows.rows[2].artist
    rows.hovered.emit(found)
    assert state.hovered == found
    rows.hovered.emit(None)
    rows.chosen.emit(found)
    assert state.selected == found
    assert content.sidebar.room == AVERAGE
    assert content.explorer.view.hasFocus()
    qtbot.waitUntil(lambda: not content.navigator.flight.travelling, timeout=20_000)
    _rest(content, qtbot)


def test_in_another_room_the_galaxy_is_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    state, content = _open(window)
    content.averaging.add(20)
    content.averaging.add(31)
    lit = state.highlights
    content.sidebar.show_room("Places")
    assert (state.threads, state.highlights) == ((), ())
    content.sidebar.show_room(AVERAGE)
    assert state.highlights == lit
    content.explorer.view.setFocus()
    QTest.keyClick(content.explorer.view, Qt.Key.Key_Escape)
    assert (state.threads, state.highlights) == ((), ())
    _rest(content, qtbot)


def test_all_are_framed_and_a_path_is_flown(window: MainWindow, qtbot: QtBot) -> None:
    state, content = _open(window)
    panel, navigator = content.averaging.panel, content.navigator
    content.averaging.add(20)
    content.averaging.add(31)
    panel.refresh()
    qtbot.mouseClick(panel.frame, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not navigator.flight.travelling, timeout=20_000)
    places, depths = state.pose.project(
        state.world.positions[list(state.highlights)], navigator.size
    )
    assert (depths > 0).all()
    assert (places >= 0).all()
    assert (places <= navigator.size).all()
    content.averaging.mix.ask("path")
    panel.refresh()
    qtbot.mouseClick(panel.tour, Qt.MouseButton.LeftButton)
    assert state.touring is not None
    assert state.touring.artists == content.averaging.mix.answer.artists
    assert state.selected == 20
    qtbot.waitUntil(lambda: panel.tour.text() == "Stop here")
    qtbot.mouseClick(panel.tour, Qt.MouseButton.LeftButton)
    assert state.touring is None
    _rest(content, qtbot)


def test_what_escape_took_out_of_the_galaxy_is_shown_again_by_framing_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    state, content = _open(window)
    panel, view = content.averaging.panel, content.explorer.view
    content.averaging.add(20)
    content.averaging.add(31)
    content.averaging.mix.ask("path")
    _rest(content, qtbot)
    there, lit = state.threads, state.highlights
    for again in (panel.frame_requested, panel.tour_requested):
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Escape)
        assert not state.threads
        again.emit()
        assert len(state.threads) == len(there) == 1
        assert state.highlights == lit
        content.navigator.stop_tour()
        _rest(content, qtbot)


def test_a_name_is_dragged_over_the_tab(window: MainWindow, qtbot: QtBot) -> None:
    _, content = _open(window)
    tab = content.sidebar.tab(AVERAGE)
    data = mime_of(Dragged(31, "Artist 31"))
    _send(QDragEnterEvent, tab, data)
    assert content.sidebar.room == AVERAGE
    _send(QDropEvent, tab, data)
    assert content.averaging.mix.artist(0) == 31
    _rest(content, qtbot)


def _send(kind: type[QDropEvent], to: object, data: QMimeData) -> None:
    place = QPoint(5, 5) if kind is QDragEnterEvent else QPointF(5, 5)
    event = kind(
        place,  # type: ignore[arg-type]
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(to, event)  # type: ignore[arg-type]
    assert event.isAccepted()


def test_the_next_start_has_the_ingredients_and_the_recent_ones(
    open_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    first = open_window()
    _, content = _open(first)
    mix = content.averaging.mix
    for artist in (20, 31, 40):
        content.averaging.add(artist)
    mix.set_weight(1, 0.4)
    mix.set_minus(2, True)
    mix.set_fame(10, 90)
    recipe = mix.recipe
    _rest(content, qtbot)
    first.close()
    second = open_window()
    state, content = _open(second)
    assert content.averaging.mix.recipe == recipe
    assert content.averaging.panel.recents.all == (recipe,)
    # It is seen in space once its room is opened.
    assert state.threads == ()
    content.sidebar.show_room(AVERAGE)
    assert len(state.threads) == 3
    _rest(content, qtbot)


def test_another_galaxy_averages_the_same_artists(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    state, content = _open(window)
    for artist in (20, 31, 45):
        content.averaging.add(artist)
    save(galaxy(40, seed=3), tmp_path / "other.galaxy")
    window.open(str(tmp_path / "other.galaxy"))
    qtbot.waitUntil(lambda: len(state.world) == 40, timeout=20_000)
    mix = content.averaging.mix
    assert [mix.artist(place) for place in range(3)] == [20, 31, None]
    assert len(state.threads) == 2
    assert content.averaging.panel.ingredients.rows
    qtbot.waitUntil(lambda: content.ready, timeout=20_000)
    panel = content.averaging.panel
    panel.search.open()
    panel.search.set_query("Artist 35")
    QTest.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert mix.artist(3) == 35
    _rest(content, qtbot)
