"""How popular an artist is, 0 to 100, from how many listen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from embedding.arrays import Bytes


def from_listeners(
    listeners: npt.NDArray[np.int64], degrees: npt.NDArray[np.int32]
) -> tuple[Bytes | None, tuple[str, ...]]:
    """Return popularities that grow with the logarithm of the listeners.

    Listeners are heavy-tailed, a few artists have most of them: 100 log(1 + l) / log(1 + most)
    spreads them over the whole range, and the same factor in listeners is the same step anywhere.

    Where the number is not known, it is taken from the relations: of all whose listeners are known
    an artist has as many as the one that is as far up among them by its number of relations.

    Parameters
    ----------
    listeners : ndarray of int64, shape (n,)
        -1 where nobody says.
    degrees : ndarray of int32, shape (n,)
        How many related artists each has.

    Returns
    -------
    popularity : ndarray of uint8, shape (n,), or None
        None where nothing is known of anybody.
    notes : tuple of str
        What is to be told of it.
    """
    known = listeners >= 0
    if not known.any() or not listeners.max():
        return None, ()
    fame = np.log1p(np.maximum(listeners, 0)) / np.log1p(listeners.max())
    if known.all():
        return _rounded(fame), ()
    ladder, rungs = np.sort(degrees[known]), np.sort(fame[known])
    # The middle of those with equally many relations.
    low, high = (np.searchsorted(ladder, degrees[~known], side) for side in ("left", "right"))
    fame[~known] = np.interp((low + high - 1) / 2, np.arange(rungs.size), rungs)
    unknown = int(np.count_nonzero(~known))
    return _rounded(fame), (
        f"Of {unknown:,} of {known.size:,} artists nobody says how many listen:"
        " their relations stand in for it.",
    )


def _rounded(fame: npt.NDArray[np.float64]) -> Bytes:
    rounded: Bytes = np.rint(100 * fame).astype(np.uint8)
    return rounded
