"""From who listened to whom to which artists are related: damped cosine over the listeners.

For artists i and j with listeners U(i), U(j) and plays p(u, i)::

    w(u, i)  = log(1 + p(u, i)) / sqrt(log(1 + n(u)))   n(u): artists that listener u played
    c(i, j)  = sum_u w(u, i) w(u, j) / (|w(., i)| |w(., j)|)                        cosine
    s(i, j)  = c(i, j) * k / (k + SHRINK)               k: listeners that i and j share
    rank of j for i: s(i, j) / |U(j)| ** DAMPING

The logarithm keeps one devoted listener from outweighing a hundred others, and n(u) keeps those who
play everything from relating everything. The shrinkage (Herlocker et al. 1999, section 3.2.2; here
in the smooth form of Bell and Koren 2007) keeps two obscure artists with the same three listeners
from being closer than any well-known pair. DAMPING keeps the stars from being everybody's
neighbours: cosine alone does not, as they share some listeners with all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from embedding.arrays import Float32, Int32
from embedding.progress import OnProgress, Progress, silent

RELATED = 20
"""Related artists that each artist has, as in the graph of the original galaxy."""

FEWEST_LISTENERS = 3
"""An artist with fewer listeners is left out: nothing can be said of its neighbours."""

SHRINK = 2.0
DAMPING = 0.3

_WORK = 20_000_000


def popularity_of(listeners: npt.NDArray[np.integer[Any]]) -> list[int]:
    """Return 1 to 100 on a logarithmic scale, from the fewest listeners allowed to the most."""
    scale = np.log(listeners / FEWEST_LISTENERS)
    top = scale.max(initial=0.0)
    share = scale / top if top > 0 else np.ones_like(scale)
    return [int(value) for value in np.rint(1 + 99 * share)]


def related_by_listeners(
    plays: sparse.csr_array, on_progress: OnProgress = silent
) -> tuple[Int32, Int32, Float32]:
    """Return up to `RELATED` pairs (i, j, s(i, j)) for every artist i.

    Parameters
    ----------
    plays : sparse matrix, shape (artists, listeners)
        How often each listener played each artist, above 0 where it is stored, doubles summed.
    on_progress : callable

    Returns
    -------
    artists, related : ndarray of int32, shape (e,)
    similarity : ndarray of float32, shape (e,)
        In (0, 1).
    """
    played = np.bincount(plays.indices, minlength=plays.shape[1])
    listeners = np.diff(plays.indptr)
    rows = np.repeat(np.arange(plays.shape[0]), listeners)
    data = np.log1p(plays.data) / np.sqrt(np.log1p(played[plays.indices]))
    data /= np.sqrt(np.bincount(rows, data**2, minlength=plays.shape[0]))[rows]
    unit = sparse.csr_array((data, plays.indices, plays.indptr), shape=plays.shape)
    heard = sparse.csr_array((np.ones_like(data), plays.indices, plays.indptr), shape=plays.shape)
    unit_t, heard_t = unit.T.tocsr(), heard.T.tocsr()
    dampers = np.maximum(listeners, 1) ** DAMPING
    found = []
    for start, end in _blocks(np.bincount(rows, played[plays.indices], minlength=plays.shape[0])):
        # The same two patterns give products with the same pattern once both are sorted.
        cosine, shared = unit[start:end] @ unit_t, heard[start:end] @ heard_t
        cosine.sort_indices()
        shared.sort_indices()
        similarity = cosine.data * shared.data / (shared.data + SHRINK)
        row = np.repeat(np.arange(start, end), np.diff(cosine.indptr))
        column = cosine.indices
        # One shared listener says nothing.
        good = (row != column) & (shared.data >= 2)
        row, column, similarity = row[good], column[good], similarity[good]
        best = _best(row, similarity / dampers[column], column)
        found.append((row[best], column[best], similarity[best]))
        on_progress(Progress("relate", end, plays.shape[0]))
    a, b, s = (np.concatenate(part) for part in zip(*found, strict=True))
    return a.astype(np.int32), b.astype(np.int32), s.astype(np.float32)


def _blocks(work: npt.NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Yield ranges of artists whose rows take about the same work, so that memory stays flat."""
    total = np.cumsum(work)
    start = 0
    while start < work.size:
        before = total[start - 1] if start else 0.0
        end = max(start + 1, int(np.searchsorted(total, before + _WORK, "right")))
        yield start, end
        start = end


def _best(
    row: npt.NDArray[np.integer[Any]],
    score: npt.NDArray[np.floating[Any]],
    column: npt.NDArray[np.integer[Any]],
) -> npt.NDArray[np.intp]:
    """Return the places of the `RELATED` highest scores of each row; ties go to the left."""
    order = np.lexsort((column, -score, row))
    ordered = row[order]
    first = np.searchsorted(ordered, ordered)
    best: npt.NDArray[np.intp] = order[np.arange(order.size) - first < RELATED]
    return best
