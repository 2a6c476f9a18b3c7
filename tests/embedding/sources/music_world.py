"""A small music world made from the atlas, as three services would tell of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from embedding.folding import fold
from embedding.galaxy_file import load

ATLAS = Path(__file__).resolve().parents[3] / "assets" / "atlas.galaxy"


@dataclass(frozen=True)
class MusicWorld:
    """Artists by number: 0 is the best known.

    Attributes
    ----------
    names : list of str
        No two alike: whoever shares a name has a number behind it.
    mbids : list of str
    listeners : list of int
    related : list of list of int
        The nearest first.
    """

    names: list[str]
    mbids: list[str]
    listeners: list[int]
    related: list[list[int]]

    def find(self, words: str, most: int) -> list[int]:
        """Return who has such a name, then whose name begins so."""
        wanted = fold(words)
        same = [i for i, name in enumerate(self.names) if fold(name) == wanted]
        near = [i for i, name in enumerate(self.names) if fold(name).startswith(wanted[:4])]
        return list(dict.fromkeys([*same, *near]))[:most]


@cache
def music_world(artists: int = 500) -> MusicWorld:
    """Return the best known artists of the atlas and how they are related."""
    galaxy = load(ATLAS)
    order = np.argsort(-galaxy.popularity.astype(int), kind="stable")[:artists]
    number = {int(at): i for i, at in enumerate(order)}
    names: dict[str, None] = {}
    for at in order:
        name, count = galaxy.names[at], 2
        while name in names:
            name, count = f"{galaxy.names[at]} {count}", count + 1
        names[name] = None
    related = []
    for at in order:
        others = galaxy.related(int(at))
        strength = (
            np.ones(len(others))
            if galaxy.weights is None
            else galaxy.weights[galaxy.indptr[at] : galaxy.indptr[at + 1]]
        )
        nearest = others[np.argsort(-strength, kind="stable")]
        related.append([number[int(one)] for one in nearest if int(one) in number])
    mbids = [str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in names]
    listeners = [round(3e6 / (i + 3)) for i in range(len(order))]
    return MusicWorld(list(names), mbids, listeners, related)
