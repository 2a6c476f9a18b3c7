"""Small galaxies for tests: invented artists with every kind of name."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from embedding.galaxy import Galaxy
from embedding.graph import ArtistGraph

NAMES = ["Ada & the Gears", "Żółć", "青い星", "🎻 Quartet", 'Say "Hi", Bo', "Ada & the Gears", "é"]


def galaxy(n: int = 7, seed: int = 0, full: bool = True, **changes: Any) -> Galaxy:
    """Return a galaxy of `n` artists; a `full` one has everything that is optional."""
    random = np.random.default_rng(seed)
    names = [NAMES[k] if k < len(NAMES) else f"Artist {k}" for k in range(n)]
    graph = ArtistGraph.from_edges(
        names,
        random.integers(0, n, 3 * n),
        random.integers(0, n, 3 * n),
        random.random(3 * n) + 0.25 if full else None,
    )
    about: dict[str, Any] = {
        "names": names,
        "positions": random.normal(size=(n, 3)).astype(np.float32),
        "vectors": random.normal(size=(n, 4)).astype(np.float32),
        "popularity": random.integers(0, 101, n, dtype=np.uint8),
        "indptr": graph.indptr,
        "indices": graph.indices,
        "created": "2026-01-31T12:00:00Z",
    }
    if full:
        about |= {
            "weights": graph.weights,
            "ids": [f"id-{k}" for k in range(n)],
            "tags": [("rock", "café pop")[: k % 3] for k in range(n)],
            "aliases": [(f"Alias {k}",) * (k % 2) for k in range(n)],
            "links": [f"https://example.org/{k}" * (k % 2) for k in range(n)],
            "title": "Test world",
            "source": "invented",
            "licence": "CC0-1.0",
            "settings": {"seed": 7, "p": 2.5, "engine": "own"},
            "quality": {"connection_ratio": 0.078, "bowl_index": float("nan")},
            "notes": ("One artist was left out.",),
        }
    return Galaxy(**(about | changes))


def assert_same(one: Galaxy, other: Galaxy) -> None:
    """Assert that two galaxies are equal in every part, bit by bit, and of the same types."""
    for part in fields(Galaxy):
        a, b = getattr(one, part.name), getattr(other, part.name)
        assert type(a) is type(b), part.name
        if isinstance(a, np.ndarray):
            assert a.dtype == b.dtype, part.name
            assert a.shape == b.shape, part.name
            assert a.tobytes() == b.tobytes(), part.name
        else:
            # As text: a figure that could not be measured is NaN, which equals nothing.
            assert repr(a) == repr(b), part.name


def files_in(folder: Path) -> list[str]:
    """Return the names of what is in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())
