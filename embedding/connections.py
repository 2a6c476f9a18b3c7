"""Which relations are drawn as lines: all of them would hide the galaxy behind a fog."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.integer[Any]]
Pairs = tuple[Ints, Ints]

# Longest connection, in units of the galaxy's radius R, and the chance that one so long is drawn.
_CHANCES = ((0.06, 0.82), (0.12, 0.72), (0.17, 0.18), (0.49, 0.006))


def shown_connections(
    positions: npt.ArrayLike, edges: Pairs, seed: int = 0
) -> npt.NDArray[np.bool_]:
    """Choose the connections to draw: the longer one is, the smaller its chance.

    82% of those shorter than 0.06 R, 72% to 0.12 R, 18% to 0.17 R, 0.6% to 0.49 R, none beyond,
    where R is the root-mean-square radius of the galaxy.

    Parameters
    ----------
    positions : array_like of float, shape (n, 3)
    edges : pair of ndarray of int, shapes (m,)
    seed : int

    Returns
    -------
    ndarray of bool, shape (m,)
    """
    points, radius = centred(np.asarray(positions, np.float64))
    a, b = edges
    # For lengths single precision is plenty, and take is twice as fast as an index.
    places = points.astype(np.float32)
    apart = places.take(a, axis=0) - places.take(b, axis=0)
    length = np.sqrt(np.einsum("ij,ij->i", apart, apart)) / radius
    limits, chances = zip(*_CHANCES, strict=True)
    chance = np.array([*chances, 0.0])[np.searchsorted(limits, length, side="left")]
    shown: npt.NDArray[np.bool_] = np.random.default_rng(seed).random(len(length)) < chance
    return shown


def lasting_lengths(count: int, seed: int = 1) -> npt.NDArray[np.float32]:
    """Return up to which length connections that are drawn stay so, if artists move.

    As many of any length are left as `shown_connections` would choose; without a choice anew,
    which would take some away and bring others at once.

    Parameters
    ----------
    count : int
    seed : int

    Returns
    -------
    ndarray of float32, shape (count,)
        In units of R.
    """
    limits, chances = zip(*_CHANCES, strict=True)
    rank = np.random.default_rng(seed).random(count) * chances[0]
    # The rarer a length is, the fewer ranks are below its chance.
    found = len(chances) - np.searchsorted(chances[::-1], rank, side="right") - 1
    lasting: npt.NDArray[np.float32] = np.array(limits, np.float32)[found]
    return lasting


def centred(points: Floats) -> tuple[Floats, float]:
    """Return positions, shape (n, 3), around their mean, and their root-mean-square radius."""
    points = points - points.mean(axis=0)
    radius = math.sqrt(np.square(points).sum(axis=1).mean())
    return points, radius if radius > 0 else 1.0
