"""Flights for tests, and what is measured on them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.flight import Flight
from galaxy_desktop.model.pose import Pose, Vector
from galaxy_desktop.model.settings import Settings

HOME = Pose((0.0, 0.0, 3.0))


def near_origin(position: Vector) -> float:
    """Return the distance of the only star, at the origin."""
    return math.hypot(*position)


def flight(
    home: Pose = HOME,
    nearest: Callable[[Vector], float] | None = None,
    mode: str = "orbit",
    radius: float = 1.0,
    **settings: Any,
) -> Flight:
    """Return a flight around the origin that does not turn by itself, unless told to."""
    settings = {"rotate": False, "fov": home.fov, **settings}
    made = Flight(radius, (0, 0, 0), nearest, Settings(**settings), home)
    if mode == "fly":
        made.set_mode("fly")
    made.step(0)
    return made


def run(it: Flight, seconds: float, rate: int = 60) -> list[Pose]:
    """Let time pass in frames; return the pose after each."""
    poses = []
    for _ in range(round(seconds * rate)):
        it.step(1 / rate)
        poses.append(it.pose)
    return poses


def settle(it: Flight, longest: float = 20.0) -> Pose:
    """Let time pass until nothing moves any more; return the pose then."""
    for _ in range(round(longest * 60)):
        if not it.moving:
            return it.pose
        it.step(1 / 60)
    raise AssertionError("it does not come to rest")


def places(poses: list[Pose]) -> npt.NDArray[np.float64]:
    """Return the positions, shape (n, 3)."""
    return np.array([pose.position for pose in poses])


def looks(poses: list[Pose]) -> npt.NDArray[np.float64]:
    """Return the directions of the look, shape (n, 3)."""
    return np.array([pose.forward for pose in poses])


def assert_same_view(one: Pose, other: Pose, tolerance: float = 1e-6) -> None:
    """Assert that two poses show the same, whatever multiple of a turn the yaws differ by."""
    np.testing.assert_allclose(one.position, other.position, atol=tolerance)
    np.testing.assert_allclose(one.rotation(), other.rotation(), atol=tolerance)
    assert abs(one.fov - other.fov) <= 100 * tolerance
