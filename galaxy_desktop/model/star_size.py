"""How large a star looks: the one rule that drawing, picking and labels go by."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.floating[Any]]

RADIUS = 0.0011
"""Of an artist nobody knows, in units of `World.star_unit`."""
GROWTH = 6.5
"""The best known are so many times wider, plus one."""
LARGEST = 22.0
"""Logical pixels: however near, a star is drawn no larger than with this radius."""

_MANY = 10_000
_WIDEST = 8.0


def widening(n: int) -> float:
    """Return how many times larger stars are where they are only so many.

    They stand farther apart, and grow with that: the light of all together stays about the same.
    """
    return min(_WIDEST, max(1.0, math.cbrt(_MANY / max(n, 1))))


def radius_px(away: Numbers, fame: Numbers) -> Numbers:
    """Return how large stars look, as radii in logical pixels.

    Below a pixel a star is drawn larger and dimmer than this says; what it says is how much of
    the picture the star really covers.

    Parameters
    ----------
    away : ndarray of float
        Distance in units of `World.star_unit`, divided by the focal length in pixels, and by
        `Look.star_size`.
    fame : ndarray of float
        From 0 to 1.
    """
    radius = RADIUS * (1 + GROWTH * fame * fame * fame)
    drawn: Numbers = np.minimum(radius / np.maximum(away, 1e-9), LARGEST)
    return drawn
