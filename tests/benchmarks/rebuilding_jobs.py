"""The measured rebuild: the real window, and a process that builds. Each runs in its own child."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from embedding.settings import BuildSettings
from tests.benchmarks.child import Answer
from tests.benchmarks.rebuilt import Others, Rebuilt
from tests.benchmarks.window_jobs import opened

KINDS = ("first", "shape", "rest", "whole", "previews")


def latency(
    galaxy: str, settings: dict[str, Any], builds: int, cancels: int, stages: bool, workers: int
) -> Answer:
    """Rebuild in a window at rest but for its gliding stars; then cancel, time and again.

    With `stages` also at the beginning of every stage.

    The first build, from the atlas on the screen and with nothing in memory, is told apart. The
    others begin, as in live mode, with a galaxy of as many artists on the screen.
    """
    del workers
    with _rebuilt(galaxy, settings, rotate=False) as rebuilt:
        cold = rebuilt.run()
        others, seen = Others(rebuilt.job), []
        for _ in range(builds):
            rebuilt.settle()
            seen.append(rebuilt.run())
        cores = others.cores()
        whole = statistics.median(one.whole for one in seen)
        cancelled = _cancel_at_random(rebuilt, cancels, whole)
        by_stage = _cancel_at_stages(rebuilt) if stages else {}
    figures = {
        "seconds": whole,
        "cold": {kind: getattr(cold, kind) for kind in KINDS},
        "by_stage": by_stage,
        "others": cores,
    }
    arrays = {kind: np.array([getattr(one, kind) for one in seen], float) for kind in KINDS}
    return figures, arrays | {"cancels": np.array(cancelled)}


def frames(galaxy: str, settings: dict[str, Any], seconds: float, workers: int) -> Answer:
    """Let the galaxy turn, alone and beside a rebuild, in turns; without and with gliding stars."""
    del workers
    taken: dict[str, list[float]] = {"alone": [], "beside": [], "gliding": []}
    with _rebuilt(galaxy, settings, rotate=True) as rebuilt:
        driver, show = rebuilt.driver, rebuilt.rebuilding._previewed
        rebuilt.start()
        driver.until(lambda: rebuilt.seen.previews > 0, "a preview")
        rebuilt.cancel()
        rebuilt.settle()
        others = Others(rebuilt.job)
        for _ in range(3):
            for what, times in taken.items():
                if what == "beside":
                    rebuilt.job.previewed.disconnect(show)
                if what != "alone":
                    rebuilt.start()
                begun = len(driver.shown)
                driver.wait(seconds / 3)
                times += np.diff(driver.shown[begun:]).tolist()
                if what != "alone":
                    rebuilt.cancel()
                if what == "beside":
                    rebuilt.job.previewed.connect(show)
                rebuilt.settle()
        cores = others.cores()
    figures = {"seconds": seconds, "others": cores}
    return figures, {name: np.array(times) for name, times in taken.items()}


def _cancel_at_random(rebuilt: Rebuilt, times: int, whole: float) -> list[float]:
    """Return how long it took to cancel at random moments of builds of about so many seconds."""
    lot, taken = np.random.default_rng(1), []
    for _ in range(times):
        rebuilt.settle()
        rebuilt.start()
        rebuilt.driver.wait(lot.uniform(0.02, 0.95) * whole)
        if not rebuilt.seen.end:
            taken.append(rebuilt.cancel())
    return [seconds for seconds in taken if seconds]


def _cancel_at_stages(rebuilt: Rebuilt) -> dict[str, float]:
    """Return how long it took to cancel as soon as each stage was heard of, by what users read.

    A stage that is too short to be cut short takes nothing: NaN.
    """
    stages: list[str] = []
    rebuilt.on_stage = stages.append
    rebuilt.settle()
    rebuilt.run()
    taken: dict[str, float] = {}
    for stage in stages:
        reached: list[str] = []
        rebuilt.on_stage = reached.append
        rebuilt.settle()
        rebuilt.start()
        while stage not in reached and not rebuilt.seen.end:
            rebuilt.driver.wait(0.001)
        taken[stage] = (rebuilt.cancel() if not rebuilt.seen.end else 0.0) or math.nan
    rebuilt.on_stage = None
    return taken


@contextmanager
def _rebuilt(galaxy: str, settings: dict[str, Any], *, rotate: bool) -> Iterator[Rebuilt]:
    from galaxy_desktop.model.settings import Settings

    with opened(galaxy, Settings(welcomed=True, rotate=rotate)) as driver:
        rebuilt = Rebuilt(driver, BuildSettings(**settings))
        try:
            yield rebuilt
        finally:
            rebuilt.job.stop()
