"""A way that is planned: it begins where the stars are by then, or not at all."""

from __future__ import annotations

import numpy as np
import pytest

from galaxy_desktop.model.departure import Departure
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.test_gliding import OTHERS, PLACES, world

ALL = list(range(len(PLACES)))


def planned(state: AppState, lead: float) -> Departure:
    departure = state.plan(lead)
    departure.glide(-OTHERS, 1.0)
    return departure


def under_way() -> AppState:
    state = AppState(world(PLACES))
    state.glide(OTHERS, 1.0)
    state.pass_time(0.3)
    return state


def test_it_takes_over_at_its_moment_without_a_jump() -> None:
    state, twin = under_way(), under_way()
    departure = planned(state, 0.2)
    assert state.depart(departure)
    for _ in range(4):
        state.pass_time(0.05)
        twin.pass_time(0.05)
        np.testing.assert_allclose(state.places(ALL), twin.places(ALL), atol=1e-5)
    state.pass_time(0.001)
    assert state.gliding is departure.then
    state.pass_time(1.0)
    np.testing.assert_allclose(state.places(ALL), -OTHERS, atol=1e-5)


def test_who_comes_late_is_where_he_would_have_been_in_time() -> None:
    state, twin = under_way(), under_way()
    late, in_time = planned(state, 0.1), planned(twin, 0.1)
    twin.depart(in_time)
    for each in (state, twin):
        each.pass_time(0.1)
        each.pass_time(0.2)
    state.depart(late)
    np.testing.assert_allclose(state.places(ALL), twin.places(ALL), atol=1e-5)


def test_where_nothing_moves_it_begins_at_once() -> None:
    state = AppState(world(PLACES))
    departure = planned(state, 0.2)
    told: list[bool] = []
    state.gliding_changed.connect(told.append)
    state.depart(departure)
    assert state.gliding is departure.then
    assert told == [True]
    # Nor is the moment waited for once all others have arrived.
    state = under_way()
    state.depart(planned(state, 5.0))
    state.pass_time(0.9)
    assert state.gliding.moving


def test_what_sets_off_before_makes_it_worthless() -> None:
    state = under_way()
    departure = planned(state, 0.2)
    state.glide(PLACES, 1.0)
    assert not state.depart(departure)
    departure = planned(state, 0.2)
    assert state.depart(departure)
    state.world = world(OTHERS)
    state.pass_time(1.0)
    np.testing.assert_array_equal(state.places(ALL), OTHERS)
    departure = planned(state, 0.2)
    state.depart(departure)
    state.depart(departure)
    state.stay()
    assert not state.depart(departure)


def test_what_is_planned_changes_nothing() -> None:
    state = under_way()
    before = state.places(ALL), state.gliding.stamp
    departure = planned(state, 0.2)
    departure.reform(world(OTHERS), 1.0)
    assert departure.change is not None
    np.testing.assert_array_equal(state.places(ALL), before[0])
    assert state.gliding.stamp == before[1]


@pytest.mark.parametrize("reduced", [False, True])
def test_another_galaxy_takes_over_at_its_moment_by_key(reduced: bool) -> None:
    state = AppState(world(PLACES), Settings(reduced_motion=reduced))
    state.selected, state.highlights = 2, (1, 2)
    state.glide(OTHERS, 1.0)
    state.pass_time(0.1)
    new = world(PLACES[::-1].copy(), names=state.world.galaxy.names[::-1])
    departure = state.plan(0.1)
    departure.reform(new, 1.0)
    assert state.depart(departure)
    heard: list[World] = []
    state.world_reformed.connect(lambda change: heard.append(change.new))
    state.pass_time(0.05)
    assert not heard
    state.pass_time(0.06)
    assert heard == [new]
    last = len(PLACES) - 1
    assert (state.world, state.selected, state.highlights) == (new, last - 2, (last - 1, last - 2))
    assert state.gliding.moving
    state.pass_time(1.0)
    assert not state.gliding.displaced
