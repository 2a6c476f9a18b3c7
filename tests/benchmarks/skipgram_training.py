"""Skip-gram with negative sampling only, on the same walks and one worker: ours against gensim."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.benchmarks.bench import Bench, megabytes, set_for
from tests.benchmarks.figures import trained_figures
from tests.benchmarks.report import Cell, Goal

NAME = "skipgram"
ABOUT = "training alone, negatives only, 4-D, one worker: own against gensim (full 100,000)"
WALKING = {"p": 2.5, "q": 0.5, "walks": 10, "length": 80}
TRAINING = {"window": 10, "epochs": 1, "hs": False, "negative": 5}
DIMS = 4


def main(bench: Bench) -> None:
    """Train on 10 walks of 80 an artist."""
    size = bench.pick(1_000, 10_000, 100_000)
    if size == 100_000:
        bench.report.say("gensim takes about a quarter of an hour at 100,000 artists.")
    with tempfile.TemporaryDirectory(prefix="galaxy-bench-") as folder:
        walks = str(Path(folder) / "walks.npy")
        bench.run("jobs:keep_walks", graph=str(bench.world(size)), settings=WALKING, to=walks)
        outcomes = {
            engine: bench.run(
                "jobs:train",
                workers=1,
                walks=walks,
                artists=size,
                settings=TRAINING,
                dims=DIMS,
                engine=engine,
            )
            for engine in ("own", "reference")
        }
    graph, gensim = bench.graph(size), outcomes["reference"]
    tokens = size * WALKING["walks"] * WALKING["length"]
    rows: list[list[Cell]] = []
    for engine, outcome in outcomes.items():
        vectors = outcome.arrays["vectors"]
        rows.append(
            [
                engine if engine == "own" else "gensim",
                outcome.seconds,
                tokens / outcome.seconds / 1e6,
                megabytes(outcome.peak),
                gensim.seconds / outcome.seconds,
                *trained_figures(graph, vectors, vectors).values(),
            ]
        )
    bench.report.table(
        f"Training on 10 walks of 80 over {size:,} artists: window 10, 5 negatives, 4-D, 1 epoch",
        [
            "trainer",
            "seconds",
            "million artists/s",
            "peak MB",
            "times faster",
            "connection ratio",
            "Recall@20 (4-D)",
        ],
        rows,
    )
    faster = gensim.seconds / outcomes["own"].seconds
    note = set_for(100_000, size)
    bench.report.goal(Goal("training, times faster", faster, 30, "at least", "x", note))
