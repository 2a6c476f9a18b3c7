"""`Pace`: how quickly a machine arranges artists, learned from the builds that were seen."""

from __future__ import annotations

import math
from dataclasses import dataclass

from embedding.settings import BuildSettings

USUAL = 2.75e8
"""Rows of a 4-D embedding that two cores of 2.5 GHz move in a second beside a window without a
graphics card (`make bench BENCH="--only rebuilding"`)."""
SLOWEST, QUICKEST = USUAL / 30, USUAL * 100
"""What is beyond is no machine but a broken clock, or one that slept."""
TELLING = 0.5
"""Seconds; shorter builds are mostly something else than training."""
_NEWS = 0.5
"""How much of a new build's pace goes into the pace known before: one may have had company."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly this machine trains the positions of artists.

    Attributes
    ----------
    rows : float
        Of a 4-D embedding moved in a second, 0 where no build was seen yet.
    """

    rows: float = 0.0

    def seconds(self, settings: BuildSettings, artists: int) -> float:
        """Return about how long the positions of so many artists take."""
        return rows_moved(settings, artists) / (self.rows or USUAL)

    def after(self, settings: BuildSettings, artists: int, seconds: float) -> Pace:
        """Return what is known after a build whose positions took so long.

        Parameters
        ----------
        settings : BuildSettings
        artists : int
        seconds : float
            0 where that was not seen.
        """
        if seconds < TELLING:
            return self
        new = rows_moved(settings, artists) / seconds
        if self.rows:
            new = math.exp(_NEWS * math.log(new) + (1 - _NEWS) * math.log(self.rows))
        return Pace(min(max(new, SLOWEST), QUICKEST))


def rows_moved(settings: BuildSettings, artists: int) -> float:
    """Return how many rows of a 4-D embedding the training of the positions moves, about.

    Each pair of artists in a window moves a row for every node on a way through the Huffman tree,
    and one for every negative sample.
    """
    tokens = artists * settings.walks * settings.length * settings.epochs
    # Word2vec's window shrinks at random, and ends where the walk does.
    reaches = [min(reach, settings.length - 1) for reach in range(1, settings.window + 1)]
    around = sum(2 * r - r * (r + 1) / settings.length for r in reaches) / len(reaches)
    moved = math.log2(max(2, artists)) * settings.hs
    if settings.negative:
        moved += 1 + settings.negative
    return tokens * around * moved * math.ceil(settings.dims / 4)
