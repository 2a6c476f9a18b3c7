"""Link AUC: how well an embedding foretells relations that its training never saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.arrays import Int64
from embedding.errors import InputError
from embedding.graph import ArtistGraph

Floats = npt.NDArray[np.floating[Any]]

#: Up to this many pairs of artists are written out to draw from; more are drawn and tried.
_FEW_PAIRS = 500_000


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A graph without some of its relations, and those relations.

    Attributes
    ----------
    training : ArtistGraph
        All the artists, and the relations that are left.
    sources, targets : ndarray of int64, shape (h,)
        The relations taken out, the smaller index first.
    """

    training: ArtistGraph
    sources: Int64
    targets: Int64


def link_auc(
    graph: ArtistGraph,
    train: Callable[[ArtistGraph], Floats],
    *,
    share: float = 0.1,
    seed: int = 0,
) -> float:
    """Return the chance that a held-out relation scores above a pair that is not related.

    Link prediction as in node2vec (Grover and Leskovec 2016, section 4.4), scored by the cosine
    of the two vectors; the area under the ROC curve is computed as the Mann-Whitney statistic,
    ties counting half. 0.5 is chance, 1 is perfect.

    Parameters
    ----------
    graph : ArtistGraph
    train : callable
        Gives the vectors, shape (n, d), of the graph it is handed: all artists in order, without
        the relations held out.
    share : float
        The share of the relations to hold out.
    seed : int
        Of the choice of relations, and of as many pairs that are not related.

    Raises
    ------
    InputError
        No relation can be held out without cutting an artist off, or all artists are related.
    """
    split = hold_out(graph, share, seed)
    a, b = unrelated_pairs(graph, split.sources.size, seed)
    vectors = np.asarray(train(split.training), np.float64)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(norms > 0, norms, 1)
    return _auc(_dot(unit, split.sources, split.targets), _dot(unit, a, b))


def hold_out(graph: ArtistGraph, share: float = 0.1, seed: int = 0) -> HeldOut:
    """Take relations out at random, never the last one of an artist.

    Where nearly every relation is some artist's last one (a star, a chain) fewer than `share` of
    them are taken; `HeldOut.sources` has as many entries as there are.

    Raises
    ------
    InputError
        Not one can be taken.
    """
    a, b = graph.edge_list()
    left = graph.degrees.tolist()
    wanted = max(1, round(share * a.size))
    taken: list[int] = []
    ends = list(zip(a.tolist(), b.tolist(), strict=True))
    for edge in np.random.default_rng(seed).permutation(a.size).tolist():
        if len(taken) == wanted:
            break
        i, j = ends[edge]
        if left[i] > 1 and left[j] > 1:
            left[i] -= 1
            left[j] -= 1
            taken.append(edge)
    if not taken:
        raise InputError(
            "every relation is the only one of some artist, so none can be held out",
            where=graph.title or None,
            remedy="measure the link AUC on a denser graph",
        )
    out = np.sort(np.array(taken))
    return HeldOut(_without(graph, out), a[out].astype(np.int64), b[out].astype(np.int64))


def unrelated_pairs(graph: ArtistGraph, count: int, seed: int = 0) -> tuple[Int64, Int64]:
    """Draw pairs of two different artists that are not related, uniformly, with replacement.

    Raises
    ------
    InputError
        All artists are related to each other.
    """
    n, rng = len(graph), np.random.default_rng((seed, 1))
    a, b = graph.edge_list()
    related = np.sort(a.astype(np.int64) * n + b)
    if related.size == n * (n - 1) // 2:
        raise InputError(
            "all artists are related to each other, so no pair can be told from them",
            where=graph.title or None,
            remedy="measure the link AUC on a sparser graph",
        )
    if n * (n - 1) // 2 <= _FEW_PAIRS:
        i, j = np.triu_indices(n, 1)
        pool = np.setdiff1d(i.astype(np.int64) * n + j, related, assume_unique=True)
        drawn = rng.choice(pool, count)
        return drawn // n, drawn % n
    drawn = np.empty(0, np.int64)
    while drawn.size < count:
        i, j = rng.integers(0, n, (2, 2 * count))
        codes = np.minimum(i, j) * n + np.maximum(i, j)
        at = np.minimum(np.searchsorted(related, codes), related.size - 1)
        drawn = np.concatenate((drawn, codes[(i != j) & (related[at] != codes)]))
    return drawn[:count] // n, drawn[:count] % n


def _without(graph: ArtistGraph, edges: Int64) -> ArtistGraph:
    """Return the graph without some of the pairs of its `edge_list`."""
    n = len(graph)
    row = np.repeat(np.arange(n, dtype=np.int64), graph.degrees)
    codes = np.minimum(row, graph.indices) * n + np.maximum(row, graph.indices)
    a, b = graph.edge_list()
    keep = ~np.isin(codes, a[edges].astype(np.int64) * n + b[edges])
    counts = np.bincount(row[keep], minlength=n)
    return replace(
        graph,
        indptr=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        indices=graph.indices[keep],
        weights=None if graph.weights is None else graph.weights[keep],
    )


def _dot(unit: Floats, a: Int64, b: Int64) -> Floats:
    products: Floats = np.einsum("ij,ij->i", unit[a], unit[b])
    return products


def _auc(positive: Floats, negative: Floats) -> float:
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, "left")
    not_above = np.searchsorted(ordered, positive, "right")
    return float((below + not_above).mean() / (2 * negative.size))
