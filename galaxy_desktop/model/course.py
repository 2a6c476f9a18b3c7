"""`Course`: the ways of all artists from one shape of the galaxy to the next, and how far they are.

All of it is in closed form over time, so it is the same at any frame rate. A way begins as fast as
its star moves by then and ends at rest: the polynomial of least jerk (Flash and Hogan 1985), which
is off softly and in softly, and goes on smoothly where a new goal comes before the last is reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.extent import Extent

Floats = npt.NDArray[np.float32]
Some = slice | list[int] | npt.NDArray[np.integer[Any]]

_ALL = slice(None)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Leg:
    """The ways of all artists of a world from somewhere to somewhere.

    Attributes
    ----------
    start, goal : ndarray of float32, shape (n, 3)
        All finite.
    drift : ndarray of float32, shape (n, 3)
        How far each would come in the time of the way as fast as it starts.
    before, after : ndarray of float32, shape (n,)
        How much of each star is there at the start and at the end: 0 nothing, 1 all.
    lines : (float, float)
        The same of the connections.
    extents : (Extent, Extent)
    seconds : float
    drifts : bool
        Whether any star moves when it sets off.
    ends : ndarray of float32, shape (n,), or None
        How much of each artist's connections is there besides; None: as much as of the star.
    """

    start: Floats
    goal: Floats
    drift: Floats
    before: Floats
    after: Floats
    lines: tuple[float, float]
    extents: tuple[Extent, Extent]
    seconds: float
    drifts: bool = True
    ends: Floats | None = None


class Course:
    """A leg under way.

    Attributes
    ----------
    leg : Leg
    gone : float
        Seconds since the start.
    """

    def __init__(self, leg: Leg, gone: float = 0.0) -> None:
        self.leg, self.gone = leg, gone

    def step(self, seconds: float) -> None:
        """Let time pass."""
        self.gone = min(self.gone + seconds, self.leg.seconds)

    @property
    def arrived(self) -> bool:
        """Whether all are where they were going."""
        return self.gone >= self.leg.seconds

    @property
    def share(self) -> float:
        """The share of the way from start to goal, 0 to 1; what fades, fades as much."""
        t = self._time
        return t**3 * (10 - 15 * t + 6 * t * t)

    @property
    def coasted(self) -> float:
        """The share of the drift, 0 at both ends."""
        t = self._time
        return t - t**3 * (6 - 8 * t + 3 * t * t)

    def places(self, artists: Some = _ALL) -> Floats:
        """Return where some artists are seen, float32 of shape (k, 3)."""
        start, goal = self.leg.start[artists], self.leg.goal[artists]
        if self.arrived:
            return goal
        moved: Floats = goal - start
        moved *= np.float32(self.share)
        moved += start
        if self.leg.drifts:
            moved += self.leg.drift[artists] * np.float32(self.coasted)
        return moved

    def pace(self, artists: Some = _ALL) -> Floats:
        """Return how fast some artists move, galaxy units per second, float32 of shape (k, 3)."""
        leg, (along, coasting) = self.leg, self.pace_shares
        rate: Floats = leg.goal[artists] - leg.start[artists]
        rate *= np.float32(along)
        if leg.drifts:
            rate += leg.drift[artists] * np.float32(coasting)
        return rate

    @property
    def pace_shares(self) -> tuple[float, float]:
        """How fast the shares of the way and of the drift grow, per second."""
        t = self._time
        along = 30 * t * t * (1 - t) ** 2 / self.leg.seconds
        return along, (1 - t * t * (18 - 32 * t + 15 * t * t)) / self.leg.seconds

    def presence(self, artists: Some = _ALL) -> Floats:
        """Return how much of some stars is there, 0 to 1, float32 of shape (k,)."""
        before, after = self.leg.before[artists], self.leg.after[artists]
        there: Floats = before + (after - before) * np.float32(self.share)
        return there

    @property
    def lines(self) -> float:
        """How much of the connections is there."""
        before, after = self.leg.lines
        return before + (after - before) * self.share

    @property
    def extent(self) -> Extent:
        """What the galaxy measures by now."""
        return Extent.between(*self.leg.extents, self.share)

    @property
    def _time(self) -> float:
        return min(self.gone / self.leg.seconds, 1.0) if self.leg.seconds > 0 else 1.0
