"""How long a build takes, and how many artists it may have so that one can look on to its end."""

from __future__ import annotations

from embedding.settings import BuildSettings
from galaxy_desktop.model.pace import Pace

_TRAINING, _ARRIVING = 4.0, 1.0
"""Seconds: of the five in which a shape is finished, the last is for the stars to arrive."""
LEAST = 1_000
"""Fewer are no galaxy to look at; whoever wants builds so heavy waits for them."""


def live_artists(settings: BuildSettings, artists: int, pace: Pace | None = None) -> int:
    """Return how many of so many artists finish their shape in about five seconds.

    Parameters
    ----------
    settings : BuildSettings
    artists : int
        How many there are.
    pace : Pace, optional
        The machine's, where it is known.

    Returns
    -------
    int
        Of two digits, at least `LEAST` where there are so many.
    """
    pace = pace or Pace()
    low, high = min(LEAST, artists), artists
    while low < high:
        middle = (low + high + 1) // 2
        if pace.seconds(settings, middle) <= _TRAINING:
            low = middle
        else:
            high = middle - 1
    return low if low == artists else _rounded(low)


def shape_seconds(settings: BuildSettings, artists: int, pace: Pace | None = None) -> float:
    """Return about how long the stars of a build take to their finished shape.

    Parameters
    ----------
    settings : BuildSettings
    artists : int
        How many there are.
    pace : Pace, optional
        The machine's, where it is known.
    """
    return (pace or Pace()).seconds(settings, min(artists, settings.max_artists)) + _ARRIVING


def _rounded(number: int) -> int:
    unit: int = 10 ** max(0, len(str(number)) - 2)
    return number // unit * unit
