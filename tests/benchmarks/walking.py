"""Walks: steps a second on one core, and the same bits at any number of threads."""

from __future__ import annotations

from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.report import Cell, Goal

NAME = "walks"
ABOUT = "steps/s on one core, and the same walks at 1 and 2 threads (100,000)"
DEFAULT = {"p": 2.5, "q": 0.5, "walks": 20, "length": 10}
SETTINGS = {
    "20 walks of 10, p=2.5 q=0.5": DEFAULT,
    "20 walks of 10, p=1.6 q=0.1": DEFAULT | {"p": 1.6, "q": 0.1},
    "20 walks of 10, p=1 q=1": DEFAULT | {"p": 1.0, "q": 1.0},
    "10 walks of 80, p=2.5 q=0.5": DEFAULT | {"walks": 10, "length": 80},
}


def main(bench: Bench) -> None:
    """Walk the same world at one and at two threads."""
    size = bench.pick(10_000, 100_000, 100_000)
    world = str(bench.world(size))
    rows: list[list[Cell]] = []
    speeds: list[float] = []
    for name, settings in SETTINGS.items():
        one, two = (
            bench.run("jobs:walk", workers=w, graph=world, settings=settings, repeats=3)
            for w in (1, 2)
        )
        speed = [o.figures["steps"] / o.seconds / 1e6 for o in (one, two)]
        same = one.figures["hash"] == two.figures["hash"]
        speeds.append(speed[0])
        rows.append([name, *speed, "same" if same else "DIFFERENT", one.figures["hash"][:12]])
    bench.report.table(
        f"Walks over {size:,} artists, million steps/s, best of three",
        ["settings", "1 thread", "2 threads", "walks", "hash"],
        rows,
    )
    note = set_for(100_000, size)
    bench.report.goal(Goal("steps/s on one core", speeds[0], 20, "at least", " million", note))
    different = float(sum(row[3] != "same" for row in rows))
    bench.report.goal(Goal("settings whose walks change with threads", different, 0, "at most"))
