from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.surroundings import FIXED, Surroundings, nearest_star
from tests.galaxy_desktop.worlds import world

HERE = (0.0, 0.0, 0.0)


def speed(distance: float, radius: float = 1.0) -> float:
    made = Surroundings(radius, lambda _: distance)
    made.look_around(HERE)
    return made.speed


def test_fast_in_the_void_slow_among_stars_and_never_without_bounds() -> None:
    speeds = [speed(d) for d in (0, 0.01, 0.1, 1, 3, 1e9)]
    assert speeds == sorted(speeds)
    assert speeds[0] > 0.01
    assert speeds[-1] <= 2
    assert 0.03 < speed(0.015) < 0.08
    assert 0.4 < speed(1.5) < 0.8


@given(st.floats(1e-3, 1e3), st.floats(0, 10))
def test_it_is_the_same_in_a_galaxy_of_any_scale(radius: float, distance: float) -> None:
    assert speed(distance * radius, radius) == pytest.approx(speed(distance), rel=1e-6)


def test_it_gets_used_to_other_surroundings_over_time() -> None:
    distances = {True: 1.0, False: 0.01}
    made = Surroundings(1.0, lambda p: distances[p == HERE])
    made.look_around(HERE)
    fast, slow = made.speed, speed(0.01)
    made.get_used_to((1.0, 0, 0), 0.5)
    assert made.speed == pytest.approx(slow * (fast / slow) ** math.exp(-1))
    made.get_used_to((1.0, 0, 0), 60)
    assert made.speed == pytest.approx(slow)


def test_where_nothing_is_known_it_is_the_fixed_speed() -> None:
    assert Surroundings(1.0, None).speed == FIXED
    assert speed(math.inf) == FIXED
    assert speed(math.nan) == FIXED


def test_the_nearest_star_is_known_once_the_tree_is_there_and_nobody_waits_for_it() -> None:
    here = world([(1, 0, 0), (0, 3, 0)])
    nearest = nearest_star(here)
    assert nearest(HERE) == math.inf
    assert not here.tree_ready
    _ = here.tree
    assert nearest(HERE) == pytest.approx(1)
    assert nearest((0, 2, 0)) == pytest.approx(1)
