from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from galaxy_desktop.model.framing import SURVEY
from galaxy_desktop.model.orbit import FARTHEST, NEAREST, OWN_TURN
from galaxy_desktop.model.pose import STEEPEST, Pose, looking_at
from tests.galaxy_desktop.flights import HOME, assert_same_view, flight, places, run, settle

SIZE = (1280.0, 800.0)


def distances(poses: list[Pose]) -> list[float]:
    return [float(np.linalg.norm(pose.position)) for pose in poses]


def test_it_turns_slowly_by_itself_around_the_centre_until_a_hand_touches_it() -> None:
    it = flight(rotate=True)
    assert it.rotating
    assert it.moving
    assert it.steady
    run(it, 10)
    before = it.pose
    run(it, 1)
    assert it.pose.yaw - before.yaw == pytest.approx(OWN_TURN, rel=1e-3)
    assert distances([it.pose]) == pytest.approx([3])
    it.touch()
    assert not it.rotating
    rest = settle(it)
    run(it, 5)
    assert it.pose == rest
    it.rotate(True)
    run(it, 1)
    assert it.pose != rest


@pytest.mark.parametrize(
    ("name", "values"),
    [("turn", (1, 0)), ("pan", (1, 0)), ("wheel", (1,)), ("press", ("turn_left",)), ("zoom", (1,))],
)
def test_every_input_stops_the_own_rotation_and_home_brings_it_back(
    name: str, values: tuple[object, ...]
) -> None:
    it = flight(rotate=True)
    run(it, 1)
    getattr(it, name)(*values)
    it.release_all()
    assert not it.rotating
    settle(it)
    it.go_home()
    assert it.rotating


def test_no_rotation_with_reduced_motion() -> None:
    it = flight(rotate=True, reduced_motion=True)
    it.rotate(True)
    it.go_home()
    assert not it.rotating


def test_a_drag_takes_the_galaxy_with_it_and_glides_out() -> None:
    it = flight()
    near_side = np.array([[0.0, 0.0, 1.0]])
    it.turn(60, 30)
    poses = run(it, 2)
    (x, y), _ = (part[0] for part in it.pose.project(near_side, SIZE))
    assert x > SIZE[0] / 2
    assert y > SIZE[1] / 2
    steps = np.linalg.norm(np.diff(places(poses), axis=0), axis=1)
    # It sets in softly, and once it slows down it only slows down.
    assert steps[0] < steps.max()
    assert (np.diff(steps[steps.argmax() :]) <= 1e-5).all()
    assert distances(poses) == pytest.approx([3] * len(poses))


@settings(max_examples=25)
@given(st.lists(st.tuples(st.floats(-900, 900), st.floats(-900, 900)), max_size=6))
def test_up_is_never_lost(drags: list[tuple[float, float]]) -> None:
    it = flight()
    for drag in drags:
        it.turn(*drag)
        for pose in run(it, 0.3):
            assert abs(pose.pitch) <= STEEPEST
            assert pose.up[1] > 0


def test_a_key_held_against_the_pole_comes_to_rest_there() -> None:
    it = flight()
    it.press("turn_up")
    settle(it)
    assert it.pose.pitch == pytest.approx(-STEEPEST)
    it.release("turn_up")
    it.press("turn_down")
    run(it, 0.5)
    assert it.pose.pitch > -STEEPEST + 0.1


@pytest.mark.parametrize("steps", [-3.0, -1.0, 0.5, 2.0])
def test_the_wheel_scales_the_distance(steps: float) -> None:
    it = flight()
    it.wheel(steps)
    poses = run(it, 3)
    assert distances(poses)[-1] == pytest.approx(3 * math.exp(-0.2 * steps), rel=1e-4)
    way = np.array(distances(poses)) * np.sign(-steps)
    assert (np.diff(way) >= -1e-9).all()


def test_the_wheel_never_leads_through_the_pivot_nor_out_of_sight() -> None:
    it = flight()
    for _ in range(80):
        it.wheel(2)
        run(it, 0.05)
    assert settle(it).position[2] == pytest.approx(NEAREST, rel=1e-3)
    for _ in range(80):
        it.wheel(-2)
        run(it, 0.05)
    assert settle(it).position[2] == pytest.approx(FARTHEST, rel=1e-3)


@settings(max_examples=25)
@given(st.floats(0, 1280), st.floats(0, 800), st.floats(-3, 3))
def test_what_is_under_the_cursor_stays_there(x: float, y: float, steps: float) -> None:
    it = flight()
    ray = it.pose.ray(x, y, SIZE)
    point = np.array(it.pose.position) + ray * 3 / (ray @ it.pose.forward)
    it.wheel(steps, ray)
    pixels, _ = settle(it).project(point[None], SIZE)
    np.testing.assert_allclose(pixels, [[x, y]], atol=0.02)


@settings(max_examples=25)
@given(st.floats(-300, 300), st.floats(-300, 300))
def test_panning_takes_the_pivot_with_the_mouse(dx: float, dy: float) -> None:
    it = flight()
    it.height = SIZE[1]
    it.pan(dx, dy)
    pixels, _ = settle(it).project(np.zeros((1, 3)), SIZE)
    np.testing.assert_allclose(pixels, [[640 + dx, 400 + dy]], atol=0.02)


@pytest.mark.parametrize(
    ("key", "axis", "way"),
    [("turn_left", 0, -1), ("turn_right", 0, 1), ("turn_up", 1, 1), ("turn_down", 1, -1)],
)
def test_an_arrow_moves_the_camera_around_its_way(key: str, axis: int, way: int) -> None:
    it = flight()
    it.press(key)
    run(it, 0.5)
    assert it.pose.position[axis] * way > 0.1
    assert distances([it.pose]) == pytest.approx([3])
    it.release(key)
    rest = settle(it)
    pixels, _ = rest.project(np.zeros((1, 3)), SIZE)
    np.testing.assert_allclose(pixels, [[640, 400]], atol=1e-6)


def test_keys_lead_nearer_and_farther() -> None:
    it = flight()
    it.press("nearer")
    run(it, 0.5)
    assert distances([it.pose])[0] < 2.5
    it.release_all()
    settle(it)
    it.press("farther")
    run(it, 1)
    assert distances([it.pose])[0] > 3


def test_after_a_flight_to_a_star_it_turns_around_that_star() -> None:
    it, star = flight(), np.array([0.5, 0.2, -0.3])
    it.fly_to(star)
    settle(it)
    assert it.pivot == pytest.approx(tuple(star), abs=1e-9)
    it.turn(300, 50)
    pixels, depths = settle(it).project(star[None], SIZE)
    np.testing.assert_allclose(pixels, [[640, 400]], atol=1e-3)
    assert depths[0] == pytest.approx(SURVEY)


@settings(max_examples=25)
@given(
    st.tuples(*[st.floats(-3, 3)] * 3), st.floats(-3, 3), st.floats(-1.5, 1.5), st.floats(30, 110)
)
def test_changing_between_orbit_and_fly_keeps_the_view(
    position: tuple[float, float, float], yaw: float, pitch: float, fov: float
) -> None:
    it = flight()
    pose = Pose(position, yaw, pitch, fov)
    it.jump(pose)
    for mode in ("fly", "orbit", "fly", "orbit"):
        it.set_mode(mode)
        it.step(1 / 60)
        assert_same_view(it.pose, pose)
    assert it.pivot is not None
    away = np.subtract(it.pivot, position)
    # The pivot is straight ahead, and neither at the camera nor out of the galaxy.
    np.testing.assert_allclose(away / np.linalg.norm(away), pose.forward, atol=1e-9)
    assert 1e-5 < np.linalg.norm(away) <= np.linalg.norm(position) + 0.301


def test_seen_from_outside_the_pivot_is_as_far_as_the_centre() -> None:
    it = flight(looking_at((0, 1, 3), (0.2, 0, 0)), mode="fly")
    it.set_mode("orbit")
    assert it.pivot is not None
    assert np.linalg.norm(it.pivot) < 0.25


def test_looking_out_of_the_galaxy_the_pivot_is_a_little_ahead() -> None:
    it = flight(Pose((0, 0, -1.2)), mode="fly")
    it.set_mode("orbit")
    assert it.pivot == pytest.approx((0, 0, -1.5))


def test_flight_keys_do_nothing_in_orbit() -> None:
    it = flight(rotate=True)
    it.press("forward")
    assert it.rotating
    it.rotate(False)
    settle(it)
    assert_same_view(it.pose, HOME, 0.01)
