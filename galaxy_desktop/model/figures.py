"""The quality figures of two galaxies side by side, with a word on which is better."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["better", "worse", "same", ""]

_ALIKE = 0.03
"""Figures that differ by less than this share say the same: another seed differs by as much."""
_LEAST = 0.005
"""And so do figures as near as this: a bowl index of 0.004 is not half as good as one of 0.002."""


@dataclass(frozen=True, slots=True)
class _Figure:
    key: str
    title: str
    sentence: str
    lower_is_better: bool
    percent: bool = False


_FIGURES = (
    _Figure(
        "connection_ratio",
        "Connection ratio",
        "How far apart related artists stand, in distances of artists by chance."
        " Lower is better: the lines are short.",
        lower_is_better=True,
    ),
    _Figure(
        "recall_at_20",
        "Recall at 20",
        "How many related artists are among the 20 most alike."
        " Higher is better: averages and paths are truer.",
        lower_is_better=False,
        percent=True,
    ),
    _Figure(
        "bowl_index",
        "Bowl index",
        "How far all artists lean in one direction."
        " Lower is better: a high one in 3 dimensions is a bowl.",
        lower_is_better=True,
    ),
    _Figure(
        "density_contrast",
        "Density contrast",
        "How much crowded places differ from empty ones."
        " Higher is better to look at: clusters and voids; a fog has little.",
        lower_is_better=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of two galaxies.

    Attributes
    ----------
    title : str
    before, now : str
        As they are shown; "–" where it could not be measured.
    verdict : {"better", "worse", "same", ""}
        Of the new one; "" where there is nothing to compare.
    sentence : str
        What the figure says, and which way is better.
    """

    title: str
    before: str
    now: str
    verdict: Verdict
    sentence: str


def compare(before: Mapping[str, float], now: Mapping[str, float]) -> list[Compared]:
    """Return the figures of two galaxies side by side.

    Parameters
    ----------
    before, now : mapping of str to float
        `Galaxy.quality` of the old and of the new galaxy.

    Returns
    -------
    list of Compared
        Those that at least one of the two has.
    """
    rows = []
    for figure in _FIGURES:
        old, new = before.get(figure.key, math.nan), now.get(figure.key, math.nan)
        if math.isfinite(old) or math.isfinite(new):
            rows.append(
                Compared(
                    figure.title,
                    _shown(figure, old),
                    _shown(figure, new),
                    _verdict(figure, old, new),
                    figure.sentence,
                )
            )
    return rows


def in_a_word(rows: list[Compared]) -> str:
    """Return one sentence about all of them, "" where nothing can be compared."""
    count = {word: sum(row.verdict == word for row in rows) for word in ("better", "worse", "same")}
    if not sum(count.values()):
        return ""
    if not count["better"] and not count["worse"]:
        return "By its figures it is as good as the one before."
    if not count["worse"]:
        return "By its figures it is better than the one before."
    if not count["better"]:
        return "By its figures it is worse than the one before."
    gained = _listed([row.title for row in rows if row.verdict == "better"])
    lost = _listed([row.title for row in rows if row.verdict == "worse"])
    return f"Better in {gained}, worse in {lost}."


def _verdict(figure: _Figure, old: float, new: float) -> Verdict:
    if not (math.isfinite(old) and math.isfinite(new)):
        return ""
    if abs(new - old) <= max(_ALIKE * max(abs(old), abs(new)), _LEAST):
        return "same"
    return "better" if (new < old) == figure.lower_is_better else "worse"


def _shown(figure: _Figure, value: float) -> str:
    if not math.isfinite(value):
        return "–"
    return f"{value:.0%}" if figure.percent else f"{value:.3f}"


def _listed(titles: list[str]) -> str:
    small = [title[0].lower() + title[1:] for title in titles]
    return small[0] if len(small) == 1 else ", ".join(small[:-1]) + " and " + small[-1]
