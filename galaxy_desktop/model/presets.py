"""Presets: a few shapes that a galaxy can have, each as what its knobs are set to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from embedding.settings import BuildSettings


@dataclass(frozen=True, slots=True)
class Preset:
    """A shape and how to build it.

    Attributes
    ----------
    title : str
    sentence : str
        What it looks like.
    changes : dict of str to value
        Fields of `BuildSettings`; how many artists and which seed is left to the user.
    """

    title: str
    sentence: str
    changes: dict[str, Any] = field(default_factory=dict)

    def apply(self, settings: BuildSettings) -> BuildSettings:
        """Return settings that build this shape."""
        return replace(settings, **self.changes)

    def matches(self, settings: BuildSettings) -> bool:
        """Return whether settings build this shape already."""
        return self.apply(settings) == settings


_OWN: dict[str, Any] = {"hs": True, "negative": 0, "lengths": "log", "alpha": 0.025}
"""Hierarchical softmax alone, long vectors drawn in: what the atlas is built with."""

PRESETS: tuple[Preset, ...] = (
    Preset(
        "Filaments",
        "Fine threads of artists that run outwards, with voids between them.",
        {"p": 2.5, "q": 0.5, "walks": 10, "length": 20, "window": 5, "epochs": 5, "dims": 3}
        | _OWN
        | {"lengths": "plain"},
    ),
    Preset(
        "Islands",
        "Whole scenes gather into clouds and islands, with dark between them.",
        {"p": 1.0, "q": 0.1, "walks": 3, "length": 40, "window": 20, "epochs": 4, "dims": 5}
        | _OWN
        # With the tree, hs, a quarter of the atlas is one mass in the middle; without, a tenth.
        | {"hs": False, "negative": 5, "alpha": 0.12},
    ),
    Preset(
        "Fog",
        "A soft cloud in which only the largest regions can be told apart.",
        {"p": 1.0, "q": 1.0, "walks": 2, "length": 10, "window": 1, "epochs": 2, "dims": 16} | _OWN,
    ),
    Preset(
        "The original's",
        "The settings that Music Galaxy was published with.",
        {"p": 1.6, "q": 0.1, "walks": 20, "length": 10, "window": 7, "epochs": 5, "dims": 4}
        | _OWN
        | {"negative": 5, "lengths": "plain"},
    ),
)
