"""How long it takes to choose names, and to carry them along."""

from __future__ import annotations

from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.galaxies import keep_galaxy
from tests.benchmarks.report import Cell, Goal

NAME = "labelling"
ABOUT = "names along a flight among 100,000 and 1,000,000 stars, and writing them"

GOALS = {100_000: 4.0, 1_000_000: 8.0}
"""Milliseconds of a choice of names among so many stars, the median."""
#: So many related artists each artist of a million names: they are not looked at.
RELATED = {100_000: 11, 1_000_000: 3}


def main(bench: Bench) -> None:
    """Fly the tour of invented galaxies, with texts measured as in the window."""
    rows: list[list[Cell]] = []
    medians: dict[int, float] = {}
    for artists in GOALS:
        size = bench.pick(artists // 10, artists, artists)
        galaxy = str(keep_galaxy(bench.out / "worlds", size, RELATED[artists]))
        figures = bench.run("labelling_jobs:fly", galaxy=galaxy).figures
        for what in ("choice", "frame", "writing"):
            of = figures[what]
            rows.append([f"{size:,}, {what}", of["median"], of["p95"], of["slowest"], of["count"]])
        rows.append([f"  made ready in {figures['prepare']:,.0f} ms", None, None, None, None])
        medians[artists] = figures["choice"]["median"]
    bench.report.table(
        "Names: a choice of them, a frame that makes a third of one or none, one text; ms",
        ["stars, what", "median", "95%", "slowest", "how often"],
        rows,
    )
    for artists, median in medians.items():
        note = set_for(artists, bench.pick(artists // 10, artists, artists))
        text = f"a choice of names among {artists:,}, median"
        bench.report.goal(Goal(text, median, GOALS[artists], "at most", " ms", note))
