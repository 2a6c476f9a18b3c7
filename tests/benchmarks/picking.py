"""How long it takes to know which star is under the cursor."""

from __future__ import annotations

from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.report import Cell, Goal

NAME = "picking"
ABOUT = "the star under the cursor among 100,000 and 1,000,000, against testing every star"

GOALS = {100_000: 2.0, 1_000_000: 5.0}
"""Milliseconds, the median, for so many stars."""


def main(bench: Bench) -> None:
    """Point at even and clustered galaxies from outside, from among the stars, and from afar."""
    rows: list[list[Cell]] = []
    wrong, medians = 0, dict.fromkeys(GOALS, 0.0)
    for artists in GOALS:
        size = bench.pick(artists // 10, artists, artists)
        for kind in ("even", "clustered"):
            picks = bench.pick(100, 300, 1000)
            figures = bench.run("model_jobs:pick", artists=size, kind=kind, picks=picks).figures
            wrong += figures["wrong"]
            for where in ("outside", "inside", "far"):
                of = figures[where]
                times = [of["median"], of["p95"], of["slowest"], of["every star"]]
                rows.append([f"{size:,} {kind}, {where}", *times, of["hits"] / picks])
                medians[artists] = max(medians[artists], of["median"])
            rows.append([f"  made ready in {figures['tree'] + figures['blocks']:,.0f} ms"])
    bench.report.table(
        "The star under the cursor; milliseconds",
        ["galaxy, seen from", "median", "95%", "slowest", "every star tested", "hit a star"],
        [row + [None] * (6 - len(row)) for row in rows],
    )
    for artists, limit in GOALS.items():
        size = bench.pick(artists // 10, artists, artists)
        text = f"the worst of these medians at {artists:,} stars"
        note = set_for(artists, size)
        bench.report.goal(Goal(text, medians[artists], limit, "at most", " ms", note))
    text = "answers that differ from testing every star"
    bench.report.goal(Goal(text, wrong, 0, "at most"))
