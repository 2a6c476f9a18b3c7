"""`Orbit`: the camera turns around a pivot that it looks at."""

from __future__ import annotations

import math
from collections.abc import Set

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.motion import Motion, as_vector, look_rate
from galaxy_desktop.model.pose import STEEPEST, Pose, Vector
from galaxy_desktop.model.springs import Spring, coast

Floats = npt.NDArray[np.float64]

NEAREST = 0.005
"""The least distance from the pivot, in R."""
FARTHEST = 12.0
"""The greatest, in R."""
OWN_TURN = math.tau / 150
"""Own rotation, radians per second: once around in two and a half minutes."""

_PIVOT, _YAW, _PITCH, _DEPTH = slice(0, 3), 3, 4, 5
_STIFFNESS = (14.0, 14.0, 14.0, 16.0, 16.0, 11.0)
_STARTS, _STOPS = 1.2, 0.15
"""Seconds in which the own rotation sets in and ends."""
_NOTCH = 0.2
"""Of the logarithm of the distance, for one notch of the wheel."""
_HELD = {
    "turn_left": (_YAW, -1.0),
    "turn_right": (_YAW, 1.0),
    "turn_up": (_PITCH, -0.8),
    "turn_down": (_PITCH, 0.8),
    "nearer": (_DEPTH, -1.2),
    "farther": (_DEPTH, 1.2),
}
"""What a held key moves, and how much of it per second. The arrows move the camera."""
HELD_IN_ORBIT = frozenset(_HELD)


class Orbit:
    """A camera on a sphere around a pivot; the sphere's radius is kept as its logarithm.

    Parameters
    ----------
    radius : float
        R of the galaxy, in its units.
    centre : array_like, shape (3,)
        Of the galaxy. The pivot stays near it.
    """

    def __init__(self, radius: float, centre: npt.ArrayLike) -> None:
        self._spring = Spring(np.zeros(6), _STIFFNESS)
        self._drift: Floats = np.zeros(6)
        self._spin: Floats = np.zeros(1)
        self.spinning = False
        self.set_world(radius, centre)

    def set_world(self, radius: float, centre: npt.ArrayLike) -> None:
        """Bound the pivot and the distance by another galaxy, from the next input on."""
        self._radius = radius
        self._centre: Floats = np.array(centre, np.float64)
        # A thousandth of a pixel, about.
        self._tolerance = np.array([1e-6 * radius] * 3 + [2e-6, 2e-6, 1e-6])

    def enter(self, pose: Pose, motion: Motion, depth: float) -> None:
        """Take the camera over as it stands and moves, the pivot `depth` before it."""
        pivot = np.array(pose.position) + pose.forward * depth
        self._spring.reset([*pivot, pose.yaw, pose.pitch, math.log(depth)])
        turning = look_rate(pose, motion) * depth
        self._spring.rate[:] = [*(motion.velocity + turning), motion.yaw, motion.pitch, 0.0]
        self._spring.brake()
        self._bound()
        self._drift = np.zeros(6)
        self._spin = np.zeros(1)

    @property
    def pivot(self) -> Vector:
        """What it turns around."""
        return as_vector(self._spring.value[_PIVOT])

    @property
    def depth(self) -> float:
        """How far the pivot is before the camera."""
        return math.exp(self._spring.value[_DEPTH])

    @property
    def pose(self) -> Pose:
        """Where the camera is, with the field of view left as `Pose` has it."""
        _, _, _, yaw, pitch, _ = self._spring.value.tolist()
        pitch = max(-STEEPEST, min(STEEPEST, pitch))
        here = Pose(yaw=math.remainder(yaw, math.tau), pitch=pitch)
        place = self._spring.value[_PIVOT] - here.forward * self.depth
        return Pose(as_vector(place), here.yaw, here.pitch)

    @property
    def motion(self) -> Motion:
        """How fast it moves, own rotation included."""
        rate = self._spring.rate
        pose = self.pose
        turning = Motion(yaw=float(rate[_YAW] + self._spin[0]), pitch=float(rate[_PITCH]))
        velocity = rate[_PIVOT] - (look_rate(pose, turning) + pose.forward * rate[_DEPTH]) * (
            self.depth
        )
        return Motion(velocity, turning.yaw, turning.pitch)

    @property
    def resting(self) -> bool:
        """Whether nothing moves it but the own rotation."""
        return self._spring.resting and not self._drift.any()

    @property
    def turning_by_itself(self) -> bool:
        """Whether the own rotation is on, or still coming to rest."""
        return self.spinning or bool(self._spin.any())

    def carry(self, way: Floats) -> None:
        """Move the pivot with what it is at, shape (3,), and the camera with it."""
        self._spring.value[_PIVOT] += way
        self._spring.goal[_PIVOT] += way

    def turn(self, right: float, down: float) -> None:
        """Turn what is seen along with a hand that drags it, radians."""
        self._spring.goal[_YAW] -= right
        self._spring.goal[_PITCH] -= down
        self._bound()

    def pan(self, right: float, down: float) -> None:
        """Move what is seen along with a hand that drags it, as shares of the pivot's distance."""
        pose = self.pose
        self._spring.goal[_PIVOT] += (pose.up * down - pose.right * right) * self.depth
        self._bound()

    def approach(self, notches: float, towards: Floats | None = None) -> None:
        """Go nearer; what lies in the direction `towards`, as far as the pivot, stays in place."""
        goal = self._spring.goal
        before = math.exp(goal[_DEPTH])
        goal[_DEPTH] -= _NOTCH * notches
        self._bound()
        if towards is not None and (ahead := float(towards @ self.pose.forward)) > 0.1:
            aside = towards / ahead - self.pose.forward
            goal[_PIVOT] += aside * (before - math.exp(goal[_DEPTH]))
            self._bound()

    def hold(self, held: Set[str]) -> None:
        """Say which keys are held from now on."""
        self._drift = np.zeros(6)
        for name in held & _HELD.keys():
            axis, rate = _HELD[name]
            self._drift[axis] += rate
        self._bound()

    def advance(self, dt: float) -> None:
        """Let `dt` seconds pass."""
        if not self.resting:
            self._spring.step(dt, self._drift)
        if self.turning_by_itself:
            target = np.array([OWN_TURN if self.spinning else 0.0])
            time = _STARTS if self.spinning else _STOPS
            (angle,), self._spin = coast(self._spin, target, dt, time)
            self._spring.value[_YAW] += angle
            self._spring.goal[_YAW] += angle

    def tick(self, _dt: float) -> None:
        """Do what is done at fixed times, whatever the frame rate: see `Camera`."""
        self._bound()
        if not self._drift.any():
            self._spring.rest_within(self._tolerance)
        if not self.spinning and abs(self._spin[0]) < 1e-5:
            self._spin = np.zeros(1)

    def _bound(self) -> None:
        """Keep the goals where the camera may be. The values follow them."""
        goal = self._spring.goal
        # Where it came from outside the bounds, it stays until it is moved; never farther out.
        depth = float(self._spring.value[_DEPTH])
        lows = {_PITCH: -STEEPEST, _DEPTH: min(depth, math.log(NEAREST * self._radius))}
        highs = {_PITCH: STEEPEST, _DEPTH: max(depth, math.log(FARTHEST * self._radius))}
        for axis, low in lows.items():
            bounded = max(low, min(highs[axis], goal[axis]))
            if bounded != goal[axis]:
                goal[axis] = bounded
                if self._drift[axis] * (bounded - (low + highs[axis]) / 2) > 0:
                    self._drift[axis] = 0.0
        away = goal[_PIVOT] - self._centre
        limit = FARTHEST * self._radius
        if (distance := float(np.linalg.norm(away))) > limit:
            goal[_PIVOT] = self._centre + away * (limit / distance)
