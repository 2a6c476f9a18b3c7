from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.pose import STEEPEST, Pose, looking_at
from tests.galaxy_desktop.matrices import projection_matrix, view_matrix

coordinates = st.tuples(*[st.floats(-10, 10)] * 3)
poses = st.builds(
    Pose,
    position=coordinates,
    yaw=st.floats(-7, 7),
    pitch=st.floats(-STEEPEST, STEEPEST),
    fov=st.floats(20, 110),
)
SIZE = (800.0, 600.0)


def test_at_rest_it_looks_along_minus_z_with_x_to_the_right() -> None:
    pose = Pose((0, 0, 0))
    np.testing.assert_allclose(pose.forward, [0, 0, -1], atol=1e-12)
    np.testing.assert_allclose(pose.right, [1, 0, 0], atol=1e-12)
    np.testing.assert_allclose(pose.up, [0, 1, 0], atol=1e-12)
    pixels, depths = pose.project(np.array([[0, 0, -2], [0.5, 0, -2], [0, 0.5, -2]]), SIZE)
    np.testing.assert_allclose(depths, 2)
    focal = 300 / math.tan(math.radians(30))
    np.testing.assert_allclose(
        pixels, [[400, 300], [400 + focal / 4, 300], [400, 300 - focal / 4]], atol=1e-9
    )


def test_yaw_turns_left_and_pitch_up() -> None:
    np.testing.assert_allclose(Pose(yaw=math.pi / 2).forward, [-1, 0, 0], atol=1e-12)
    assert Pose(pitch=0.5).forward[1] > 0


@given(poses)
def test_its_axes_are_a_right_handed_rotation_without_roll(pose: Pose) -> None:
    rotation = pose.rotation()
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(rotation) == pytest.approx(1)
    assert pose.right[1] == 0
    assert pose.up[1] > 0


@given(poses, st.floats(0, 800), st.floats(0, 600), st.floats(0.1, 50))
def test_a_point_on_a_pixels_ray_is_projected_to_that_pixel(
    pose: Pose, x: float, y: float, distance: float
) -> None:
    point = np.array(pose.position) + pose.ray(x, y, SIZE) * distance
    pixels, depths = pose.project(point[None], SIZE)
    np.testing.assert_allclose(pixels[0], [x, y], atol=1e-6)
    assert 0 < depths[0] <= distance * (1 + 1e-12)


@given(poses, coordinates)
def test_matrices_say_the_same_as_project(pose: Pose, point: tuple[float, float, float]) -> None:
    pixels, depths = pose.project(np.array([point]), SIZE)
    if depths[0] < 0.01:
        assert np.isnan(pixels[0]).all() or depths[0] > 0
        return
    clip = projection_matrix(pose.fov, SIZE[0] / SIZE[1], 0.001, 100) @ view_matrix(pose)
    x, y, _, w = clip @ [*point, 1]
    seen = [(x / w + 1) * SIZE[0] / 2, (1 - y / w) * SIZE[1] / 2]
    np.testing.assert_allclose(pixels[0], seen, atol=1e-6, rtol=1e-6)


@given(coordinates, coordinates)
def test_looking_at_a_point_puts_it_in_the_middle(
    position: tuple[float, float, float], goal: tuple[float, float, float]
) -> None:
    offset = np.subtract(goal, position)
    if math.hypot(offset[0], offset[2]) < 0.02 * abs(offset[1]) or np.linalg.norm(offset) < 1e-3:
        return  # Steeper than the camera may look, or nowhere.
    pixels, _ = looking_at(position, goal).project(np.array([goal]), SIZE)
    np.testing.assert_allclose(pixels[0], [400, 300], atol=1e-3)
