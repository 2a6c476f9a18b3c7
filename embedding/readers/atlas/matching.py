"""Which relations stay where an artist may have only so many."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]
Mask = npt.NDArray[np.bool_]


def connected(a: Ints, b: Ints, weight: Floats, artists: int, most: int) -> Mask:
    """Return which relations to keep so that nobody has more than `most` and all hang together.

    As `strongest`; but a group that would be cut off from the rest, since those it is related to
    have no room left, gets its closest relation to the outside before all others. Where that cuts
    off others, what leaves the fewest groups is kept.

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
    first = np.zeros(a.size, np.bool_)
    best, fewest = first, artists + 1
    while True:
        kept = strongest(a, b, weight, artists, most, first)
        group = _groups(a[kept], b[kept], artists)
        if group.max() + 1 < fewest:
            best, fewest = kept, int(group.max()) + 1
        out = np.flatnonzero((group[a] != group[b]) & ~first)
        if not out.size:
            return best
        largest = np.bincount(group).argmax()
        # Every pair twice, once for the group at each end; then the strongest one of each group.
        ends = np.concatenate((group[a[out]], group[b[out]]))
        pair = np.tile(out, 2)
        order = np.lexsort((pair, -weight[pair], ends))
        groups, begin = np.unique(ends[order], return_index=True)
        first[pair[order][begin[groups != largest]]] = True


def strongest(
    a: Ints, b: Ints, weight: Floats, artists: int, most: int, first: Mask | None = None
) -> Mask:
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
    first : ndarray of bool, shape (m,), optional
        Relations that are looked at before all others.

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
    if first is not None:
        turn[first] = -1
    room = [most] * artists
    kept = np.zeros(m, np.bool_)
    for k in np.lexsort((np.arange(m), -weight, turn)):
        i, j = a[k], b[k]
        if room[i] and room[j]:
            room[i] -= 1
            room[j] -= 1
            kept[k] = True
    return kept


def _groups(a: Ints, b: Ints, artists: int) -> Ints:
    matrix = sparse.coo_array((np.ones(a.size), (a, b)), shape=(artists, artists))
    labels: Ints = csgraph.connected_components(matrix, directed=False)[1]
    return labels
