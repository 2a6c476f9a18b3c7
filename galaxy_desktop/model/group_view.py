"""From where several artists are seen well together, and apart from each other."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.framing import frame
from galaxy_desktop.model.pose import Pose

Floats = npt.NDArray[np.float64]

_NAMES = (120.0, 56.0)
"""Logical pixels that are kept free at each side, and above and below, for names."""
_FILLED = (0.45, 0.9)
"""Bounds of the share of the picture that the artists fill."""
_PITCHES = (math.radians(-50), math.radians(35))
"""Steeper, who stands above whom is not seen."""
_TURNS = [math.radians(15 * step) for step in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)]
_DEAR = 0.5
"""A view that is turned by a right angle must show the artists this much farther apart."""
_APART = 160.0
"""Logical pixels: two artists farther apart than this are seen apart."""


def group_view(
    points: npt.NDArray[np.floating[Any]], now: Pose, size: tuple[float, float], least: float
) -> tuple[Pose, Floats]:
    """Return the nearest pose that has all points in the picture, with room for their names.

    The look turns from that of `now` only where one point would hide another.

    Parameters
    ----------
    points : ndarray of float, shape (n, 3)
        One at least.
    now : Pose
        From where they are seen at present; gives the field of view.
    size : (float, float)
        Of the picture in logical pixels.
    least : float
        The least distance from the nearest point, in galaxy units.

    Returns
    -------
    pose : Pose
    middle : ndarray of float64, shape (3,)
        What it looks at.
    """
    fill = tuple(
        min(max(1 - 2 * names / length, _FILLED[0]), _FILLED[1])
        for names, length in zip(_NAMES, size, strict=True)
    )
    pitch = min(max(now.pitch, _PITCHES[0]), _PITCHES[1])
    found = []
    for turn in _TURNS:
        look = replace(now, yaw=math.remainder(now.yaw + turn, math.tau), pitch=pitch)
        pose, middle = frame(points, look, size[0] / size[1], least, (fill[0], fill[1]))
        worth = _separation(points, pose, size) * (1 - _DEAR * abs(turn) / (math.pi / 2))
        found.append((worth, pose, middle))
    _, best, middle = max(found, key=lambda one: one[0])
    return best, middle


def _separation(
    points: npt.NDArray[np.floating[Any]], pose: Pose, size: tuple[float, float]
) -> float:
    """Return how far apart the points are seen: the mean over all pairs, logical pixels."""
    pixels, _ = pose.project(points, size)
    away = np.linalg.norm(pixels[:, None] - pixels, axis=2)
    return float(np.minimum(away, _APART).mean())
