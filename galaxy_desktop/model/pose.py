"""`Pose`: where the camera stands and looks, and what that does to points and pixels.

Conventions of the whole program: world axes as in the galaxy file, +y is up. A pose with yaw 0
and pitch 0 looks along -z, with +x to its right; yaw grows to the left, pitch grows upwards; there
is no roll, so up is never lost. Pixels count from the top left corner, x to the right and y down,
and the middle of the first pixel is (0.5, 0.5).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Vector = tuple[float, float, float]

STEEPEST = math.radians(89.0)
"""The camera looks no steeper than this, up or down: beyond it, left and right would flip."""


@dataclass(frozen=True, slots=True)
class Pose:
    """A place and a direction.

    Attributes
    ----------
    position : (float, float, float)
        In the galaxy's units.
    yaw, pitch : float
        Radians. `pitch` lies within `STEEPEST`.
    fov : float
        Vertical field of view in degrees.
    """

    position: Vector = (0.0, 0.0, 3.0)
    yaw: float = 0.0
    pitch: float = 0.0
    fov: float = 60.0

    @property
    def forward(self) -> Floats:
        """Unit vector in the direction of the look, shape (3,)."""
        level = math.cos(self.pitch)
        return np.array(
            [-math.sin(self.yaw) * level, math.sin(self.pitch), -math.cos(self.yaw) * level]
        )

    @property
    def right(self) -> Floats:
        """Unit vector to the right of the picture, level, shape (3,)."""
        return np.array([math.cos(self.yaw), 0.0, -math.sin(self.yaw)])

    @property
    def up(self) -> Floats:
        """Unit vector towards the top of the picture, shape (3,)."""
        tilt = math.sin(self.pitch)
        return np.array(
            [math.sin(self.yaw) * tilt, math.cos(self.pitch), math.cos(self.yaw) * tilt]
        )

    def moved(self, way: npt.ArrayLike) -> Pose:
        """Return the same look from a place that is `way`, shape (3,), farther on."""
        x, y, z = np.add(self.position, way).tolist()
        return replace(self, position=(x, y, z))

    def rotation(self) -> Floats:
        """Return the rows right, up and backward: world to camera directions, shape (3, 3)."""
        return np.stack([self.right, self.up, -self.forward])

    def focal(self, height: float) -> float:
        """Return how many pixels a length of 1 at a distance of 1 takes, of `height` in all."""
        return height / 2 / math.tan(math.radians(self.fov) / 2)

    def project(
        self, points: npt.NDArray[np.floating[Any]], size: tuple[float, float]
    ) -> tuple[Floats, Floats]:
        """Return where points lie in the picture.

        Parameters
        ----------
        points : ndarray of float, shape (n, 3)
        size : (float, float)
            Width and height of the picture in pixels.

        Returns
        -------
        pixels : ndarray of float64, shape (n, 2)
            NaN for points that are not before the camera.
        depths : ndarray of float64, shape (n,)
            Distance along the look; negative behind the camera.
        """
        seen = (np.asarray(points, np.float64) - self.position) @ self.rotation().T
        depths = -seen[:, 2]
        # Nearer than this, the pixel of a point is rounding.
        before = depths > 1e-9
        scale = self.focal(size[1]) / np.where(before, depths, np.nan)
        pixels = np.stack(
            [size[0] / 2 + seen[:, 0] * scale, size[1] / 2 - seen[:, 1] * scale], axis=1
        )
        return pixels, depths

    def ray(self, x: float, y: float, size: tuple[float, float]) -> Floats:
        """Return the unit direction from the camera through a pixel, shape (3,)."""
        focal = self.focal(size[1])
        seen = np.array([x - size[0] / 2, size[1] / 2 - y, -focal])
        direction: Floats = seen @ self.rotation()
        return direction / np.linalg.norm(direction)


def looking_at(position: npt.ArrayLike, goal: npt.ArrayLike, fov: float = 60.0) -> Pose:
    """Return the pose at `position` that looks at `goal`, both of shape (3,)."""
    place = np.asarray(position, np.float64)
    x, y, z = np.asarray(goal, np.float64) - place
    level = math.hypot(x, z)
    yaw = math.atan2(-x, -z) if level > 0 else 0.0
    pitch = max(-STEEPEST, min(STEEPEST, math.atan2(y, level)))
    return Pose((float(place[0]), float(place[1]), float(place[2])), yaw, pitch, fov)
