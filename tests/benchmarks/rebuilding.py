"""The live rebuild: how soon a new shape is seen, and what the window's frames feel of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from galaxy_desktop.model.atlas import atlas_file
from tests.benchmarks import elsewhere
from tests.benchmarks.bench import Bench
from tests.benchmarks.flying import PERCENTILES, percentile, row
from tests.benchmarks.report import Cell, Goal
from tests.benchmarks.stages import has_display

NAME = "rebuilding"
ABOUT = "the atlas rebuilt in the window: the first new shape, the finished one, cancel, frames"

FEW = 10_000
FIRST, WHOLE, CANCEL, FRAMES = 1.0, 5.0, 0.2, 1.5
ATLAS: dict[str, Any] = {
    "p": 1.6, "q": 0.5, "walks": 8, "length": 40, "window": 10, "negative": 0, "lengths": "log",
}  # fmt: skip
"""As ``make atlas`` has them."""


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
    cancels, first, whole, others = [], {}, {}, 0.0
    for name, settings in kinds.items():
        few = name.startswith(f"{FEW:,}")
        done = bench.run(
            "rebuilding_jobs:latency",
            galaxy=galaxy,
            settings=settings,
            builds=bench.pick(1, 3, 5) if few else 1,
            cancels=bench.pick(4, 10, 20) if few else 4,
        )
        figures = done.figures
        first[few], whole[few] = figures["first"], done.seconds
        others = max(others, figures["others"])
        cancels.append(done.arrays["cancels"])
        slowest = float(done.arrays["cancels"].max())
        rows.append(
            [name, figures["first"], done.seconds, figures["previews"], slowest, figures["cold"]]
        )
    bench.report.table(
        "seconds from the request on, beside a window whose stars glide",
        ["artists", "first shape", "finished", "previews", "slowest cancel", "finished, cold"],
        rows,
    )
    note = elsewhere.note(others)
    for few, soonest in first.items():
        what = f"{FEW:,} artists" if few else "the whole atlas"
        bench.report.goal(Goal(f"first new shape, {what}", soonest, FIRST, "at most", " s", note))
    bench.report.goal(Goal(f"finished, {FEW:,} artists", whole[True], WHOLE, "at most", " s", note))
    slowest = float(np.concatenate(cancels).max())
    bench.report.goal(Goal("cancel, the slowest", slowest, CANCEL, "at most", " s", note))
    _frames(bench, galaxy)


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
