"""Search as you type: results, preview, choice, leaving, and what there is to say without any."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.search import Search
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.search_box import SearchBox
from tests.galaxy_desktop.worlds import world


@pytest.fixture(name="window")
def _window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(500, 600)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture(name="box")
def _box(window: QWidget, six: World, qtbot: QtBot) -> SearchBox:
    column = QVBoxLayout(window)
    made = SearchBox()
    column.addWidget(made)
    column.addStretch(1)
    made.set_search(Search(six.galaxy))
    made.open()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def _names(box: SearchBox) -> list[str]:
    return [row.name for row in box.results.rows.rows]


def test_results_come_as_one_types(box: SearchBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.field, "bjo")
    assert box.results.isVisible()
    assert _names(box)[0] == "Björk"
    (row, *_) = box.results.rows.rows
    assert row.bright == ((0, 3),)
    assert row.fame == pytest.approx(0.99)
    assert row.detail.startswith("tag 0, tag 1")


def test_an_alias_that_fits_is_told(box: SearchBox) -> None:
    box.set_query("gudmunds")
    (row,) = box.results.rows.rows
    assert row.name == "Björk"
    assert row.detail.startswith("Björk Guðmundsdóttir · tag 0")
    assert row.bright == ()
    assert row.bright_detail == ((6, 14),)


def test_enter_chooses_the_best(box: SearchBox, qtbot: QtBot) -> None:
    box.set_query("宇多田")
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert chosen.args == [1]
    assert not box.results.isVisible()
    assert box.query() == ""


def test_arrows_preview_and_enter_chooses_what_is_previewed(box: SearchBox, qtbot: QtBot) -> None:
    previewed: list[int] = []
    box.previewed.connect(previewed.append)
    box.set_search(Search(world([[i, 0, 0] for i in range(5)]).galaxy))
    box.set_query("artist")
    expected = [row.artist for row in box.results.rows.rows]
    assert len(expected) == 5
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(box.field, key)
    assert previewed == [expected[i] for i in (0, 1, 0, 1)]
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box.field, Qt.Key.Key_Enter)
    assert chosen.args == [expected[1]]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_1])
def test_a_preview_ends_with_what_it_was_of(box: SearchBox, qtbot: QtBot, key: Qt.Key) -> None:
    previewed: list[int | None] = []
    box.previewed.connect(previewed.append)
    box.set_query("björk")
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    qtbot.keyClick(box.field, key)
    assert previewed == [0, None]


def test_a_click_on_a_row_chooses(box: SearchBox, qtbot: QtBot) -> None:
    box.set_query("björk")
    rows = box.results.rows
    model = rows.model()
    assert model is not None
    with qtbot.waitSignal(box.chosen) as chosen:
        place = rows.visualRect(model.index(0, 0)).center()
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [0]


def test_escape_closes_and_gives_the_keyboard_back(box: SearchBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.field, "bj")
    with qtbot.waitSignal(box.left):
        qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert not box.results.isVisible()
    assert box.query() == "bj"


def test_opening_again_marks_what_stands_there(box: SearchBox, qtbot: QtBot) -> None:
    box.set_query("bj")
    box.close_results()
    box.open()
    assert box.field.selectedText() == "bj"
    assert box.results.isVisible()
    qtbot.keyClicks(box.field, "f")
    assert box.query() == "f"


def test_without_letters_there_are_no_results(box: SearchBox, qtbot: QtBot) -> None:
    box.set_query("bj")
    qtbot.keyClick(box.field, Qt.Key.Key_Backspace)
    assert box.results.isVisible()
    qtbot.keyClick(box.field, Qt.Key.Key_Backspace)
    assert not box.results.isVisible()
    box.set_query("   ")
    assert not box.results.isVisible()
    with qtbot.assertNotEmitted(box.chosen):
        qtbot.keyClick(box.field, Qt.Key.Key_Return)


def test_nothing_found_says_so_and_offers_spellings(box: SearchBox, qtbot: QtBot) -> None:
    names = ["Radiohead", "Portishead", "Massive Attack"]
    box.set_search(Search(world([[i, 0, 0] for i in range(3)], names=names).galaxy))
    box.set_query("rxdxohexd")
    assert "nearest spellings" in box.results.sentence.text()
    assert _names(box)[0] == "Radiohead"
    with qtbot.assertNotEmitted(box.previewed), qtbot.assertNotEmitted(box.chosen):
        qtbot.keyClick(box.field, Qt.Key.Key_Down)
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert box.query() == "Radiohead"
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert chosen.args == [0]


def test_nothing_like_it_says_so(box: SearchBox) -> None:
    box.set_query("qqqqqqqqqqqqqqqqqq")
    assert box.results.isVisible()
    assert box.results.sentence.text() == "No artist here is called that, or nearly that."
    assert _names(box) == []


def test_until_the_names_are_ready_it_says_so_and_then_finds(box: SearchBox, six: World) -> None:
    box.set_search(None)
    box.set_query("björk")
    assert box.results.sentence.text() == "Getting the names ready..."
    box.set_search(Search(six.galaxy))
    assert _names(box)[0] == "Björk"
    assert not box.results.sentence.isVisible()


def test_what_was_left_is_not_opened_when_the_names_are_ready(
    box: SearchBox, six: World, qtbot: QtBot
) -> None:
    box.set_search(None)
    box.set_query("björk")
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    box.set_search(Search(six.galaxy))
    assert not box.results.isVisible()


def test_enter_pressed_before_the_names_are_ready_chooses_once_they_are(
    box: SearchBox, six: World, qtbot: QtBot
) -> None:
    box.set_search(None)
    qtbot.keyClicks(box.field, "bjo")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert box.results.isVisible()
    assert box.results.sentence.text() == "Getting the names ready, then choosing the best fit..."
    with qtbot.waitSignal(box.chosen) as chosen:
        box.set_search(Search(six.galaxy))
    assert chosen.args == [0]
    assert not box.results.isVisible()
    # It was for once.
    box.set_query("bjo")
    box.set_search(Search(six.galaxy))
    assert box.results.isVisible()


@pytest.mark.parametrize("then", ["typing", "leaving", "a name that nobody has"])
def test_an_enter_pressed_early_is_forgotten_where_something_else_is_wanted(
    box: SearchBox, six: World, qtbot: QtBot, then: str
) -> None:
    chosen: list[int] = []
    box.chosen.connect(chosen.append)
    box.set_search(None)
    qtbot.keyClicks(box.field, "zzzzzzz" if then == "a name that nobody has" else "bjo")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    if then == "typing":
        qtbot.keyClicks(box.field, "r")
    elif then == "leaving":
        qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    box.set_search(Search(six.galaxy))
    assert not chosen
    assert box.query() == {"typing": "bjor", "leaving": "bjo"}.get(then, "zzzzzzz")
    assert box.results.isVisible() == (then != "leaving")


def test_results_stay_in_the_window(box: SearchBox, window: QWidget) -> None:
    for width, height in ((500, 600), (320, 140), (1200, 900)):
        window.resize(width, height)
        box.set_query("b")
        assert window.rect().contains(box.results.geometry())


def test_leaving_the_field_closes_the_results(box: SearchBox) -> None:
    box.set_query("b")
    box.field.clearFocus()
    assert not box.results.isVisible()
