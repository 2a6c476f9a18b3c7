"""`Arrangement`: in which order a world's stars and lines are drawn; no OpenGL needed.

For 100,000 artists it takes 0.4 s to work out, so whoever reads a galaxy in a thread calls
`arrange` there, and the window's thread finds it done.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from embedding.connections import lasting_lengths, shown_connections
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.cells import Cells
from galaxy_desktop.scene.palettes import Hues, hues

Ints = npt.NDArray[np.int64]

_STARS_IN_A_CELL, _LINES_IN_A_CELL = 256, 512
#: The best known are drawn whatever gives way.
_ALWAYS = 0.04


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """The order of drawing.

    Attributes
    ----------
    order : ndarray of int64, shape (n,)
        The artists: first the best known, then the others, cell after cell.
    place : ndarray of int64, shape (n,)
        Where each artist stands in `order`.
    always : int
        How many the best known are.
    stars : Cells
        Of the others.
    pairs : ndarray of uint32, shape (m, 2)
        The places of both ends of each line, cell after cell.
    lines : Cells
    hues : ndarray of uint8, shape (n,)
        Of each artist: see `palettes.hues`.
    longest : ndarray of float32, shape (m,)
        How long each line may become, in R, while stars glide: few of those drawn may be long.
    """

    order: Ints
    place: Ints
    always: int
    stars: Cells
    pairs: npt.NDArray[np.uint32]
    lines: Cells
    hues: Hues
    longest: npt.NDArray[np.float32]


_known: WeakKeyDictionary[World, Arrangement] = WeakKeyDictionary()
_lock = threading.Lock()


def arrange(world: World) -> Arrangement:
    """Return the arrangement of a world, worked out at the first call; from any thread."""
    with _lock:
        if world not in _known:
            _known[world] = _arranged(world)
        return _known[world]


def _arranged(world: World) -> Arrangement:
    n = len(world)
    always = max(1, round(n * _ALWAYS))
    by_fame = np.argsort(-world.fame, kind="stable")
    others = by_fame[always:]
    stars = Cells.of(world.positions[others], _STARS_IN_A_CELL)
    order = np.concatenate((by_fame[:always], others[stars.order]))
    place = np.empty(n, np.int64)
    place[order] = np.arange(n)

    a, b = _edges(world)
    shown = shown_connections(world.positions, (a, b))
    a, b = a[shown], b[shown]
    one, other = (world.positions.take(ends, axis=0) for ends in (a, b))
    apart = one - other
    halves = np.sqrt(np.einsum("ij,ij->i", apart, apart)) / 2
    lines = Cells.of((one + other) / 2, _LINES_IN_A_CELL, halves)
    where = place.astype(np.uint32)
    pairs = np.stack([where.take(ends.take(lines.order)) for ends in (a, b)], axis=1)
    colours = hues(world.positions, world.centre, world.radius)
    longest = np.maximum(lasting_lengths(len(a)), 2.0001 * halves[lines.order] / world.radius)
    return Arrangement(order, place, always, stars, pairs, lines, colours, longest)


def _edges(world: World) -> tuple[Ints, Ints]:
    """Return both ends of every relation once."""
    galaxy = world.galaxy
    rows = np.repeat(np.arange(len(galaxy)), np.diff(galaxy.indptr))
    once = rows < galaxy.indices
    return rows[once], galaxy.indices[once].astype(np.int64)
