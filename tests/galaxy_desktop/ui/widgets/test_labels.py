"""Names of any length and script stay in their place."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from galaxy_desktop.ui.labels import IconLabel, NameLabel, is_right_to_left, label, tip
from tests.galaxy_desktop.ui.widgets.long_name import LONG


@pytest.fixture(name="name")
def _name(qtbot: QtBot) -> NameLabel:
    made = NameLabel("title", 3)
    qtbot.addWidget(made)
    made.resize(288, 100)
    return made


def test_a_short_name_is_shown_whole(name: NameLabel) -> None:
    name.set_text("Björk")
    assert name.shown_lines() == ["Björk"]
    assert name.toolTip() == ""


def test_a_name_of_300_letters_is_elided_and_told_by_the_tooltip(name: NameLabel) -> None:
    name.set_text(LONG)
    lines = name.shown_lines()
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert LONG in name.toolTip()
    assert name.accessibleName() == LONG
    assert name.heightForWidth(288) == name.heightForWidth(100)


def test_a_word_that_is_too_long_breaks_anywhere(name: NameLabel) -> None:
    name.set_text("W" * 300)
    assert len(name.shown_lines()) == 3
    assert name.shown_lines()[0] == "W" * len(name.shown_lines()[0])


def test_narrower_is_never_lower(name: NameLabel) -> None:
    name.set_text("Godspeed You Black Emperor")
    heights = [name.heightForWidth(width) for width in (600, 300, 150, 80)]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]


@pytest.mark.parametrize(
    "text", ["", " ", "宇多田ヒカル" * 40, "فيروز " * 50, "🎸👩‍🎤" * 60, "\ud800"]
)
def test_any_script_is_drawn(name: NameLabel, text: str) -> None:
    name.set_text(text)
    assert not name.grab().isNull()


# The dress is put on once for all examples.
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80), width=st.integers(1, 400))
def test_no_letter_is_lost_or_doubled_while_there_is_room(text: str, width: int) -> None:
    name = NameLabel("small", 500)
    name.resize(width, 100)
    name.set_text(text)
    shown = "".join("".join(name.shown_lines()).split())
    assert shown == "".join(text.split())


def test_markup_is_text(qtbot: QtBot) -> None:
    made = label("<b>bold</b>")
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText


def test_a_tooltip_shows_what_it_is_given() -> None:
    assert tip("") == ""
    assert tip("<b>AC/DC</b> & x") == "<qt>&lt;b&gt;AC/DC&lt;/b&gt; &amp; x</qt>"


def test_an_icon_stands_before_its_sentence(qtbot: QtBot) -> None:
    made = IconLabel("warning", "danger", "Mind the gap.")
    qtbot.addWidget(made)
    assert made.words.text() == "Mind the gap."
    assert not made.grab().isNull()


@pytest.mark.parametrize(
    ("text", "rtl"), [("abc", False), ("فيروز", True), ("1 שלום", True), ("", False), ("12", False)]
)
def test_the_first_letter_says_which_way_a_name_reads(text: str, rtl: bool) -> None:
    assert is_right_to_left(text) is rtl
