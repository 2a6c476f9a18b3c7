"""How time and memory grow with the number of artists."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.bench import Bench, megabytes, set_for
from tests.benchmarks.report import Goal

NAME = "scaling"
ABOUT = "own build from 10,000 to 100,000 artists (full: 1,000,000): exponents of time and memory"


def main(bench: Bench) -> None:
    """Build ever larger worlds; fit a power law to seconds and to peak memory."""
    sizes = bench.pick(
        [1_000, 3_000, 10_000],
        [10_000, 30_000, 100_000],
        [10_000, 30_000, 100_000, 300_000, 1_000_000],
    )
    bench.run("jobs:warm_up", settings={})
    outcomes = [bench.run("jobs:build", graph=str(bench.world(n)), settings={}) for n in sizes]
    seconds = [outcome.seconds for outcome in outcomes]
    # Memory that the program needs for any graph would hide how the rest grows.
    grown = [outcome.peak - outcome.figures["peak_before"] for outcome in outcomes]
    steps: list[float | None] = [None]
    steps += (np.diff(np.log(seconds)) / np.diff(np.log(sizes))).tolist()
    stages = list(outcomes[0].figures["stages"])
    bench.report.table(
        f"Own build, workers: {bench.workers}",
        ["artists", "seconds", "peak MB", "us per artist", "exponent from above", *stages],
        [
            [
                f"{size:,}",
                outcome.seconds,
                megabytes(outcome.peak),
                1e6 * outcome.seconds / size,
                step,
                *(outcome.figures["stages"].get(stage) for stage in stages),
            ]
            for size, outcome, step in zip(sizes, outcomes, steps, strict=True)
        ],
    )
    note = set_for(1_000_000, sizes[-1])
    for what, values in (("time", seconds), ("memory above that of an empty process", grown)):
        exponent = float(np.polyfit(np.log(sizes), np.log(values), 1)[0])
        bench.report.goal(Goal(f"exponent of {what}", exponent, 1.15, "at most", "", note))
    peak = outcomes[-1].peak / 1e9
    bench.report.goal(Goal(f"peak at {sizes[-1]:,} artists", peak, 6, "at most", " GB", note))
