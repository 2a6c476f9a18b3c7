"""The engine speaks of options; the window of what is seen in it."""

from __future__ import annotations

import pytest

from galaxy_desktop.model.notes import fault_text, note_text


def test_a_note_has_no_options() -> None:
    note = "2 of 452 artists were left out: they stand in 1 separate group (--min-component)."
    assert note_text(note) == note.replace(" (--min-component)", "")


@pytest.mark.parametrize(
    ("engine", "window"),
    [
        (
            "--max-artists: no two of the 3 artists are related; keep more of them.",
            "Artists: no two of the 3 artists are related; keep more of them.",
        ),
        (
            "--dims: 4 dimensions are more than the 2 artists there are; give more artists.",
            "Dimensions: 4 dimensions are more than the 2 artists there are; give more artists.",
        ),
        (
            "--averager-dims: 999 dimensions are more than this engine's 500; give fewer or"
            " use --engine reference.",
            "999 dimensions are more than this engine's 500; give fewer.",
        ),
        (
            "there is not enough memory for this; give fewer artists with --max-artists.",
            "there is not enough memory for this; give fewer artists.",
        ),
        ("a --b.csv: this is no graph; give one.", "a --b.csv: this is no graph; give one."),
        ("g.csv: too few; raise --walks.", "g.csv: too few; raise “Walks”."),
    ],
)
def test_what_is_wrong_names_the_knob(engine: str, window: str) -> None:
    assert fault_text(engine) == window
