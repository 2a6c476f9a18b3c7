"""What a skip-gram trainer knows of the artists before it starts: the Huffman tree and the odds."""

from __future__ import annotations

import numba as nb
import numpy as np
import numpy.typing as npt

from embedding import alias
from embedding.kernel_cache import ensure_kernel_cache

ensure_kernel_cache()

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
UInt64 = npt.NDArray[np.uint64]


def huffman_paths(counts: npt.NDArray[np.int64]) -> tuple[Int64, Int32]:
    """Return the way from the root of the Huffman tree to each artist.

    The tree of Mikolov et al. 2013 ("Distributed Representations of Words and Phrases", section
    2.1): frequent artists have short paths.

    Parameters
    ----------
    counts : ndarray of int64, shape (n,)
        How often each artist occurs; n >= 2.

    Returns
    -------
    start : ndarray of int64, shape (n + 1,)
    path : ndarray of int32, shape (start[-1] + 8,)
        ``path[start[i]:start[i + 1]]`` are artist i's inner nodes from the root down, each times
        two plus the turn taken there (the bit of the Huffman code). The nodes are numbered from the
        root, 0, in preorder, so that the lower end of a path, which is in nobody else's way and
        therefore in no cache, lies together. Eight zeros follow, for readers that take eight at a
        time.
    """
    order = np.argsort(counts, kind="stable")
    start, path = _paths(np.asarray(counts, np.int64)[order], order.astype(np.int64))
    return start, path


@nb.njit(nogil=True, cache=True)
def _paths(sorted_counts, order):
    # The two-queue method: leaves in ascending order, inner nodes come out ascending by themselves.
    n = order.size
    weight = np.empty(n - 1, np.int64)
    parent = np.empty(2 * n - 1, np.int64)
    turn = np.zeros(2 * n - 1, np.int32)
    leaf, inner = 0, 0
    for made in range(n - 1):
        weight[made] = 0
        for side in range(2):
            if inner >= made or (leaf < n and sorted_counts[leaf] <= weight[inner]):
                child = leaf
                weight[made] += sorted_counts[leaf]
                leaf += 1
            else:
                child = n + inner
                weight[made] += weight[inner]
                inner += 1
            parent[child] = made
            turn[child] = side
    size = np.ones(n - 1, np.int64)
    left_size = np.zeros(n - 1, np.int64)
    for node in range(n - 2):
        above = parent[n + node]
        size[above] += size[node]
        if turn[n + node] == 0:
            left_size[above] = size[node]
    depth = np.zeros(n - 1, np.int32)
    number = np.zeros(n - 1, np.int32)
    for node in range(n - 3, -1, -1):
        above = parent[n + node]
        depth[node] = depth[above] + 1
        number[node] = number[above] + 1 + (left_size[above] if turn[n + node] else 0)
    start = np.zeros(n + 1, np.int64)
    for k in range(n):
        start[order[k] + 1] = depth[parent[k]] + 1
    for i in range(n):
        start[i + 1] += start[i]
    path = np.zeros(start[n] + 8, np.int32)
    for k in range(n):
        node, place = k, start[order[k] + 1] - 1
        while place >= start[order[k]]:
            path[place] = number[parent[node]] * 2 + turn[node]
            node = n + parent[node]
            place -= 1
    return start, path


def alias_table(odds: npt.ArrayLike) -> UInt64:
    """Return Walker's alias table, by Vose's method (Vose 1991).

    Parameters
    ----------
    odds : array_like of float, shape (n,)
        Not negative, not all zero; need not sum to one.

    Returns
    -------
    ndarray of uint64, shape (n,)
        The threshold in the upper 32 bits, the alias in the lower. Draw ``i`` evenly and ``r``
        below 2**32: the sample is ``i`` if ``r < threshold``, else the alias.
    """
    share = np.asarray(odds, np.float64)
    table = np.empty(share.size, np.uint64)
    room = np.empty((2, share.size), np.int64)
    alias.fill(share * (share.size / share.sum()), table, room[0], room[1])
    return table
