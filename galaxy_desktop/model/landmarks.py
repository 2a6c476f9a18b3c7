"""Landmarks: a few famous artists spread over the galaxy, by whose names it is known from afar."""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.prominence import REALMS, best_known, by_renown
from galaxy_desktop.model.world import World

LANDMARKS = 25

_WIDEST, _NARROWEST = 0.62, 0.12
"""The first landmarks stand so far apart, in R; later ones nearer, down to the second."""
_SHRINK = 0.85
_FAMOUS = 0.62
"""Under this share of the fame of the most famous, nobody is a landmark while someone above it
would be one at a smaller distance."""


_known: WeakKeyDictionary[World, dict[int, npt.NDArray[np.intp]]] = WeakKeyDictionary()
_lock = threading.Lock()


def landmarks(world: World, count: int = LANDMARKS) -> npt.NDArray[np.intp]:
    """Choose artists that are famous and far apart; at the first call, 25 ms for 100,000.

    The most famous comes first; then always the most famous of those that stand far enough from
    all before it. As nobody famous is left, "far enough" shrinks.

    Parameters
    ----------
    world : World
    count : int
        The most there may be.

    Returns
    -------
    ndarray of intp, shape (at most count,)
        The same for the same world, in the order they were chosen. Not to be changed.
    """
    with _lock:
        chosen = _known.get(world, {}).get(count)
    if chosen is None:
        chosen = _chosen(world, count)
        chosen.setflags(write=False)
        with _lock:
            _known.setdefault(world, {})[count] = chosen
    return chosen


def _chosen(world: World, count: int) -> npt.NDArray[np.intp]:
    # Someone better known next door leaves nobody else a chance: one of each cube will do.
    order = by_renown(world)
    if len(order) > 40 * count:
        order = best_known(world, order, REALMS[1] * world.radius)
    places = world.positions[order].T.astype(np.float64)
    fame = world.fame[order]
    enough = _FAMOUS * float(fame.max(initial=0))
    famous = int((fame >= enough).sum())
    away = np.full(len(order), np.inf)
    chosen: list[int] = []
    apart = _WIDEST * world.radius
    least = _NARROWEST * world.radius
    while len(chosen) < min(count, len(order)):
        fits = away >= apart * apart
        first = int(fits.argmax())
        if not fits[first] or (first >= famous and apart > least):
            if apart <= least:
                break
            apart = max(_SHRINK * apart, least)
            continue
        chosen.append(first)
        x, y, z = places - places[:, first, None]
        np.minimum(away, x * x + y * y + z * z, out=away)
    return order[chosen]
