"""The averager in the sidebar: every control does to the mix what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PyQt6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.recent import Recents
from galaxy_desktop.model.search import Search
from galaxy_desktop.model.storage import Places
from galaxy_desktop.model.touring import Touring
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_drag import Dragged, dragged_in, mime_of
from galaxy_desktop.ui.averager_panel import AveragerPanel
from galaxy_desktop.ui.path_rows import PathRow
from galaxy_desktop.ui.result_rows import ResultRow
from tests.galaxy_desktop.ui.widgets.long_name import LONG
from tests.galaxy_desktop.worlds import world

NAMES = ["Björk", "宇多田ヒカル", "فيروز", LONG, "<b>AC/DC</b> & 🎸", "x", *"PQRSTUVW"]


@pytest.fixture(name="here", scope="module")
def _here() -> World:
    return world(
        np.arange(42).reshape(14, 3),
        popularity=np.arange(14) * 7,
        names=NAMES,
        vectors=np.random.default_rng(5).normal(size=(14, 3)).astype(np.float32),
    )


@pytest.fixture(name="mix")
def _mix(here: World) -> Mix:
    return Mix(here)


@pytest.fixture(name="recents")
def _recents(tmp_path: Path) -> Recents:
    return Recents(Places.under(tmp_path), pytest.fail)


@pytest.fixture(name="panel")
def _panel(qtbot: QtBot, mix: Mix, recents: Recents) -> AveragerPanel:
    made = AveragerPanel(mix, recents)
    qtbot.addWidget(made)
    made.resize(320, 900)
    made.show()
    return made


def _fill(panel: AveragerPanel, *artists: int) -> None:
    for artist in artists:
        assert panel.mix.add(artist)
    panel.refresh()


def _results(panel: AveragerPanel) -> list[ResultRow]:
    return [row for row in panel.results.rows if isinstance(row, ResultRow)]


def _stops(panel: AveragerPanel) -> list[PathRow]:
    return [row for row in panel.path.rows if isinstance(row, PathRow)]


def _drop(widget: QWidget | None, data: QMimeData) -> bool:
    """Drop something on a widget; return whether it was taken."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), action, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(5, 5), action, data, buttons, keys)
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()


def test_empty_it_says_in_a_sentence_what_to_do(panel: AveragerPanel) -> None:
    assert panel.sentence.isVisible()
    assert panel.sentence.text().startswith("Pick two artists to see who lies between them")
    for part in (panel.question, panel.fame, panel.results, panel.path, panel.recent, panel.save):
        assert not part.isVisible()


def test_two_are_shown_with_what_lies_between_them(panel: AveragerPanel, here: World) -> None:
    _fill(panel, 0, 1)
    found = panel.mix.answer.average
    assert found is not None
    assert panel.summary.text() == f"{found.similarity:.0%} similar"
    assert [row.artist for row in _results(panel)] == [each.index for each in found.results]
    first, result = _results(panel)[0], found.results[0]
    assert (first.name, first.match) == (here.galaxy.names[result.index], f"{result.match:.0%}")
    assert first.two_sided
    assert [share for _, share in first.shares] == list(result.shares)
    assert f"{result.shares[0]:.0%} Björk" in first.detail
    assert not panel.sentence.isVisible()
    assert not panel.tour.isVisible()


def test_many_changes_are_looked_at_once_and_soon(panel: AveragerPanel, qtbot: QtBot) -> None:
    looked: list[int] = []
    panel.results.model().modelReset.connect(lambda: looked.append(1))  # type: ignore[union-attr]
    panel.mix.add(0)
    panel.mix.add(1)
    for weight in (0.9, 0.5, 0.2):
        panel.mix.set_weight(0, weight)
    qtbot.waitUntil(lambda: bool(looked))
    assert looked == [1]
    assert panel.ingredients.rows[0].value.text() == "20%"


def test_weight_sign_and_removal(panel: AveragerPanel, qtbot: QtBot) -> None:
    _fill(panel, 0, 1, 2)
    row = panel.ingredients.rows[1]
    row.slider.setValue(30)
    assert panel.mix.ingredients[1].amount == 0.3
    qtbot.mouseClick(row.sign, Qt.MouseButton.LeftButton)
    assert panel.mix.ingredients[1].amount == -0.3
    panel.refresh()
    assert row.value.text() == "−30%"
    assert row.sign.isChecked()
    qtbot.mouseClick(panel.ingredients.rows[0].remove, Qt.MouseButton.LeftButton)
    assert [each.name for each in panel.mix.ingredients] == NAMES[1:3]
    assert len(panel.ingredients.rows) == 2


def test_by_keyboard_alone(panel: AveragerPanel, here: World, qtbot: QtBot) -> None:
    _fill(panel, 0, 1)
    row = panel.ingredients.rows[0]
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    qtbot.keyClick(row.slider, Qt.Key.Key_Left)
    assert panel.mix.ingredients[0].weight == 0.95
    qtbot.keyClick(row.sign, Qt.Key.Key_Space)
    assert panel.mix.ingredients[0].minus
    with qtbot.waitSignal(panel.fly_requested) as asked:
        qtbot.keyClick(row.name, Qt.Key.Key_Space)
    assert asked.args == [0]
    qtbot.keyClick(panel.question.at(0), Qt.Key.Key_Right)
    assert panel.mix.recipe.question == "path"
    qtbot.keyClick(panel.question.at(1), Qt.Key.Key_Left)
    qtbot.keyClick(panel.fame.slider.high, Qt.Key.Key_Left)
    assert panel.mix.recipe.fame == (0, 99)
    panel.refresh()
    panel.results.setFocus(Qt.FocusReason.TabFocusReason)
    found = panel.results.rows[0].artist
    qtbot.keyClick(panel.results, Qt.Key.Key_Plus)
    assert panel.mix.artist(2) == found
    panel.refresh()
    panel.ingredients.rows[2].remove.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(panel.ingredients.rows[2].remove, Qt.Key.Key_Space)
    assert len(panel.mix.ingredients) == 2
    assert panel.ingredients.rows[1].remove.hasFocus()
    panel.search.set_search(Search(here.galaxy))
    panel.search.set_query("فيروز")
    qtbot.keyClick(panel.search.field, Qt.Key.Key_Return)
    assert panel.mix.artist(2) == 2


def test_the_keyboard_meets_the_ingredients_between_the_field_and_the_question(
    panel: AveragerPanel,
) -> None:
    _fill(panel, 0, 1)
    met: list[QWidget] = []
    here: QWidget | None = panel.search.field
    while here is not panel.question.at(0):
        assert here is not None
        if here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.isVisible():
            met.append(here)
        here = here.nextInFocusChain()
    rows = panel.ingredients.rows
    wanted = [part for row in rows for part in (row.name, row.sign, row.remove, row.slider)]
    assert met == [panel.search.field, *wanted]


def test_each_new_answer_is_told_once(panel: AveragerPanel) -> None:
    told: list[int] = []
    panel.answered.connect(lambda: told.append(1))
    _fill(panel, 0, 1)
    panel.refresh()
    assert told == [1]
    panel.mix.set_weight(0, 0.5)
    panel.refresh()
    assert told == [1, 1]


def test_everything_has_a_name_for_those_who_hear_it(panel: AveragerPanel) -> None:
    _fill(panel, 0, 1)
    row = panel.ingredients.rows[0]
    assert row.slider.accessibleName() == "Weight of Björk"
    assert row.sign.accessibleName() == "Take Björk away"
    assert row.remove.accessibleName() == "Remove Björk"
    for part in (
        row.name, panel.fame.slider.low, panel.fame.slider.high, panel.length, panel.search.field,
        panel.results, panel.path, panel.recent.rows, panel.frame, panel.save, panel.swap,
        panel.clear,
    ):  # fmt: skip
        assert part.accessibleName()
    for row_ in _results(panel):
        assert "match" in row_.detail
        assert "popularity" in row_.detail


def test_results_fly_hover_and_become_ingredients(panel: AveragerPanel, qtbot: QtBot) -> None:
    _fill(panel, 0, 1)
    rows, port = panel.results, panel.results.viewport()
    model = rows.model()
    assert model is not None
    place = rows.visualRect(model.index(1, 0))
    with qtbot.waitSignal(panel.fly_requested) as asked:
        qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=place.center())
    assert asked.args == [rows.rows[1].artist]
    with qtbot.waitSignal(panel.hovered) as over:
        rows.hovered.emit(3)
    assert over.args == [3]
    wanted = rows.rows[1].artist
    plus = QPoint(place.right() - theme.UNIT - 6, place.center().y())
    with qtbot.assertNotEmitted(panel.fly_requested):
        qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=plus)
    assert panel.mix.artist(2) == wanted


def test_more_results_are_a_click_away(panel: AveragerPanel, qtbot: QtBot) -> None:
    big = world(np.arange(90).reshape(30, 3))
    panel.mix.world = big
    _fill(panel, 0, 1)
    assert len(panel.results.rows) == 10
    for text, count in (("Show more", 28), ("Show fewer", 10)):
        assert panel.more.text() == text
        qtbot.mouseClick(panel.more, Qt.MouseButton.LeftButton)
        panel.refresh()
        assert len(panel.results.rows) == count


def test_who_reads_the_results_by_keyboard_stays_at_the_place(
    panel: AveragerPanel, qtbot: QtBot
) -> None:
    _fill(panel, 0, 1)
    panel.activateWindow()
    panel.results.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(panel.results.hasFocus)
    panel.results.step(2)
    here = panel.results.currentIndex().row()
    panel.mix.set_weight(0, 0.3)
    panel.refresh()
    assert panel.results.currentIndex().row() == here > 0


def test_a_path_is_listed_with_every_match_and_its_leaps(
    panel: AveragerPanel, qtbot: QtBot
) -> None:
    # A fan of directions with a gap in it.
    angles = np.radians([0, 5, 10, 15, 20, 60, 65, 70])
    fan = world(
        np.arange(24).reshape(8, 3),
        names=[f"{angle:.0f}" for angle in np.degrees(angles)],
        vectors=np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32),
    )
    panel.mix.world = fan
    _fill(panel, 0, 7)
    qtbot.mouseClick(panel.question.at(1), Qt.MouseButton.LeftButton)
    panel.length.setValue(8)
    panel.refresh()
    way = panel.mix.answer.path
    assert way is not None
    stops = _stops(panel)
    assert [stop.artist for stop in stops] == list(range(8))
    assert [stop.detail for stop in stops] == [
        "Here it begins",
        *["99% match"] * 4,
        "A leap: 59% match",
        *["99% match"] * 2,
    ]
    assert [stop.leap_before for stop in stops] == [i == 5 for i in range(8)]
    assert [stop.leap_after for stop in stops] == [i == 4 for i in range(8)]
    assert panel.summary.text() == "7 steps"
    assert panel.about.text() == "The music makes a leap, the largest from 20 to 60 (59% match)."
    assert panel.tour.isVisible()
    assert [row.role.text() for row in panel.ingredients.rows] == ["From", "To"]
    assert not panel.ingredients.rows[0].slider.isVisible()
    with qtbot.assertNotEmitted(panel.path.tooled):
        panel.path.setFocus()
        panel.path.step(-9)
        qtbot.keyClick(panel.path, Qt.Key.Key_Plus)


def test_a_flight_along_the_path_shows_where_it_is(panel: AveragerPanel, qtbot: QtBot) -> None:
    _fill(panel, 0, 1)
    panel.mix.ask("path")
    panel.refresh()
    with qtbot.waitSignal(panel.tour_requested):
        qtbot.mouseClick(panel.tour, Qt.MouseButton.LeftButton)
    panel.show_touring(Touring(panel.mix.answer.artists, 2))
    panel.refresh()
    assert [stop.here for stop in _stops(panel)] == [i == 2 for i in range(8)]
    assert panel.tour.text() == "Stop here"
    panel.show_touring(None)
    panel.refresh()
    assert not any(stop.here for stop in _stops(panel))
    assert panel.tour.text() == "Fly the path"


def test_popularity_by_words_and_by_hand(panel: AveragerPanel, qtbot: QtBot) -> None:
    _fill(panel, 0, 1)
    fame = panel.fame
    qtbot.mouseClick(fame.hide_well_known, Qt.MouseButton.LeftButton)
    panel.refresh()
    low, high = panel.mix.recipe.fame
    assert low == 0
    assert 0 < high < 100
    assert fame.hide_well_known.isChecked()
    assert fame.numbers.text() == f"0–{high}"
    qtbot.mouseClick(fame.hide_obscure, Qt.MouseButton.LeftButton)
    panel.refresh()
    assert panel.mix.recipe.fame[0] > 0
    assert panel.mix.recipe.fame[1] == high
    for chip in (fame.hide_obscure, fame.hide_well_known):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        panel.refresh()
    assert panel.mix.recipe.fame == (0, 100)
    assert not fame.hide_obscure.isChecked()
    slider = fame.slider
    end = QPoint(slider.width() - 8, slider.height() // 2)
    middle = QPoint(slider.width() // 2, slider.height() // 2)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=end)
    qtbot.mouseMove(slider, middle)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=middle)
    assert panel.mix.recipe.fame[0] == 0
    assert abs(panel.mix.recipe.fame[1] - 50) <= 2
    slider.low.setValue(90)
    assert panel.mix.recipe.fame == (slider.high.value(), slider.high.value())


def test_a_name_is_dropped_on_the_panel_or_on_another(panel: AveragerPanel) -> None:
    assert _drop(panel.viewport(), mime_of(Dragged(0, NAMES[0])))
    assert _drop(panel.viewport(), mime_of(Dragged(99, NAMES[1])))
    panel.refresh()
    assert [panel.mix.artist(i) for i in range(2)] == [0, 1]
    rows = panel.ingredients.rows
    assert _drop(rows[1], mime_of(Dragged(2, NAMES[2])))
    assert [panel.mix.artist(i) for i in range(2)] == [0, 2]
    assert _drop(rows[0], mime_of(Dragged(2, NAMES[2])))
    assert [panel.mix.artist(i) for i in range(2)] == [2, 0]


def test_what_is_no_artist_is_not_taken(panel: AveragerPanel, qtbot: QtBot) -> None:
    text = QMimeData()
    text.setText("Björk")
    assert not _drop(panel.viewport(), text)
    broken = QMimeData()
    for content in (b"", b"[", b"[1]", b'["a", "b"]', b"\xff", b"7", b"[1, 2]"):
        broken.setData("application/x-galaxy-artist", content)
        assert dragged_in(broken) is None
        assert not _drop(panel.viewport(), broken)
    with qtbot.waitSignal(panel.said) as said:
        _drop(panel.viewport(), mime_of(Dragged(3, "Nobody")))
    assert said.args == ["Nobody is not in this galaxy."]
    assert not panel.mix.ingredients


def test_who_is_missing_stays_listed_and_takes_no_part(panel: AveragerPanel, here: World) -> None:
    _fill(panel, 0, 1, 2)
    panel.mix.world = world(np.eye(4, 3), names=["Björk", "x", "فيروز", "y"])
    panel.refresh()
    row = panel.ingredients.rows[1]
    assert row.missing.isVisible()
    assert not row.slider.isVisible()
    assert not row.name.isEnabled()
    assert panel.results.isVisible()
    panel.mix.world = here
    panel.refresh()
    assert not row.missing.isVisible()
    assert row.slider.isVisible()


def test_recent_ones_come_back_by_a_click(
    panel: AveragerPanel, recents: Recents, qtbot: QtBot
) -> None:
    _fill(panel, 0, 1)
    panel.mix.set_weight(0, 0.5)
    panel.keep_recent()
    before = panel.mix.recipe
    qtbot.mouseClick(panel.clear, Qt.MouseButton.LeftButton)
    panel.refresh()
    assert not panel.mix.ingredients
    assert [row.name for row in panel.recent.rows.rows] == ["Björk + 宇多田ヒカル"]
    panel.recent.rows.chosen.emit(0)
    assert panel.mix.recipe == before
    panel.recent.rows.setFocus()
    panel.recent.rows.step(1)
    qtbot.keyClick(panel.recent.rows, Qt.Key.Key_Delete)
    assert recents.all == ()
    assert not panel.recent.isVisible()


def test_what_leads_nowhere_is_not_kept(panel: AveragerPanel, recents: Recents) -> None:
    _fill(panel, 0, 1)
    for place in range(2):
        panel.mix.set_weight(place, 0)
    panel.keep_recent()
    assert recents.all == ()


def test_refusals_are_told(panel: AveragerPanel, qtbot: QtBot) -> None:
    _fill(panel, 0)
    with qtbot.waitSignal(panel.said) as said:
        panel.mix.add(0)
    assert said.args == ["Björk is among them already."]


def test_the_names_are_copied_and_saved(panel: AveragerPanel, tmp_path: Path, qtbot: QtBot) -> None:
    _fill(panel, 0, 1)
    with qtbot.waitSignal(panel.said):
        panel.save.copy()
    board = QGuiApplication.clipboard()
    assert board is not None
    names = [row.name for row in panel.results.rows]
    assert board.text().split("\n")[:-1] == names
    with qtbot.waitSignal(panel.said) as said:
        panel.save.save_as(tmp_path / "list.txt", "text")
    assert said.args == [f"The playlist is saved as {tmp_path / 'list.txt'}."]
    assert (tmp_path / "list.txt").read_text("utf-8").split("\n")[:-1] == names
    with qtbot.waitSignal(panel.failed) as failed:
        panel.save.save_as(tmp_path / "no" / "list.csv", "csv")
    assert failed.args[0].startswith("The playlist was not saved.")


def test_hidden_it_works_nothing_out(panel: AveragerPanel) -> None:
    panel.hide()
    panel.mix.add(0)
    panel.mix.add(1)
    QApplication.processEvents()
    assert panel.results.rows == ()
    panel.show()
    assert panel.results.rows


@pytest.mark.parametrize("width", [280, 320, 480])
@pytest.mark.parametrize("question", ["between", "path"])
def test_it_fits_the_sidebar_with_any_names(
    panel: AveragerPanel, width: int, question: str
) -> None:
    _fill(panel, 0, 3, 4, 1, 2, 5, 6, 7)
    panel.mix.ask("path" if question == "path" else "between")
    panel.resize(width, 700)
    panel.keep_recent()
    panel.refresh()
    QApplication.processEvents()
    inside = panel.widget()
    assert inside is not None
    assert inside.width() <= width
    for label in inside.findChildren(QLabel):
        if label.isVisible():
            right = label.mapTo(inside, QPoint(label.width(), 0)).x()
            assert right <= inside.width()
            if not label.wordWrap():
                assert label.width() >= label.sizeHint().width() - 1, label.text()
    assert not panel.grab().isNull()
