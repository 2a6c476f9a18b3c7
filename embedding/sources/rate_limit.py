"""`RateLimit`: no more requests than a service allows, in any stretch of time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from embedding.sources.source import Rate

_MARGIN = 1.02
"""Requests may reach the service closer together than they left."""


class RateLimit:
    """At most so many requests in any window of so many seconds.

    A rolling window: a bucket that refills would let twice as many through around its edge.

    Parameters
    ----------
    rate : Rate or None
        None: a service of one's own, which may be asked as fast as it answers.
    clock : callable
        Seconds since some moment.
    """

    def __init__(self, rate: Rate | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._begun: deque[float] = deque()
        self._held = float("-inf")

    def hold(self, seconds: float) -> None:
        """Let nobody ask for so long."""
        self._held = max(self._held, self._clock() + seconds)

    def take_turn(self, pause: Callable[[float], None]) -> None:
        """Wait until a request may be made, and count it as made.

        Parameters
        ----------
        pause : callable
            Lets so many seconds pass.
        """
        while (seconds := self._left()) > 0:
            pause(seconds)
        self._begun.append(self._clock())

    def _left(self) -> float:
        """Return how many seconds there are to wait."""
        now = self._clock()
        left = self._held - now
        if self._rate is not None:
            window = _MARGIN * self._rate.seconds
            while self._begun and self._begun[0] <= now - window:
                self._begun.popleft()
            if len(self._begun) >= self._rate.requests:
                left = max(left, self._begun[0] + window - now)
        else:
            self._begun.clear()
        return left
