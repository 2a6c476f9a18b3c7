"""Second-order biased random walks over a graph of artists (node2vec)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embedding import walks_kernel
from embedding.compiling import announced
from embedding.progress import CancelToken, OnProgress, Progress, silent

if TYPE_CHECKING:
    from embedding.graph import ArtistGraph

BLOCK_STEPS = 250_000
"""Steps between two looks at progress and cancel: some hundredths of a second."""


def generate_walks(
    graph: ArtistGraph,
    *,
    p: float,
    q: float,
    walks: int,
    length: int,
    seed: int,
    workers: int = 1,
    on_progress: OnProgress = silent,
    cancel: CancelToken | None = None,
) -> npt.NDArray[np.int32]:
    """Walk from every artist, `walks` times, by node2vec's second-order distribution.

    The distribution is that of Grover and Leskovec 2016, section 3.2, exactly, for weighted graphs
    too; see `embedding.walks_kernel` for how. The first step goes by weight alone.

    Parameters
    ----------
    graph : ArtistGraph
        Its adjacency may also be directed: a walk ends where no edge leads on.
    p, q : float
        Return and in-out parameter, above 0.
    walks, length : int
        Walks per artist; artists per walk, at least 2.
    seed : int
        Two calls with the same seed give the same walks, whatever `workers` is: each walk has
        random numbers of its own.
    workers : int
        Threads.
    on_progress : callable
        Told the stage ``"walks"``, in walks.
    cancel : CancelToken, optional

    Returns
    -------
    ndarray of int32, shape (n * walks, length)
        Rounds of one walk per artist, each round in an order of its own; -1 after the end of a
        short walk.

    Raises
    ------
    Cancelled
    """
    n = len(graph)
    indptr, indices = graph.indptr, graph.indices
    mean = indices.size / max(n, 1)
    # Two to four bits of the filter for every neighbour: half of the questions end there.
    words = int(np.clip(2 ** np.ceil(np.log2(max(mean, 1) * 4 / 64)), 1, 8))
    filters = walks_kernel.signatures(indptr, indices, words)
    if graph.weights is None:
        weights, table, sums = np.empty(0, np.float32), np.empty(0, np.uint64), np.empty(0)
    else:
        weights = graph.weights
        table, sums = walks_kernel.row_tables(indptr, weights)
    out = np.empty((n * walks, length), np.int32)
    orders = np.random.default_rng(seed).spawn(walks)
    per_block = max(1, BLOCK_STEPS // length)

    def block(starts: npt.NDArray[np.int32], first: int) -> int:
        if cancel is not None:
            cancel.check()
        walks_kernel.walk(
            indptr, indices, weights, table, sums, filters, starts, first,
            out[first : first + starts.size], float(p), float(q), np.uint64(seed),
        )  # fmt: skip
        return starts.size

    with announced(on_progress):
        block(np.empty(0, np.int32), 0)
    done = 0
    on_progress(Progress("walks", done, n * walks))
    with ThreadPoolExecutor(max(workers, 1), "walks") as pool:
        for number, rng in enumerate(orders):
            order = rng.permutation(n).astype(np.int32)
            parts = [
                pool.submit(block, order[i : i + per_block], number * n + i)
                for i in range(0, n, per_block)
            ]
            for part in parts:
                done += part.result()
                on_progress(Progress("walks", done, n * walks))
    return out
