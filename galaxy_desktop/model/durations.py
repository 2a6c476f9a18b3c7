"""How long something takes, as people say it."""

from __future__ import annotations


def in_words(seconds: float) -> str:
    """Return a length of time as people say it."""
    for unit, size, until in (("second", 1, 90), ("minute", 60, 5400), ("hour", 3600, 172_800)):
        if seconds < until:
            number = max(1, round(seconds / size))
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return f"{round(seconds / 86_400)} days"
