"""From where something is seen well: one star, several points, the whole galaxy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.motion import as_vector
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.star_size import RADIUS

if TYPE_CHECKING:
    from galaxy_desktop.model.world import World

Floats = npt.NDArray[np.float64]

STAR_ANGLE = math.radians(2.1)
"""The angle that a star nobody knows fills where a flight to it ends; others fill more, as ever."""
SURVEY = RADIUS / math.tan(STAR_ANGLE / 2)
"""The distance at which that is so, in `World.star_unit`: stars are larger where they stand farther
apart, so the next neighbours are around it, and their names."""

_STEEPEST_ARRIVAL = math.radians(80)
_HOME_LOOK = (math.radians(20), math.radians(-16))
"""Yaw and pitch. The galaxy's two longest axes lie across the picture, and depth is seen."""
_SEEN = 99.0
"""The percentage of artists that the start shows: what lies far out does not make all small."""
_ENOUGH = 20_000
_MANY = 400
_MARGIN = 0.9
"""The share of the picture's half width and height that is filled."""


def arrival(start: Pose, goal: npt.ArrayLike, stop: float) -> Pose:
    """Return the pose `stop` before `goal` that looks at it, on the straight way from `start`."""
    x, y, z = np.asarray(goal, np.float64) - start.position
    level = math.hypot(x, z)
    yaw, pitch = start.yaw, start.pitch
    if math.hypot(level, y) > 1e-9 * max(stop, 1e-9):
        # Straight above or below, any yaw looks there: the one that is need not change.
        yaw = math.atan2(-x, -z) if level > 1e-6 * abs(y) else start.yaw
        pitch = math.atan2(y, level)
    pitch = max(-_STEEPEST_ARRIVAL, min(_STEEPEST_ARRIVAL, pitch))
    look = Pose((0.0, 0.0, 0.0), yaw, pitch)
    place = np.asarray(goal, np.float64) - look.forward * stop
    return Pose(as_vector(place), yaw, pitch, start.fov)


def frame(
    points: npt.NDArray[np.floating[Any]],
    look: Pose,
    aspect: float,
    least: float,
    fill: tuple[float, float] = (_MARGIN, _MARGIN),
) -> tuple[Pose, Floats]:
    """Return the nearest pose with the look of `look` that has all points in the picture.

    Parameters
    ----------
    points : ndarray of float, shape (n, 3)
        One at least.
    look : Pose
        Gives yaw, pitch and field of view.
    aspect : float
        Width over height of the picture.
    least : float
        The least distance from the nearest point, in galaxy units.
    fill : (float, float)
        The shares of the picture's half width and height that may be filled.

    Returns
    -------
    pose : Pose
    middle : ndarray of float64, shape (3,)
        On the axis of the look, as far as the middle of the points' depths.
    """
    axes = look.rotation()
    seen = np.asarray(points, np.float64) @ axes.T
    tall = math.tan(math.radians(look.fov) / 2)
    # Each side of the picture is a plane through the camera that all points must be within.
    sides = [
        (float((sign * seen[:, axis] + slope * seen[:, 2]).max()), axis, slope)
        for axis, slope in ((0, tall * aspect * fill[0]), (1, tall * fill[1]))
        for sign in (1.0, -1.0)
    ]
    place = np.zeros(3)
    place[2] = seen[:, 2].max() + least
    for (plus, axis, slope), (minus, _, _) in zip(sides[::2], sides[1::2], strict=True):
        place[axis] = (plus - minus) / 2
        place[2] = max(place[2], (plus + minus) / (2 * slope))
    middle = np.array([place[0], place[1], (seen[:, 2].max() + seen[:, 2].min()) / 2])
    return Pose(as_vector(place @ axes), look.yaw, look.pitch, look.fov), middle @ axes


def heart(world: World) -> Floats:
    """Return the middle of the galaxy that stars far out do not shift, shape (3,).

    Of many it is the median. The fewer there are, the more those at the rim count: a few have no
    middle but the picture's.
    """
    rim = min(0.5, len(world) / _MANY / 2)
    ends = np.quantile(_sample(world), (rim, 1 - rim), axis=0)
    middle: Floats = ends.mean(axis=0, dtype=np.float64)
    return middle


def _sample(world: World) -> npt.NDArray[np.float32]:
    """Return the positions of so many artists that more would change no view."""
    return world.positions[:: -(-len(world) // _ENOUGH)]


def home_pose(world: World, aspect: float = 1.6, fov: float = 60.0) -> Pose:
    """Return the pose from which the whole galaxy is seen well; it looks at `heart`.

    Parameters
    ----------
    world : World
    aspect : float
        Width over height of the picture.
    fov : float
        Vertical field of view in degrees.
    """
    yaw, pitch = _HOME_LOOK
    look = Pose((0.0, 0.0, 0.0), yaw, pitch, fov)
    middle = heart(world)
    seen = (_sample(world) - middle) @ look.rotation().T
    tall = math.tan(math.radians(fov) / 2) * _MARGIN
    # How far from the middle the camera must be for each star to be in the picture.
    needed = seen[:, 2] + np.maximum(np.abs(seen[:, 0]) / aspect, np.abs(seen[:, 1])) / tall
    distance = float(np.percentile(needed, _SEEN))
    if distance <= 1e-6 * world.radius:
        # One artist, or all at one point: there is no extent to go by.
        distance = world.radius
    return Pose(as_vector(middle - look.forward * distance), yaw, pitch, fov)
