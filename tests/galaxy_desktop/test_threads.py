"""Threads: lines through the galaxy that are as wanted in any place and direction."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.threads import Thread, curve, meeting_point, path
from tests.galaxy_desktop.worlds import world

POINTS = arrays(np.float64, st.tuples(st.integers(2, 8), st.just(3)), elements=st.integers(-9, 9))


def turns(thread: Thread) -> np.ndarray:
    """Return the angles between the parts of a polyline, degrees."""
    ways = np.diff(thread.points.astype(np.float64), axis=0)
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    return np.degrees(np.arccos(np.clip((ways[1:] * ways[:-1]).sum(axis=1), -1, 1)))


def test_a_curve_begins_and_ends_where_it_is_told() -> None:
    thread = curve((1, 2, 3), (-2, 0, 5), "#ff8800")
    assert thread.points.dtype == np.float32
    assert thread.points[0].tolist() == [1, 2, 3]
    assert thread.points[-1].tolist() == [-2, 0, 5]
    assert (thread.colour, thread.kind) == ("#ff8800", "curve")


@given(arrays(np.float64, (2, 3), elements=st.integers(-9, 9)))
def test_a_curve_is_gentle_in_any_direction(ends: np.ndarray) -> None:
    a, b = ends
    length = np.linalg.norm(b - a)
    thread = curve(a, b, "#ffffff")
    assert np.isfinite(thread.points).all()
    t = np.linspace(0, 1, len(thread.points))[:, None]
    off = np.linalg.norm(thread.points - (a + t * (b - a)), axis=1)
    assert off.max() <= 0.3 * length + 1e-5
    if length:
        assert off.max() > 0.05 * length
        assert turns(thread).max() < 10


def test_a_curve_rises() -> None:
    assert curve((-1, 0, 0), (1, 0, 0), "#ffffff").points[1:-1, 1].min() > 0


def test_curves_from_opposite_sides_are_one_smooth_line() -> None:
    one, other = (curve(start, (0, 0, 0), "#ffffff") for start in ((2, 0, 1), (-4, 0, -2)))
    joined = Thread(np.concatenate((one.points, other.points[-2::-1])), "#ffffff", "path")
    assert turns(joined).max() < 10


@given(POINTS)
def test_a_path_passes_every_point_and_bends_smoothly(points: np.ndarray) -> None:
    thread = path(points, "#00ff00")
    assert np.isfinite(thread.points).all()
    away = np.linalg.norm(thread.points[:, None] - points, axis=2).min(axis=0)
    assert away.max() < 1e-5
    assert thread.points[0].tolist() == points[0].tolist()
    assert thread.points[-1].tolist() == points[-1].tolist()


def test_a_path_of_two_is_straight() -> None:
    thread = path([(0, 0, 0), (3, 4, 0)], "#00ff00", "#0000ff")
    off = thread.points[:, 0] * 4 - thread.points[:, 1] * 3
    assert np.abs(off).max() < 1e-5
    assert (thread.kind, thread.end_colour) == ("path", "#0000ff")


def test_a_path_makes_no_loop_where_points_crowd() -> None:
    thread = path([(0, 0, 0), (10, 0, 0), (10.1, 0.1, 0), (20, 0, 0)], "#00ff00")
    assert (np.diff(thread.points[:, 0]) > -1e-6).all()


def test_threads_are_told_apart_by_what_they_are_not_by_what_they_hold() -> None:
    one, same = (curve((0, 0, 0), (1, 0, 0), "#ffffff") for _ in range(2))
    assert one != same
    assert len({one, same, one}) == 2
    with pytest.raises(ValueError, match="read-only"):
        one.points[0] = 1


POSITIONS = np.array([(0, 0, 0), (4, 0, 0), (0, 8, 0), (0, 0, 6), (0, 0, -6)], np.float32)


def test_curves_meet_among_the_results_the_better_the_nearer() -> None:
    assert meeting_point(POSITIONS, [0, 1], [1, 1], [2]).tolist() == [0, 8, 0]
    assert meeting_point(POSITIONS, [0, 1], [1, 1], [2, 3], [0.9, 0.8]).tolist() == [0, 8, 0]
    assert meeting_point(POSITIONS, [0, 1], [1, 1], [2, 3], [0.9, 0.9]).tolist() == [0, 4, 3]
    assert meeting_point(POSITIONS, [0, 1], [1, 1], [3, 4]).tolist() == [0, 0, 0]


def test_curves_do_not_jump_when_the_last_result_is_another() -> None:
    found = [meeting_point(POSITIONS, [0, 1], [1, 1], [2, 1, k], [0.9, 0.8, 0.7]) for k in (3, 4)]
    assert found[0].tolist() == found[1].tolist()


def test_without_results_curves_meet_where_the_weights_pull() -> None:
    assert meeting_point(POSITIONS, [0, 1], [1, 1]).tolist() == [2, 0, 0]
    assert meeting_point(POSITIONS, [0, 1], [1, 3]).tolist() == [3, 0, 0]
    assert meeting_point(POSITIONS, [0, 1, 2], [1, 1, -2]).tolist() == [2, 0, 0]
    assert meeting_point(POSITIONS, [0, 1], [0, 0]).tolist() == [2, 0, 0]


def test_the_state_tells_of_threads_and_clears_them_with_another_world() -> None:
    state = AppState(world([(0, 0, 0), (1, 0, 0)]))
    told: list[tuple[Thread, ...]] = []
    state.threads_changed.connect(told.append)
    threads = (curve((0, 0, 0), (1, 0, 0), "#ffffff"),)
    state.threads = threads
    state.threads = threads
    assert told == [threads]
    state.world = world([(0, 0, 0), (2, 0, 0)])
    assert state.threads == ()
    assert told == [threads, ()]
