from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from galaxy_desktop.model.framing import SURVEY, arrival
from galaxy_desktop.model.motion import Motion
from galaxy_desktop.model.pose import STEEPEST, Pose, looking_at
from galaxy_desktop.model.trip import Trip
from tests.galaxy_desktop.flights import assert_same_view, flight, looks, places, run, settle

points = st.tuples(*[st.floats(-2, 2)] * 3)
starts = st.builds(Pose, points, st.floats(-3.1, 3.1), st.floats(-1.5, 1.5), st.floats(30, 110))
motions = st.builds(
    lambda velocity, yaw, pitch: Motion(np.array(velocity), yaw, pitch),
    st.tuples(*[st.floats(-1, 1)] * 3),
    st.floats(-2, 2),
    st.floats(-1, 1),
)
STILL = Motion()


def to(goal: tuple[float, float, float], start: Pose, motion: Motion = STILL) -> Trip:
    return Trip(start, motion, arrival(start, goal, SURVEY), 1.0, (0, 0, 0), goal)


def path(trip: Trip, frames: int = 300) -> list[Pose]:
    return [trip.pose(t) for t in np.linspace(0, trip.duration, frames)]


@given(starts, points, motions)
def test_it_begins_where_the_camera_is_and_ends_at_rest_before_the_goal(
    start: Pose, goal: tuple[float, float, float], motion: Motion
) -> None:
    trip = to(goal, start, motion)
    assert_same_view(trip.pose(0), start)
    assert_same_view(trip.pose(trip.duration - 1e-9), trip.end)
    assert trip.pose(trip.duration + 1) == trip.end
    assert np.linalg.norm(trip.motion(trip.duration).velocity) == 0
    assert np.linalg.norm(trip.motion(trip.duration - 2e-3).velocity) < 1e-2
    pixels, depths = trip.end.project(np.array([goal]), (800, 600))
    np.testing.assert_allclose(pixels, [[400, 300]], atol=1e-6)
    assert depths[0] == pytest.approx(SURVEY)


@given(starts, points, motions)
def test_it_begins_with_the_speed_and_the_turn_that_there_was(
    start: Pose, goal: tuple[float, float, float], motion: Motion
) -> None:
    assume(abs(start.pitch) < 1.4)
    begun = to(goal, start, motion).motion(0.0)
    np.testing.assert_allclose(begun.velocity, motion.velocity, atol=0.02)
    assert begun.yaw == pytest.approx(motion.yaw, abs=0.02)
    assert begun.pitch == pytest.approx(motion.pitch, abs=0.02)


@settings(max_examples=50)
@given(starts, points)
@example(Pose((0, 0, 0)), (0, 0, 0))
@example(Pose((0, 0, 0)), (0, 1, 0))
@example(Pose((0, 0, 0)), (0, 0, 1))
@example(Pose((0, 0, 0)), (0, 0, -SURVEY))
def test_it_never_overshoots_nor_spins_nor_passes_through_the_goal(
    start: Pose, goal: tuple[float, float, float]
) -> None:
    trip = to(goal, start)
    poses = path(trip)
    away = np.linalg.norm(places(poses) - goal, axis=1)
    assert away.min() >= min(SURVEY, away[0]) - 1e-6
    # Once it is near, it only gets nearer.
    near = away[np.argmax(away < 0.5 * away[0]) :] if away[0] > 2 * SURVEY else away[:0]
    assert (np.diff(near) < 1e-6).all()
    turns = [math.acos(min(1.0, a.forward @ b.forward)) for a, b in pairwise(poses)]
    assert max(turns) / (trip.duration / 299) < math.radians(170)
    yaws = np.unwrap([pose.yaw for pose in poses])
    assert np.ptp(yaws) < abs(yaws[-1] - yaws[0]) + math.radians(50)
    assert max(abs(pose.pitch) for pose in poses) <= STEEPEST


@settings(max_examples=50)
@given(starts, points)
def test_the_goal_comes_into_the_middle_well_before_the_end(
    start: Pose, goal: tuple[float, float, float]
) -> None:
    assume(np.linalg.norm(np.subtract(goal, start.position)) > 0.3)
    trip = to(goal, start)
    for share, degrees in ((0.5, 30), (0.7, 12), (0.85, 3)):
        pose = trip.pose(share * trip.duration)
        ahead = np.subtract(goal, pose.position)
        cosine = ahead @ pose.forward / np.linalg.norm(ahead)
        # Straight up or down the camera does not look, so on such ways it is a little off.
        assert cosine > math.cos(math.radians(degrees + 10 * (abs(trip.end.pitch) > 1.35)))


@pytest.mark.parametrize("speed", [0.5, 2.0, 10.0])
def test_who_is_fast_does_not_shoot_through_the_goal(speed: float) -> None:
    goal = (0.0, 0.0, -0.3)
    poses = path(to(goal, Pose((0, 0, 0)), Motion(np.array([0, 0, -speed]))))
    assert places(poses)[:, 2].min() > -0.3 + SURVEY - 0.005


def test_a_long_way_pulls_back_out_of_the_galaxy_and_a_short_one_is_straight() -> None:
    far = path(to((-1, 0.3, 0), looking_at((1, 0.3, 0), (0, 0.3, 0))))
    assert places(far)[:, 1].max() > 0.5
    near = path(to((0, 0, -0.02), Pose((0, 0, 0.06))))
    assert np.abs(places(near)[:, :2]).max() < 2e-3


@pytest.mark.parametrize(("way", "least", "most"), [(0.02, 1, 1.5), (0.19, 1.5, 2.5), (30, 5, 6)])
def test_short_ways_are_quick_and_long_ones_do_not_bore(
    way: float, least: float, most: float
) -> None:
    goal = (0.0, 0.0, -way - SURVEY)
    assert least < to(goal, Pose((0, 0, 0))).duration <= most


@settings(max_examples=40)
@given(starts, points, points, st.floats(0.05, 0.95))
def test_a_new_goal_mid_way_changes_neither_place_nor_speed_at_once(
    start: Pose, first: tuple[float, float, float], second: tuple[float, float, float], when: float
) -> None:
    it = flight(start)
    it.fly_to(first)
    h = 1e-3
    it.step(h)
    while it.travelling and when > 0:
        it.step(0.02)
        when -= 0.02 / 3
    poses = [it.pose, *run(it, 2 * h, 1000)]
    before = np.diff(places(poses), axis=0)[-1] / h
    turned = np.diff(looks(poses), axis=0)[-1] / h
    it.fly_to(second)
    assert_same_view(it.pose, poses[-1])
    poses = [it.pose, *run(it, 2 * h, 1000)]
    # Within this time, no more than the acceleration makes.
    np.testing.assert_allclose(np.diff(places(poses), axis=0)[0] / h, before, atol=0.03)
    np.testing.assert_allclose(np.diff(looks(poses), axis=0)[0] / h, turned, atol=0.08)
    pixels, _ = settle(it).project(np.array([second]), (800, 600))
    np.testing.assert_allclose(pixels, [[400, 300]], atol=1e-2)


@pytest.mark.parametrize("mode", ["orbit", "fly"])
@pytest.mark.parametrize(
    ("name", "values"),
    [("turn", (0, 0)), ("zoom", (0,)), ("press", ("turn_left",)), ("press", ("turn_up",))],
)
def test_any_input_takes_over_at_once_at_the_speed_it_has(
    mode: str, name: str, values: tuple[object, ...]
) -> None:
    it = flight(mode=mode)
    it.fly_to((0.4, 0.3, 0))
    run(it, 1.5)
    assert it.travelling
    pose, speed = it.pose, it.velocity
    getattr(it, name)(*values)
    assert not it.travelling
    it.release_all()
    np.testing.assert_allclose(it.velocity, speed, atol=1e-3)
    it.step(1e-4)
    assert_same_view(it.pose, pose, 2e-3)
    it.step(1e-3)
    np.testing.assert_allclose(it.velocity, speed, rtol=0.05, atol=0.02)
    # It brakes within a second, and goes no farther than its speed explains.
    run(it, 1)
    assert np.linalg.norm(np.subtract(it.pose.position, pose.position)) < 0.4 * np.linalg.norm(
        speed
    )
    assert np.linalg.norm(it.velocity) < 0.02 * np.linalg.norm(speed)


def test_the_wheel_and_panning_take_over_in_orbit() -> None:
    for name, values in (("wheel", (1.0,)), ("pan", (5, 5))):
        it = flight()
        it.fly_to((0.4, 0.3, 0))
        run(it, 1)
        getattr(it, name)(*values)
        assert not it.travelling


def test_the_wheel_sets_the_speed_and_lets_a_flight_go_on_in_fly_mode() -> None:
    it = flight(mode="fly")
    it.fly_to((0.4, 0.3, 0))
    it.wheel(1)
    assert it.travelling


def test_a_flight_keeps_the_mode_and_a_key_held_all_along_goes_on_after_it() -> None:
    it = flight(mode="fly")
    it.press("forward")
    it.fly_to((0.4, 0.3, 0))
    assert it.mode == "fly"
    while it.travelling:
        it.step(1 / 60)
    run(it, 0.5)
    assert it.velocity @ it.pose.forward > 0.05


def test_it_goes_to_a_whole_pose_and_orbits_there_what_it_is_told() -> None:
    it = flight()
    pose = looking_at((0.5, 0.5, 1), (0.1, 0, 0), fov=40)
    it.go_to(pose, (0.1, 0, 0))
    assert it.destination == pose
    assert_same_view(settle(it), pose)
    assert it.pivot == pytest.approx((0.1, 0, 0))
    it.go_home()
    assert_same_view(settle(it), it.home)
    assert it.pivot == pytest.approx((0, 0, 0), abs=1e-9)


def test_it_frames_points() -> None:
    it, points = flight(), np.array([[-1.0, 0, 0], [1, 0.2, 0], [0, 0.9, -0.5]])
    it.frame(points)
    pixels, _ = settle(it).project(points, (1280, 800))
    assert (pixels > 0).all()
    assert (pixels < (1280, 800)).all()
