"""Frame times while a galaxy re-forms, beside those of flying through it at rest."""

from __future__ import annotations

from tests.benchmarks import elsewhere
from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.flying import PERCENTILES, percentile, row
from tests.benchmarks.galaxies import keep_galaxy
from tests.benchmarks.report import Goal
from tests.benchmarks.stages import has_display

NAME = "gliding"
ABOUT = "frame times of the window while stars glide to other places, and one galaxy to another"

MOST = 1.5
"""Times as long as without, the slowest frame of a hundred may take."""
LONGEST = 100.0
"""Milliseconds that nothing on the window's thread may take."""


def main(bench: Bench) -> None:
    """Turn a galaxy at rest, then while it re-forms."""
    if not has_display():
        bench.report.say("Skipped: there is no display, so no window.")
        return
    for size in bench.pick((10_000,), (10_000, 100_000), (10_000, 100_000)):
        galaxy = str(keep_galaxy(bench.out / "worlds", size))
        seconds = bench.pick(4.0, 6.0, 10.0)
        seen = bench.run("gliding_jobs:glide", galaxy=galaxy, seconds=seconds, previews=4)
        still, moving = seen.arrays["still"], seen.arrays["moving"]
        figures = seen.figures
        bench.report.table(
            f"{figures['stars']:,} stars, {figures['lines']:,} connections, {figures['view']} by"
            f" {figures['renderer']}; milliseconds a frame",
            ["turning", "frames", *(f"{p}%" if p < 100 else "longest" for p in PERCENTILES),
             "share in time"],
            [row("at rest", still), row("while it re-forms", moving)],
        )  # fmt: skip
        note = set_for(size, size) or elsewhere.note(figures["others"])
        times = percentile(moving, 99) / percentile(still, 99)
        text = f"frame time while {size:,} stars glide, 99%, times that without"
        bench.report.goal(Goal(text, times, MOST, "at most", "x", note))
        text = f"longest frame while {size:,} stars glide"
        longest = percentile(moving, 100)
        bench.report.goal(Goal(text, longest, LONGEST, "at most", " ms", note))
