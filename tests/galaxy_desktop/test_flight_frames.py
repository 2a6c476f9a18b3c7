"""The path does not depend on the frame rate, a stall is no jump, and rest is rest."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from galaxy_desktop.model.flight import HELD, Flight
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.settings import Settings
from tests.galaxy_desktop.flights import (
    HOME,
    assert_same_view,
    flight,
    near_origin,
    places,
    run,
    settle,
)

SLOT = 1 / 6  # Seconds: whole frames at 30 and at 144 frames a second.

pixels = st.floats(-150, 150)
points = st.tuples(*[st.floats(-2, 2)] * 3)
inputs = st.one_of(
    st.tuples(st.just("press"), st.sampled_from(sorted(HELD))),
    st.tuples(st.just("release"), st.sampled_from(sorted(HELD))),
    st.tuples(st.sampled_from(["turn", "pan"]), pixels, pixels),
    st.tuples(st.sampled_from(["wheel", "zoom"]), st.floats(-3, 3)),
    st.tuples(st.just("fly_to"), points),
    st.tuples(st.just("go_to"), st.builds(Pose, points, st.floats(-3, 3), st.floats(-1.5, 1.5))),
    st.tuples(st.just("set_mode"), st.sampled_from(["orbit", "fly"])),
    st.tuples(st.just("rotate"), st.booleans()),
    st.tuples(st.sampled_from(["go_home", "release_all", "touch"])),
)
scripts = st.lists(st.one_of(inputs, st.none()), min_size=1, max_size=12)


def play(script: list[Any], rate: int, reduced: bool) -> list[tuple[Pose, float]]:
    """Do one thing a slot; return what is seen at the end of each."""
    it = flight(nearest=near_origin, rotate=True, reduced_motion=reduced)
    seen = []
    for entry in [*script, None, None, None]:
        if entry is not None:
            name, *values = entry
            getattr(it, name)(*values)
        run(it, SLOT, rate)
        seen.append((it.pose, it.fade))
    return seen


@settings(max_examples=60)
@given(scripts, st.booleans())
@example([("set_mode", "fly"), ("press", "forward"), None, ("turn", 100, 20), None], False)
@example([("fly_to", (0.01, 0, 2.9)), None, None, None, None, None, None, None, None], False)
@example([("turn", 0, -150), ("turn", 0, -150), ("press", "turn_down"), ("wheel", 3)], False)
def test_at_30_and_144_frames_a_second_the_path_is_the_same(
    script: list[Any], reduced: bool
) -> None:
    for (slow, dark), (fast, dim) in zip(
        play(script, 30, reduced), play(script, 144, reduced), strict=True
    ):
        assert_same_view(slow, fast, 1e-5)
        assert dark == pytest.approx(dim, abs=1e-6)


@settings(max_examples=40)
@given(scripts)
def test_whatever_is_done_the_pose_stays_sane(script: list[Any]) -> None:
    for pose, _ in play(script, 30, False):
        assert np.isfinite(pose.position).all()
        assert np.linalg.norm(pose.position) < 40
        assert pose.up[1] > 0
        assert 30 - 1e-6 <= pose.fov <= 110 + 1e-6


@settings(max_examples=40)
@given(scripts)
@example([("wheel", -2.0), ("wheel", -3.0)])
@example([("wheel", -3.0)] * 6 + [("wheel", 3.0)] * 6)
def test_nothing_jumps_from_one_frame_to_the_next(script: list[Any]) -> None:
    it = flight(nearest=near_origin, rotate=True)
    for entry in [*script, None, None]:
        if entry is not None and entry[0] != "turn":  # In fly mode the look follows the hand.
            name, *values = entry
            getattr(it, name)(*values)
        poses = [it.pose, *run(it, SLOT, 60)]
        steps = np.linalg.norm(np.diff(places(poses), axis=0), axis=1)
        far = np.linalg.norm(places(poses), axis=1)[:-1]  # From afar as long a step looks shorter.
        assert (steps < 0.25 * np.maximum(1, far / 3)).all()
        cosines = [one.forward @ two.forward for one, two in pairwise(poses)]
        assert min(cosines) > np.cos(0.2)


@settings(max_examples=20)
@given(st.floats(0.1, 1e6))
def test_after_a_stall_it_goes_on_and_does_not_jump(stall: float) -> None:
    one, other = (flight(mode="fly") for _ in range(2))
    for it, dt in ((one, 0.1), (other, stall)):
        it.press("forward")
        it.step(dt)
    assert one.pose == other.pose


def test_no_time_and_time_backwards_change_nothing() -> None:
    it = flight(mode="fly")
    it.press("forward")
    for dt in (0.0, -1.0):
        assert not it.step(dt)
        assert_same_view(it.pose, HOME)


def test_idle_it_does_not_move_and_says_so() -> None:
    it = flight()
    assert not it.moving
    assert it.steady
    assert not it.step(1 / 60)
    assert_same_view(it.pose, HOME)


@pytest.mark.parametrize("mode", ["orbit", "fly"])
def test_it_moves_from_an_input_until_it_rests_and_the_step_tells_each_change(mode: str) -> None:
    it = flight(mode=mode, nearest=near_origin)
    it.turn(40, 10)
    it.zoom(1)
    assert it.moving
    assert it.step(1 / 60)
    rest = settle(it)
    assert it.steady
    run(it, 1)
    assert it.pose == rest


def test_what_is_applied_is_done() -> None:
    it = flight()
    it.apply(replace(Settings(rotate=False, fov=60), fov=90))
    assert settle(it).fov == pytest.approx(90)
    it.apply(Settings(rotate=True, fov=90))
    assert it.rotating
    it.apply(Settings(rotate=True, fov=90, reduced_motion=True))
    assert not it.rotating


def test_another_world_takes_over_where_the_camera_is() -> None:
    it = flight()
    it.set_world(10.0, (5, 0, 0), None)
    it.step(1 / 60)
    assert_same_view(it.pose, HOME)
    it.go_home()
    pose = settle(it)
    assert 20 < np.linalg.norm(np.subtract(pose.position, (5, 0, 0))) < 40
    pixels, _ = pose.project(np.array([[5.0, 0, 0]]), (800, 600))
    np.testing.assert_allclose(pixels, [[400, 300]], atol=1e-3)


def test_a_galaxy_of_another_scale_is_flown_the_same_way() -> None:
    small = Flight(1.0, (0, 0, 0), near_origin, Settings())
    large = Flight(50.0, (0, 0, 0), near_origin, Settings())
    for it in (small, large):
        it.turn(200, 30)
        run(it, 0.5)
        it.wheel(3)
        run(it, 0.5)
        it.set_mode("fly")
        it.press("forward")
        run(it, 1)
    np.testing.assert_allclose(large.pose.position, np.multiply(small.pose.position, 50), rtol=1e-6)
