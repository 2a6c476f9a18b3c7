"""The averager in the sidebar: every control does to the mix what it says."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.search import Search
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.averager_panel import AveragerPanel
from tests.galaxy_desktop.ui.widgets.averager import NAMES, fill, results
from tests.galaxy_desktop.worlds import world


def test_empty_it_says_in_a_sentence_what_to_do(panel: AveragerPanel) -> None:
    assert panel.sentence.isVisible()
    assert panel.sentence.text().startswith("Pick two artists to see who lies between them")
    for part in (panel.question, panel.fame, panel.results, panel.path, panel.recent, panel.save):
        assert not part.isVisible()


def test_two_are_shown_with_what_lies_between_them(panel: AveragerPanel, here: World) -> None:
    fill(panel, 0, 1)
    found = panel.mix.answer.average
    assert found is not None
    assert panel.summary.text() == f"{found.similarity:.0%} similar"
    assert [row.artist for row in results(panel)] == [each.index for each in found.results]
    first, result = results(panel)[0], found.results[0]
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
    fill(panel, 0, 1, 2)
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
    fill(panel, 0, 1)
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
    fill(panel, 0, 1)
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
    fill(panel, 0, 1)
    panel.refresh()
    assert told == [1]
    panel.mix.set_weight(0, 0.5)
    panel.refresh()
    assert told == [1, 1]


def test_everything_has_a_name_for_those_who_hear_it(panel: AveragerPanel) -> None:
    fill(panel, 0, 1)
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
    for row_ in results(panel):
        assert "match" in row_.detail
        assert "popularity" in row_.detail


def test_who_is_missing_stays_listed_and_takes_no_part(panel: AveragerPanel, here: World) -> None:
    fill(panel, 0, 1, 2)
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


def test_refusals_are_told(panel: AveragerPanel, qtbot: QtBot) -> None:
    fill(panel, 0)
    with qtbot.waitSignal(panel.said) as said:
        panel.mix.add(0)
    assert said.args == ["Björk is among them already."]


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
    fill(panel, 0, 3, 4, 1, 2, 5, 6, 7)
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
