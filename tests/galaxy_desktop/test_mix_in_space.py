"""A mix is seen in the galaxy while it is shown, and takes nothing of others away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from galaxy_desktop.model.ingredient_colours import COLOURS
from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.mix_in_space import MixInSpace
from galaxy_desktop.model.state import AppState
from tests.galaxy_desktop.worlds import world

HERE = world(np.random.default_rng(1).normal(size=(20, 3)))


@pytest.fixture(name="state")
def _state() -> AppState:
    return AppState(HERE)


@pytest.fixture(name="mix")
def _mix() -> Mix:
    mix = Mix(HERE)
    mix.add(2)
    mix.add(5)
    return mix


@pytest.fixture(name="space")
def _space(mix: Mix, state: AppState) -> MixInSpace:
    return MixInSpace(mix, state)


def test_an_average_is_a_curve_from_each_ingredient_in_its_colour(
    space: MixInSpace, mix: Mix, state: AppState
) -> None:
    assert state.threads == ()
    space.shown = True
    assert [thread.kind for thread in state.threads] == ["curve", "curve"]
    assert [thread.colour for thread in state.threads] == list(COLOURS[:2])
    for thread, artist in zip(state.threads, (2, 5), strict=True):
        np.testing.assert_allclose(thread.points[0], HERE.positions[artist], atol=1e-6)
    ends = [thread.points[-1] for thread in state.threads]
    np.testing.assert_allclose(ends[0], ends[1], atol=1e-5)
    assert state.highlights == (2, 5, *mix.answer.artists) == space.artists
    mix.set_weight(0, 0)
    assert len(state.threads) == 1
    mix.remove(0)
    assert state.threads == ()
    assert state.highlights == (5,)


def _meets(state: AppState) -> np.ndarray:
    return state.threads[0].points[-1]


def test_where_the_curves_meet_glides_and_comes_to_rest(
    space: MixInSpace, mix: Mix, state: AppState
) -> None:
    space.shown = True
    assert not space.moving
    start = _meets(state)
    mix.set_weight(0, 0.1)
    np.testing.assert_allclose(_meets(state), start, atol=1e-6)
    there = MixInSpace(mix, AppState(HERE))
    there.shown = True
    goal = _meets(there._state)
    way = float(np.linalg.norm(goal - start))
    assert way > 0.1
    left, seconds = [way], 0.0
    while space.moving:
        assert space.step(1 / 60)
        seconds += 1 / 60
        left.append(float(np.linalg.norm(goal - _meets(state))))
        # Each curve still begins at its star.
        np.testing.assert_allclose(state.threads[1].points[0], HERE.positions[5], atol=1e-6)
        if seconds == pytest.approx(0.2):
            assert left[-1] < 0.05 * way
    assert seconds < 0.6
    assert left == sorted(left, reverse=True)
    assert left[1] < way - 1e-4
    np.testing.assert_allclose(_meets(state), goal, atol=1e-5)
    threads = state.threads
    assert not space.step(1.0)
    assert state.threads is threads


def test_with_reduced_motion_the_curves_meet_there_at_once(
    space: MixInSpace, mix: Mix, state: AppState
) -> None:
    state.settings = replace(state.settings, reduced_motion=True)
    space.shown = True
    start = _meets(state)
    mix.set_weight(0, 0.1)
    assert not space.moving
    assert np.linalg.norm(_meets(state) - start) > 0.1


def test_nothing_glides_that_is_not_shown(space: MixInSpace, mix: Mix, state: AppState) -> None:
    space.shown = True
    mix.set_weight(0, 0.1)
    mix.ask("path")
    assert not space.moving
    mix.ask("between")
    mix.set_weight(0, 1.0)
    assert space.moving
    space.shown = False
    assert not space.moving
    assert not space.step(0.1)
    assert state.threads == ()


def test_the_better_a_result_fits_the_more_strongly_it_is_lit(
    space: MixInSpace, mix: Mix, state: AppState
) -> None:
    space.shown = True
    average = mix.answer.average
    assert average is not None
    matches = [found.match for found in average.results]
    assert matches[0] > matches[-1]
    assert state.strengths[:2] == (1, 1)
    lit = state.strengths[2:]
    assert lit[0] == 1
    assert list(lit) == sorted(lit, reverse=True)
    assert len(set(lit)) == len(set(matches))
    assert min(lit) == pytest.approx(0.2)
    mix.ask("path")
    assert len(state.strengths) == len(state.highlights)
    assert set(state.strengths[:2]) == {1} != set(state.strengths[2:])
    space.shown = False
    assert state.strengths == ()


def test_a_path_is_one_line_through_its_artists(
    space: MixInSpace, mix: Mix, state: AppState
) -> None:
    mix.ask("path")
    space.shown = True
    (thread,) = state.threads
    assert (thread.kind, thread.colour, thread.end_colour) == ("path", *COLOURS[:2])
    for artist in mix.answer.artists:
        away = np.linalg.norm(thread.points - HERE.positions[artist], axis=1)
        assert away.min() < 1e-5
    assert set(state.highlights) == set(mix.answer.artists)


def test_what_others_lit_stays_when_it_is_no_longer_shown(
    space: MixInSpace, state: AppState
) -> None:
    space.shown = True
    space.shown = False
    assert (state.threads, state.highlights) == ((), ())
    space.shown = True
    state.highlights = (9,)
    space.shown = False
    assert state.highlights == (9,)
    assert state.threads == ()


def test_nothing_is_worked_out_for_a_mix_that_is_not_shown(
    space: MixInSpace, mix: Mix, state: AppState
) -> None:
    del space
    mix.add(7)
    assert mix._answer is None
    assert state.threads == ()


def test_while_stars_glide_there_are_no_lines_and_then_to_where_they_are(
    space: MixInSpace, mix: Mix, state: AppState
) -> None:
    space.shown = True
    state.glide(HERE.positions[::-1].copy(), 1.0)
    assert state.threads == ()
    assert state.highlights
    state.pass_time(0.5)
    mix.set_weight(0, 0.5)
    assert state.threads == ()
    state.pass_time(0.6)
    start = state.threads[0].points[0]
    np.testing.assert_allclose(start, HERE.positions[::-1][2], atol=1e-5)


def test_in_another_build_it_is_the_same_artists(
    space: MixInSpace, mix: Mix, state: AppState
) -> None:
    space.shown = True
    names = HERE.galaxy.names
    other = world(np.random.default_rng(2).normal(size=(20, 3)), names=names[::-1])
    state.world_reformed.connect(lambda change: setattr(mix, "world", change.new))
    state.reform(other, 1.0)
    assert state.highlights[:2] == (17, 14)
    assert state.threads == ()
    state.pass_time(1.1)
    np.testing.assert_allclose(state.threads[0].points[0], other.positions[17], atol=1e-5)
