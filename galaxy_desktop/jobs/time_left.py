"""`TimeLeft`: from the steps of a build to how much of it is done, and how long the rest takes."""

from __future__ import annotations

import math
from collections import deque

from embedding.settings import BuildSettings

WORDS = {
    "read": "Reading the data",
    "relate": "Relating the artists",
    "compile": "Getting ready, only this first time",
    "transition probabilities": "Weighing the relations",
    "walks": "Walking from artist to artist",
    "project": "Turning it the way the last one was",
    "quality": "Measuring how good it is",
    "save": "Saving it",
}
_TRAINING = "Arranging the artists"
_SHAPED = "The shape is finished; working on averages"
_OTHER = "Working"

BESIDE, MOST_AHEAD = 0.4, 0.9
"""The speed of the second training while the first, which comes before it, is under way: on two
cores that draw a galaxy besides. And the most that it is thought to have done by then."""

WATCHED = 0.5
"""Seconds of work that are watched before anything is said of the time left."""

SPEED_MEMORY, SHOWN_MEMORY = 3.0, 1.0
"""Seconds over which the speed is averaged, and in which what is shown follows what is reckoned.

The less is left the sooner it follows: the last second is no time to be a second wrong.
"""


def in_words(stage: str, settings: BuildSettings) -> str:
    """Return what a user reads of a stage of a build."""
    if stage == f"train {settings.averager_dims}-D" and settings.dims != settings.averager_dims:
        return _SHAPED
    return _TRAINING if stage.startswith("train") else WORDS.get(stage, _OTHER)


def stage_seconds(settings: BuildSettings, artists: int) -> dict[str, float]:
    """Return how long each stage takes about, in order: on one machine, an idle one.

    What counts is how the stages compare. Measured on a 2.5 GHz Xeon with 10,000 and 40,000
    artists, 4 to 16 dimensions, windows of 5 to 15, with and without negatives: right to a quarter.

    Parameters
    ----------
    settings : BuildSettings
    artists : int
    """
    steps = artists * settings.walks * settings.length
    reach = min(settings.window, settings.length - 1)
    pairs = (reach + 1) * (1 - reach / (2 * settings.length))
    path = math.log2(max(artists, 2)) if settings.hs else 0
    eights = math.ceil((path + (settings.negative + 1) * bool(settings.negative)) / 8)

    def training(dims: int) -> float:
        return steps * settings.epochs * (1.2e-7 + 2e-9 * pairs * eights * math.ceil(dims / 4) * 4)

    first, second = training(settings.dims), training(settings.averager_dims)
    own = settings.engine == "own"
    threads = min(2, settings.threads)
    seconds = {
        "transition probabilities": 0.0 if own else 1.6e-3 * artists,
        "walks": steps * (1.6e-7 / threads if own else 1.2e-5),
    }
    seconds[f"train {settings.dims}-D"] = first
    if settings.dims != settings.averager_dims:
        seconds[f"train {settings.averager_dims}-D"] = second
    if not own:
        seconds |= {stage: 10 * seconds[stage] for stage in seconds if stage.startswith("train")}
    seconds |= {"project": 3e-6 * artists, "quality": 1.5e-5 * artists, "save": 1e-5 * artists}
    return seconds


def ahead(settings: BuildSettings, seconds: dict[str, float]) -> dict[str, float]:
    """Return the share of a stage that is done before it is heard of, about, where there is one.

    Parameters
    ----------
    settings : BuildSettings
    seconds : dict of str to float
        What `stage_seconds` gives.
    """
    first, second = (f"train {dims}-D" for dims in (settings.dims, settings.averager_dims))
    if first == second or settings.engine != "own" or settings.threads < 2:
        return {}
    return {second: min(BESIDE * seconds[first] / seconds[second], MOST_AHEAD)}


class TimeLeft:
    """Adds up the steps of one build.

    Parameters
    ----------
    now : float
        Seconds of a clock that never goes back, as in all calls.

    Attributes
    ----------
    share : float
        How much of the whole is done, 0 to 1; never falls.
    left : float or None
        Seconds left, smoothed; None while nothing honest can be said: before it is known how much
        there is to do, while something of unknown length is done, and in the first half second.
    """

    def __init__(self, now: float) -> None:
        self.share = 0.0
        self.left: float | None = None
        self._seconds: dict[str, float] = {}
        #: Of a stage that begins before it is heard of, the share that was done, or will be, then.
        self._ahead: dict[str, float] = {}
        self._stage = ""
        self._done = 0.0
        #: When it was, and how many seconds of the plan were done by then, for the last while.
        self._trace: deque[tuple[float, float]] = deque()
        self._at = now

    def plan(self, settings: BuildSettings, artists: int, now: float) -> None:
        """Note how much there is to do, once that is known; what came before counts no more."""
        self._seconds = stage_seconds(settings, artists)
        self._ahead = ahead(settings, self._seconds)
        for stage, share in self._ahead.items():
            self._seconds[stage] *= 1 - share
        self._stage, self._done, self._at = "", 0.0, now

    def step(self, stage: str, done: int, total: int, now: float) -> None:
        """Take note of a step.

        Parameters
        ----------
        stage, done, total
            As in `embedding.progress.Progress`.
        now : float
        """
        passed, self._at = max(now - self._at, 0.0), now
        if stage not in self._seconds or not total:
            self.left = None  # reading, or compiling: nobody knows how long
            self._trace.clear()
            return
        reached = min(done / total, 1.0)
        if stage != self._stage:
            self._skip(stage)
            self._begin(stage, reached)
        stages = list(self._seconds)
        before = sum(self._seconds[name] for name in stages[: stages.index(stage)])
        began = self._ahead.get(stage, 0.0)
        share = (reached - began) / (1 - began) if began < 1 else 1.0
        self._done = max(self._done, before + self._seconds[stage] * max(share, 0.0))
        whole = sum(self._seconds.values())
        self.share = max(self.share, min(self._done / whole, 1.0)) if whole else self.share
        self._trace.append((now, self._done))
        while len(self._trace) > 2 and self._trace[1][0] <= now - SPEED_MEMORY:
            self._trace.popleft()
        since, had = self._trace[0]
        if now - since >= WATCHED and self._done > had:
            # Seconds of the plan to go, over seconds of the plan done in a second.
            self._show((whole - self._done) * (now - since) / (self._done - had), passed)

    def _skip(self, stage: str) -> None:
        """Count the stages between the last one and this as no work: what they make was there."""
        stages = list(self._seconds)
        last = stages.index(self._stage) if self._stage else -1
        for name in stages[last + 1 : stages.index(stage)]:
            self._seconds[name] = 0.0
        self._stage = stage

    def _begin(self, stage: str, reached: float) -> None:
        """Count of a stage that was begun ahead only the rest as work."""
        if stage in self._ahead:
            self._seconds[stage] *= (1 - reached) / (1 - self._ahead[stage])
            self._ahead[stage] = reached

    def _show(self, reckoned: float, passed: float) -> None:
        if self.left is None:
            self.left = reckoned
            return
        expected = max(self.left - passed, 0.0)
        follow = 1 - math.exp(-passed / max(min(SHOWN_MEMORY, reckoned), 0.05))
        self.left = expected + follow * (reckoned - expected)
