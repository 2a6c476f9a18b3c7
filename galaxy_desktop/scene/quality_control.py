"""`QualityControl`: what gives way so that motion stays smooth without a graphics card."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: Of a frame's work, so that with what Qt adds there are more than thirty in a second.
TARGET = 0.022
_DOWN, _UP = 0.30, 0.06
#: Fewer than this are never drawn, if there are so many.
_FEWEST_STARS, _FEWEST_LINES = 6_000, 1_500
#: Parts of the width and height: when stars begin to give way, and at the very least.
_SMALL, _SMALLEST = 0.5, 0.25
#: What a frame in motion begins with before anything was measured.
_START = 0.45


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of the picture is worked out.

    Attributes
    ----------
    scale : float
        Part of the width and height, above 0 and at most 1.
    stars, lines : int or None
        About how many at most; None for all.
    """

    scale: float = 1.0
    stars: int | None = None
    lines: int | None = None


FULL = Detail()


class QualityControl:
    """Finds the detail with which frames in motion take the time they have.

    One number, the effort from 0 to 1, decides all: from 1 down connections give way first, then
    resolution, then far stars, then resolution once more. It falls quickly and rises slowly, as a
    stutter is seen at once and a coarser picture in motion hardly at all.

    Parameters
    ----------
    stars, lines : int
        How many there are.
    """

    def __init__(self, stars: int, lines: int) -> None:
        self._stars, self._lines = stars, lines
        self.effort = _START

    def note(self, seconds: float) -> None:
        """Take in how long a frame in motion took."""
        off = math.log(TARGET / max(seconds, 1e-4))
        self.effort = min(1.0, max(0.0, self.effort + (_UP if off > 0 else _DOWN) * off))

    def detail(self) -> Detail:
        """Return the detail of the next frame in motion."""
        lines, scale, stars, last = (
            min(1.0, max(0.0, 4 * self.effort - step)) for step in (3.0, 2.0, 1.0, 0.0)
        )
        if lines >= 1:
            return FULL
        few = min(self._lines, max(_FEWEST_LINES, self._lines // 12))
        fewest = min(self._lines, _FEWEST_LINES)
        wanted = _between(fewest, few, last) if last < 1 else _between(few, self._lines, lines)
        return Detail(
            scale=_SMALLEST + (_SMALL - _SMALLEST) * last + (1 - _SMALL) * scale,
            stars=None if stars >= 1 else _between(_FEWEST_STARS, self._stars, stars),
            lines=wanted,
        )


def _between(least: int, most: int, part: float) -> int:
    """Return the geometric mean of two counts, weighted from 0 to 1."""
    if least >= most or least < 1:
        return most
    return round(least * math.pow(most / least, part))
