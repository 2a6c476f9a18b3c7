"""`Outskirts`: where a galaxy ends in every direction, and places beyond for who comes new."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.world import World

Floats = npt.NDArray[np.float64]

BEYOND = 0.12
"""How far outside of what is known a new artist stands, in R."""
ONWARD = 0.75
"""Of how far those who name it stand outside already, so much is added to that: who is known by
new artists only stands farther out, and yet never farther than `BEYOND / (1 - ONWARD)`."""
ASIDE, APART = 0.2, 0.35
"""The most that chance adds: sideways in radians about, outwards as a share of `BEYOND`."""

_DIRECTIONS = 256
_OUTERMOST = 0.95
"""The share of the stars of a direction that its edge has inside of it."""
_SHARPNESS = 40.0
"""How much a direction's own edge counts beside those around it: 1/e of it 13 degrees aside."""
_AT_ONCE = 4096


class Outskirts:
    """Knows the edge of a galaxy; to be made on a worker thread, 50 ms for 100,000 artists.

    Parameters
    ----------
    world : World
    """

    def __init__(self, world: World) -> None:
        self._centre, self._radius = world.centre, world.radius
        self._directions = _spread_evenly(_DIRECTIONS)
        away = world.positions - self._centre
        lengths = np.sqrt(np.einsum("ij,ij->i", away, away))
        nearest = np.concatenate(
            [
                (away[at : at + _AT_ONCE] @ self._directions.T).argmax(axis=1)
                for at in range(0, len(away), _AT_ONCE)
            ]
        )
        self._edges, self._weights = _edges(lengths, nearest)

    def edge(self, directions: Floats) -> Floats:
        """Return how far from the centre the galaxy ends in some directions, shape (k,).

        Parameters
        ----------
        directions : ndarray of float64, shape (k, 3)
            Of length 1.
        """
        near = np.exp(_SHARPNESS * (directions @ self._directions.T - 1)) * self._weights
        edges: Floats = (near @ self._edges) / near.sum(axis=1)
        return edges

    def beyond(self, middles: Floats, keys: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return a place for each new artist: outside of those who name it.

        Parameters
        ----------
        middles : ndarray of float64, shape (k, 3)
            The mean place of those who name it; a row of NaN where nobody does who has one.
        keys : sequence of str, shape (k,)
            What chance is drawn from: the same artist gets the same place.

        Returns
        -------
        ndarray of float32, shape (k, 3)
        """
        chance = _chance(keys)
        out = middles - self._centre
        length = np.sqrt(np.einsum("ij,ij->i", out, out))
        lost = ~(length > 1e-6 * self._radius)  # of NaN, too
        out[lost] = _on_sphere(chance[lost, 0], chance[lost, 1])
        length[lost] = 1.0
        out /= length[:, None]
        length[lost] = 0.0
        sideways = _on_sphere(chance[:, 0], chance[:, 1])
        out += ASIDE * np.cbrt(chance[:, 2])[:, None] * sideways
        out /= np.sqrt(np.einsum("ij,ij->i", out, out))[:, None]
        edge = self.edge(out)
        farther = ONWARD * np.maximum(length - edge, 0.0)
        apart = BEYOND * self._radius * (1 - APART * chance[:, 3])
        places: npt.NDArray[np.float32] = (
            self._centre + out * (edge + farther + apart)[:, None]
        ).astype(np.float32)
        return places


def _edges(lengths: Floats, nearest: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Return how far out the stars of each direction are, and how much that counts, both (d,)."""
    order = np.lexsort((lengths, nearest))
    counts = np.bincount(nearest, minlength=_DIRECTIONS)
    firsts = np.cumsum(counts) - counts
    outermost = firsts + (_OUTERMOST * np.maximum(counts - 1, 0)).astype(np.intp)
    edges = np.zeros(_DIRECTIONS)
    seen = counts > 0
    edges[seen] = lengths[order][outermost[seen]]
    # Where nobody is, those around say where the edge is; one star says less than many.
    weights: Floats = np.minimum(counts, 8) / 8 + 1e-9
    edges[~seen] = float(np.median(edges[seen]))
    return edges, weights


def _spread_evenly(count: int) -> Floats:
    """Return directions spread evenly: Fibonacci's lattice on the sphere, shape (count, 3)."""
    k = np.arange(count) + 0.5
    z = 1 - 2 * k / count
    turn = np.pi * (1 + 5**0.5) * k
    level = np.sqrt(1 - z * z)
    return np.column_stack((level * np.cos(turn), level * np.sin(turn), z))


def _on_sphere(one: Floats, other: Floats) -> Floats:
    """Return directions that are uniform if both numbers are from 0 to 1, shape (k, 3)."""
    z, turn = 2 * one - 1, 2 * np.pi * other
    level = np.sqrt(1 - z * z)
    return np.column_stack((level * np.cos(turn), level * np.sin(turn), z))


def _chance(keys: Sequence[str]) -> Floats:
    """Return four numbers from 0 to 1 for each key, always the same, shape (k, 4)."""
    drawn = b"".join(
        hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=32).digest()
        for key in keys
    )
    chance: Floats = np.frombuffer(drawn, "<u8").reshape(-1, 4) / 2.0**64
    return chance
