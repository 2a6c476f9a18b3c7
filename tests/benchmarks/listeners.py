"""The hand-made atlas against real listeners: are pairs related here near each other there?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from embedding.graph import ArtistGraph
from embedding.readers import read_graph
from embedding.readers.atlas import load_atlas, read
from embedding.readers.atlas.checking import bare
from embedding.readers.atlas.scenes import Atlas
from tests.benchmarks.bench import REAL_DATA, Bench
from tests.benchmarks.measure import REPO
from tests.benchmarks.report import Cell, Goal

NAME = "atlas"
ABOUT = "the hand-made atlas against real listening data: pairs at most two steps apart"

ATLAS = REPO / "assets" / "atlas"
DATA = {
    "spotify_related_10k": REAL_DATA,
    "lastfm_plays_hetrec2011": REAL_DATA.with_name("lastfm_plays_hetrec2011"),
}
ENOUGH = 12
"""A scene is judged by no fewer pairs than this."""
WORST = 30
"""How many of the scenes that score worst are shown."""

Ints = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Nearness:
    """Which pairs of the artists in both graphs are one, or at most two, steps apart there.

    Attributes
    ----------
    there : ndarray of int, shape (n,)
        Where each artist of the one graph stands in the other; -1 where it does not.
    one, two : sparse array of bool
        Pairs of the other graph at most one, and at most two, steps apart.
    """

    there: Ints
    one: Any
    two: Any

    @classmethod
    def of(cls, names: list[str], aliases: list[tuple[str, ...]] | None, other: ArtistGraph) -> Any:
        """Find each artist by its name but for accents, case and the like, else by an alias."""
        fame = other.degrees if other.popularity is None else other.popularity
        keys = bare(other.names)
        # Of several with one name the most popular.
        places = {keys[k]: int(k) for k in np.argsort(fame, kind="stable")}
        there = np.full(len(names), -1)
        for i, name in enumerate(bare(names)):
            others = bare(list(aliases[i])) if aliases is not None and aliases[i] else []
            there[i] = next((places[key] for key in (name, *others) if key in places), -1)
        step = sparse.csr_array(
            (np.ones(other.indices.size, np.int32), other.indices, other.indptr),
            shape=(len(other), len(other)),
        )
        return cls(there, step > 0, (step + step @ step) > 0)

    def shares(self, a: Ints, b: Ints) -> tuple[int, float, float]:
        """Return how many pairs have both ends there, and the shares one and two steps apart."""
        x, y = self.there[a], self.there[b]
        both = (x >= 0) & (y >= 0) & (x != y)
        if not both.any():
            return 0, np.nan, np.nan
        x, y = x[both], y[both]
        return int(both.sum()), float(self.one[x, y].mean()), float(self.two[x, y].mean())

    def chance(self) -> tuple[int, float, float]:
        """Return how many artists are in both, and the same shares of all pairs of them."""
        known = np.unique(self.there[self.there >= 0])
        pairs = known.size * (known.size - 1)
        one = self.one[known][:, known].sum()
        two = self.two[known][:, known]
        return known.size, float(one / pairs), float((two.sum() - two.diagonal().sum()) / pairs)


def main(bench: Bench) -> None:
    """Compare the atlas with each set of real data that is on this machine."""
    graph, atlas = read(ATLAS), load_atlas(ATLAS)
    number = {key: k for k, key in enumerate(graph.keys)}
    a, b = graph.edge_list()
    rows: list[list[Cell]] = []
    tallies: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for name, path in DATA.items():
        if not path.is_dir():
            bench.report.say(f"Skipped: {name} is not on this machine (../shared/data).")
            continue
        near = Nearness.of(graph.names, graph.aliases, read_graph(Path(path)))
        both, one_by_chance, two_by_chance = near.chance()
        pairs, one, two = near.shares(a, b)
        rows.append([name, both, pairs, one, one_by_chance, two, two_by_chance])
        odds = two / (1 - two) / (two_by_chance / (1 - two_by_chance))
        bench.report.goal(Goal(f"{name}: odds of two steps, times chance's", odds, 10, "at least"))
        for title, count, share in _by_scene(atlas, number, graph, near):
            tallies[title].append((count, share))
    if not rows:
        return
    bench.report.table(
        f"{len(graph):,} artists, {graph.edges:,} relations against real listening data",
        [
            *("data", "artists in both", "related pairs in both"),
            *("1 step", "by chance", "at most 2 steps", "by chance"),
        ],
        rows,
    )
    merged = {t: (sum(c for c, _ in x), sum(c * s for c, s in x)) for t, x in tallies.items()}
    judged = sorted((hits / count, t, count) for t, (count, hits) in merged.items())
    worst: list[list[Cell]] = [
        [title, count, share] for share, title, count in judged if count >= ENOUGH
    ]
    bench.report.table(
        f"The {WORST} scenes that score worst, of {len(worst)} with {ENOUGH} pairs or more",
        ["scene", "related pairs in both", "at most 2 steps"],
        worst[:WORST],
    )


def _by_scene(
    atlas: Atlas, number: dict[str, int], graph: ArtistGraph, near: Nearness
) -> list[tuple[str, int, float]]:
    """Return for each scene its related pairs that are there, and the share two steps apart."""
    adjacent = graph.adjacency() > 0
    found = []
    for scene in atlas.scenes:
        members = np.array([number[e.artist.key] for e in scene.entries])
        i, j = np.triu_indices(members.size, 1)
        related = np.asarray(adjacent[members[i], members[j]]).ravel()
        count, _, two = near.shares(members[i][related], members[j][related])
        if count:
            found.append((f"{scene.path.stem}: {scene.title}", count, two))
    return found
