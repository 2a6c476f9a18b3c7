"""How many slips of the keyboard lie between one spelling and many others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.int16]


#: Higher than any distance, with room to count on.
_FAR = np.int16(10_000)
_ONE = np.int16(1)
_NO_LETTER = np.uint32(2**32 - 1)


def slips(query: Codes, table: Codes, lengths: npt.NDArray[np.int64], most: int) -> Counts:
    """Return the distance of a spelling to each column of a table; see `whole_and_start`."""
    return whole_and_start(query, table, lengths, most)[0]


def whole_and_start(
    query: Codes, table: Codes, lengths: npt.NDArray[np.int64], most: int
) -> tuple[Counts, Counts]:
    """Return the distance of a spelling to each column of a table, and to its nearest start.

    The least number of letters put in, left out, exchanged, or swapped with their neighbour
    (optimal string alignment: Damerau 1964), for all columns at once. Only the band of the usual
    matrix that can hold distances up to `most` is filled (Ukkonen 1985), and spellings already
    past it are dropped on the way.

    Parameters
    ----------
    query : ndarray of uint32, shape (q,)
        Code points.
    table : ndarray of uint32, shape (w, k)
        One spelling in each column, code points downwards; what is below its length is ignored.
    lengths : ndarray of int64, shape (k,)
        Beyond w a spelling may go on if w is at least q + `most`.
    most : int
        The largest distance of interest.

    Returns
    -------
    whole : ndarray of int16, shape (k,)
        ``most + 1`` where the distance is larger than `most`.
    start : ndarray of int16, shape (k,)
        The same for that start of each spelling, from none to all of it, which is nearest.
    """
    width, count = table.shape
    whole = np.full(count, most + 1, np.int16)
    start = whole.copy()
    left = np.arange(count)
    # Row d of the band is column i + d - most of row i of the usual matrix. What lies beyond the
    # table's edges is no letter.
    edge = np.full((most, count), _NO_LETTER)
    table = np.concatenate((edge, table, np.full((query.size, count), _NO_LETTER), edge))
    reach = np.arange(-most, most + 1)
    above = np.where(reach < 0, _FAR, reach).astype(np.int16)[:, None].repeat(count, axis=1)
    before = np.full_like(above, _FAR)
    for i, letter in enumerate(query):
        here = above + (table[i : i + reach.size] != letter)
        np.minimum(here[:-1], above[1:] + _ONE, out=here[:-1])
        if i:
            swapped = table[i : i + reach.size] == query[i - 1]
            swapped[1:] &= table[i : i + reach.size - 1] == letter
            swapped[0] &= table[i - 1] == letter
            np.minimum(here, np.where(swapped, before + _ONE, _FAR), out=here)
        for d in range(1, reach.size):
            np.minimum(here[d], here[d - 1] + _ONE, out=here[d])
        before, above = above, here
        alive = np.minimum(before, above).min(axis=0) <= most
        if np.count_nonzero(alive) * 2 < alive.size:
            before, above, table = before[:, alive], above[:, alive], table[:, alive]
            left = left[alive]
    ends = (query.size + reach)[:, None]
    above[(ends < 0) | (ends > np.minimum(lengths[left], width))] = _FAR
    start[left] = np.minimum(above.min(axis=0, initial=_FAR), most + 1)
    above[ends != lengths[left]] = _FAR
    whole[left] = np.minimum(above.min(axis=0, initial=_FAR), most + 1)
    return whole, start
