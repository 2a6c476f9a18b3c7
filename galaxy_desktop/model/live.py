"""How long a build takes, and how many artists it may have so that one can look on to its end."""

from __future__ import annotations

import math

from embedding.settings import BuildSettings

_TRAINING, _ARRIVING = 4.0, 1.0
"""Seconds: of the five in which a shape is finished, the last is for the stars to arrive."""
UPDATES = 1.1e9
"""Rows of a 4-D embedding that two cores of 2.5 GHz move in those four seconds beside a window
without a graphics card (`make bench BENCH="--only rebuilding"`)."""
LEAST = 1_000
"""Fewer are no galaxy to look at; whoever wants builds so heavy waits for them."""


def live_artists(settings: BuildSettings, artists: int) -> int:
    """Return how many of so many artists finish their shape in about five seconds.

    What takes the time is the training of the positions: each pair of artists in a window moves a
    row for every node on a way through the Huffman tree, and one for every negative sample.

    Parameters
    ----------
    settings : BuildSettings
    artists : int
        How many there are.

    Returns
    -------
    int
        Of two digits, at least `LEAST` where there are so many.
    """
    low, high = min(LEAST, artists), artists
    while low < high:
        middle = (low + high + 1) // 2
        if _updates(settings, middle) <= UPDATES:
            low = middle
        else:
            high = middle - 1
    return low if low == artists else _rounded(low)


def shape_seconds(settings: BuildSettings, artists: int) -> float:
    """Return about how long the stars of a build take to their finished shape, on two cores.

    Parameters
    ----------
    settings : BuildSettings
    artists : int
        How many there are.
    """
    return _TRAINING * _updates(settings, min(artists, settings.max_artists)) / UPDATES + _ARRIVING


def _updates(settings: BuildSettings, artists: int) -> float:
    tokens = artists * settings.walks * settings.length * settings.epochs
    # Word2vec's window shrinks at random, and ends where the walk does.
    reaches = [min(reach, settings.length - 1) for reach in range(1, settings.window + 1)]
    around = sum(2 * r - r * (r + 1) / settings.length for r in reaches) / len(reaches)
    moved = math.log2(max(2, artists)) * settings.hs
    if settings.negative:
        moved += 1 + settings.negative
    return tokens * around * moved * math.ceil(settings.dims / 4)


def _rounded(number: int) -> int:
    unit: int = 10 ** max(0, len(str(number)) - 2)
    return number // unit * unit
