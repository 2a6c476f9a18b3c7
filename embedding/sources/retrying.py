"""How long to wait before a service is asked again."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

LONGEST = 15 * 60.0
"""Seconds; a service that wants to be left alone for longer is one that is down."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long a request is tried again.

    Attributes
    ----------
    attempts : int
        How often in all.
    first, most : float
        Seconds: the longest wait before the second attempt, and before any.
    """

    attempts: int = 8
    first: float = 1.0
    most: float = 60.0

    def wait(self, attempt: int, lot: random.Random) -> float:
        """Return the seconds to wait after so many attempts in vain.

        Exponential with "full jitter" (Brooker 2015, "Exponential backoff and jitter"): clients
        that failed together do not come back together.
        """
        return lot.uniform(0.0, min(self.most, self.first * 2.0 ** (attempt - 1)))


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for; None where it says nothing.

    Parameters
    ----------
    value : str or None
        Seconds or a date (RFC 9110, section 10.2.3).
    now : datetime
        With a time zone.
    """
    if value is None:
        return None
    text = value.strip()
    # Not int(): that takes digits of any script, underscores and signs as well.
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return float(text)
    try:
        until = parsedate_to_datetime(text)
        if until.tzinfo is None:
            until = until.replace(tzinfo=now.tzinfo)
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
