"""The whole build, walks and both embeddings: our engine against the reference engine."""

from __future__ import annotations

from tests.benchmarks.bench import Bench, megabytes, set_for
from tests.benchmarks.figures import shortfall, trained_figures
from tests.benchmarks.measure import Outcome
from tests.benchmarks.report import Goal

NAME = "build"
ABOUT = "whole build, own engine against reference: time, memory, quality (10,000; full 100,000)"


def main(bench: Bench) -> None:
    """Build the same world with both engines, each in a process of its own."""
    size = bench.pick(1_000, 10_000, 100_000)
    if size == 100_000:
        bench.report.say("The reference engine takes the best part of an hour at 100,000 artists.")
    bench.run("jobs:warm_up", settings={"engine": "own"})
    world = bench.world(size)
    outcomes = {
        engine: bench.run("jobs:build", graph=str(world), settings={"engine": engine})
        for engine in ("own", "reference")
    }
    compare(bench, size, outcomes["own"], outcomes["reference"])


def compare(bench: Bench, size: int, own: Outcome, reference: Outcome) -> None:
    """Say how the two builds of one world compare."""
    graph = bench.graph(size)
    rows = {"own": own, "reference": reference}
    quality = {
        engine: trained_figures(graph, outcome.arrays["positions"], outcome.arrays["vectors"])
        for engine, outcome in rows.items()
    }
    faster, smaller = reference.seconds / own.seconds, reference.peak / own.peak
    bench.report.table(
        f"Whole build of {size:,} artists ({graph.edges:,} edges), workers: {bench.workers}",
        ["engine", "seconds", "peak MB", "times faster", "connection ratio", "Recall@20"],
        [
            [
                engine,
                outcome.seconds,
                megabytes(outcome.peak),
                reference.seconds / outcome.seconds,
                *quality[engine].values(),
            ]
            for engine, outcome in rows.items()
        ],
    )
    bench.report.table(
        "Seconds by stage",
        ["engine", "stage", "seconds"],
        [
            [engine, stage, seconds]
            for engine, outcome in rows.items()
            for stage, seconds in outcome.figures["stages"].items()
        ],
    )
    note = set_for(100_000, size)
    bench.report.goal(Goal("whole build, times faster", faster, 15, "at least", "x", note))
    bench.report.goal(Goal("peak memory, times smaller", smaller, 10, "at least", "x", note))
    for key, figure in quality["own"].items():
        worse = shortfall(key, figure, quality["reference"][key])
        bench.report.goal(Goal(f"{key} worse than the reference", worse, 3, "at most", "%", note))
