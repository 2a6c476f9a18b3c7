"""`Motion`: how fast a pose changes. What one way of moving hands to the next, so nothing jerks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.pose import Pose, Vector

Floats = npt.NDArray[np.float64]


def as_vector(point: npt.ArrayLike) -> Vector:
    """Return three numbers as a plain tuple."""
    x, y, z = np.asarray(point, np.float64).tolist()
    return (x, y, z)


def shortest_turn(start: float, end: float) -> float:
    """Return the angle from `start` to `end` by the shorter way, radians within -pi to pi."""
    return math.remainder(end - start, math.tau)


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """The rates of a pose.

    Attributes
    ----------
    velocity : ndarray of float64, shape (3,)
        Of the position, galaxy units per second.
    yaw, pitch : float
        Radians per second.
    """

    velocity: Floats = field(default_factory=lambda: np.zeros(3))
    yaw: float = 0.0
    pitch: float = 0.0


def look_rate(pose: Pose, motion: Motion) -> Floats:
    """Return how fast `pose.forward` changes, per second, shape (3,)."""
    level = math.cos(pose.pitch)
    rate: Floats = -pose.right * (level * motion.yaw) + pose.up * motion.pitch
    return rate
