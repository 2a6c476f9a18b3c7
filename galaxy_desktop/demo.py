"""A small world of invented artists, for the first start: no file, no network."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

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
_TASTES = 6  # more than a galaxy's three dimensions, as music has


def demo_graph(artists: int = 2_500, scenes: int = 60, seed: int = 1) -> ArtistGraph:
    """Make a graph with planted scenes that lie along the branches of a random tree.

    Every artist has a taste, a point near the one of its scene, and is related to the nearest
    tastes and to a few more famous ones a little farther off.

    Parameters
    ----------
    artists : int
        How many there are; at least 10 for each scene.
    scenes : int
        How many communities, of heavy-tailed sizes (Pareto with exponent 2.5).
    seed : int
        The same seed gives the same graph.

    Returns
    -------
    ArtistGraph
        With popularity; the artists stand in the order of their scenes, the largest first.
    """
    rng = np.random.default_rng(seed)
    share = np.sort(rng.pareto(2.5, scenes) + 1)[::-1]
    sizes = 10 + rng.multinomial(artists - 10 * scenes, share / share.sum())
    parent = np.array([max(0, scene - 1 - rng.integers(8)) for scene in range(scenes)])
    centre = np.zeros((scenes, _TASTES))
    for scene in range(1, scenes):
        centre[scene] = centre[parent[scene]] + rng.normal(size=_TASTES)
    scene_of = np.repeat(np.arange(scenes), sizes)
    # Some way along the branch to the scene that this one came from, so that scenes blend.
    along = rng.beta(0.7, 1.4, artists)[:, None]
    taste = centre[scene_of] * (1 - along) + centre[parent[scene_of]] * along
    taste += rng.normal(scale=0.18, size=taste.shape)

    fame = rng.pareto(2.0, artists) + 1
    count = min(40, artists)
    _, nearest = cKDTree(taste).query(taste, count)
    near = nearest[:, 1:7]
    famous = np.take_along_axis(nearest, np.argsort(-fame[nearest], axis=1)[:, :3], axis=1)
    targets = np.concatenate((near, famous), axis=1)
    popularity = 100 * np.argsort(np.argsort(fame)) / artists
    return ArtistGraph.from_edges(
        [_name(i) for i in range(artists)],
        np.repeat(np.arange(artists), targets.shape[1]),
        targets,
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
