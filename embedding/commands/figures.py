"""What each quality figure says, in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping


def _closer(ratio: float) -> str:
    if ratio <= 0:
        return "related artists share one place"
    if 0.995 <= ratio < 1.005:
        return "related artists are no closer than others"
    if ratio > 1:
        return f"related artists are {ratio:.3g} times as far apart as others"
    return f"related artists are {1 / ratio:.3g} times closer than others"


NAMES_AND_WORDS: dict[str, tuple[str, Callable[[float], str]]] = {
    "connection_ratio": ("connection ratio", _closer),
    "recall_at_20": (
        "recall at 20",
        lambda v: f"{v:.0%} of related artists are among the 20 nearest",
    ),
    "link_auc": (
        "link AUC",
        lambda v: f"a relation kept secret beats a random pair {v:.1%} of the time",
    ),
    "bowl_index": (
        "bowl index",
        lambda v: f"{v:.0%} of a vector is a direction that all share",
    ),
    "density_contrast": (
        "density contrast",
        lambda v: (
            "an even fog" if v < 0.3 else "some clusters" if v < 0.6 else "clusters and voids"
        ),
    ),
}


def in_words(quality: Mapping[str, float]) -> list[tuple[str, str]]:
    """Return a label and a line for each figure, the known ones first.

    >>> in_words({"recall_at_20": 0.62})
    [('recall at 20', '0.620   62% of related artists are among the 20 nearest')]
    """
    known = [key for key in NAMES_AND_WORDS if key in quality]
    other = sorted(key for key in quality if key not in NAMES_AND_WORDS)
    return [
        *((NAMES_AND_WORDS[key][0], _line(key, quality[key])) for key in known),
        *((key.replace("_", " "), f"{quality[key]:.3f}") for key in other),
    ]


def _line(key: str, value: float) -> str:
    if not math.isfinite(value):
        return "not measured"
    _, words = NAMES_AND_WORDS[key]
    return f"{value:.3f}   {words(value)}"
