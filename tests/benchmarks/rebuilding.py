"""The live rebuild: how soon a new shape is seen, and what the window's frames feel of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from embedding.settings import BuildSettings
from galaxy_desktop.model.atlas import atlas_file
from galaxy_desktop.model.live import live_artists
from tests.benchmarks import elsewhere
from tests.benchmarks.bench import Bench
from tests.benchmarks.flying import PERCENTILES, percentile, row
from tests.benchmarks.measure import Outcome
from tests.benchmarks.report import Cell, Goal
from tests.benchmarks.stages import has_display

NAME = "rebuilding"
ABOUT = "the atlas rebuilt in the window: the first new shape, the finished one, cancel, frames"

FEW, ALL = 10_000, 40_000
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
    few = live_artists(BuildSettings(**ATLAS), ALL)
    default, live, whole = f"{FEW:,} artists", f"live, {few:,} artists", "the whole atlas"
    kinds: dict[str, tuple[dict[str, Any], int, int]] = {
        default: ({"max_artists": FEW}, bench.pick(1, 5, 9), bench.pick(4, 10, 20)),
        live: (ATLAS | {"max_artists": few}, bench.pick(1, 5, 9), 0),
    }
    if bench.scale != "quick":
        kinds[whole] = ATLAS, bench.pick(0, 1, 5), bench.pick(0, 3, 10)
    rows: list[list[Cell]] = []
    done: dict[str, Outcome] = {}
    for name, (settings, builds, cancels) in kinds.items():
        outcome = done[name] = bench.run(
            "rebuilding_jobs:latency",
            galaxy=galaxy,
            settings=settings,
            builds=builds,
            cancels=cancels,
            stages=name == default,
        )
        cold = outcome.figures["cold"]
        rows.append([name, *(float(np.median(outcome.arrays[kind])) for kind in SEEN)])
        rows.append(["  slowest", *(float(outcome.arrays[kind].max()) for kind in SEEN)])
        rows.append(["  after the start of the program", *(cold[kind] for kind in SEEN)])
    bench.report.table(
        "seconds from the moment a knob is let go, in a window that shows all that comes;"
        " live and whole with the atlas's own settings",
        ["artists", *SEEN.values()],
        rows,
    )
    for name in done:
        _goal(bench, done[name], f"first new shape, {name}", "first", FIRST)
    for name in (default, live):
        _goal(bench, done[name], f"finished shape known, {name}", "shape", SHAPE)
        _goal(bench, done[name], f"stars at rest in it, {name}", "rest", SHAPE)
    _cancels(bench, done[default].figures["by_stage"], list(done.values()))
    _frames(bench, galaxy)


def _goal(bench: Bench, outcome: Outcome, text: str, kind: str, limit: float) -> None:
    """Hold the median build against what was promised."""
    note = elsewhere.note(outcome.figures["others"])
    value = float(np.median(outcome.arrays[kind]))
    bench.report.goal(Goal(text, value, limit, "at most", " s", note))


def _cancels(bench: Bench, by_stage: dict[str, float], done: list[Outcome]) -> None:
    bench.report.table(
        f"seconds until a build of {FEW:,} artists was cancelled, at the beginning of",
        ["stage", "seconds"],
        [[stage, seconds] for stage, seconds in by_stage.items()],
    )
    all_of_them = [outcome.arrays["cancels"] for outcome in done]
    slowest = float(np.nanmax(np.concatenate([*all_of_them, list(by_stage.values())])))
    note = elsewhere.note(_others(max(done, key=_others)))
    text = "cancel, the slowest of all"
    bench.report.goal(Goal(text, slowest, CANCEL, "at most", " s", note))


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
