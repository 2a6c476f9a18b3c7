"""A small world with planted communities, for tests that need a whole galaxy."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from embedding.graph import ArtistGraph

SOME_NAMES = [
    "Björk",
    "宇多田ヒカル",
    "방탄소년단",
    "Earth, Wind & Fire",
    "👩‍🎤 Ziggy",
    'The "Quoted" Ones',
    "Мумий Тролль",
    "فيروز",
    "-M-",
    "!!!",
]


def planted_names(count: int) -> list[str]:
    """Return the names above, then plain ones."""
    return (SOME_NAMES + [f"Artist {i}" for i in range(len(SOME_NAMES), count)])[:count]


def planted(communities: int = 6, each: int = 15, seed: int = 0, **about: Any) -> ArtistGraph:
    """Return artists in a ring of communities, each closely knit and tied to the next."""
    rng = np.random.default_rng(seed)
    n = communities * each
    group = np.arange(n) // each
    a, b = np.triu_indices(n, 1)
    inside = (group[a] == group[b]) & (rng.random(a.size) < 0.5)
    chain = np.arange(n)
    sources = np.concatenate((a[inside], chain))
    targets = np.concatenate((b[inside], (chain + 1) % n))
    return ArtistGraph.from_edges(planted_names(n), sources, targets, **about)


def write_edges(path: Path, graph: ArtistGraph) -> Path:
    """Write the graph as an edge list with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "target"])
        for i, j in zip(*graph.edge_list(), strict=True):
            writer.writerow([graph.names[i], graph.names[j]])
    return path
