from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.history import MOST, History, Place
from galaxy_desktop.model.pose import Pose


def place(x: float, artist: str = "") -> Place:
    return Place(Pose((float(x), 0.0, 0.0)), artist)


def history(*xs: float) -> History:
    made = History(1.0)
    for x in xs:
        made.visit(place(x))
    return made


def test_back_and_forward_go_through_the_places_as_in_a_browser() -> None:
    visited = history(1, 2, 3)
    assert visited.back(place(3)) == place(2)
    assert visited.back(place(2)) == place(1)
    assert not visited.can_go_back
    assert visited.back(place(1)) is None
    assert visited.forward() == place(2)
    visited.visit(place(9))
    assert not visited.can_go_forward
    assert visited.forward() is None
    assert visited.back(place(9)) == place(2)


def test_who_has_strayed_goes_back_to_where_that_began_and_forward_to_where_it_led() -> None:
    visited = history(1, 2)
    assert visited.back(place(7)) == place(2)
    assert visited.forward() == place(7)
    # In the middle, straying does not cost what is forward.
    visited.back(place(7))
    assert visited.back(place(5)) == place(1)
    assert visited.forward() == place(2)
    assert visited.forward() == place(7)


def test_nearly_the_same_place_counts_once() -> None:
    visited = history(1, 2)
    visited.visit(place(2.01))
    assert len(visited) == 2
    assert visited.present == place(2.01)
    visited.visit(place(2.01, "somebody"))
    assert len(visited) == 3
    turned = replace(place(2.01), pose=replace(place(2.01).pose, yaw=1.0))
    visited.visit(turned)
    assert len(visited) == 4


def test_in_a_larger_galaxy_near_is_farther() -> None:
    visited = History(100.0)
    visited.visit(place(0))
    visited.visit(place(1))
    assert len(visited) == 1


def test_the_oldest_places_are_forgotten() -> None:
    visited = history(*range(MOST + 10))
    assert len(visited) == MOST
    while visited.can_go_back:
        visited.back(visited.present or place(0))
    assert visited.present == place(10)


def test_an_empty_one_goes_nowhere() -> None:
    visited = History(1.0)
    assert visited.back(place(1)) is None
    assert visited.forward() is None
    assert visited.present is None


@given(st.lists(st.one_of(st.floats(-9, 9), st.sampled_from(["back", "forward"])), max_size=30))
def test_it_survives_json_wherever_it_is(steps: list[Any]) -> None:
    visited = History(1.0)
    for step in steps:
        if step == "back":
            visited.back(visited.present or place(0))
        elif step == "forward":
            visited.forward()
        else:
            visited.visit(place(step, f"artist {step}"))
    again = History.from_json(json.loads(json.dumps(visited.to_json())), 1.0)
    assert again.present == visited.present
    assert again.to_json() == visited.to_json()


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        [],
        {},
        {"places": 3},
        {"places": [None, 3, {"pose": None}, {}]},
        {"places": [], "at": "x"},
    ],
)
def test_junk_is_an_empty_history(value: object) -> None:
    assert len(History.from_json(value, 1.0)) == 0


@pytest.mark.parametrize("at", [-5, 7, None, "1", 1.5, True])
def test_a_present_place_that_is_none_is_the_latest(at: object) -> None:
    kept = history(1, 2).to_json() | {"at": at}
    assert History.from_json(kept, 1.0).present == place(2)


def test_of_damaged_places_the_others_are_kept() -> None:
    kept = history(1, 2, 3).to_json()
    kept["places"][1]["pose"] = {"position": ["far"]}
    kept["places"][0]["artist"] = 5
    again = History.from_json(kept, 1.0)
    assert len(again) == 2
    assert again.present == place(3)
