"""Which relations stay where an artist may have only so many."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]


def strongest(a: Ints, b: Ints, weight: Floats, artists: int, most: int) -> npt.NDArray[np.bool_]:
    """Return which relations to keep so that nobody has more than `most`.

    Every artist's closest relation is looked at first, then everyone's second closest, and so on;
    one is kept where both its artists still have room. Taking simply the strongest of all would
    leave those without any who stand low in one large scene, whose company is all taken.

    Parameters
    ----------
    a, b : ndarray of int, shape (m,)
        Each pair once.
    weight : ndarray of float, shape (m,)
    artists : int
    most : int

    Returns
    -------
    ndarray of bool, shape (m,)
    """
    m = a.size
    ends = np.concatenate((a, b))
    pair = np.tile(np.arange(m), 2)
    by_artist = np.lexsort((pair, -weight[pair], ends))
    counts = np.bincount(ends, minlength=artists)
    place = np.empty(2 * m, np.int64)
    place[by_artist] = np.arange(2 * m) - np.repeat(np.cumsum(counts) - counts, counts)
    turn = np.minimum(place[:m], place[m:])
    room = [most] * artists
    kept = np.zeros(m, np.bool_)
    for k in np.lexsort((np.arange(m), -weight, turn)):
        i, j = a[k], b[k]
        if room[i] and room[j]:
            room[i] -= 1
            room[j] -= 1
            kept[k] = True
    return kept
