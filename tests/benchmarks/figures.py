"""The quality of an embedding, in the three figures that contestants are compared by."""

from __future__ import annotations

from embedding.arrays import Array
from embedding.graph import ArtistGraph
from embedding.link_prediction import link_auc
from embedding.projection import project
from embedding.quality import connection_ratio, recall_at

BETTER = {"connection_ratio": "lower", "recall_at_20": "higher", "link_auc": "higher"}


def trained_figures(graph: ArtistGraph, positions: Array, vectors: Array) -> dict[str, float]:
    """Return how well an embedding shows the graph that it was trained on.

    Parameters
    ----------
    graph : ArtistGraph
    positions : ndarray of float32, shape (n, 3) or (n, d)
        Vectors of more than three dimensions are projected first.
    vectors : ndarray of float32, shape (n, d)
    """
    if positions.shape[1] != 3:
        positions = project(positions)
    return {
        "connection_ratio": connection_ratio(graph.indptr, graph.indices, positions),
        "recall_at_20": recall_at(graph.indptr, graph.indices, vectors),
    }


def held_out_auc(graph: ArtistGraph, vectors: Array, seed: int) -> float:
    """Return the link AUC of vectors trained on ``hold_out(graph, seed=seed).training``."""
    return link_auc(graph, lambda _: vectors, seed=seed)


def shortfall(key: str, ours: float, theirs: float) -> float:
    """Return by how many per cent a figure of ours is worse than theirs; below 0 it is better."""
    change = (ours - theirs) / theirs
    return 100 * (change if BETTER[key] == "lower" else -change)
