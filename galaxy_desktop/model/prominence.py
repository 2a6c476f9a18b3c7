"""`Prominence`: over how wide a part of the galaxy an artist is the best known one.

The names on a map are chosen like this: a town that has no larger one for a hundred miles is named
even on a map of the continent. Space is cut into cubes, in several sizes, each the half of the
last; the realm of an artist is the widest cube in which it is the best known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.world import World

Indices = npt.NDArray[np.intp]

REALMS = (0.25, 0.125, 0.0625)
"""The edges of the cubes in units of R, widest first."""

_TABLE = 1 << 22
"""Cubes that are looked up in a table; of more, only those with an artist are kept, by sorting."""
_SIDE = (1 << 21) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Tier:
    """The artists whose realm has one size.

    Attributes
    ----------
    realm : float
        The edge of the cube in units of R.
    artists : ndarray of intp, shape (m,)
    positions : ndarray of float32, shape (3, m)
        The first row is ascending.
    """

    realm: float
    artists: Indices
    positions: npt.NDArray[np.float32]


class Prominence:
    """The artists that are the best known of a cube of space.

    Parameters
    ----------
    world : World

    Attributes
    ----------
    tiers : tuple of Tier
        Widest realm first; no artist stands in two.
    realm : ndarray of float32, shape (n,)
        The realm of every artist in units of R, 0 for one that is nowhere the best known.
    """

    def __init__(self, world: World) -> None:
        self.realm = np.zeros(len(world), np.float32)
        champions = by_renown(world)
        for realm in reversed(REALMS):
            champions = best_known(world, champions, realm * world.radius)
            self.realm[champions] = realm
        self.tiers = tuple(_tier(world, self.realm, realm) for realm in REALMS)


def by_renown(world: World) -> Indices:
    """Return all artists, the best known first.

    Of equally popular ones, the one with more related artists; then the first.
    """
    related = np.diff(world.galaxy.indptr)
    renown = world.galaxy.popularity.astype(np.uint16) << 8
    renown |= np.minimum(related, 255).astype(np.uint16)
    # Sixteen bits are sorted by their digits, many times faster than by comparing.
    return np.argsort(np.uint16(0xFFFF) - renown, kind="stable")


def best_known(world: World, ranked: Indices, edge: float) -> Indices:
    """Return the first of each cube of space, in the order they come in.

    Parameters
    ----------
    world : World
    ranked : ndarray of intp, shape (m,)
        The best known first.
    edge : float
        Of the cubes, in galaxy units.
    """
    low = world.positions.min(axis=0)
    # A star far outside would ask for more cubes than there are numbers.
    x, y, z = (
        np.minimum((world.positions[:, axis][ranked] - low[axis]) / edge, _SIDE).astype(np.int64)
        for axis in range(3)
    )
    wide, high, deep = (int(c.max()) + 1 for c in (x, y, z))
    if wide * high * deep <= _TABLE:
        cell = (x * high + y) * deep + z
        first = np.empty(wide * high * deep, np.intp)
        # Of several that are put into one place the last one stays.
        first[cell[::-1]] = np.arange(len(ranked) - 1, -1, -1)
        places = np.flatnonzero(first[cell] == np.arange(len(ranked)))
    else:
        places = np.sort(np.unique((x << 42) | (y << 21) | z, return_index=True)[1])
    chosen: Indices = ranked[places]
    return chosen


def _tier(world: World, realms: npt.NDArray[np.float32], realm: float) -> Tier:
    artists = np.flatnonzero(realms == np.float32(realm))
    artists = artists[np.argsort(world.positions[artists, 0], kind="stable")]
    return Tier(realm, artists, np.ascontiguousarray(world.positions[artists].T))
