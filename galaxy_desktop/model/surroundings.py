"""How fast to fly here: fast in the void, slow among stars, and never all of a sudden."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from galaxy_desktop.model.pose import Vector

if TYPE_CHECKING:
    from galaxy_desktop.model.world import World

Nearest = Callable[[Vector], float]
"""From a place to the distance of the nearest star; infinite where that is not known."""

FIXED = 0.12
"""The speed that does not follow the surroundings, R per second."""
_LEAST, _MOST = 0.03, 2.0
"""Bounds of the speed that does, R per second."""
_AT_ONE = 0.45
"""The speed where the nearest star is 1 R away, R per second. It grows with the root of the
distance: among the atlas's stars it is about 0.05, so two or three of them pass in a second, and
from where the whole galaxy is seen the way into it takes some four seconds."""
_TIME = 0.5
"""Seconds in which the speed gets used to other surroundings, all but 1/e."""


class Surroundings:
    """The speed that suits the place, smoothed over time in its logarithm.

    Parameters
    ----------
    radius : float
        R of the galaxy, in its units.
    nearest : callable, optional
        See `Nearest`. None: the speed is `FIXED`.

    Attributes
    ----------
    speed : float
        In R per second.
    """

    def __init__(self, radius: float, nearest: Nearest | None) -> None:
        self._radius, self._nearest = radius, nearest
        self.speed = FIXED

    def look_around(self, position: Vector) -> None:
        """Take the speed that suits `position` at once."""
        self.speed = self._fitting(position)

    def get_used_to(self, position: Vector, dt: float) -> None:
        """Bring the speed nearer to what suits `position`, which has been so for `dt` seconds."""
        share = 1 - math.exp(-dt / _TIME)
        self.speed *= (self._fitting(position) / self.speed) ** share

    def _fitting(self, position: Vector) -> float:
        distance = self._nearest(position) if self._nearest else math.inf
        if not math.isfinite(distance):
            return FIXED
        return max(_LEAST, min(_MOST, _AT_ONE * math.sqrt(distance / self._radius)))


def nearest_star(world: World) -> Nearest:
    """Return the function from a place to the distance of the world's nearest star.

    It does not wait for the world's KD-tree: until somebody has built it, nothing is known.
    """

    def nearest(position: Vector) -> float:
        if not world.tree_ready:
            return math.inf
        return float(world.tree.query(position)[0])

    return nearest
