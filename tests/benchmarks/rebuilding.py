"""The live rebuild: how soon a new shape is seen, and what the window's frames feel of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from galaxy_desktop.model.atlas import atlas_file
from tests.benchmarks import elsewhere
from tests.benchmarks.bench import Bench
from tests.benchmarks.flying import PERCENTILES, percentile, row
from tests.benchmarks.measure import Outcome
from tests.benchmarks.report import Cell, Goal
from tests.benchmarks.stages import has_display

NAME = "rebuilding"
ABOUT = "the atlas rebuilt in the window: the first new shape, the finished one, cancel, frames"

FEW = 10_000
FIRST, SHAPE, CANCEL, FRAMES = 1.0, 5.0, 0.2, 1.5
ATLAS: dict[str, Any] = {
    "p": 1.6, "q": 0.5, "walks": 8, "length": 40, "window": 10, "negative": 0, "lengths": "log",
}  # fmt: skip
"""As ``make atlas`` has them."""

SEEN = {
    "first": "first shape on its way",
    "shape": "finished shape known",
    "rest": "stars at rest in it",
    "whole": "whole galaxy",
}
"""What `tests.benchmarks.rebuilt.Seen` says, for a table's header."""


def main(bench: Bench) -> None:
    """Rebuild the best known artists and the whole atlas; cancel; fly meanwhile."""
    if not has_display():
        bench.report.say("Skipped: there is no display, so no window.")
        return
    galaxy = str(atlas_file())
    kinds: dict[str, dict[str, Any]] = {f"{FEW:,}, default settings": {"max_artists": FEW}}
    if bench.scale != "quick":
        kinds["all, the atlas's settings"] = ATLAS
    rows: list[list[Cell]] = []
    done: list[Outcome] = []
    for name, settings in kinds.items():
        few = not done
        outcome = bench.run(
            "rebuilding_jobs:latency",
            galaxy=galaxy,
            settings=settings,
            builds=bench.pick(1, 5, 9) if few else bench.pick(0, 2, 5),
            cancels=bench.pick(4, 10, 20) if few else 4,
        )
        done.append(outcome)
        cold = outcome.figures["cold"]
        rows.append([name, *(float(np.median(outcome.arrays[kind])) for kind in SEEN)])
        rows.append(["  slowest", *(float(outcome.arrays[kind].max()) for kind in SEEN)])
        rows.append(["  after the start of the program", *(cold[kind] for kind in SEEN)])
    bench.report.table(
        "seconds from the moment a knob is let go, in a window that shows all that comes",
        ["artists", *SEEN.values()],
        rows,
    )
    _goals(bench, done)
    _frames(bench, galaxy)


def _goals(bench: Bench, done: list[Outcome]) -> None:
    """Hold the figures against what was promised; the last build of each is the median one."""

    def goal(text: str, value: float, limit: float, of: Outcome) -> None:
        note = elsewhere.note(of.figures["others"])
        bench.report.goal(Goal(text, value, limit, "at most", " s", note))

    for outcome, what in zip(done, (f"{FEW:,} artists", "the whole atlas"), strict=False):
        goal(f"first new shape, {what}", float(np.median(outcome.arrays["first"])), FIRST, outcome)
    few = done[0]
    for kind, what in (("shape", "finished shape known"), ("rest", "stars at rest in it")):
        goal(f"{what}, {FEW:,} artists", float(np.median(few.arrays[kind])), SHAPE, few)
    bench.report.table(
        "seconds until a build was cancelled, at the beginning of",
        ["stage", *("artists: " + what for what in (f"{FEW:,}", "all")[: len(done)])],
        [
            [stage, *(outcome.figures["by_stage"].get(stage) for outcome in done)]
            for stage in few.figures["by_stage"]
        ],
    )
    cancels = [outcome.arrays["cancels"] for outcome in done]
    cancels += [np.array(list(outcome.figures["by_stage"].values()), float) for outcome in done]
    slowest = float(np.nanmax(np.concatenate(cancels)))
    goal("cancel, the slowest of all", slowest, CANCEL, max(done, key=_others))


def _others(outcome: Outcome) -> float:
    return float(outcome.figures["others"])


def _frames(bench: Bench, galaxy: str) -> None:
    turned = bench.run(
        "rebuilding_jobs:frames", galaxy=galaxy, settings=ATLAS, seconds=bench.pick(6.0, 15.0, 45.0)
    )
    arrays = turned.arrays
    bench.report.table(
        "the atlas turns; milliseconds a frame",
        ["beside", "frames", *(f"{p}%" if p < 100 else "longest" for p in PERCENTILES),
         "share in time"],
        [row("nothing", arrays["alone"]), row("a rebuild", arrays["beside"]),
         row("a rebuild, stars gliding", arrays["gliding"])],
    )  # fmt: skip
    note = elsewhere.note(turned.figures["others"])
    alone = percentile(arrays["alone"], 99)
    for what, frames in (("", "beside"), (", its stars gliding", "gliding")):
        ratio = percentile(arrays[frames], 99) / alone
        text = f"frame time beside a rebuild{what}, 99%, over that without"
        bench.report.goal(Goal(text, ratio, FRAMES, "at most", "x", note))
