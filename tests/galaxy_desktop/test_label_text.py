from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.label_text import NAMELESS, label_text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Björk", "Björk"),
        ("  Sigur \t\n Rós\u2028", "Sigur Rós"),
        ("bell\x07 and \u202eelor\u202c", "bell and elor"),
        ("", NAMELESS),
        (" \u200b\u2060 ", NAMELESS),
        ("أم كلثوم", "أم كلثوم"),
        ("👩\u200d🎤", "👩\u200d🎤"),
        ("Z\u0300\u0301\u0302\u0303\u0304\u0305o", "Z\u0300\u0301\u0302o"),
    ],
)
def test_a_name_is_harmless_and_otherwise_as_it_is(name: str, shown: str) -> None:
    assert label_text(name) == shown


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    assert label_text("a" * 300, 10) == "a" * 9 + "…"
    assert label_text("a" * 10, 10) == "a" * 10
    assert label_text("a bc defgh", 5) == "a bc…"


def test_a_wide_letter_takes_two_columns() -> None:
    assert label_text("椎名林檎東京事変", 8) == "椎名林…"
    assert label_text("椎名林檎", 8) == "椎名林檎"


def test_no_mark_is_cut_from_its_letter() -> None:
    name = "e\u0301" * 20
    assert label_text(name, 5) == "e\u0301" * 4 + "…"


@given(st.text(max_size=400), st.integers(4, 60))
def test_any_text_becomes_one_short_line(name: str, columns: int) -> None:
    shown = label_text(name, columns)
    assert shown
    assert shown == shown.strip()
    assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in shown)
    wide = sum(
        0 if unicodedata.category(c) in ("Mn", "Me") else 1
        for c in shown
        if c not in "\u200c\u200d"
    )
    assert shown == NAMELESS or wide <= columns
