"""A pose as OpenGL's textbook matrices, to hold `Pose.project` to and for vispy's programs."""

from __future__ import annotations

import math

import numpy as np

from galaxy_desktop.model.pose import Floats, Pose


def view_matrix(pose: Pose) -> Floats:
    """Return the matrix from world to camera for column vectors, shape (4, 4)."""
    view = np.eye(4)
    view[:3, :3] = pose.rotation()
    view[:3, 3] = -view[:3, :3] @ np.array(pose.position)
    return view


def projection_matrix(fov: float, aspect: float, near: float, far: float) -> Floats:
    """Return OpenGL's perspective matrix for column vectors, shape (4, 4).

    Parameters
    ----------
    fov : float
        Vertical, in degrees.
    aspect : float
        Width over height.
    near, far : float
        Distances of the planes of the frustum, both positive.
    """
    cot = 1 / math.tan(math.radians(fov) / 2)
    return np.array(
        [
            [cot / aspect, 0, 0, 0],
            [0, cot, 0, 0],
            [0, 0, (far + near) / (near - far), 2 * far * near / (near - far)],
            [0, 0, -1, 0],
        ]
    )
