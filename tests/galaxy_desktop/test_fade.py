from __future__ import annotations

import numpy as np
import pytest

from galaxy_desktop.model.settings import Settings
from tests.galaxy_desktop.flights import HOME, assert_same_view, flight, run

GOAL = (0.5, 0.0, 0.0)


def test_with_reduced_motion_there_is_no_way_but_a_jump_in_the_dark() -> None:
    it = flight(reduced_motion=True)
    it.fly_to(GOAL)
    assert it.travelling
    assert it.moving
    poses, fades = [], []
    while it.moving:
        assert it.step(1 / 240) or it.fade in (0, 1)
        poses.append(it.pose)
        fades.append(it.fade)
    assert 0.25 < len(poses) / 240 < 0.4
    changed = [k for k in range(1, len(poses)) if poses[k] != poses[k - 1]]
    assert len(changed) == 1
    assert fades[changed[0]] > 0.97
    assert max(fades) <= 1
    assert fades[-1] == 0
    assert np.abs(np.diff(fades)).max() < 0.1
    pixels, _ = poses[-1].project(np.array([GOAL]), (800, 600))
    np.testing.assert_allclose(pixels, [[400, 300]], atol=1e-6)
    assert it.pivot == pytest.approx(GOAL)


def test_an_input_before_the_jump_stays_here_and_it_gets_light_again() -> None:
    it = flight(reduced_motion=True)
    it.fly_to(GOAL)
    run(it, 0.05)
    assert it.fade > 0
    it.turn(0, 0)
    assert not it.travelling
    run(it, 0.3)
    assert it.fade == 0
    assert_same_view(it.pose, HOME)


def test_another_goal_before_the_jump_is_jumped_to() -> None:
    it = flight(reduced_motion=True)
    it.fly_to(GOAL)
    run(it, 0.05)
    it.go_home()
    run(it, 1)
    assert_same_view(it.pose, HOME)
    assert not it.moving


def test_who_asks_for_reduced_motion_on_the_way_is_there_at_once() -> None:
    it = flight()
    it.fly_to(GOAL)
    run(it, 0.5)
    end = it.destination
    assert end is not None
    it.apply(Settings(rotate=False, reduced_motion=True))
    run(it, 0.5)
    assert_same_view(it.pose, end)
    assert it.fade == 0
