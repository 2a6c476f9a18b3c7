"""The measured work: our engine and the reference engine. Each function runs in its own child."""

from __future__ import annotations

import hashlib
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

from embedding.arrays import Array
from tests.benchmarks.child import Answer

SMALL_WORLD = 200
"""Artists in the world that kernels are compiled or loaded on, before the clock starts."""


def build(graph: str, settings: dict[str, Any], workers: int) -> Answer:
    """Build a whole galaxy; loading compiled kernels from the disk is part of it."""
    from embedding.pipeline import build as build_galaxy
    from embedding.progress import Progress
    from embedding.settings import BuildSettings
    from tests.benchmarks.worlds import load_graph

    artists = load_graph(Path(graph))
    chosen = BuildSettings(
        **settings, workers=workers, max_artists=max(len(artists), 2), min_component=1
    )
    first_heard: dict[str, float] = {}

    def heard(step: Progress) -> None:
        first_heard.setdefault(step.stage, time.perf_counter())

    started = time.perf_counter()
    galaxy = build_galaxy(artists, chosen, on_progress=heard)
    ended = time.perf_counter()
    times = [*first_heard.values(), ended]
    stages = {s: times[i + 1] - times[i] for i, s in enumerate(first_heard)}
    figures = {"seconds": ended - started, "stages": stages, "quality": galaxy.quality}
    return figures, {"positions": galaxy.positions, "vectors": galaxy.vectors}


def warm_up(settings: dict[str, Any], workers: int) -> Answer:
    """Build a small galaxy, so that every kernel of these settings is in numba's cache."""
    from embedding.pipeline import build as build_galaxy
    from embedding.settings import BuildSettings
    from tests.benchmarks.worlds import make_world

    started = time.perf_counter()
    build_galaxy(make_world(SMALL_WORLD).graph, BuildSettings(**settings, workers=workers))
    return {"seconds": time.perf_counter() - started}, {}


def walk(graph: str, settings: dict[str, Any], repeats: int, workers: int) -> Answer:
    """Walk, several times over; kernels are loaded before the clock starts."""
    from embedding.walks import generate_walks
    from tests.benchmarks.worlds import load_graph, make_world

    artists = load_graph(Path(graph))
    generate_walks(make_world(SMALL_WORLD).graph, **settings, seed=1, workers=workers)
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        walks = generate_walks(artists, **settings, seed=1, workers=workers)
        times.append(time.perf_counter() - started)
    steps = int(np.count_nonzero(walks >= 0)) - len(walks)
    digest = hashlib.sha256(walks.tobytes()).hexdigest()
    return {"seconds": min(times), "all_seconds": times, "steps": steps, "hash": digest}, {}


def keep_walks(graph: str, settings: dict[str, Any], to: str, workers: int) -> Answer:
    """Leave walks in a file, for trainers that must all read the same."""
    from embedding.walks import generate_walks
    from tests.benchmarks.worlds import load_graph

    started = time.perf_counter()
    walks = generate_walks(load_graph(Path(graph)), **settings, seed=1, workers=workers)
    np.save(to, walks)
    return {"seconds": time.perf_counter() - started}, {}


def train(
    walks: str, artists: int, settings: dict[str, Any], dims: int, engine: str, workers: int
) -> Answer:
    """Train one embedding on walks from a file; kernels are loaded before the clock starts."""
    stored = np.load(walks, allow_pickle=False)
    if engine == "own":
        _train_own(stored[: SMALL_WORLD * 2].copy(), artists, settings, dims, workers)
    started = time.perf_counter()
    if engine == "own":
        vectors = _train_own(stored, artists, settings, dims, workers)
    else:
        from embedding.reference import reference_train
        from embedding.settings import BuildSettings

        chosen = BuildSettings(**settings, engine="reference", workers=workers)
        vectors = reference_train(stored, artists, chosen, dims)
    seconds = time.perf_counter() - started
    digest = hashlib.sha256(vectors.tobytes()).hexdigest()
    return {"seconds": seconds, "hash": digest}, {"vectors": vectors}


def embed(graph: str, settings: dict[str, Any], dims: int, workers: int) -> Answer:
    """Walk and train one embedding; kernels are loaded before the clock starts."""
    from tests.benchmarks.worlds import load_graph, make_world

    artists = load_graph(Path(graph))
    _embed_own(make_world(SMALL_WORLD).graph, settings, dims, workers)
    started = time.perf_counter()
    vectors = _embed_own(artists, settings, dims, workers)
    return {"seconds": time.perf_counter() - started}, {"vectors": vectors}


def read(galaxy: str, pairs: list[list[int]], repeats: int, workers: int) -> Answer:
    """Open a galaxy file, and average pairs of its artists."""
    from embedding.averaging import average
    from embedding.galaxy_file import load

    del workers
    opened = []
    for _ in range(repeats):
        started = time.perf_counter()
        loaded = load(Path(galaxy))
        opened.append(time.perf_counter() - started)
    averaged = []
    for pair in pairs:
        started = time.perf_counter()
        average(loaded.vectors, pair)
        averaged.append(time.perf_counter() - started)
    figures = {
        "seconds": sum(opened) + sum(averaged),
        "first_open": opened[0],
        "open": statistics.median(opened),
        "first_average": averaged[0],
        "average": statistics.median(averaged),
    }
    return figures, {}


def _embed_own(graph: Any, settings: dict[str, Any], dims: int, workers: int) -> Array:
    from embedding.walks import generate_walks

    walking = {key: settings[key] for key in ("p", "q", "walks", "length")}
    walks = generate_walks(graph, **walking, seed=settings["seed"], workers=workers)
    return _train_own(walks, len(graph), settings, dims, workers)


def _train_own(
    walks: Array, artists: int, settings: dict[str, Any], dims: int, workers: int
) -> Array:
    from embedding.settings import BuildSettings
    from embedding.skipgram import train as train_vectors

    chosen = BuildSettings(**settings)
    vectors: Array = train_vectors(
        walks,
        artists,
        dims=dims,
        window=chosen.window,
        epochs=chosen.epochs,
        hs=chosen.hs,
        negative=chosen.negative,
        alpha=chosen.alpha,
        min_alpha=chosen.min_alpha,
        sample=chosen.sample,
        seed=chosen.seed,
        workers=workers,
    )
    return vectors
