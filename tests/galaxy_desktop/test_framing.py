from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from galaxy_desktop.model.framing import STAR_ANGLE, arrival, frame, heart, home_pose
from galaxy_desktop.model.navigator import Navigator
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.star_size import RADIUS
from galaxy_desktop.model.state import AppState
from tests.galaxy_desktop.worlds import world

coordinates = st.tuples(*[st.floats(-3, 3)] * 3)
aspects = st.floats(0.4, 4)


@given(
    st.lists(coordinates, min_size=1, max_size=12), st.floats(-3, 3), st.floats(-1.5, 1.5), aspects
)
def test_all_points_are_in_the_picture_and_no_nearer_pose_would_do(
    points: list[tuple[float, float, float]], yaw: float, pitch: float, aspect: float
) -> None:
    look = Pose((9.0, 9.0, 9.0), yaw, pitch)
    pose, middle = frame(np.array(points), look, aspect, 0.1)
    size = (600 * aspect, 600.0)
    pixels, depths = pose.project(np.array(points), size)
    shares = np.abs(pixels / size - 0.5) * 2
    assert shares.max() <= 0.9 + 1e-6
    assert shares.max() >= 0.9 - 1e-6 or depths.min() <= 0.1 + 1e-6
    assert depths.min() >= 0.1 - 1e-9
    assert (pose.yaw, pose.pitch, pose.fov) == (yaw, pitch, 60)
    (centre,), _ = pose.project(middle[None], size)
    np.testing.assert_allclose(centre, np.array(size) / 2, atol=1e-4)


@settings(max_examples=30)
@given(st.integers(0, 5), aspects, st.floats(30, 110))
def test_home_shows_the_galaxy_well_in_any_window(seed: int, aspect: float, fov: float) -> None:
    here = world(np.random.default_rng(seed).normal(size=(400, 3)) * 7 + 100)
    pose = home_pose(here, aspect, fov)
    size = (600 * aspect, 600.0)
    pixels, depths = pose.project(here.positions, size)
    seen = (depths > 0) & (np.abs(pixels / size - 0.5) <= 0.5).all(axis=1)
    assert seen.mean() >= 0.97
    # And not small in the middle: it fills the picture one way at least.
    spread = np.percentile(np.abs(pixels[seen] / size - 0.5) * 2, 97, axis=0)
    assert spread.max() > 0.5
    (middle,), _ = pose.project(heart(here)[None], size)
    np.testing.assert_allclose(middle, np.array(size) / 2, atol=1e-3)


def test_who_stands_far_out_does_not_make_the_galaxy_small() -> None:
    places = np.random.default_rng(0).normal(size=(500, 3))
    plain = home_pose(world(places))
    outliers = np.array([[4000.0, 0, 0], [0, -4000, 0], [0, 0, 3000]])
    pose = home_pose(world(np.vstack([places, outliers])))
    assert np.linalg.norm(pose.position) == pytest.approx(np.linalg.norm(plain.position), rel=0.15)


@pytest.mark.parametrize("count", [1, 2, 50])
def test_all_at_one_point_are_seen_from_a_distance(count: int) -> None:
    here = world([[3.0, 4.0, 5.0]] * count)
    pose = home_pose(here)
    pixels, depths = pose.project(here.positions[:1], (800, 600))
    np.testing.assert_allclose(pixels, [[400, 300]], atol=1e-3)
    assert depths[0] == pytest.approx(here.radius)


def test_a_row_seen_end_on_is_seen_whole() -> None:
    here = world([[0, 0, float(z)] for z in range(-20, 21)])
    pixels, depths = home_pose(here).project(here.positions, (1280, 800))
    assert (depths > 0).mean() > 0.97
    assert ((pixels > 0) & (pixels < (1280, 800))).all(axis=1).mean() > 0.97


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(0, 9))
def test_a_star_fills_the_set_angle_where_the_flight_to_it_ends(n: int, seed: int) -> None:
    here = world(np.random.default_rng(seed).normal(size=(n, 3)), [0] * n)
    navigator = Navigator(AppState(here, Settings()), lambda: None)
    navigator.fly_to(n - 1)
    pose = navigator.flight.destination
    assert pose is not None
    (pixel,), (away,) = pose.project(here.positions[n - 1 :], (800, 600))
    assert 2 * math.atan(RADIUS * here.star_unit / away) == pytest.approx(STAR_ANGLE, rel=1e-4)
    np.testing.assert_allclose(pixel, [400, 300], atol=0.1)


@pytest.mark.parametrize("n", [20, 80, 300, 2000])
def test_as_many_neighbours_are_around_it_in_a_small_galaxy_as_in_a_large_one(n: int) -> None:
    here = world(np.random.default_rng(0).normal(size=(n, 3)))
    navigator = Navigator(AppState(here, Settings()), lambda: None)
    seen = []
    for artist in range(20):
        navigator.fly_to(artist)
        pose = navigator.flight.destination
        assert pose is not None
        near = here.tree.query(here.positions[artist], k=9)[1][1:]
        pixels, depths = pose.project(here.positions[near], (1280, 800))
        seen.append((((pixels > 0) & (pixels < (1280, 800))).all(axis=1) & (depths > 0)).sum())
    assert 1.5 < np.mean(seen) < 3


def test_straight_up_and_at_the_goal_itself_the_look_stays_as_it_is() -> None:
    start = Pose((0, 0, 0), 1.0, 0.2)
    above = arrival(start, (0, 5, 0), 0.1)
    assert above.yaw == 1
    assert above.pitch == pytest.approx(math.radians(80))
    at = arrival(start, (0, 0, 0), 0.1)
    assert (at.yaw, at.pitch) == (1, 0.2)
    np.testing.assert_allclose(at.position, -start.forward * 0.1)


def test_the_middle_of_a_few_is_the_pictures_and_of_many_where_most_are() -> None:
    row = np.array([[0.0, 0, 0]] * 18 + [[4.0, 0, 0]] * 2)
    assert heart(world(row))[0] == pytest.approx(2, abs=0.5)
    assert heart(world(np.repeat(row, 50, axis=0)))[0] == 0
