"""`Fly`: the camera is a craft with weight that goes where it looks."""

from __future__ import annotations

import math
from collections.abc import Set

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.motion import Motion, as_vector
from galaxy_desktop.model.pose import STEEPEST, Pose
from galaxy_desktop.model.springs import coast
from galaxy_desktop.model.surroundings import FIXED, Nearest, Surroundings

Floats = npt.NDArray[np.float64]

FASTER, SLOWER = 2.4, 1 / 2.4
"""Factors of the speed while Shift or Ctrl is held."""
FACTORS = (0.1, 10.0)
"""Bounds of the factor that the wheel sets."""

_PUSHING, _BRAKING, _TURNING = 0.22, 0.16, 0.1
"""Seconds in which speed is gained, speed is lost, a turn sets in: all but 1/e."""
_NOTCH = 1.2
"""Factor of the speed for one notch of the wheel."""
_ALONG = {
    "forward": (0, 0, 1),
    "back": (0, 0, -1),
    "left": (-1, 0, 0),
    "right": (1, 0, 0),
    "up": (0, 1, 0),
    "down": (0, -1, 0),
}
"""The share of the camera's right, of the galaxy's up and of the look."""
_TURNS = {
    "turn_left": (1.1, 0.0),
    "turn_right": (-1.1, 0.0),
    "turn_up": (0.0, 0.8),
    "turn_down": (0.0, -0.8),
}
"""Yaw and pitch, radians per second."""
MOVES = frozenset(_ALONG)
HELD_IN_FLY = MOVES | frozenset(_TURNS)
HELD_WITH_OTHERS = frozenset({"faster", "slower"})


class Fly:
    """A place, a look, a velocity; keys push, letting go brakes.

    Parameters
    ----------
    radius : float
        R of the galaxy, in its units.
    nearest : callable, optional
        The distance of the nearest star: see `Surroundings`.

    Attributes
    ----------
    adaptive : bool
        Whether the speed follows the surroundings.
    pace : float
        Factor of the speed, from the settings.
    factor : float
        Factor of the speed, from the wheel.
    """

    def __init__(self, radius: float, nearest: Nearest | None) -> None:
        self.adaptive = True
        self.pace = self.factor = 1.0
        self._held: Set[str] = frozenset()
        self._position: Floats = np.zeros(3)
        self._look = [0.0, 0.0]
        self._velocity: Floats = np.zeros(3)
        self._turning: Floats = np.zeros(2)
        self._push: Floats = np.zeros(3)
        self.set_world(radius, nearest)

    def set_world(self, radius: float, nearest: Nearest | None) -> None:
        """Measure speeds by another galaxy."""
        self._radius = radius
        self._surroundings = Surroundings(radius, nearest)

    def enter(self, pose: Pose, motion: Motion) -> None:
        """Take the camera over as it stands and moves."""
        self._position = np.array(pose.position)
        self._look = [pose.yaw, pose.pitch]
        self._velocity = motion.velocity.copy()
        self._turning = np.array([motion.yaw, motion.pitch])
        self._surroundings.look_around(pose.position)
        self._aim()

    @property
    def pose(self) -> Pose:
        """Where the camera is, with the field of view left as `Pose` has it."""
        yaw, pitch = self._look
        return Pose(as_vector(self._position), math.remainder(yaw, math.tau), _steepest(pitch))

    @property
    def motion(self) -> Motion:
        """How fast it moves."""
        return Motion(self._velocity.copy(), float(self._turning[0]), float(self._turning[1]))

    @property
    def resting(self) -> bool:
        """Whether nothing moves it and nobody pushes."""
        return not (self._velocity.any() or self._turning.any() or self._pushed)

    @property
    def cruise(self) -> float:
        """The speed at which it goes with one key held, galaxy units per second."""
        speed = self._surroundings.speed if self.adaptive else FIXED
        speed *= self.pace * self.factor * self._radius
        if "faster" in self._held:
            speed *= FASTER
        if "slower" in self._held:
            speed *= SLOWER
        return speed

    def carry(self, way: Floats) -> None:
        """Move the craft, shape (3,), without a push."""
        self._position = self._position + way

    def look(self, right: float, down: float) -> None:
        """Turn the look, radians. It follows the hand at once."""
        self._look[0] -= right
        self._look[1] = _steepest(self._look[1] - down)
        self._aim()

    def change_speed(self, notches: float) -> None:
        """Go faster from now on, or slower."""
        low, high = FACTORS
        self.factor = max(low, min(high, self.factor * _NOTCH**notches))
        self._aim()

    def hold(self, held: Set[str]) -> None:
        """Say which keys are held from now on."""
        if self.resting:
            # At rest there is nothing to get used to: it starts with the speed of the place.
            self._surroundings.look_around(as_vector(self._position))
        self._held = frozenset(held)
        self._aim()

    def advance(self, dt: float) -> None:
        """Let `dt` seconds pass, no more than up to the next tick."""
        if self.resting:
            return
        time = _PUSHING if self._push.any() else _BRAKING
        way, self._velocity = coast(self._velocity, self._push, dt, time)
        self._position = self._position + way
        turns = np.zeros(2)
        for name in self._held & _TURNS.keys():
            turns += _TURNS[name]
        (yaw, pitch), self._turning = coast(self._turning, turns, dt, _TURNING)
        self._look = [self._look[0] + yaw, _steepest(self._look[1] + pitch)]

    def tick(self, dt: float) -> None:
        """Do what is done at fixed times, `dt` apart, whatever the frame rate: see `Camera`."""
        if self.adaptive and not self.resting:
            self._surroundings.get_used_to(as_vector(self._position), dt)
        self._aim()
        if self._pushed:
            return
        if np.linalg.norm(self._velocity) < 2e-4 * self.cruise:
            self._velocity = np.zeros(3)
        if np.abs(self._turning).max() < 1e-4:
            self._turning = np.zeros(2)

    @property
    def _pushed(self) -> bool:
        return not self._held.isdisjoint(HELD_IN_FLY)

    def _aim(self) -> None:
        """Set the velocity that the held keys ask for: no faster across than straight on.

        It stands until the next tick or input, so that the frame rate does not change the path.
        """
        pose = self.pose
        axes = np.stack([pose.right, [0.0, 1.0, 0.0], pose.forward])
        way = np.zeros(3)
        for name in self._held & MOVES:
            way += np.array(_ALONG[name]) @ axes
        length = float(np.linalg.norm(way))
        # Up and ahead cancel out when looking straight down: rounding is no direction.
        self._push = way * (self.cruise / length) if length > 1e-6 else np.zeros(3)


def _steepest(pitch: float) -> float:
    return max(-STEEPEST, min(STEEPEST, pitch))
