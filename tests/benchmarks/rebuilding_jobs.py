"""The measured rebuild: the real window, and a process that builds. Each runs in its own child."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from embedding.settings import BuildSettings
from tests.benchmarks.child import Answer
from tests.benchmarks.elsewhere import Elsewhere
from tests.benchmarks.starting import usage
from tests.benchmarks.window_jobs import Driver, opened

if TYPE_CHECKING:
    from galaxy_desktop.jobs.rebuild_job import RebuildJob
    from galaxy_desktop.jobs.rebuild_messages import Preview, RebuildRequest

LONGEST = 300.0
"""Seconds until a build that does not end is given up."""


@dataclass  # no slots: Qt holds its methods weakly
class Rebuilt:
    """A job in an open window, and when what was heard of it."""

    driver: Driver
    job: RebuildJob
    request: RebuildRequest
    gliding: bool = True
    begun: float = 0.0
    previews: list[float] = field(default_factory=list)
    end: str = ""
    ended: float = 0.0
    _places: Any = None

    def listen(self) -> None:
        """Hear of the job from now on."""
        self.job.previewed.connect(self._previewed)
        self.job.done.connect(lambda _: self._ended("done"))
        self.job.failed.connect(self._ended)
        self.job.cancelled.connect(lambda: self._ended("cancelled"))

    def start(self) -> None:
        """Begin."""
        self.previews, self.end, self._places = [], "", None
        self.begun = time.perf_counter()
        self.job.start(self.request)

    def run(self, wanted: str) -> float:
        """Build, and return the seconds to the end."""
        self.start()
        return self.wait(wanted)

    def wait(self, *wanted: str) -> float:
        """Wait for the end of what was begun, which must be one of these."""
        until = time.perf_counter() + LONGEST
        while not self.end and time.perf_counter() < until:
            self.driver.wait(0.005)
        if self.end not in wanted:
            raise RuntimeError(f"the rebuild should be {wanted}: {self.end or 'it never ended'}")
        return self.ended - self.begun

    def _previewed(self, preview: Preview) -> None:
        self.previews.append(time.perf_counter() - self.begun)
        state = self.driver.window.state
        if self.gliding and state is not None:
            from galaxy_desktop.model.preview_places import PreviewPlaces

            if self._places is None:
                self._places = PreviewPlaces(state.world, preview.keys)
            state.glide(self._places.of(preview.positions))

    def _ended(self, how: str) -> None:
        self.end, self.ended = how, time.perf_counter()


class _Others:
    """Counts the cores that work for neither the window nor its rebuild."""

    def __init__(self, rebuilt: Rebuilt) -> None:
        self._job = rebuilt.job
        self._elsewhere, self._clock = Elsewhere(), time.perf_counter()
        self._pid, self._before = self._worked()

    def cores(self) -> float:
        """Return how many did on average."""
        pid, now = self._worked()
        # What a process did that was ended meanwhile counts as others'.
        own = now - (self._before if pid == self._pid else 0.0)
        return max(0.0, self._elsewhere.cores() - own / (time.perf_counter() - self._clock))

    def _worked(self) -> tuple[int, float]:
        process = self._job._process
        return (0, 0.0) if process is None else (process.pid, usage(process.pid)[0])


def latency(
    galaxy: str, settings: dict[str, Any], builds: int, cancels: int, workers: int
) -> Answer:
    """Rebuild in a window at rest but for its gliding stars; then cancel at random moments."""
    del workers
    from galaxy_desktop.model.settings import Settings

    with (
        opened(galaxy, Settings(welcomed=True, rotate=False)) as driver,
        _job(driver, galaxy, settings) as rebuilt,
    ):
        cold = rebuilt.run("done")
        firsts, wholes, counts = [], [], []
        others = _Others(rebuilt)
        for seed in range(builds):
            rebuilt.request = _seeded(rebuilt.request, seed + 100)
            wholes.append(rebuilt.run("done"))
            firsts.append(rebuilt.previews[0])
            counts.append(len(rebuilt.previews))
            driver.wait(1.0)
        cores = others.cores()
        lot, cancelled = np.random.default_rng(1), []
        for seed in range(cancels):
            rebuilt.request = _seeded(rebuilt.request, seed + 200)
            rebuilt.start()
            driver.wait(lot.uniform(0.02, 0.8) * min(wholes))
            clock = time.perf_counter()
            rebuilt.job.cancel()
            rebuilt.wait("cancelled", "done")
            if rebuilt.end == "cancelled":  # and not finished a moment before
                cancelled.append(rebuilt.ended - clock)
    figures = {
        "seconds": statistics.median(wholes),
        "first": statistics.median(firsts),
        "cold": cold,
        "previews": statistics.median(counts),
        "others": cores,
    }
    return figures, {"cancels": np.array(cancelled)}


def frames(galaxy: str, settings: dict[str, Any], seconds: float, workers: int) -> Answer:
    """Let the galaxy turn, alone and beside a rebuild, in turns; without and with gliding stars."""
    del workers
    from galaxy_desktop.model.settings import Settings

    taken: dict[str, list[float]] = {"alone": [], "beside": [], "gliding": []}
    with (
        opened(galaxy, Settings(welcomed=True, rotate=True)) as driver,
        _job(driver, galaxy, settings) as rebuilt,
    ):
        rebuilt.start()
        driver.until(lambda: bool(rebuilt.previews), "a preview")
        rebuilt.job.cancel()
        rebuilt.wait("cancelled", "done")
        others = _Others(rebuilt)
        for turn in range(3):
            for what, times in taken.items():
                if what != "alone":
                    rebuilt.gliding = what == "gliding"
                    rebuilt.request = _seeded(rebuilt.request, 300 + turn)
                    rebuilt.start()
                begun = len(driver.shown)
                driver.wait(seconds / 3)
                times += np.diff(driver.shown[begun:]).tolist()
                if what != "alone":
                    rebuilt.job.cancel()
                    rebuilt.wait("cancelled", "done")
                driver.wait(1.0)
        cores = others.cores()
    figures = {"seconds": seconds, "others": cores}
    return figures, {name: np.array(times) for name, times in taken.items()}


@contextmanager
def _job(driver: Driver, galaxy: str, settings: dict[str, Any]) -> Iterator[Rebuilt]:
    from galaxy_desktop.jobs.rebuild_job import RebuildJob
    from galaxy_desktop.jobs.rebuild_messages import RebuildRequest

    job = RebuildJob()
    request = RebuildRequest(input=galaxy, like=galaxy, settings=BuildSettings(**settings))
    rebuilt = Rebuilt(driver, job, request)
    rebuilt.listen()
    try:
        yield rebuilt
    finally:
        job.stop()


def _seeded(request: RebuildRequest, seed: int) -> RebuildRequest:
    """Return the request with another seed: no walks are there already."""
    return replace(request, settings=replace(request.settings, seed=seed))
