"""The yardstick: the same walks, training and projection through node2vec, gensim, scikit-learn.

Grover and Leskovec 2016, *node2vec: Scalable Feature Learning for Networks*, as published in the
packages `node2vec` (walks) and `gensim` (skip-gram), and the PCA of scikit-learn. Slower and
hungrier than our own kernels, and that is the point: whatever ours give is measured against this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.arrays import Float64, Int32
from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import CancelToken, OnProgress, Progress, silent
from embedding.quiet import global_random_state_kept, quiet_packages, seed_32
from embedding.reference_training import reference_train
from embedding.settings import BuildSettings

__all__ = ["reference_axes", "reference_train", "reference_walks"]


def reference_walks(
    graph: ArtistGraph,
    settings: BuildSettings,
    on_progress: OnProgress = silent,
    cancel: CancelToken | None = None,
) -> Int32:
    """Walk the graph with the `node2vec` package.

    Parameters
    ----------
    graph : ArtistGraph
    settings : BuildSettings
        Uses p, q, walks, length, seed and workers. With one worker the same seed gives the same
        walks; with more the package walks in processes that it does not seed.
    on_progress : callable
        Hears of the stage ``"transition probabilities"`` and then of ``"walks"``.
    cancel : CancelToken, optional
        Looked at between artists, and between rounds of walks where there is one worker.

    Returns
    -------
    ndarray of int32, shape (n * walks, length)
        One walk a row, -1 after the end of a short one.

    Raises
    ------
    InputError
        The `node2vec` package is not installed.
    Cancelled
        `cancel` was set.
    """
    package = _node2vec()
    rounds = _rounds_of(package)

    def heard(stage: str, done: int, total: int) -> None:
        if cancel is not None:
            cancel.check()
        on_progress(Progress(stage, done, total))

    watched = _watched_graph(
        graph, lambda done: heard("transition probabilities", done, len(graph))
    )
    with quiet_packages(), global_random_state_kept():
        walker = rounds(
            watched,
            walk_length=settings.length,
            num_walks=settings.walks,
            p=settings.p,
            q=settings.q,
            workers=settings.threads,
            quiet=True,
            seed=seed_32(settings.seed),
            heard=lambda done: heard("walks", done, settings.walks),
        )
    return _as_array(walker.walks, settings.length)


def reference_axes(centred: Float64, kept: int) -> Float64:
    """Return the coordinates along the `kept` widest principal axes, float64 (n, kept).

    Parameters
    ----------
    centred : ndarray of float64, shape (n, d)
    kept : int
        At most n and d.
    """
    from sklearn.decomposition import PCA
    from threadpoolctl import threadpool_limits

    solver = "covariance_eigh" if len(centred) > centred.shape[1] else "full"
    with threadpool_limits(1):  # so that the number of cores changes nothing
        found: Float64 = PCA(kept, svd_solver=solver).fit_transform(centred)
    return found


def _node2vec() -> Any:
    try:
        with quiet_packages():
            import node2vec
    except ImportError as missing:
        raise InputError(
            "the reference engine needs Python 3.12 or older with the node2vec package,"
            " which is not installed here",
            where="--engine",
            remedy="use --engine own",
        ) from missing
    return node2vec


def _rounds_of(package: Any) -> Any:
    """Return the package's walker, going one round of walks at a time where it has one worker."""
    from node2vec.parallel import parallel_generate_walks

    class Rounds(package.Node2Vec):  # type: ignore[misc]
        def __init__(self, graph: Any, heard: Callable[[int], None], **options: Any) -> None:
            self._heard = heard
            super().__init__(graph, **options)

        def _generate_walks(self) -> list[list[str]]:
            if self.workers > 1:
                self._heard(0)
                try:
                    return list(super()._generate_walks())
                finally:
                    _dismiss_processes()
            walks: list[list[str]] = []
            for done in range(self.num_walks):
                self._heard(done)
                walks += parallel_generate_walks(
                    self.d_graph,
                    self.walk_length,
                    1,
                    1,
                    self.sampling_strategy,
                    self.NUM_WALKS_KEY,
                    self.WALK_LENGTH_KEY,
                    self.NEIGHBORS_KEY,
                    self.PROBABILITIES_KEY,
                    self.FIRST_TRAVEL_KEY,
                    True,
                )
            return walks

    return Rounds


def _dismiss_processes() -> None:
    """End the processes that joblib would otherwise keep for minutes, each with the graph in it."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor().shutdown(wait=True)


def _watched_graph(graph: ArtistGraph, heard: Callable[[int], None]) -> Any:
    """Return the graph for networkx; `heard` is told, now and then, how many nodes were visited."""
    import networkx as nx

    class Watched(nx.Graph):  # type: ignore[misc]
        def nodes(self) -> Iterator[int]:
            step = max(1, len(self) // 100)
            for done, node in enumerate(self._node):
                if done % step == 0:
                    heard(done)
                yield node

    sources, targets = graph.edge_list()
    result = Watched()
    result.add_nodes_from(range(len(graph)))
    # The package looks for a weight on every edge; where it finds none it takes a slower way.
    weights: npt.NDArray[np.float64] = np.ones(len(sources))
    if graph.weights is not None:
        rows = np.repeat(np.arange(len(graph), dtype=np.int32), graph.degrees)
        weights = graph.weights[rows < graph.indices].astype(np.float64)
    result.add_weighted_edges_from(
        zip(sources.tolist(), targets.tolist(), weights.tolist(), strict=True)
    )
    return result


def _as_array(walks: list[list[str]], length: int) -> Int32:
    out = np.full((len(walks), length), -1, np.int32)
    for row, walk in zip(out, walks, strict=True):
        row[: len(walk)] = [int(artist) for artist in walk]
    return out
