"""How good an embedding is, in figures: lower or higher is said at each one.

The figures need a graph as CSR arrays (`indptr`, `indices`), positions (n, 3) and vectors (n, d).
Where a figure does not exist (no relations, too few artists, all of them in one place) the
functions return NaN and `measure` leaves its key out.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.arrays import Float64

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]

_PAIRS = 1 << 15
"""Pairs whose distances are taken at once: what that needs stays in the cache."""


def measure(
    indptr: Ints,
    indices: Ints,
    positions: Floats,
    vectors: Floats,
    galaxy_vectors: Floats | None = None,
    seed: int = 0,
    workers: int = 1,
) -> dict[str, float]:
    """Return every figure that needs no second training, by its plain key.

    Parameters
    ----------
    indptr, indices : ndarray of int, shapes (n + 1,) and (2 m,)
        The graph's adjacency.
    positions : ndarray of float, shape (n, 3)
    vectors : ndarray of float, shape (n, d)
        Those of the averager.
    galaxy_vectors : ndarray of float, shape (n, k), optional
        Those that became `positions`, as trained, for the bowl index; default `vectors`.
    seed : int
        Of the samples that `connection_ratio`, `recall_at` and `density_contrast` take.
    workers : int
        Threads that look for neighbours; they change no figure.

    Returns
    -------
    dict of str to float
        ``connection_ratio``, ``recall_at_20``, ``bowl_index``, ``density_contrast``, without those
        that do not exist here.
    """
    figures = {
        "connection_ratio": connection_ratio(indptr, indices, positions, seed=seed),
        "recall_at_20": recall_at(indptr, indices, vectors, seed=seed, workers=workers),
        "bowl_index": bowl_index(vectors if galaxy_vectors is None else galaxy_vectors),
        "density_contrast": density_contrast(positions, seed=seed, workers=workers),
    }
    return {key: value for key, value in figures.items() if math.isfinite(value)}


def connection_ratio(
    indptr: Ints, indices: Ints, positions: Floats, *, pairs: int = 1_000_000, seed: int = 0
) -> float:
    """Return the mean distance of related pairs over that of random pairs; lower is better.

    Every related pair counts once. Of the random pairs (two different artists, related or not)
    all are taken where there are at most `pairs`, else a seeded sample of that many: at a million
    the ratio is within 0.1% of the exact one.
    """
    n = len(positions)
    if indices.size == 0 or n < 2:
        return math.nan
    points = np.asarray(positions, np.float32)
    row = np.repeat(np.arange(n, dtype=np.int32), np.diff(indptr))
    once = row < indices
    if n * (n - 1) // 2 <= pairs:
        a, b = np.triu_indices(n, 1)
    else:
        rng = np.random.default_rng(seed)
        a = rng.integers(0, n, pairs)
        b = rng.integers(0, n - 1, pairs)
        b += b >= a
    return _ratio(_mean_distance(points, row[once], indices[once]), _mean_distance(points, a, b))


def recall_at(
    indptr: Ints,
    indices: Ints,
    vectors: Floats,
    *,
    nearest: int = 20,
    sample: int | None = 5_000,
    seed: int = 0,
    workers: int = 1,
) -> float:
    """Return how much of the graph the nearest vectors give back; higher is better.

    For each artist with relations: of its related artists, the share that is among its `nearest`
    nearest by cosine, itself left out; then the mean over the artists. An artist with more
    than `nearest` related ones cannot reach 1.

    Parameters
    ----------
    indptr, indices : ndarray of int, shapes (n + 1,) and (2 m,)
    vectors : ndarray of float, shape (n, d)
    nearest : int
    sample : int or None
        How many artists are asked, drawn without repeats by `seed` (their nearest are looked for
        among all). At 5,000 the standard error is about 0.004. None asks everyone.
    seed, workers : int
    """
    related = np.flatnonzero(np.diff(indptr) > 0)
    n = len(vectors)
    if not related.size:
        return math.nan
    if sample is not None and related.size > sample:
        related = np.sort(np.random.default_rng(seed).choice(related, sample, replace=False))
    from scipy.spatial import cKDTree

    # On the unit sphere the nearest by distance are the nearest by cosine.
    unit = _unit(vectors)
    k = range(1, min(nearest + 1, n) + 1)
    _, found = cKDTree(unit).query(unit[related], k=k, workers=workers)
    near = found[:, :-1].copy()
    # An artist is nearest to itself, but among copies of it need not come first, nor at all.
    rows, columns = np.nonzero(found[:, :-1] == related[:, None])
    near[rows, columns] = found[rows, -1]
    degrees = np.diff(indptr)[related]
    asker = np.repeat(np.arange(related.size), degrees)
    start = np.repeat(np.asarray(indptr, np.int64)[related], degrees)
    within = np.arange(asker.size) - np.repeat(np.cumsum(degrees) - degrees, degrees)
    hits = np.isin(asker * n + indices[start + within], _codes(near, n))
    return float((np.bincount(asker, hits, related.size) / degrees).mean())


def bowl_index(vectors: Floats) -> float:
    """Return |mean vector| / mean |vector|: 1 where all share one direction, 0 where none do."""
    v = np.asarray(vectors, np.float64)
    return _ratio(float(np.linalg.norm(v.mean(axis=0))), float(np.linalg.norm(v, axis=1).mean()))


def density_contrast(
    positions: Floats,
    *,
    neighbour: int = 10,
    sample: int | None = 100_000,
    seed: int = 0,
    workers: int = 1,
) -> float:
    """Return the coefficient of variation of the distance to the 10th neighbour.

    High where there are clusters and voids, about 0.1 in an even fog. More than `sample` artists
    are asked by a seeded sample (their neighbours are looked for among all); None asks everyone.
    """
    from scipy.spatial import cKDTree

    n = len(positions)
    if n <= neighbour:
        return math.nan
    points = np.asarray(positions, np.float64)
    asked = points
    if sample is not None and n > sample:
        asked = points[np.random.default_rng(seed).choice(n, sample, replace=False)]
    distance, _ = cKDTree(points).query(asked, k=[neighbour + 1], workers=workers)
    return _ratio(float(distance.std()), float(distance.mean()))


def _codes(near: Ints, n: int) -> npt.NDArray[np.int64]:
    """Return one number for each pair of a row of `near` and an artist in it."""
    return (np.arange(len(near), dtype=np.int64)[:, None] * n + near).ravel()


def _ratio(a: float, b: float) -> float:
    return a / b if b > 0 else math.nan


def _unit(vectors: Floats) -> Float64:
    v = np.asarray(vectors, np.float64)
    norms = np.linalg.norm(v, axis=1, keepdims=True)
    unit: Float64 = v / np.where(norms > 0, norms, 1)
    return unit


def _mean_distance(points: npt.NDArray[np.float32], a: Ints, b: Ints) -> float:
    total = 0.0
    for start in range(0, a.size, _PAIRS):
        some = slice(start, start + _PAIRS)
        # take is twice as fast as points[...] for rows of three.
        difference = points.take(a[some], axis=0) - points.take(b[some], axis=0)
        lengths = np.sqrt(np.einsum("ij,ij->i", difference, difference))
        total += float(lengths.sum(dtype=np.float64))
    return total / a.size
