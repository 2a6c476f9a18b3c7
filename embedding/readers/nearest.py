"""The nearest artists by cosine, exactly, for all artists at once."""

from __future__ import annotations

import numpy as np

from embedding.arrays import Float32, Int32
from embedding.progress import OnProgress, Progress, silent

_TREE_DIMENSIONS = 16
"""Up to here a k-d tree is faster than comparing all with all."""

_CELLS = 1 << 24


def nearest(vectors: Float32, count: int, on_progress: OnProgress = silent) -> tuple[Int32, Int32]:
    """Return pairs of every artist and its `count` nearest others by cosine.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
        A vector of zeros has no direction: its artist is in no pair.
    count : int
    on_progress : callable

    Returns
    -------
    artists, near : ndarray of int32, shape (e,)
        At most ``n * count`` pairs, by artist.
    """
    sizes = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64))
    some = np.flatnonzero(sizes)
    unit = (vectors[some] / sizes[some, None]).astype(np.float32)
    found = min(count + 1, some.size)
    if found < 2:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    # Here, as the files of other formats are told by importing every reader, and need no tree.
    from scipy.spatial import KDTree

    # On the unit sphere the order by distance is the order by cosine.
    tree = KDTree(unit) if unit.shape[1] <= _TREE_DIMENSIONS else None
    step = max(1, _CELLS // some.size)
    near = np.empty((some.size, found), np.int64)
    for start in range(0, some.size, step):
        block = unit[start : start + step]
        if tree is not None:
            near[start : start + step] = tree.query(block, found)[1]
        else:
            cosines = block @ unit.T
            near[start : start + step] = np.argpartition(-cosines, found - 1, axis=1)[:, :found]
        on_progress(Progress("relate", min(start + step, some.size), some.size))
    rows = np.repeat(np.arange(some.size), found)
    columns = near.ravel()
    # The artist itself is among its nearest, unless so many have its very vector that it is not.
    other = rows != columns
    return some[rows[other]].astype(np.int32), some[columns[other]].astype(np.int32)
