"""How strongly a source relates an artist to each of those it names, on one scale for all sources.

Scores are of each source's own kind (how often two were heard in one session, a likeness up to 1):
within an answer they are taken as shares of its best. Where there are none the rank decides, by the
discount of Järvelin and Kekäläinen (Cumulated gain-based evaluation of IR techniques, 2002): 1 for
the first, 0.63 for the second, 0.23 for the twentieth.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LEAST = 0.01
"""The weight of the faintest relation: it is one all the same."""


def strengths(scores: Sequence[float | None]) -> list[float]:
    """Return weights of `LEAST` to 1 for the artists of one answer, the nearest first.

    Parameters
    ----------
    scores : sequence of float or None
        What the source says of each; ranks count where one is missing, or none is above 0.
    """
    given = [score for score in scores if score is not None]
    best = max(given, default=0.0)
    if len(given) < len(scores) or not 0 < best < math.inf:
        return [1 / math.log2(1 + rank) for rank in range(1, len(scores) + 1)]
    return [max(score / best, LEAST) for score in given]


def strengths_of_all(
    starts: npt.NDArray[np.int64], scores: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the `strengths` of many answers in one sweep.

    Parameters
    ----------
    starts : ndarray of int64, shape (answers,)
        Where in `scores` each answer begins, ascending from 0; none is empty.
    scores : ndarray of float64, shape (relations,)
        NaN where one is missing.

    Returns
    -------
    ndarray of float64, shape (relations,)
    """
    if not scores.size:
        return scores.copy()
    lengths = np.diff(starts, append=scores.size)
    best = np.repeat(np.maximum.reduceat(scores, starts), lengths)  # NaN where one is
    rank = np.arange(1, scores.size + 1) - np.repeat(starts, lengths)
    by_rank = 1 / np.log2(1 + rank)
    with np.errstate(invalid="ignore", divide="ignore"):
        by_score = np.maximum(scores / best, LEAST)
        return np.where((best > 0) & np.isfinite(best), by_score, by_rank)
