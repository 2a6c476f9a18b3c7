"""How a crawl goes, and how far it may: in artists, in requests and in time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Order = Literal["popular", "towards"]
ORDERS: tuple[Order, ...] = ("popular", "towards")
"""In which order artists are asked about; see `embedding.sources.frontier`."""

Why = Literal["limit", "nothing left", "stopped", "time", "service"]
"""What ends a crawl."""

_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_DURATION = re.compile(r"(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m(?:in)?)?(?:(\d{1,6})s)?")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a crawl may use up; None for no limit.

    Attributes
    ----------
    artists : int or None
        Artists whose turn has come, with those before an interruption and those whose answers
        were known already: what size the crawl has does not depend on what happened on the way.
    requests : int or None
        Requests of this run.
    seconds : float or None
        Seconds of this run.
    """

    artists: int | None = None
    requests: int | None = None
    seconds: float | None = None


class Budget:
    """What is left of the limits.

    Parameters
    ----------
    limits : Limits
    clock : callable
        Seconds since some moment; never goes back.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits, self._clock = limits, clock
        self._start = clock()
        self.requests = 0

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return self._clock() - self._start

    def spend(self) -> None:
        """Count one request."""
        self.requests += 1

    def used_up(self) -> Why | None:
        """Return why nothing more may be asked, for requests and time; None where it may."""
        if self.limits.requests is not None and self.requests >= self.limits.requests:
            return "limit"
        if self.limits.seconds is not None and self.seconds >= self.limits.seconds:
            return "time"
        return None

    def has_room(self, visits: int) -> bool:
        """Whether one more artist may have its turn after so many."""
        return self.limits.artists is None or visits < self.limits.artists


def parse_duration(text: str) -> float:
    """Return the seconds in ``8h``, ``90m``, ``1h30m``, ``2d`` or ``45s``; ValueError otherwise."""
    found = _DURATION.fullmatch(text.strip().lower().replace(" ", ""))
    seconds = 0
    if found is not None:
        for amount, unit in zip(found.groups(), _UNITS.values(), strict=True):
            seconds += int(amount or 0) * unit
    if not seconds:
        raise ValueError(f"{text[:40]!r} is no length of time")
    return float(seconds)
