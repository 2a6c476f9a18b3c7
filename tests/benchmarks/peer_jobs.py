"""The measured work of fastnode2vec and grape; imports nothing of ours, to run without it.

Both get the graph as arrays. Making their own graph of it is timed apart from the embedding.
"""

from __future__ import annotations

import logging
import time
from typing import Any

import numpy as np

from embedding.arrays import Array
from tests.benchmarks.child import Answer


def fastnode2vec(graph: str, settings: dict[str, Any], dims: int, workers: int) -> Answer:
    """Embed with fastnode2vec: its numba walks, trained by gensim while they are made.

    It has no epochs over the same walks: every one of `walks` times `epochs` rounds walks anew,
    which is as many tokens. No seed is given: with one it begins the same random numbers anew for
    every batch, which would be unkind to its quality.
    """
    import fastnode2vec as package

    logging.disable(logging.WARNING)

    def embedder(edges: list[tuple[int, int]]) -> Any:
        return package.Node2Vec(
            package.Graph(edges, directed=False, weighted=False, verbose=False),
            dim=dims,
            walk_length=settings["length"],
            window=settings["window"],
            p=settings["p"],
            q=settings["q"],
            workers=workers,
            hs=int(settings["hs"]),
            negative=settings["negative"],
            alpha=settings["alpha"],
            min_alpha=settings["min_alpha"],
            sample=0,
        )

    ring = [(i, (i + step) % 50) for i in range(50) for step in (1, 2)]
    embedder(ring).train(epochs=1, verbose=False)  # compiles its kernels

    sources, targets, artists = _edges(graph)
    started = time.perf_counter()
    model = embedder(list(zip(sources.tolist(), targets.tolist(), strict=True)))
    made = time.perf_counter()
    model.train(epochs=settings["walks"] * settings["epochs"], verbose=False)
    ended = time.perf_counter()
    vectors = np.stack([model.wv[artist] for artist in range(artists)])
    return {"seconds": ended - made, "graph_seconds": made - started}, {"vectors": vectors}


def grape(graph: str, settings: dict[str, Any], dims: int, workers: int) -> Answer:
    """Embed with grape (ensmallen): exact walks, skip-gram with negative sampling.

    It has no hierarchical softmax, and its learning rate falls by a factor each epoch instead of
    linearly; rate and factor are its own defaults.
    """
    import pandas as pd
    from embiggen.embedders.ensmallen_embedders.node2vec_skipgram import Node2VecSkipGramEnsmallen
    from ensmallen import Graph

    del workers  # it takes RAYON_NUM_THREADS, which is set for every child
    sources, targets, artists = _edges(graph)
    started = time.perf_counter()
    theirs = Graph.from_pd(
        edges_df=pd.DataFrame({"subject": sources.astype(str), "object": targets.astype(str)}),
        nodes_df=pd.DataFrame({"name": np.arange(artists).astype(str)}),
        node_name_column="name",
        edge_src_column="subject",
        edge_dst_column="object",
        directed=False,
    )
    made = time.perf_counter()
    embedder = Node2VecSkipGramEnsmallen(
        embedding_size=dims,
        epochs=settings["epochs"],
        number_of_negative_samples=settings["negative"],
        walk_length=settings["length"],
        iterations=settings["walks"],
        window_size=settings["window"],
        return_weight=1 / settings["p"],
        explore_weight=1 / settings["q"],
        max_neighbours=artists,  # so that no hub is sampled: exact walks, like all others
        random_state=settings["seed"],
        verbose=False,
    )
    central = embedder.fit_transform(theirs, return_dataframe=False).get_all_node_embedding()[0]
    ended = time.perf_counter()
    place = np.array([int(name) for name in theirs.get_node_names()])
    vectors = np.empty((artists, dims), np.float32)
    vectors[place] = central
    return {"seconds": ended - made, "graph_seconds": made - started}, {"vectors": vectors}


def _edges(graph: str) -> tuple[Array, Array, int]:
    with np.load(graph, allow_pickle=False) as arrays:
        indptr, indices = arrays["indptr"], arrays["indices"]
    artists = len(indptr) - 1
    rows = np.repeat(np.arange(artists, dtype=np.int32), np.diff(indptr))
    once = rows < indices
    return rows[once], indices[once], artists
