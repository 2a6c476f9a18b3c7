"""What a user waits for: opening a galaxy file, and an average."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from embedding.galaxy_file import Galaxy, save
from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.report import Goal

NAME = "reading"
ABOUT = "opening a galaxy of 100,000 artists, and average() over it"


def main(bench: Bench) -> None:
    """Open an invented galaxy and average pairs of it; only sizes matter, so nothing is built."""
    size = bench.pick(10_000, 100_000, 100_000)
    graph, rng = bench.graph(size), np.random.default_rng(1)
    galaxy = Galaxy(
        names=graph.names,
        positions=rng.normal(size=(size, 3)).astype(np.float32),
        vectors=rng.normal(size=(size, 8)).astype(np.float32),
        popularity=rng.integers(0, 101, size).astype(np.uint8),
        indptr=graph.indptr,
        indices=graph.indices,
        tags=[(f"genre {i % 500}", f"scene {i % 77}") for i in range(size)],
    )
    pairs = rng.integers(0, size, (50, 2)).tolist()
    with tempfile.TemporaryDirectory(prefix="galaxy-bench-") as folder:
        path = Path(folder) / "world.galaxy"
        save(galaxy, path)
        kilobytes = path.stat().st_size / 1e3
        figures = bench.run("jobs:read", galaxy=str(path), pairs=pairs, repeats=7).figures
    milliseconds = {k: 1000 * v for k, v in figures.items() if k not in ("peak", "peak_before")}
    bench.report.table(
        f"A galaxy of {size:,} artists, {kilobytes:,.0f} kB; milliseconds",
        ["what", "first", "median"],
        [
            ["opening the file", milliseconds["first_open"], milliseconds["open"]],
            ["average of two", milliseconds["first_average"], milliseconds["average"]],
        ],
    )
    note = set_for(100_000, size)
    first = milliseconds["first_open"]
    bench.report.goal(Goal("first opening in a process", first, 300, "at most", " ms", note))
    average = milliseconds["average"]
    bench.report.goal(Goal("average(), median of 50", average, 10, "at most", " ms", note))
