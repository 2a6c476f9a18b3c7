"""Walker's alias tables: a draw from any distribution for one random number and one look."""

from __future__ import annotations

import numba as nb
import numpy as np

FULL = np.uint64(0xFFFFFFFF)
S32 = np.uint64(32)


@nb.njit(nogil=True, cache=True, error_model="numpy")
def fill(share, table, small, large):
    """Fill an alias table, by Vose's method (Vose 1991).

    Parameters
    ----------
    share : float64 (n,)
        The odds, with a mean of one; changed.
    table : uint64 (n,)
        Filled with the threshold in the upper 32 bits and the alias in the lower. Draw ``i``
        evenly and ``r`` below 2**32: the sample is ``i`` if ``r < threshold``, else the alias.
    small, large : int64 (n,)
        Room to work in.
    """
    smalls, larges = 0, 0
    for i in range(share.size):
        table[i] = FULL << S32 | np.uint64(i)
        if share[i] < 1.0:
            small[smalls] = i
            smalls += 1
        else:
            large[larges] = i
            larges += 1
    while smalls and larges:
        smalls -= 1
        i, j = small[smalls], large[larges - 1]
        table[i] = np.uint64(share[i] * 4294967295.0) << S32 | np.uint64(j)
        share[j] -= 1.0 - share[i]
        if share[j] < 1.0:
            larges -= 1
            small[smalls] = j
            smalls += 1
