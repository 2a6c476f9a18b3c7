"""Two galaxies' figures side by side, with the right word on which is better."""

from __future__ import annotations

import math

from galaxy_desktop.model.figures import compare, in_a_word

_OLD = {
    "connection_ratio": 0.09,
    "recall_at_20": 0.73,
    "bowl_index": 0.14,
    "density_contrast": 0.48,
}


def _words(**changes: float) -> list[str]:
    return [row.verdict for row in compare(_OLD, _OLD | changes)]


def test_which_way_is_better() -> None:
    assert _words() == ["same"] * 4
    better = _words(connection_ratio=0.08, recall_at_20=0.8, bowl_index=0.1, density_contrast=0.55)
    assert better == ["better"] * 4
    worse = _words(connection_ratio=0.1, recall_at_20=0.5, bowl_index=0.3, density_contrast=0.3)
    assert worse == ["worse"] * 4


def test_what_another_seed_could_do_is_the_same() -> None:
    assert _words(connection_ratio=0.0915, recall_at_20=0.72, bowl_index=0.143) == ["same"] * 4


def test_they_are_shown_as_people_read_them() -> None:
    row = compare(_OLD, _OLD | {"recall_at_20": 0.5})[1]
    assert (row.before, row.now) == ("73%", "50%")
    assert compare(_OLD, _OLD)[0].now == "0.090"


def test_what_could_not_be_measured_is_not_compared() -> None:
    rows = compare(_OLD | {"bowl_index": math.nan}, {"recall_at_20": 0.9})
    assert [(row.title, row.before, row.now, row.verdict) for row in rows] == [
        ("Connection ratio", "0.090", "–", ""),
        ("Recall at 20", "73%", "90%", "better"),
        ("Density contrast", "0.480", "–", ""),
    ]
    assert compare({}, {}) == []
    assert in_a_word(compare(_OLD, {})) == ""


def test_one_sentence_about_all() -> None:
    def said(**changes: float) -> str:
        return in_a_word(compare(_OLD, _OLD | changes))

    assert said() == "By its figures it is as good as the one before."
    assert said(bowl_index=0.1) == "By its figures it is better than the one before."
    assert said(bowl_index=0.5) == "By its figures it is worse than the one before."
    assert said(bowl_index=0.1, recall_at_20=0.2, density_contrast=0.6) == (
        "Better in bowl index and density contrast, worse in recall at 20."
    )
