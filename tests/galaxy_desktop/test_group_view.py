from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.group_view import group_view
from galaxy_desktop.model.pose import Pose

coordinates = st.tuples(*[st.floats(-3, 3)] * 3)


@given(
    st.lists(coordinates, min_size=1, max_size=12),
    st.floats(-3, 3),
    st.floats(-1.5, 1.5),
    st.tuples(st.floats(200, 3000), st.floats(200, 2000)),
)
def test_all_points_are_in_the_picture_from_anywhere(
    points: list[tuple[float, float, float]], yaw: float, pitch: float, size: tuple[float, float]
) -> None:
    places = np.array(points)
    pose, middle = group_view(places, Pose((9.0, 9.0, 9.0), yaw, pitch, 50), size, 0.1)
    pixels, depths = pose.project(places, size)
    assert depths.min() >= 0.1 - 1e-9
    assert (np.abs(pixels / size - 0.5) * 2 <= 0.9 + 1e-6).all()
    assert math.degrees(abs(pose.pitch)) <= 50 + 1e-9
    assert abs(math.remainder(pose.yaw - yaw, math.tau)) <= math.pi / 2 + 1e-9
    assert pose.fov == 50
    assert np.isfinite(middle).all()


def test_it_looks_as_before_where_that_shows_them_apart() -> None:
    points = np.array([(-1.0, 0.4, 0), (1, 0, 0.5), (0.2, -0.5, 0)])
    pose, _ = group_view(points, Pose(yaw=0.1, pitch=-0.2), (1280, 800), 0.06)
    assert (pose.yaw, pose.pitch) == (0.1, -0.2)


def test_it_turns_where_one_would_hide_another() -> None:
    points = np.array([(0.0, 0, k) for k in range(5)])
    pose, _ = group_view(points, Pose(), (1280, 800), 0.06)
    pixels, _ = pose.project(points, (1280, 800))
    assert np.diff(np.sort(pixels[:, 0])).min() > 60
