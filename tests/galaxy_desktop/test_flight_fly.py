from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from galaxy_desktop.model.fly import FACTORS, FASTER, MOVES, SLOWER
from galaxy_desktop.model.pose import STEEPEST, Pose, Vector
from galaxy_desktop.model.surroundings import FIXED
from tests.galaxy_desktop.flights import HOME, flight, near_origin, run, settle


def velocity_after(*held: str, seconds: float = 3.0, pose: Pose = HOME, **how: object) -> object:
    it = flight(pose, mode="fly", adaptive_speed=False, **how)
    for action in held:
        it.press(action)
    run(it, seconds)
    return it.velocity


def speed_after(*held: str, **how: object) -> float:
    return float(np.linalg.norm(velocity_after(*held, **how)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("action", "way"),
    [
        ("forward", (0, 0, -1)),
        ("back", (0, 0, 1)),
        ("left", (-1, 0, 0)),
        ("right", (1, 0, 0)),
        ("up", (0, 1, 0)),
        ("down", (0, -1, 0)),
    ],
)
def test_each_key_moves_its_way(action: str, way: Vector) -> None:
    np.testing.assert_allclose(velocity_after(action), np.multiply(way, FIXED), atol=1e-6)


@settings(max_examples=20)
@given(st.floats(-3, 3), st.floats(-1.4, 1.4))
def test_forward_is_along_the_look_and_up_is_up(yaw: float, pitch: float) -> None:
    pose = Pose((0, 0, 0), yaw, pitch)
    np.testing.assert_allclose(
        velocity_after("forward", pose=pose, seconds=0.5),
        pose.forward * speed_after("forward", pose=pose, seconds=0.5),
        atol=1e-9,
    )
    np.testing.assert_allclose(velocity_after("up", pose=pose), [0, FIXED, 0], atol=1e-5)


@pytest.mark.parametrize("held", list(itertools.combinations(sorted(MOVES), 2)))
def test_two_keys_are_no_faster_than_one(held: tuple[str, str]) -> None:
    assert speed_after(*held) == pytest.approx(FIXED, rel=1e-3) or (
        set(held) in ({"forward", "back"}, {"left", "right"}, {"up", "down"})
        and speed_after(*held) == 0
    )


def test_speed_is_gained_and_lost_over_time() -> None:
    it = flight(mode="fly", adaptive_speed=False)
    it.press("forward")
    speeds = []
    for _ in range(30):
        it.step(1 / 60)
        speeds.append(float(np.linalg.norm(it.velocity)))
    assert 0 < speeds[0] < 0.15 * FIXED
    assert (np.diff(speeds) > 0).all()
    assert 0.8 * FIXED < speeds[-1] < FIXED
    it.release("forward")
    it.step(1 / 60)
    assert 0 < np.linalg.norm(it.velocity) < speeds[-1]
    rest = settle(it, 2)
    assert rest.position[2] > 3 - 2 * FIXED


def test_shift_is_faster_and_ctrl_slower() -> None:
    plain = speed_after("forward")
    assert speed_after("forward", "faster") == pytest.approx(FASTER * plain, rel=1e-4)
    assert speed_after("forward", "slower") == pytest.approx(SLOWER * plain, rel=1e-4)
    assert speed_after("faster") == 0


def test_the_settings_and_the_wheel_scale_the_speed_within_bounds() -> None:
    assert speed_after("forward", speed=2.0) == pytest.approx(2 * FIXED, rel=1e-4)
    it = flight(mode="fly", adaptive_speed=False)
    slow = it.cruise
    it.wheel(1)
    assert it.cruise == pytest.approx(1.2 * slow)
    for steps, bound in ((100, FACTORS[1]), (-100, FACTORS[0])):
        it.wheel(steps)
        assert it.speed_factor == pytest.approx(bound)


def test_speed_follows_the_surroundings_smoothly() -> None:
    # A lone star in the void: towards it, it gets slower and slower.
    it = flight(Pose((0, 0, 4.0)), near_origin, "fly")
    it.press("forward")
    speeds = []
    for _ in range(900):
        it.step(1 / 60)
        if it.pose.position[2] < 0.05:
            break
        speeds.append(float(np.linalg.norm(it.velocity)))
    assert max(speeds) > 0.5
    assert speeds[-1] < 0.25
    after = speeds[60:]
    assert np.abs(np.diff(np.log(after))).max() < 0.1


def test_surroundings_that_change_at_once_change_the_speed_over_time() -> None:
    def nearest(position: Vector) -> float:
        return 1.0 if position[2] > 2.9 else 0.01

    it = flight(HOME, nearest, "fly")
    it.press("forward")
    seen = []
    while it.pose.position[2] > 2.6:
        it.step(1 / 60)
        seen.append(it.cruise)
    assert max(seen) > 5 * min(seen)
    assert np.abs(np.diff(np.log(seen))).max() < 0.15


def test_a_fixed_speed_does_not_look_at_the_surroundings() -> None:
    def nearest(_: Vector) -> float:
        return 1e-6

    it = flight(HOME, nearest, "fly", adaptive_speed=False)
    assert it.cruise == pytest.approx(FIXED)


def test_where_the_surroundings_are_not_known_the_speed_is_the_fixed_one() -> None:
    assert flight(HOME, lambda _: math.inf, "fly").cruise == pytest.approx(FIXED)


def test_the_mouse_looks_and_the_look_follows_at_once() -> None:
    it = flight(mode="fly")
    it.turn(100, 50)
    assert it.moving
    assert it.step(0)
    assert it.pose.yaw < 0
    assert it.pose.pitch < 0
    assert it.pose.position == pytest.approx(HOME.position)
    rest = it.pose
    run(it, 1)
    assert it.pose == rest


def test_mouse_settings_scale_and_invert() -> None:
    plain, quick, inverted, narrow = (
        flight(mode="fly"),
        flight(mode="fly", mouse_speed=2.0),
        flight(mode="fly", invert_y=True),
        flight(Pose((0, 0, 3), fov=30), mode="fly"),
    )
    for it in (plain, quick, inverted, narrow):
        it.turn(40, 20)
        it.step(1 / 60)
    assert quick.pose.yaw == pytest.approx(2 * plain.pose.yaw)
    assert quick.pose.pitch == pytest.approx(2 * plain.pose.pitch)
    assert inverted.pose.yaw == pytest.approx(plain.pose.yaw)
    assert inverted.pose.pitch == pytest.approx(-plain.pose.pitch)
    assert narrow.pose.yaw == pytest.approx(plain.pose.yaw / 2)


@settings(max_examples=25)
@given(st.lists(st.floats(-3000, 3000), max_size=8))
def test_up_is_never_lost(drags: list[float]) -> None:
    it = flight(mode="fly")
    for drag in drags:
        it.turn(0, drag)
        it.step(1 / 60)
        assert abs(it.pose.pitch) <= STEEPEST


@pytest.mark.parametrize("action", ["turn_left", "turn_right", "turn_up", "turn_down"])
def test_arrows_look_around(action: str) -> None:
    it = flight(mode="fly")
    it.press(action)
    run(it, 0.5)
    it.release(action)
    pose = settle(it)
    yaw, pitch = {
        "turn_left": (1, 0),
        "turn_right": (-1, 0),
        "turn_up": (0, 1),
        "turn_down": (0, -1),
    }[action]
    assert np.sign([pose.yaw, pose.pitch]).tolist() == [yaw, pitch]
    assert max(abs(pose.yaw), abs(pose.pitch)) > 0.2
    assert pose.position == pytest.approx(HOME.position)


def test_keys_are_dropped_when_the_keyboard_is_lost() -> None:
    it = flight(mode="fly")
    for action in ("forward", "turn_left", "faster"):
        it.press(action)
    run(it, 1)
    it.release_all()
    settle(it)
    it.press("back")
    run(it, 2)
    assert np.linalg.norm(it.velocity) == pytest.approx(FIXED, rel=1e-2)


def test_what_cannot_be_held_is_refused() -> None:
    with pytest.raises(ValueError, match="jump"):
        flight().press("jump")


@settings(max_examples=25)
@given(st.floats(-50, 50))
def test_zoom_stays_within_bounds_and_takes_its_time(steps: float) -> None:
    it = flight()
    it.zoom(steps)
    it.step(1 / 60)
    assert abs(it.pose.fov - 60) < 4
    assert settle(it).fov == pytest.approx(max(30, min(110, 60 - 4 * steps)), abs=1e-3)
