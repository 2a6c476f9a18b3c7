"""How fast a crawl goes, and when it will be done."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

_WINDOW = 60.0


class Pace:
    """Answers a minute, over the last one.

    Parameters
    ----------
    clock : callable
        Seconds since some moment.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._answers = deque([clock()])
        self._told = float("-inf")

    def count(self) -> None:
        """Count one answer."""
        self._answers.append(self._clock())

    def per_minute(self) -> float:
        """Return answers a minute; 0 before the first."""
        now = self._clock()
        # The oldest one stays, however old: from it on is how long the others took.
        while len(self._answers) > 2 and self._answers[1] <= now - _WINDOW:
            self._answers.popleft()
        passed = now - self._answers[0]
        return 60 * (len(self._answers) - 1) / passed if passed > 0 else 0.0

    def seconds_for(self, answers: int) -> float | None:
        """Return how long so many more take at this pace; None where nobody can say."""
        speed = self.per_minute()
        return 60 * answers / speed if speed else None

    def is_due(self, interval: float = 1.0) -> bool:
        """Whether it was not told for so many seconds; if so it now counts as told."""
        now = self._clock()
        due = now - self._told >= interval
        if due:
            self._told = now
        return due
