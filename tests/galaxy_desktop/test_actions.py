from __future__ import annotations

from dataclasses import replace

import pytest

from galaxy_desktop.model.actions import (
    ACTIONS,
    GROUPS,
    Action,
    by_group,
    check,
    commands,
    held_keys,
)
from galaxy_desktop.model.flight import HELD


def test_the_table_is_sound() -> None:
    check(ACTIONS)


def test_every_held_action_is_one_of_the_flight_and_every_one_of_those_has_a_key() -> None:
    assert {action.name for action in ACTIONS if action.kind == "held"} == HELD


@pytest.mark.parametrize(
    ("mode", "key", "name"),
    [
        ("fly", "W", "forward"),
        ("fly", "A", "left"),
        ("fly", "S", "back"),
        ("fly", "D", "right"),
        ("fly", "Space", "up"),
        ("fly", "Q", "up"),
        ("fly", "E", "up"),
        ("fly", "Z", "down"),
        ("fly", "C", "down"),
        ("fly", "Shift", "faster"),
        ("fly", "Ctrl", "slower"),
        ("orbit", "Left", "turn_left"),
        ("fly", "Left", "turn_left"),
        ("orbit", "PageUp", "nearer"),
    ],
)
def test_held_keys_are_where_users_expect_them(mode: str, key: str, name: str) -> None:
    assert held_keys(mode)[key] == name  # type: ignore[arg-type]


def test_in_orbit_the_letters_are_free_for_commands() -> None:
    assert not {key for key in held_keys("orbit") if len(key) == 1}


@pytest.mark.parametrize(
    "key",
    [
        *(
            "/",
            "Ctrl+F",
            "Esc",
            "Alt+Left",
            "Alt+Right",
            "Home",
            "Tab",
            "Shift+Tab",
            "Return",
            "F1",
        ),
        *("?", "F11", "Ctrl+P", "Ctrl+D", "Ctrl+B", "Ctrl+,", "Ctrl+O", "Ctrl+Q", "F", "R", "L"),
        *("K", "+", "-", "Menu", "Shift+F10"),
    ],
)
def test_there_is_a_command_for_every_key_that_users_know(key: str) -> None:
    for mode in ("orbit", "fly"):
        assert sum(key in action.keys for action in commands(mode)) == 1  # type: ignore[arg-type]


def test_the_cheat_sheet_has_everything_once_under_its_heading() -> None:
    sheet = by_group()
    assert tuple(sheet) == GROUPS
    assert all(sheet.values())
    assert sorted(a.name for part in sheet.values() for a in part) == sorted(
        a.name for a in ACTIONS
    )


GOOD = Action("leap", "Leap up.", "Fly", ("J",), mode="fly")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (replace(GOOD, name="other"), "J stands for leap and other"),
        (replace(GOOD, name="other", mode=None), "in fly mode, J"),
        (replace(GOOD, mode="orbit"), r"two actions are called \['leap'\]"),
        (replace(GOOD, name="other", keys=("Ctrl+Alt",)), "'Ctrl.Alt' is no key"),
        (replace(GOOD, name="other", keys=("j",)), "'j' is no key"),
        (replace(GOOD, name="other", keys=("X",), sentence="leap"), "'leap' is not one sentence"),
    ],
)
def test_a_table_that_is_not_sound_is_refused(bad: Action, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        check((GOOD, bad))


def test_the_same_key_may_do_another_thing_in_the_other_mode() -> None:
    check((GOOD, replace(GOOD, name="other", mode="orbit")))
