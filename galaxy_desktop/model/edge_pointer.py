"""Where on the edge of the picture an arrow points to a star that is out of sight."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.pose import Pose

MARGIN = 24.0
"""Logical pixels from the edge of the picture to the middle of the arrow."""
_GAP = 16.0
"""From the middle of the arrow to the name."""


@dataclass(frozen=True, slots=True)
class EdgePointer:
    """An arrow at the edge of the picture and the box of the name beside it, logical pixels.

    Attributes
    ----------
    x, y : float
        The middle of the arrow.
    angle : float
        Radians, clockwise as seen: 0 points to the right, pi / 2 down.
    label_x, label_y : float
        The top left corner of the name.
    """

    x: float
    y: float
    angle: float
    label_x: float
    label_y: float


def edge_pointer(
    pose: Pose,
    position: npt.NDArray[np.floating[Any]],
    size: tuple[float, float],
    label: tuple[float, float] = (0.0, 0.0),
    margin: float = MARGIN,
) -> EdgePointer | None:
    """Return where to point from, None if the star is in the picture.

    Parameters
    ----------
    pose : Pose
    position : ndarray of float, shape (3,)
        Of the star, in galaxy units.
    size : (float, float)
        Of the picture in logical pixels.
    label : (float, float)
        Width and height of the name.
    margin : float
        From the edge to the arrow.
    """
    seen = pose.rotation() @ (np.asarray(position, np.float64) - pose.position)
    right, down, depth = float(seen[0]), -float(seen[1]), -float(seen[2])
    width, height = size
    scale = pose.focal(height)
    across, along = abs(right) * scale, abs(down) * scale
    if depth > 1e-9 and across <= depth * width / 2 and along <= depth * height / 2:
        return None
    if math.hypot(right, down) <= 1e-9 * max(abs(depth), 1e-300):
        # Right behind: any way to turn is as good, and down is where nothing else is in the way.
        right, down = 0.0, 1.0
    reach_x, reach_y = max(width / 2 - margin, 1.0), max(height / 2 - margin, 1.0)
    stretch = min(reach_x / max(abs(right), 1e-300), reach_y / max(abs(down), 1e-300))
    x, y = width / 2 + right * stretch, height / 2 + down * stretch
    angle = math.atan2(down, right)
    # The name stands on the inner side of the arrow, as far as its own half size asks for.
    toward_x, toward_y = -math.cos(angle), -math.sin(angle)
    middle_x = x + toward_x * (_GAP + label[0] / 2)
    middle_y = y + toward_y * (_GAP + label[1] / 2)
    return EdgePointer(
        x,
        y,
        angle,
        _within(middle_x - label[0] / 2, label[0], width),
        _within(middle_y - label[1] / 2, label[1], height),
    )


def _within(start: float, length: float, whole: float, margin: float = 6.0) -> float:
    """Return where something begins that is moved into the picture, as far as it fits."""
    return max(min(start, whole - margin - length), min(margin, (whole - length) / 2))
