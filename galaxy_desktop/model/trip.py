"""`Trip`: the flight from one pose to another, along an eased curve."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.motion import Motion, as_vector, shortest_turn
from galaxy_desktop.model.pose import STEEPEST, Pose

Floats = npt.NDArray[np.float64]

_SHORTEST, _LONGEST = 1.2, 6.0
"""Bounds of the duration in seconds. The original's is 2.5 s and 1 s for every 0.19 R: this has its
slope on short ways, without the wait on a way to the next star, and without end on long ones."""
_FAR = 0.91
"""The way, in R, for which 63% of the longest time is taken: 0.19 * (_LONGEST - _SHORTEST)."""
_PER_RADIAN = 0.8
"""Seconds that a turn takes at the least, for every radian."""
_TURNED = 0.7
"""The share of the duration after which the camera faces its goal."""
_RISE = 0.22
"""How far the curve pulls back mid-way, as a share of a long way."""
_COASTING = 1.0
"""Seconds in which the speed at the start is given up, at the most."""
_COASTED = 0.105
"""The greatest value of t (1 - t)^3: how far one coasts at speed 1 in a time of 1."""


class Trip:
    """A path over time that starts as the camera moves now, and ends at rest.

    Position and look, and their rates, are continuous from what was before: a trip may start in
    the middle of another.

    Parameters
    ----------
    start : Pose
    motion : Motion
        How `start` moves.
    end : Pose
    radius : float
        R of the galaxy, in its units.
    centre : array_like, shape (3,)
        Of the galaxy: long ways pull back from it.
    focus : array_like, shape (3,), optional
        What `end` looks at and the camera turns to on the way. None: it turns to the look of `end`.

    Attributes
    ----------
    end : Pose
    duration : float
        Seconds.
    """

    def __init__(
        self,
        start: Pose,
        motion: Motion,
        end: Pose,
        radius: float,
        centre: npt.ArrayLike,
        focus: npt.ArrayLike | None = None,
    ) -> None:
        self.end = end
        self._start, self._motion = start, motion
        self._focus = None if focus is None else np.array(focus, np.float64)
        self._from = np.array(start.position)
        self._way = np.array(end.position) - self._from
        self._turn = shortest_turn(start.yaw, end.yaw)
        self._tilt = end.pitch - start.pitch
        length = float(np.linalg.norm(self._way)) / radius
        angle = math.acos(max(-1.0, min(1.0, float(start.forward @ end.forward))))
        far = 1 - math.exp(-length / _FAR)
        self.duration = max(
            _SHORTEST + (_LONGEST - _SHORTEST) * far, _SHORTEST + _PER_RADIAN * angle
        )
        self._rise = self._outwards(np.array(centre, np.float64), radius) * (
            _RISE * length * length / (length + 0.6) * radius
        )
        # Who is fast and near the goal coasts no farther than a part of the way to it.
        speed = float(np.linalg.norm(motion.velocity))
        self._coasting = min(_COASTING, self.duration)
        if speed * self._coasting * _COASTED > 0.3 * length * radius:
            self._coasting = max(0.1, 0.3 * length * radius / (speed * _COASTED))

    def _outwards(self, centre: Floats, radius: float) -> Floats:
        """Return the unit direction across the way in which it pulls back."""
        ahead = self._way / max(float(np.linalg.norm(self._way)), 1e-12)
        middle = self._from + self._way / 2 - centre
        # A little upwards too, so that ways through the centre have a side as well.
        wanted = middle / radius + 0.35 * self._start.up + 0.01 * self._start.right
        across = wanted - ahead * float(wanted @ ahead)
        direction: Floats = across / max(float(np.linalg.norm(across)), 1e-12)
        return direction

    def pose(self, seconds: float) -> Pose:
        """Return the pose so long after the start. At the end and later it is `end` exactly."""
        if seconds >= self.duration:
            return self.end
        gone = seconds / self.duration
        share = _eased(gone)
        turned = _eased(min(1.0, gone / _TURNED))
        place = self._from + self._way * share + self._rise * (16 * share**2 * (1 - share) ** 2)
        place = place + self._motion.velocity * self._coast(seconds)
        aside, above = self._off_course(place)
        coast = self._coast(seconds, min(_COASTING, self.duration))
        yaw = self._start.yaw + turned * (self._turn + aside) + self._motion.yaw * coast
        pitch = self._start.pitch + turned * (self._tilt + above) + self._motion.pitch * coast
        fov = self._start.fov + (self.end.fov - self._start.fov) * share
        return Pose(
            as_vector(place),
            math.remainder(yaw, math.tau),
            max(-STEEPEST, min(STEEPEST, pitch)),
            fov,
        )

    def carry(self, way: Floats) -> None:
        """Move all of the path by `way`, shape (3,)."""
        self._start, self.end = self._start.moved(way), self.end.moved(way)
        self._from = self._from + way
        if self._focus is not None:
            self._focus = self._focus + way

    def motion(self, seconds: float) -> Motion:
        """Return how fast the pose changes then."""
        if seconds >= self.duration:
            return Motion()
        before = max(0.0, seconds - 1e-4)
        after = min(self.duration, seconds + 1e-4)
        here, there = self.pose(before), self.pose(after)
        return Motion(
            np.subtract(there.position, here.position) / (after - before),
            shortest_turn(here.yaw, there.yaw) / (after - before),
            (there.pitch - here.pitch) / (after - before),
        )

    def _coast(self, seconds: float, limit: float | None = None) -> float:
        """Return for how many seconds' worth of the first speed it has coasted: 0 at both ends."""
        limit = limit or self._coasting
        return seconds * (1 - seconds / limit) ** 3 if seconds < limit else 0.0

    def _off_course(self, place: Floats) -> tuple[float, float]:
        """Return how far left and above the last look the goal lies from `place`, radians.

        The curve is off the straight way, so the goal is too, up to some 25 degrees. Near straight
        up and down, yaw is held back: there it would spin the picture and hardly move the goal.
        """
        if self._focus is None:
            return 0.0, 0.0
        ahead = self._focus - place
        ahead /= max(float(np.linalg.norm(ahead)), 1e-12)
        right, above = float(ahead @ self.end.right), float(ahead @ self.end.up)
        left = -math.atan2(right, max(math.cos(self.end.pitch), 0.5))
        return left, math.asin(max(-1.0, min(1.0, above)))


def _eased(share: float) -> float:
    """Return the part of the way after a share of the time: off promptly, in softly."""
    return 1 - (1 - share) ** 3 * (1 + 3 * share)
