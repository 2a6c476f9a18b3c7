"""`Rebuilt`: the rebuild in an open window, as a user has it, and when what comes of it is seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from galaxy_desktop.jobs.rebuild_messages import Preview, Progress
from tests.benchmarks.elsewhere import Elsewhere
from tests.benchmarks.starting import usage
from tests.benchmarks.window_jobs import Driver, fit

if TYPE_CHECKING:
    from embedding.settings import BuildSettings
    from galaxy_desktop.jobs.rebuild_job import RebuildJob
    from galaxy_desktop.ui.rebuilding import Rebuilding

LONGEST = 300.0
"""Seconds until a build that does not end is given up."""
SAMPLED = 97
"""Of so many artists one is looked at."""


@dataclass(slots=True)
class Seen:
    """One build: seconds from the request on, 0 for what was not seen.

    Attributes
    ----------
    first : float
        A frame is shown whose stars are on their way to the first new shape.
    shape : float
        The window has the finished shape, and lets the stars set off for it.
    rest : float
        A frame is shown whose stars stand there.
    whole : float
        The new galaxy has taken over, with its averages and figures.
    end : {"done", "failed", "cancelled", ""}
    ended : float
        When that was.
    previews : int
    """

    first: float = 0.0
    shape: float = 0.0
    rest: float = 0.0
    whole: float = 0.0
    end: str = ""
    ended: float = 0.0
    previews: int = 0


@dataclass  # no slots: Qt and psygnal hold its methods weakly
class Rebuilt:
    """The rebuild of an open window, whose room is open.

    Attributes
    ----------
    driver : Driver
    settings : BuildSettings
        Of the builds to come; each takes the next seed, so that no walks are there already.
    seen : Seen
        Of the build that was begun last.
    on_stage : callable, optional
        Told what the user reads of each new stage.
    """

    driver: Driver
    settings: BuildSettings
    seen: Seen = field(default_factory=Seen)
    on_stage: Callable[[str], object] | None = None
    begun: float = 0.0
    _stage: str = ""
    _final: Preview | None = None
    _resting: bool = False

    def __post_init__(self) -> None:
        """Open the room, and listen."""
        from galaxy_desktop.ui.rebuild_panel import REBUILD

        window = self.driver.window
        assert window.content is not None
        assert window.state is not None
        window.content.sidebar.show_room(REBUILD)
        fit(self.driver)
        self.rebuilding.keeping.ask_unkept = lambda _: "lose"
        # After the window's own slots: what they do has been done by then.
        self.job.previewed.connect(self._previewed)
        self.job.progressed.connect(self._progressed)
        self.job.failed.connect(lambda _: self._ended("failed"))
        self.job.cancelled.connect(lambda: self._ended("cancelled"))
        self.rebuilding.titled.connect(lambda: self._ended("done"))
        window.state.gliding_changed.connect(self._gliding_changed)
        self.driver.explorer.drawn.connect(self._drawn)

    @property
    def rebuilding(self) -> Rebuilding:
        """What stands between panel, job and state."""
        assert self.driver.window.rebuilding is not None
        return self.driver.window.rebuilding

    @property
    def job(self) -> RebuildJob:
        """What builds."""
        return self.rebuilding._job

    def start(self) -> None:
        """Begin, as when a knob is let go in live mode."""
        self.settings = replace(self.settings, seed=self.settings.seed + 1)
        self.seen, self._stage, self._final, self._resting = Seen(), "", None, False
        self.begun = time.perf_counter()
        self.rebuilding.rebuild(self.settings)

    def run(self) -> Seen:
        """Build, and return what was seen once all of it was."""
        self.start()
        self.wait("done")
        self.driver.until(lambda: self.seen.rest > 0, "a shape at rest")
        return self.seen

    def cancel(self) -> float:
        """Cancel; return the seconds that took, 0 where it was done a moment before."""
        clock, building = time.perf_counter(), self.rebuilding.building
        self.rebuilding.cancel()
        if building and not self.rebuilding.building:
            # The job had not begun, or was done and its galaxy was being read: it says nothing.
            self._ended("cancelled")
        self.wait("cancelled", "done")
        return self.seen.ended + self.begun - clock if self.seen.end == "cancelled" else 0.0

    def wait(self, *wanted: str) -> None:
        """Wait for the end of what was begun, which must be one of these."""
        until = time.perf_counter() + LONGEST
        while not self.seen.end and time.perf_counter() < until:
            self.driver.wait(0.005)
        if self.seen.end not in wanted:
            end = self.seen.end or "it never ended"
            raise RuntimeError(f"the rebuild should be {wanted}: {end}")

    def settle(self) -> None:
        """Wait until no star moves any more, and the picture is whole."""
        state = self.driver.window.state
        assert state is not None
        self.driver.until(lambda: not state.gliding.moving, "stars at rest")
        self.driver.wait(1.0)

    def _now(self) -> float:
        return time.perf_counter() - self.begun

    def _previewed(self, preview: Preview) -> None:
        self.seen.previews += 1
        if preview.share == 1:
            self.seen.shape, self._final = self._now(), preview

    def _progressed(self, progress: Progress) -> None:
        if progress.stage != self._stage:
            self._stage = progress.stage
            if self.on_stage is not None:
                self.on_stage(progress.stage)

    def _gliding_changed(self, moving: bool) -> None:
        self._resting = not moving and self._arrived()

    def _arrived(self) -> bool:
        """Return whether the artists stand where the finished shape has them; a sample of them."""
        state, final = self.driver.window.state, self._final
        if state is None or final is None:
            return False
        rows = range(0, len(final.keys), SAMPLED)
        artists = [state.world.place_of[final.keys[row]] for row in rows]
        return np.array_equal(state.places(artists), final.positions[list(rows)])

    def _drawn(self) -> None:
        if self.seen.previews and not self.seen.first:
            self.seen.first = self._now()
        if self._resting and not self.seen.rest:
            self.seen.rest = self._now()

    def _ended(self, how: str) -> None:
        if not self.seen.end:
            self.seen.end, self.seen.ended = how, self._now()
            if how == "done":
                self.seen.whole = self.seen.ended


class Others:
    """Counts the cores that work for neither the window nor its rebuild."""

    def __init__(self, job: RebuildJob) -> None:
        self._job = job
        self._elsewhere, self._clock = Elsewhere(), time.perf_counter()
        self._pid, self._before = self._worked()

    def cores(self) -> float:
        """Return how many did on average."""
        pid, now = self._worked()
        # What a process did that was ended meanwhile counts as others'.
        own = now - (self._before if pid == self._pid else 0.0)
        return max(0.0, self._elsewhere.cores() - own / (time.perf_counter() - self._clock))

    def _worked(self) -> tuple[int, float]:
        process: Any = self._job._process
        return (0, 0.0) if process is None else (process.pid, usage(process.pid)[0])
