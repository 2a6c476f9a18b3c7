"""A small world of invented artists, for the first start: no file, no network."""

from __future__ import annotations

import numpy as np

from embedding.graph import ArtistGraph

_FIRST = [
    "Amber",
    "Cobalt",
    "Distant",
    "Electric",
    "Fallow",
    "Gilded",
    "Hollow",
    "Ivory",
    "Jade",
    "Lunar",
    "Midnight",
    "Neon",
]
_SECOND = [
    "Antlers",
    "Bells",
    "Comets",
    "Drifters",
    "Engines",
    "Foxes",
    "Gardens",
    "Harbours",
    "Islands",
    "Kites",
]


def demo_graph(artists: int = 1_000, scenes: int = 24, seed: int = 1) -> ArtistGraph:
    """Make a graph with planted scenes: most relations stay inside one, some lead to the next.

    Parameters
    ----------
    artists : int
        How many there are; at least 10 for each scene.
    scenes : int
        How many communities, of heavy-tailed sizes (Pareto with exponent 1.5).
    seed : int
        The same seed gives the same graph.

    Returns
    -------
    ArtistGraph
        With popularity; the famous of a scene have the most relations.
    """
    rng = np.random.default_rng(seed)
    share = np.sort(rng.pareto(1.5, scenes) + 1)[::-1]
    extra = rng.multinomial(artists - 10 * scenes, share / share.sum())
    scene = np.repeat(np.arange(scenes), 10 + extra)
    start = np.searchsorted(scene, np.arange(scenes + 1))

    fame = rng.pareto(2.0, artists) + 1
    sources, targets = [], []
    for artist in range(artists):
        home = scene[artist]
        # One relation in eight leads out of the scene, to a neighbouring one: scenes form arms.
        for there, count in ((home, 7), ((home + 1) % scenes, 1)):
            members = np.arange(start[there], start[there + 1])
            chance = fame[members] / fame[members].sum()
            targets.append(rng.choice(members, count, p=chance))
            sources.append(np.full(count, artist))
    popularity = 100 * np.argsort(np.argsort(fame)) / artists
    return ArtistGraph.from_edges(
        [_name(i) for i in range(artists)],
        np.concatenate(sources),
        np.concatenate(targets),
        popularity=popularity.astype(np.uint8),
        title="An invented world",
        source="made by Galaxy Desktop",
        licence="CC0-1.0",
    )


def _name(number: int) -> str:
    """Return a name of its own for each number."""
    volume, rest = divmod(number, len(_FIRST) * len(_SECOND))
    second, first = divmod(rest, len(_FIRST))
    name = f"{_FIRST[first]} {_SECOND[second]}"
    return f"{name} {volume + 1}" if volume else name
