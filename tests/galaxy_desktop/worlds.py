"""Small worlds for tests of the model."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.galaxy import Galaxy
from embedding.graph import ArtistGraph
from galaxy_desktop.model.world import World


def world(
    positions: npt.ArrayLike,
    popularity: npt.ArrayLike | None = None,
    edges: list[tuple[int, int]] | None = None,
    **changes: Any,
) -> World:
    """Return a world of artists that stand where they are told to, in a row if by number."""
    places = np.asarray(positions, np.float32).reshape(-1, 3)
    n = len(places)
    ends = np.array(edges or [(0, n - 1)]).T
    weights = changes.pop("edge_weights", None)
    names = changes.pop("names", [f"Artist {k}" for k in range(n)])
    graph = ArtistGraph.from_edges(names, ends[0], ends[1], weights)
    galaxy = {
        "names": names,
        "positions": places,
        "vectors": np.random.default_rng(0).normal(size=(n, 8)).astype(np.float32),
        "popularity": np.full(n, 50) if popularity is None else np.asarray(popularity),
        "indptr": graph.indptr,
        "indices": graph.indices,
        "weights": graph.weights,
        "created": "2026-01-31T12:00:00Z",
    } | changes
    galaxy["popularity"] = galaxy["popularity"].astype(np.uint8)
    return World(Galaxy(**galaxy))
