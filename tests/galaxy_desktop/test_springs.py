from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.springs import Spring, coast

numbers = st.floats(-10, 10)


def spring(value: float = 0.0, rate: float = 0.0, goal: float = 1.0) -> Spring:
    made = Spring([value], [8.0])
    made.rate[:], made.goal[:] = rate, goal
    return made


@given(numbers, numbers, numbers, numbers, st.floats(0, 2), st.floats(0, 1))
def test_two_parts_of_a_time_are_the_whole(
    value: float, rate: float, goal: float, drift: float, dt: float, part: float
) -> None:
    once, twice = spring(value, rate, goal), spring(value, rate, goal)
    once.step(dt, drift)
    twice.step(dt * part, drift)
    twice.step(dt * (1 - part), drift)
    np.testing.assert_allclose(once.value, twice.value, atol=1e-9)
    np.testing.assert_allclose(once.rate, twice.rate, atol=1e-8)
    np.testing.assert_allclose(once.goal, twice.goal, atol=1e-9)


@given(numbers, numbers, numbers, numbers)
def test_it_obeys_the_law_of_a_critically_damped_spring(
    value: float, rate: float, goal: float, drift: float
) -> None:
    h, made = 1e-4, spring(value, rate, goal)
    trace = []
    for _ in range(3):
        trace.append((made.value[0], made.rate[0], made.goal[0]))
        made.step(h, drift)
    values, rates, goals = np.array(trace).T
    assert rates[1] == pytest.approx((values[2] - values[0]) / (2 * h), abs=2e-3)
    pull = 64 * (goals[1] - values[1]) - 16 * rates[1]
    assert (rates[2] - rates[0]) / (2 * h) == pytest.approx(pull, abs=0.05)


@given(st.floats(0, 10), st.floats(-20, 20))
def test_from_rest_it_never_swings_past_its_goal(dt: float, goal: float) -> None:
    made = spring(goal=goal)
    made.step(dt)
    assert abs(made.value[0]) <= abs(goal) * (1 + 1e-12)


@given(numbers, numbers, st.floats(0, 5))
def test_braking_ends_soon_and_never_turns_back(value: float, rate: float, dt: float) -> None:
    made = spring(value, rate)
    made.brake()
    assert made.goal[0] == pytest.approx(value + rate / 8)
    made.step(dt)
    assert made.rate[0] * rate >= -1e-9
    assert abs(made.rate[0]) == pytest.approx(abs(rate) * np.exp(-8 * dt), abs=1e-9)


def test_it_rests_where_it_is_as_good_as_there_and_not_on_the_way_through() -> None:
    made = spring(value=1 + 1e-7)
    assert made.rest_within(1e-6)
    assert made.resting
    assert made.value[0] == 1
    passing = spring(value=1, rate=3)
    assert not passing.rest_within(1e-6)
    assert not passing.resting


@given(numbers, numbers, st.floats(0, 2), st.floats(0, 1), st.floats(0.05, 1))
def test_coasting_in_two_parts_is_coasting(
    rate: float, target: float, dt: float, part: float, time: float
) -> None:
    start, end = np.array([rate]), np.array([target])
    way, speed = coast(start, end, dt, time)
    first, between = coast(start, end, dt * part, time)
    second, last = coast(between, end, dt * (1 - part), time)
    np.testing.assert_allclose(first + second, way, atol=1e-9)
    np.testing.assert_allclose(last, speed, atol=1e-9)
