"""Invented worlds of artists, of any size, that look like real related-artist data.

Every artist lists 20 others, as the real lists do, and the graph forgets who listed whom. Artists
stand in planted communities (scenes) whose sizes are heavy-tailed. A scene is a sheet: most of an
artist's list are its neighbours on it, some are the stars of the scene, a few are stars of the
scenes nearby, and very few are stars of any scene at all; so degrees are heavy-tailed too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embedding.arrays import Int64
from embedding.graph import ArtistGraph

SMALLEST_SCENE = 24
SCENE_TAIL = 1.1
"""Exponent of the Pareto distribution of scene sizes: below 2, so the largest tower."""
NEAR, OWN_STARS, NEARBY_STARS = 0.76, 0.16, 0.07
"""Shares of a list; what is left goes to the stars of any scene."""
REACH = 2.2
"""How far neighbours on the sheet are, as the standard deviation on each of its two axes."""
ROWS_PER_BLOCK = 50_000


@dataclass(frozen=True, slots=True)
class World:
    """A graph and the scene, from 0, that each of its artists was planted in, shape (n,)."""

    graph: ArtistGraph
    scene: npt.NDArray[np.int32]


def make_world(artists: int, related: int = 20, seed: int = 1) -> World:
    """Make a world; the same arguments give the same world.

    Parameters
    ----------
    artists : int
        At least `SMALLEST_SCENE`.
    related : int
        How many others each artist lists, all different; below `SMALLEST_SCENE`.
    seed : int
    """
    if artists < SMALLEST_SCENE or not 0 < related < SMALLEST_SCENE:
        raise ValueError(f"no world of {artists} artists that list {related} others")
    rng = np.random.default_rng(seed)
    start = _scene_starts(artists, rng)
    size = np.diff(start)
    scene = np.repeat(np.arange(size.size), size)
    fame = rng.pareto(1.5, artists)
    # Within each scene, the artists from the most famous one down.
    ranking = np.lexsort((-fame, scene))
    listed = np.concatenate(
        [
            _lists(np.arange(low, min(low + ROWS_PER_BLOCK, artists)), related, rng, start, scene,
                   ranking)
            for low in range(0, artists, ROWS_PER_BLOCK)
        ]
    )  # fmt: skip
    scale = np.log1p(fame)
    graph = ArtistGraph.from_edges(
        [f"Artist {i}" for i in range(artists)],
        np.repeat(np.arange(artists, dtype=np.int32), related),
        listed,
        popularity=np.rint(100 * scale / scale.max()).astype(np.uint8),
        title=f"World of {artists:,} artists, seed {seed}",
    )
    return World(graph, scene.astype(np.int32))


def _scene_starts(artists: int, rng: np.random.Generator) -> Int64:
    """Return where each scene starts, and the end: heavy-tailed sizes that fill the world."""
    largest = max(SMALLEST_SCENE, artists // 20)
    sizes: list[int] = []
    room = artists
    while room >= 2 * SMALLEST_SCENE:
        drawn = int(SMALLEST_SCENE * (1 + rng.pareto(SCENE_TAIL)))
        sizes.append(min(drawn, largest, room - SMALLEST_SCENE))
        room -= sizes[-1]
    sizes.append(room)
    return np.concatenate(([0], np.cumsum(sizes)))


def _lists(
    who: Int64,
    related: int,
    rng: np.random.Generator,
    start: Int64,
    scene: Int64,
    ranking: Int64,
) -> npt.NDArray[np.int32]:
    """Return the list of each of `who`, shape (len(who), related), -1 where it is shorter."""
    artists, scenes = len(scene), len(start) - 1
    shape = (len(who), related + related // 2 + 4)  # more than asked: doubles fall out below
    kind = rng.random(shape)
    near = kind < NEAR
    elsewhere = kind >= NEAR + OWN_STARS
    anywhere = kind >= NEAR + OWN_STARS + NEARBY_STARS

    home = scene[who][:, None]
    size = np.diff(start)[home]
    width = np.ceil(np.sqrt(size)).astype(np.int64)
    right, down = np.rint(rng.normal(0, REACH, (2, *shape))).astype(np.int64)
    neighbour = start[home] + (who[:, None] - start[home] + right + width * down) % size

    step = rng.geometric(0.5, shape) * rng.choice((-1, 1), shape)
    where = np.where(elsewhere, (home + step) % scenes, home)
    where = np.where(anywhere, scene[rng.integers(0, artists, shape)], where)
    # The square of a uniform number favours low ranks: the stars' degrees get a power-law tail.
    rank = (rng.random(shape) ** 2 * np.diff(start)[where]).astype(np.int64)
    listed = np.where(near, neighbour, ranking[start[where] + rank])
    lists = _first_different(listed, who, related)
    short = np.flatnonzero(lists[:, -1] < 0)
    if short.size:  # too many doubles: fill up with the next ones in the scene
        along = start[home] + (who[:, None] - start[home] + np.arange(1, related + 1)) % size
        drawn = np.hstack((listed[short], along[short]))
        lists[short] = _first_different(drawn, who[short], related)
    return lists


def _first_different(listed: Int64, who: Int64, related: int) -> npt.NDArray[np.int32]:
    """Return the first `related` different others of each row, then -1 where there are fewer."""
    order = np.argsort(listed, axis=1, kind="stable")
    ordered = np.take_along_axis(listed, order, 1)
    new = np.ones(listed.shape, bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    good = np.empty(listed.shape, bool)
    np.put_along_axis(good, order, new, 1)
    good &= listed != who[:, None]
    count = np.cumsum(good, axis=1)
    good &= count <= related
    rows, columns = np.nonzero(good)
    out = np.full((len(who), related), -1, np.int32)
    out[rows, count[rows, columns] - 1] = listed[rows, columns]
    return out


def keep_world(folder: Path, artists: int, seed: int = 1) -> Path:
    """Return the file of a world, made on first use, so that children only need to read it."""
    # A world made by an earlier version of this file must not pass for one of this version.
    version = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    path = folder / f"world-{artists}-{seed}-{version}.npz"
    if not path.exists():
        world = make_world(artists, seed=seed)
        save_graph(path, world.graph)
    return path


def save_graph(path: Path, graph: ArtistGraph) -> None:
    """Write what a benchmark needs of an unweighted graph: the adjacency and the popularity."""
    folder = path.parent
    folder.mkdir(parents=True, exist_ok=True)
    popularity = graph.popularity
    if popularity is None:
        popularity = np.zeros(len(graph), np.uint8)
    unfinished = path.with_suffix(".part.npz")
    np.savez(unfinished, indptr=graph.indptr, indices=graph.indices, popularity=popularity)
    unfinished.replace(path)


def load_graph(path: Path) -> ArtistGraph:
    """Read a graph that `save_graph` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        indptr, indices, popularity = (arrays[k] for k in ("indptr", "indices", "popularity"))
    names = [f"Artist {i}" for i in range(len(indptr) - 1)]
    return ArtistGraph(names, indptr, indices, popularity=popularity)
