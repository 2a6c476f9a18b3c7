from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.pace import QUICKEST, SLOWEST, Pace
from galaxy_desktop.model.pose import STEEPEST, Pose
from galaxy_desktop.model.pose_json import pose_from_json, pose_to_json
from galaxy_desktop.model.screens import Box, Screen, fit_to_screens
from galaxy_desktop.model.session import (
    MOST_VISITS,
    Session,
    SessionStore,
    Visit,
    from_json,
    to_json,
)
from galaxy_desktop.model.storage import Places
from tests.galaxy_desktop.worlds import world

finite = st.floats(-1e6, 1e6)
poses = st.builds(
    Pose,
    position=st.tuples(finite, finite, finite),
    yaw=finite,
    pitch=st.floats(-STEEPEST, STEEPEST),
    fov=st.floats(30, 110),
)
visits = st.builds(
    Visit,
    shape=st.text(),
    pose=st.none() | poses,
    selected=st.text(),
    history=st.none() | st.lists(st.integers()),
)
sizes = st.integers(1, 9000)
boxes = st.builds(Box, st.integers(-9000, 9000), st.integers(-9000, 9000), sizes, sizes)
sessions = st.builds(
    Session,
    window=st.none() | boxes,
    screen=st.text(),
    maximised=st.booleans(),
    full_screen=st.booleans(),
    mode=st.sampled_from(["orbit", "fly"]),
    sidebar_width=st.integers(0, 9000),
    sidebar_folded=st.booleans(),
    last_file=st.text(),
    pace=st.just(Pace()) | st.builds(Pace, st.floats(SLOWEST, QUICKEST)),
    visits=st.dictionaries(st.text(), visits, max_size=3),
)


@given(sessions)
def test_a_session_comes_back_as_it_was(session: Session) -> None:
    assert from_json(json.loads(json.dumps(to_json(session)))) == session


junk = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers(), max_size=5)


@given(st.dictionaries(st.sampled_from([*to_json(Session())]), junk))
def test_nothing_in_a_file_breaks_it(content: dict[str, Any]) -> None:
    session = from_json(content)
    assert session.mode in ("orbit", "fly")
    assert session.sidebar_width >= 0
    assert session.pace == Pace() or SLOWEST <= session.pace.rows <= QUICKEST


@given(poses)
def test_a_pose_comes_back_as_it_was(pose: Pose) -> None:
    assert pose_from_json(json.loads(json.dumps(pose_to_json(pose)))) == pose


@pytest.mark.parametrize(
    "change",
    [
        {"position": [0, 0]},
        {"position": [0, 0, float("inf")]},
        {"position": [0, 0, True]},
        {"position": "here"},
        {"yaw": None},
        {"fov": float("nan")},
        {"pitch": 10**400},
    ],
)
def test_what_is_no_pose_is_none(change: dict[str, Any]) -> None:
    assert pose_from_json(pose_to_json(Pose()) | change) is None
    assert pose_from_json([]) is None


def test_a_pose_keeps_within_what_the_camera_can_do() -> None:
    pose = pose_from_json(pose_to_json(Pose()) | {"pitch": 3, "fov": 900})
    assert pose is not None
    assert (pose.pitch, pose.fov) == (STEEPEST, 110.0)


def test_it_lasts_from_start_to_start(tmp_path: Path) -> None:
    places = Places.under(tmp_path)
    assert SessionStore(places, pytest.fail).load() == Session()
    session = Session(Box(1, 2, 300, 400), "DP-1", mode="fly").with_visit("", Visit("s", Pose()))
    assert SessionStore(places, pytest.fail).save(session)
    assert SessionStore(places, pytest.fail).load() == session


def test_where_the_user_was_is_kept_for_each_galaxy_the_latest_ones() -> None:
    session = Session()
    for k in range(MOST_VISITS + 5):
        session = session.with_visit(f"/{k}.galaxy", Visit(selected=str(k)))
        session = session.with_visit("/0.galaxy", Visit(selected="again"))
    assert len(session.visits) == MOST_VISITS
    assert session.visit("/0.galaxy").selected == "again"
    assert session.visit("/1.galaxy") == Visit()


def test_a_pose_is_for_the_stars_it_was_among_and_an_artist_for_any_galaxy() -> None:
    here = world([[0, 0, 0], [1, 0, 0]], names=["Ada", "Bo"])
    rebuilt = world([[0, 5, 0], [9, 0, 0], [1, 1, 1]], names=["New", "Ada", "Bo"])
    visit = Visit(here.shape, Pose(), "Bo", [1])
    assert (visit.pose_in(here), visit.history_in(here)) == (Pose(), [1])
    assert (visit.pose_in(rebuilt), visit.history_in(rebuilt)) == (None, None)
    assert (visit.selected_in(here), visit.selected_in(rebuilt)) == (1, 2)
    assert Visit(selected="Gone").selected_in(here) is None


LEFT = Screen("LEFT", Box(-1280, 0, 1280, 1024))
MAIN = Screen("MAIN", Box(0, 0, 1920, 1040))


@pytest.mark.parametrize(
    ("window", "wanted", "expected"),
    [
        (Box(100, 100, 800, 600), "MAIN", Box(100, 100, 800, 600)),
        (Box(-1200, 50, 800, 600), "LEFT", Box(-1200, 50, 800, 600)),
        (Box(1500, 900, 800, 600), "MAIN", Box(1120, 440, 800, 600)),
        # Where it must change, its title bar must not be above the screen.
        (Box(0, 0, 4000, 3000), "MAIN", Box(0, 40, 1920, 1000)),
        (Box(0, 0, 1920, 1040), "MAIN", Box(0, 0, 1920, 1040)),
        # On a screen that is gone: in the middle of the one of that name, else of the main one.
        (Box(5000, 0, 800, 600), "LEFT", Box(-1040, 232, 800, 600)),
        (Box(5000, 0, 800, 600), "GONE", Box(560, 240, 800, 600)),
        (Box(5000, 0, 800, 600), "", Box(560, 240, 800, 600)),
    ],
)
def test_a_window_goes_where_a_screen_is(window: Box, wanted: str, expected: Box) -> None:
    assert fit_to_screens(window, [MAIN, LEFT], wanted) == expected


@given(boxes, st.lists(st.builds(Screen, st.text(), boxes), min_size=1), st.text())
def test_a_window_always_lies_on_one_screen_no_larger_than_it_was(
    window: Box, screens: list[Screen], wanted: str
) -> None:
    found = fit_to_screens(window, screens, wanted)
    assert any(found.inside(screen.box) == found for screen in screens)
    assert 0 < found.width <= window.width
    assert 0 < found.height <= window.height


def test_without_screens_it_stays() -> None:
    assert fit_to_screens(Box(1, 2, 3, 4), []) == Box(1, 2, 3, 4)


def test_asking_for_the_last_file_leaves_a_broken_one_to_whoever_can_tell(tmp_path: Path) -> None:
    places = Places.under(tmp_path)
    told: list[str] = []
    store = SessionStore(places, told.append)
    store.save(Session(last_file="/music/mine.galaxy"))
    assert store.last_file() == "/music/mine.galaxy"
    (places.state / "session.json").write_text("{")
    assert SessionStore(places).last_file() == ""
    assert store.load() == Session()
    assert len(told) == 1
