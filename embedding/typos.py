"""How many slips of the keyboard lie between one spelling and many others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.int16]


#: Higher than any distance, with room to count on.
_FAR = np.int16(10_000)


def slips(query: Codes, table: Codes, lengths: npt.NDArray[np.int64], most: int) -> Counts:
    """Return the distance of a spelling to each column of a table, as far as it matters.

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
        At most w.
    most : int
        The largest distance of interest.

    Returns
    -------
    ndarray of int16, shape (k,)
        ``most + 1`` where the distance is larger than `most`.
    """
    width, count = table.shape
    found = np.full(count, most + 1, np.int16)
    left = np.arange(count)
    # Rows of the usual matrix, one for each letter of the query; each holds every spelling.
    before = np.full((width + 1, count), _FAR)
    above = before.copy()
    above[: most + 1] = np.arange(min(most, width) + 1)[:, None]
    for i, letter in enumerate(query):
        here = np.full_like(above, _FAR)
        here[0] = i + 1
        for j in range(max(0, i - most), min(width, i + most + 1)):
            here[j + 1] = np.minimum(
                np.minimum(above[j + 1], here[j]) + 1, above[j] + (table[j] != letter)
            )
            if i and j:
                swapped = (table[j - 1] == letter) & (table[j] == query[i - 1])
                here[j + 1, swapped] = np.minimum(here[j + 1], before[j - 1] + 1)[swapped]
        before, above = above, here
        alive = np.minimum(before, above).min(axis=0) <= most
        if np.count_nonzero(alive) * 2 < alive.size:
            before, above, table = before[:, alive], above[:, alive], table[:, alive]
            left = left[alive]
    found[left] = np.minimum(above[lengths[left], np.arange(left.size)], most + 1)
    return found
