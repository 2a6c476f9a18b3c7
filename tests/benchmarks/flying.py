"""The real window, flown along a fixed path: how smooth it is, and how soon whole again."""

from __future__ import annotations

import math

import numpy as np

from embedding.arrays import Array
from tests.benchmarks import elsewhere
from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.galaxies import keep_galaxy
from tests.benchmarks.measure import Outcome
from tests.benchmarks.report import Cell, Goal
from tests.benchmarks.stages import has_display

NAME = "flying"
ABOUT = "frame times of the window on a fixed flight: 100,000 stars and 500,000 connections"

BUDGET = 1000 / 30
"""Milliseconds of a frame at 30 frames a second."""
PERCENTILES = (50, 90, 95, 99, 100)
MILLION = 1_000_000
#: So many related artists each artist of a million names.
FEW_RELATED = 3


def main(bench: Bench) -> None:
    """Fly the tour of a galaxy with everything on; then one of a million stars."""
    if not has_display():
        bench.report.say("Skipped: there is no display, so no window.")
        return
    size = bench.pick(20_000, 100_000, 100_000)
    galaxy = str(keep_galaxy(bench.out / "worlds", size))
    flown = bench.run("window_jobs:fly", galaxy=galaxy, picks=50)
    turned = bench.run("window_jobs:rotate", galaxy=galaxy, seconds=bench.pick(2.0, 4.0, 10.0))
    rows = [row("tour, drag, ahead", flown.arrays["frames"])]
    rows.append(row("own rotation", turned.arrays["frames"]))
    _say(bench, flown, rows)
    for what, frames in (("in flight", flown), ("turning by itself", turned)):
        slow = percentile(frames.arrays["frames"], 95)
        note = set_for(100_000, size) or elsewhere.note(frames.figures["others"])
        text = f"frame time {what}, 95%"
        bench.report.goal(Goal(text, slow, BUDGET, "at most", " ms", note))
    whole = max(flown.figures["whole"])
    note = set_for(100_000, size) or elsewhere.note(flown.figures["others"])
    text = "full quality after the motion stops, the longest"
    bench.report.goal(Goal(text, whole, 1, "at most", " s", note))
    if bench.scale != "quick":
        _million(bench)


def percentile(frames: Array, percent: float) -> float:
    """Return a percentile of seconds in milliseconds; NaN if there are none."""
    return 1000 * float(np.percentile(frames, percent)) if frames.size else math.nan


def _million(bench: Bench) -> None:
    """Open, fly and pick a million stars."""
    galaxy = str(keep_galaxy(bench.out / "worlds", MILLION, FEW_RELATED))
    flown = bench.run("window_jobs:fly", galaxy=galaxy, picks=50)
    _say(bench, flown, [row("tour, drag, ahead", flown.arrays["frames"])])
    pick = percentile(flown.arrays["picks"], 50)
    bench.report.say(
        f"  opened in {flown.figures['open']:.1f} s, {flown.peak / 1e6:,.0f} MB at most,"
        f" whole again {max(flown.figures['whole']):.1f} s after a rest"
    )
    bench.report.goal(Goal("picking of a million in the window", pick, 5, "at most", " ms"))


def _say(bench: Bench, flown: Outcome, rows: list[list[Cell]]) -> None:
    figures = flown.figures
    wide, high = figures["size"]
    bench.report.table(
        f"{figures['stars']:,} stars, {figures['lines']:,} connections, {wide}x{high},"
        f" {figures['view']} by {figures['renderer']}; milliseconds a frame",
        ["flight", "frames", *(f"{p}%" if p < 100 else "longest" for p in PERCENTILES),
         "share in time"],
        rows,
    )  # fmt: skip


def row(name: str, frames: Array) -> list[Cell]:
    """Return the percentiles of frames, and the share that would make 30 a second."""
    in_time = float((1000 * frames <= BUDGET).mean()) if frames.size else math.nan
    return [name, int(frames.size), *(percentile(frames, p) for p in PERCENTILES), in_time]
