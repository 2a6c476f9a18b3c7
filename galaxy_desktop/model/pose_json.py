"""A `Pose` as plain JSON values and back, whatever stands in the file."""

from __future__ import annotations

from typing import Any

from galaxy_desktop.model.pose import STEEPEST, Pose

WIDEST, NARROWEST = 110.0, 5.0
"""Vertical fields of view, degrees, that a kept pose may have."""
LARGEST = 1e18
"""Numbers beyond this come from no galaxy, and their squares would be infinite in 32 bits."""


def pose_to_json(pose: Pose) -> dict[str, Any]:
    """Return a pose as JSON values."""
    return {
        "position": [float(x) for x in pose.position],
        "yaw": float(pose.yaw),
        "pitch": float(pose.pitch),
        "fov": float(pose.fov),
    }


def pose_from_json(value: Any) -> Pose | None:
    """Return the pose, None for anything that is not one; beyond its limits it is limited."""
    if not isinstance(value, dict):
        return None
    position, *turn = (value.get(key) for key in ("position", "yaw", "pitch", "fov"))
    if not isinstance(position, list) or len(position) != 3:
        return None
    if not all(map(is_number, (*position, *turn))):
        return None
    x, y, z, yaw, pitch, fov = (float(number) for number in (*position, *turn))
    pitch = max(-STEEPEST, min(STEEPEST, pitch))
    return Pose((x, y, z), yaw, pitch, max(NARROWEST, min(WIDEST, fov)))


def is_number(value: Any) -> bool:
    """Return whether a JSON value is a number that can be reckoned with."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    # False for what is not finite, too.
    return number and abs(value) < LARGEST
