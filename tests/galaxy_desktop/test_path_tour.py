"""The flight along a path, the same at any frame rate, and ended by any input."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from galaxy_desktop.model.framing import SURVEY
from galaxy_desktop.model.navigator import Navigator
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.touring import Touring
from tests.galaxy_desktop.worlds import world

PLACES = np.random.default_rng(4).normal(size=(60, 3))
STOPS = (5, 17, 30, 44)


def navigator(**settings: object) -> tuple[Navigator, AppState]:
    state = AppState(world(PLACES), Settings(rotate=False, **settings))  # type: ignore[arg-type]
    return Navigator(state, lambda: None), state


def fly(it: Navigator, state: AppState, rate: int, seconds: float = 60) -> list[Pose]:
    poses = []
    for _ in range(round(seconds * rate)):
        it.step(1 / rate)
        poses.append(state.pose)
        if state.touring is None:
            break
    return poses


def test_every_stop_is_reached_in_its_turn_and_rested_at() -> None:
    it, state = navigator()
    told: list[Touring | None] = []
    state.touring_changed.connect(told.append)
    it.fly_path(STOPS, pause=0.5)
    rests: list[int] = []
    resting = 0
    while state.touring is not None:
        assert it.moving
        before = state.pose
        it.step(1 / 60)
        resting = resting + 1 if state.pose == before else 0
        assert state.touring is None or state.selected == state.touring.artist
        if resting == 25:
            assert state.selected is not None
            rests.append(state.selected)
            away = np.linalg.norm(np.array(state.pose.position) - PLACES[state.selected])
            assert away == pytest.approx(SURVEY * state.world.star_unit, rel=1e-3)
    assert rests == list(STOPS)
    assert told == [*(Touring(STOPS, at) for at in range(4)), None]
    assert state.selected == STOPS[-1]
    assert len(it.history) == len(STOPS) + 1
    it.step(1)
    assert not it.flight.moving


@pytest.mark.parametrize("reduced", [False, True])
def test_the_way_is_the_same_at_30_and_144_frames_a_second(reduced: bool) -> None:
    ways = []
    for rate in (30, 144):
        it, state = navigator(reduced_motion=reduced)
        it.fly_path(STOPS, pause=0.7)
        ways.append(fly(it, state, rate))
    slow, fast = (np.array([pose.position for pose in way]) for way in ways)
    assert len(slow) / 30 == pytest.approx(len(fast) / 144, abs=0.05)
    common = range(5, len(slow), 5)  # of the frames, those that are at the same time in both
    for frame in common:
        if (frame * 144) % 30 == 0 and frame * 144 // 30 <= len(fast):
            np.testing.assert_allclose(slow[frame - 1], fast[frame * 144 // 30 - 1], atol=1e-6)


def test_with_reduced_motion_it_jumps_in_the_dark() -> None:
    it, state = navigator(reduced_motion=True)
    it.fly_path(STOPS, pause=0.5)
    poses = {pose.position for pose in fly(it, state, 60)}
    assert len(poses) <= len(STOPS) + 1


INPUTS: dict[str, Callable[[Navigator], object]] = {
    "press": lambda it: it.press("turn_left"),
    "turn": lambda it: it.turn(9, 0),
    "pan": lambda it: it.pan(9, 0),
    "wheel": lambda it: it.wheel(1, lens=False),
    "zoom": lambda it: it.wheel(1, lens=True),
    "grab": lambda it: it.grab(),
    "click": lambda it: it.click((3, 3)),
    "mode": lambda it: it.set_mode("fly"),
    "rotate": lambda it: it.rotate(False),
    "fly_to": lambda it: it.fly_to(1),
    "home": lambda it: it.go_home(),
    "frame": lambda it: it.frame([1, 2]),
    "jump": lambda it: it.jump(Pose()),
    "back": lambda it: it.back(),
    "hop": lambda it: it.hop(),
}


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("after", [1.0, 4.0])
def test_any_input_ends_it_at_once(name: str, after: float) -> None:
    it, state = navigator()
    it.fly_path(STOPS, pause=3.0)
    fly(it, state, 60, after)
    assert it.tour.under_way
    INPUTS[name](it)
    assert state.touring is None
    it.release_all()
    reached = state.selected
    for _ in range(120):
        it.step(0.1)
    assert state.selected == reached
    assert not it.moving


@pytest.mark.parametrize("artist", [None, 3])
def test_who_selects_something_else_ends_it(artist: int | None) -> None:
    it, state = navigator()
    it.fly_path(STOPS)
    fly(it, state, 60, 1.0)
    state.selected = artist
    assert state.touring is None
    assert not it.flight.travelling
    assert state.selected == artist


def test_the_cursor_may_move_meanwhile() -> None:
    it, state = navigator()
    it.fly_path(STOPS)
    it.point((100, 100))
    fly(it, state, 60, 1.0)
    assert state.touring is not None


def test_it_ends_with_its_galaxy() -> None:
    it, state = navigator()
    it.fly_path(STOPS)
    state.world = world(PLACES[:9])
    assert state.touring is None
    it.step(0.1)
    assert state.selected is None


def test_without_artists_nothing_happens() -> None:
    it, state = navigator()
    before = state.pose
    it.fly_path(())
    it.frame(())
    it.step(0.1)
    assert state.touring is None
    assert state.pose == before


def test_a_path_may_name_an_artist_twice() -> None:
    it, state = navigator()
    it.fly_path((3, 3), pause=0.1)
    fly(it, state, 60)
    assert (state.touring, state.selected) == (None, 3)


def test_all_that_is_framed_is_seen_with_room_for_names_and_can_be_gone_back_from() -> None:
    it, state = navigator()
    it.resize(1280, 800)
    it.jump(Pose((0.3, 9.0, 0.2), 1.0, -1.5))
    it.frame(STOPS)
    for _ in range(600):
        it.step(1 / 60)
    pixels, depths = state.pose.project(PLACES[list(STOPS)], it.size)
    assert depths.min() > 0
    assert (pixels >= (119, 55)).all()
    assert (pixels <= (1281 - 120, 801 - 56)).all()
    assert abs(state.pose.pitch) < 1.0
    assert it.back()
