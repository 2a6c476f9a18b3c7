"""How long the averager's answers take while somebody moves a slider."""

from __future__ import annotations

from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.report import Goal

NAME = "averaging"
ABOUT = "averages and paths among 100,000 artists while somebody moves a slider"

LIMIT = 10.0
"""Milliseconds, for an average."""


def main(bench: Bench) -> None:
    """Move weights, the range of popularity and the length of a path, and ask after each move."""
    size = bench.pick(10_000, 100_000, 100_000)
    moves = bench.pick(50, 300, 1000)
    figures = bench.run("model_jobs:average", artists=size, moves=moves).figures
    bench.report.table(
        f"Each move, among {size:,} artists in 8 dimensions; milliseconds",
        ["asked", "median", "95%", "slowest"],
        [[name, of["median"], of["p95"], of["slowest"]] for name, of in figures["asked"].items()],
    )
    bench.report.say(f"  Made ready in {figures['prepare']:,.0f} ms, beside the window.")
    note = set_for(100_000, size)
    averages = [of for name, of in figures["asked"].items() if not name.startswith("path")]
    for text, key in (("an average, 95 in 100", "p95"), ("the slowest average of all", "slowest")):
        worst = max(of[key] for of in averages)
        bench.report.goal(Goal(text, worst, LIMIT, "at most", " ms", note))
