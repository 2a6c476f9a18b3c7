"""Where artists are seen while the galaxy re-forms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.gliding import CROSS_FADE, Gliding
from galaxy_desktop.model.navigator import Navigator
from galaxy_desktop.model.picking import Picker
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from tests.galaxy_desktop.worlds import world

RNG = np.random.default_rng(3)
PLACES = RNG.normal(size=(6, 3)).astype(np.float32)
OTHERS = RNG.normal(size=(6, 3)).astype(np.float32)


def passing(gliding: Gliding, seconds: float, rate: int) -> None:
    for _ in range(round(seconds * rate)):
        gliding.step(1 / rate)


def test_all_are_where_the_world_says_until_they_set_off() -> None:
    gliding = Gliding(world(PLACES))
    assert not gliding.moving
    assert not gliding.displaced
    np.testing.assert_array_equal(gliding.places(), PLACES)
    np.testing.assert_array_equal(gliding.places([4, 1]), PLACES[[4, 1]])
    assert not gliding.step(1)


def test_half_way_in_half_the_time_off_softly_and_in_softly() -> None:
    gliding = Gliding(world(PLACES))
    gliding.glide(OTHERS, 2.0)
    assert gliding.moving
    np.testing.assert_array_equal(gliding.places(), PLACES)
    gliding.step(0.1)
    gone = np.linalg.norm(gliding.places() - PLACES, axis=1)
    assert (gone < 0.01 * np.linalg.norm(OTHERS - PLACES, axis=1)).all()
    gliding.step(0.9)
    np.testing.assert_allclose(gliding.places(), (PLACES + OTHERS) / 2, atol=1e-6)
    gliding.step(1.0)
    np.testing.assert_array_equal(gliding.places(), OTHERS)
    assert not gliding.moving
    assert gliding.displaced


def test_the_same_at_any_frame_rate() -> None:
    seen = []
    for rate in (30, 144):
        gliding = Gliding(world(PLACES))
        gliding.glide(OTHERS, 1.0)
        passing(gliding, 0.5, rate)
        gliding.glide(-OTHERS, 1.0)
        passing(gliding, 0.5, rate)
        seen.append(gliding.places())
    np.testing.assert_allclose(*seen, atol=1e-6)


@given(when=st.floats(0.01, 1.2), seconds=st.floats(0.3, 3))
def test_another_goal_on_the_way_jerks_nobody(when: float, seconds: float) -> None:
    gliding = Gliding(world(PLACES))
    gliding.glide(OTHERS, 1.0)
    gliding.step(when)
    moment = 1e-3
    before, gliding_on = gliding.places(), gliding.course.pace() * moment
    gliding.glide(PLACES[::-1], seconds)
    np.testing.assert_allclose(gliding.places(), before, atol=1e-6)
    gliding.step(moment)
    np.testing.assert_allclose(gliding.places() - before, gliding_on, atol=1e-4)
    gliding.step(seconds)
    np.testing.assert_array_equal(gliding.places(), PLACES[::-1])


def test_back_at_their_own_places_all_is_as_ever() -> None:
    gliding = Gliding(world(PLACES))
    gliding.glide(OTHERS, 1.0)
    gliding.step(0.4)
    gliding.glide(PLACES, 1.0)
    gliding.step(1.0)
    assert not gliding.displaced
    assert gliding.extent.radius == gliding.world.radius


def test_who_is_left_out_fades_away_and_can_come_back() -> None:
    gliding = Gliding(world(PLACES))
    goal = OTHERS.copy()
    goal[2] = np.nan
    gliding.glide(goal, 1.0)
    gliding.step(0.5)
    np.testing.assert_allclose(gliding.presence(), [1, 1, 0.5, 1, 1, 1])
    gliding.step(0.5)
    np.testing.assert_allclose(gliding.presence(), [1, 1, 0, 1, 1, 1])
    assert np.isfinite(gliding.places()).all()
    np.testing.assert_array_equal(gliding.places()[2], PLACES[2])
    gliding.glide(PLACES, 1.0)
    gliding.step(1.0)
    assert not gliding.displaced


def test_measures_are_those_of_a_world_at_the_goal() -> None:
    gliding = Gliding(world(PLACES))
    gliding.glide(3 * OTHERS, 1.0)
    gliding.step(1.0)
    there = world(3 * OTHERS)
    assert gliding.extent.radius == pytest.approx(there.radius)
    np.testing.assert_allclose(gliding.extent.centre, there.centre, rtol=1e-6)


def test_one_place_for_each_artist_is_wanted() -> None:
    with pytest.raises(ValueError, match="6 artists"):
        Gliding(world(PLACES)).glide(OTHERS[:5])


def test_the_nearest_star_is_where_it_is_seen() -> None:
    gliding = Gliding(world([[0, 0, 0], [5, 0, 0]]))
    gliding.glide([[0, 0, 0], [1, 0, 0]], 1.0)
    gliding.step(1.0)
    assert gliding.nearest((1.5, 0, 0)) == pytest.approx(0.5)


def test_who_points_at_a_star_that_moved_picks_it_there() -> None:
    somewhere = world([[0, 0, 0], [0.3, 0, 0]])
    picker, gliding = Picker(somewhere), Gliding(somewhere)
    gliding.glide([[-0.3, 0, 0], [0, 0, 0]], 1.0)
    gliding.step(1.0)
    pose, size = Pose((0, 0, 2)), (200.0, 200.0)
    assert picker.pick(pose, 100, 100, size) == 0
    assert picker.pick(pose, 100, 100, size, gliding=gliding) == 1
    gliding.glide([[-0.3, 0, 0], [np.nan] * 3], 1.0)
    gliding.step(1.0)
    assert picker.pick(pose, 100, 100, size, gliding=gliding) is None


def test_reduced_motion_fades_from_shape_to_shape() -> None:
    state = AppState(world(PLACES), Settings(reduced_motion=True))
    state.glide(OTHERS)
    gliding = state.gliding
    np.testing.assert_array_equal(gliding.places(), OTHERS)
    state.pass_time(CROSS_FADE / 2)
    (out,) = gliding.fading
    np.testing.assert_array_equal(out.course.places(), PLACES)
    np.testing.assert_allclose(out.course.presence() + gliding.presence(), 1)
    assert out.course.lines + gliding.course.lines == pytest.approx(1)
    state.pass_time(CROSS_FADE / 2)
    assert not gliding.moving
    np.testing.assert_array_equal(gliding.places(), OTHERS)


# -- One world for another ---------------------------------------------------------------------

names = st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=8)


@given(names, names, st.data())
def test_what_is_chosen_survives_by_key(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    old = world(np.arange(3 * len(before)), names=before, edges=[(0, 1)])
    new = world(np.arange(3 * len(after))[::-1], names=after, edges=[(0, 1)])
    state = AppState(old)
    artists = st.integers(0, len(before) - 1)
    selected = state.selected = data.draw(artists)
    state.highlights = tuple(data.draw(st.lists(artists, unique=True)))
    lit = [old.key(artist) for artist in state.highlights]
    state.hovered = selected
    heard: list[Reforming] = []
    state.world_reformed.connect(heard.append)
    seen = state.places([selected])[0]
    state.reform(new)
    (change,) = heard
    assert state.world is new
    assert state.hovered is None
    if state.selected is None:
        assert before.count(before[selected]) > after.count(before[selected])
    else:
        assert new.key(state.selected) == old.key(selected)
        np.testing.assert_array_equal(state.places([state.selected])[0], seen)
    shown = [new.key(artist) for artist in state.highlights]
    for key in set(lit) | set(shown):
        assert lit.count(key) >= shown.count(key)
    found = change.found[change.found >= 0]
    assert len(set(found.tolist())) == len(found)
    for key in set(before) & set(after):
        both = min(before.count(key), after.count(key))
        assert sum(new.key(i) == key for i in found) == both
    state.pass_time(10)
    assert not state.gliding.displaced
    np.testing.assert_array_equal(state.gliding.places(), new.positions)


def test_who_is_gone_is_told_of_and_selected_again_on_coming_back() -> None:
    all_, few = (world(np.arange(3 * len(names)), names=list(names)) for names in ("abc", "ab"))
    state = AppState(all_)
    told: list[str] = []
    state.message.connect(told.append)
    chosen: list[int | None] = []
    state.selected_changed.connect(chosen.append)
    state.selected = 2
    state.reform(few)
    state.reform(all_)
    assert chosen == [2, None, 2]
    assert told == ["c is not among the 2 artists of this build; Home shows them all."]
    # Whoever chooses otherwise meanwhile, or nobody at all, has chosen.
    for other in (0, None):
        state.selected = 2
        state.reform(few)
        state.selected = other
        state.reform(all_)
        assert state.selected == other
    # In a galaxy that was opened nobody is missed.
    state.selected = 2
    state.reform(few)
    state.world = world(np.arange(6), names=["a", "b"])
    state.reform(all_)
    assert state.selected is None


def test_each_star_sets_off_from_where_it_is_seen() -> None:
    old = world(PLACES, names=list("abcdef"))
    state = AppState(old)
    state.glide(OTHERS, 1.0)
    state.pass_time(0.5)
    seen, pace = state.gliding.places(), state.gliding.course.pace()
    state.reform(world(PLACES[:3] + 1, names=list("fax")), 1.0)
    np.testing.assert_array_equal(state.gliding.places([0, 1]), seen[[5, 0]])
    np.testing.assert_allclose(state.gliding.course.pace()[:2], pace[[5, 0]], rtol=1e-5)
    np.testing.assert_array_equal(state.gliding.places([2])[0], PLACES[2] + 1)
    np.testing.assert_array_equal(state.gliding.presence(), [1, 1, 0])
    (out,) = state.gliding.fading
    assert out.world is old
    np.testing.assert_array_equal(out.course.places(), seen)
    np.testing.assert_array_equal(out.course.presence(), [0, 1, 1, 1, 1, 0])
    state.pass_time(0.5)
    assert out.course.lines + state.gliding.course.lines == pytest.approx(1)
    np.testing.assert_allclose(out.course.places([0, 5]), state.gliding.places([1, 0]), atol=1e-6)


def test_undo_leads_back_from_the_middle_of_the_way() -> None:
    old, new = world(PLACES), world(OTHERS)
    state = AppState(old)
    told: list[bool] = []
    state.gliding_changed.connect(told.append)
    state.reform(new, 1.0)
    state.pass_time(0.5)
    seen = state.gliding.places()
    state.reform(old, 1.0)
    np.testing.assert_array_equal(state.gliding.places(), seen)
    state.pass_time(1.0)
    assert state.world is old
    assert not state.gliding.displaced
    assert told == [True, True, False]


def test_the_world_that_is_there_already_brings_its_stars_back() -> None:
    state = AppState(world(PLACES))
    state.glide(OTHERS, 1.0)
    state.pass_time(1.0)
    state.reform(state.world)
    state.pass_time(10)
    np.testing.assert_array_equal(state.gliding.places(), PLACES)


# -- The camera --------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["orbit", "fly"])
@pytest.mark.parametrize("rate", [30, 144])
def test_the_selected_star_stays_where_it_is_in_the_picture(mode: str, rate: int) -> None:
    state = AppState(world(PLACES), replace(Settings(), rotate=False))
    navigator = Navigator(state, lambda: None)
    navigator.set_mode(mode)
    navigator.jump(Pose((0.3, 0.2, 6)))
    state.selected = 3
    size = (800.0, 500.0)
    pixel, _ = state.pose.project(state.places([3]), size)
    for step in range(2 * rate + 2):
        if step == rate // 3:
            state.glide(OTHERS, 1.0)
        if step == rate:
            state.reform(world(PLACES[1:] * 2, names=[f"Artist {k}" for k in range(1, 6)]), 1.0)
            assert state.selected == 2
        navigator.step(1 / rate)
        assert state.selected is not None
        now, _ = state.pose.project(state.places([state.selected]), size)
        np.testing.assert_allclose(now, pixel, atol=0.02)
    assert not state.gliding.moving


@pytest.mark.parametrize("rate", [30, 144])
def test_it_stays_there_when_a_galaxy_that_was_planned_takes_over_on_the_way(rate: int) -> None:
    state = AppState(world(PLACES), replace(Settings(), rotate=False))
    navigator = Navigator(state, lambda: None)
    navigator.jump(Pose((0.3, 0.2, 6)))
    state.selected = 5
    size = (800.0, 500.0)
    pixel, _ = state.pose.project(state.places([5]), size)
    state.glide(OTHERS, 1.0)
    navigator.step(0.4)
    departure = state.plan(0.1)
    # Fewer artists than the row of the one that is selected.
    departure.reform(world(PLACES[4:] * 2, names=["Artist 4", "Artist 5"]), 1.0)
    assert state.depart(departure)
    for _ in range(2 * rate):
        navigator.step(1 / rate)
        assert state.selected is not None
        now, _ = state.pose.project(state.places([state.selected]), size)
        np.testing.assert_allclose(now, pixel, atol=0.02)
    assert (state.selected, len(state.world)) == (1, 2)


def test_the_camera_stays_where_the_selected_star_is_not_in_the_galaxy_that_takes_over() -> None:
    state = AppState(world(PLACES), replace(Settings(), rotate=False))
    navigator = Navigator(state, lambda: None)
    state.selected = 5
    state.glide(OTHERS, 1.0)
    navigator.step(0.4)
    departure = state.plan(0.1)
    departure.reform(world(PLACES[:2], names=["Artist 0", "Artist 1"]), 1.0)
    assert state.depart(departure)
    for _ in range(60):
        navigator.step(1 / 30)
    assert state.selected is None
    assert not state.gliding.moving


def test_a_flight_to_a_star_arrives_at_where_it_is_by_then() -> None:
    state = AppState(world(PLACES), replace(Settings(), rotate=False))
    navigator = Navigator(state, lambda: None)
    navigator.fly_to(2)
    navigator.step(0.1)
    state.glide(OTHERS, 1.0)
    for _ in range(400):
        navigator.step(1 / 60)
    assert not navigator.flight.travelling
    pixel, depth = state.pose.project(OTHERS[[2]], (200.0, 100.0))
    np.testing.assert_allclose(pixel[0], (100, 50), atol=1)
    assert 0 < depth[0] < 0.1 * state.world.star_unit


def test_without_a_selected_star_the_view_stays() -> None:
    state = AppState(world(PLACES), replace(Settings(), rotate=False))
    navigator = Navigator(state, lambda: None)
    pose = state.pose
    state.glide(OTHERS, 1.0)
    assert navigator.moving
    assert navigator.step(0.5)
    assert state.pose == pose
    navigator.step(0.5)
    navigator.step(0.5)
    assert not navigator.moving


def test_nothing_is_hovered_while_stars_glide() -> None:
    state = AppState(world([[0, 0, 0], [1, 0, 0]]), replace(Settings(), rotate=False))
    navigator = Navigator(state, lambda: None)
    navigator.resize(200, 200)
    navigator.jump(Pose((0, 0, 2)))
    navigator.point((100, 100))
    navigator.step(0.1)
    assert state.hovered == 0
    state.glide([[1, 0, 0], [0, 0, 0]], 1.0)
    assert state.hovered is None
    navigator.step(0.5)
    assert state.hovered is None
    navigator.step(0.5)
    navigator.step(0.1)
    assert state.hovered == 1


def test_the_history_moves_with_its_artists() -> None:
    old = world(PLACES, names=list("abcdef"))
    state = AppState(old, replace(Settings(), rotate=False))
    navigator = Navigator(state, lambda: None)
    for artist in (1, 4, 2):
        navigator.fly_to(artist)
        for _ in range(500):
            navigator.step(1 / 60)
    poses = [place.pose for place in navigator.history.places]
    state.reform(world(OTHERS[:3], names=list("cbx")))
    places = navigator.history.places
    assert [place.artist for place in places] == ["", "b", "c"]
    assert navigator.history.present == places[2]
    assert places[0].pose == poses[0]
    np.testing.assert_allclose(
        np.subtract(places[1].pose.position, poses[1].position), OTHERS[1] - PLACES[1], atol=1e-6
    )
