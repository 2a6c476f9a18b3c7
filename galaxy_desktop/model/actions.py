"""What can be done, and by which keys: one table for the window, the menus and the cheat sheet.

Held keys are named by where they lie on a US keyboard ("W" is the key left of E, whatever is
printed on it); commands by what is printed, as Qt writes it portably ("Ctrl+F"). The mouse is in
the table for the cheat sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from galaxy_desktop.model.state import Mode

Group = Literal["Turn", "Fly", "Go to", "Artists", "Show", "Program"]
Kind = Literal["held", "command", "mouse"]
GROUPS: tuple[Group, ...] = get_args(Group)

_KEY = re.compile(
    r"(Ctrl\+)?(Alt\+)?(Shift\+)?"
    r"([A-Z/?+,=-]|F[1-9][0-2]?|Home|Esc|Tab|Return|Enter|Space|Shift|Ctrl|Left|Right|Up|Down|PageUp"
    r"|PageDown|Menu|Wheel|Click|Right click|Double click|Drag|Right drag|Move mouse)"
)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done.

    Attributes
    ----------
    name : str
        Of a held key: what `Flight.press` takes.
    sentence : str
        For the cheat sheet.
    group : Group
        Under which heading it stands there.
    keys : tuple of str
        Any of them does it; the first one is shown in menus.
    kind : {"held", "command", "mouse"}
        Held: lasts as long as the key is down.
    mode : {"orbit", "fly"} or None
        Where the keys do this; None: in both.
    repeats : bool
        Whether a command is done again and again while its key is down.
    """

    name: str
    sentence: str
    group: Group
    keys: tuple[str, ...]
    kind: Kind = "command"
    mode: Mode | None = None
    repeats: bool = False


def _held(name: str, sentence: str, group: Group, *keys: str, mode: Mode | None = None) -> Action:
    return Action(name, sentence, group, keys, "held", mode)


def _mouse(name: str, sentence: str, group: Group, *keys: str, mode: Mode | None = None) -> Action:
    return Action(name, sentence, group, keys, "mouse", mode)


ACTIONS: tuple[Action, ...] = (
    _mouse("turn", "Turn the galaxy.", "Turn", "Drag", mode="orbit"),
    _mouse("pan", "Move the galaxy.", "Turn", "Right drag", "Shift+Drag", mode="orbit"),
    _mouse("approach", "Go nearer or farther.", "Turn", "Wheel", mode="orbit"),
    _held("turn_left", "Turn left.", "Turn", "Left"),
    _held("turn_right", "Turn right.", "Turn", "Right"),
    _held("turn_up", "Turn up.", "Turn", "Up"),
    _held("turn_down", "Turn down.", "Turn", "Down"),
    _held("nearer", "Go nearer.", "Turn", "PageUp", mode="orbit"),
    _held("farther", "Go farther.", "Turn", "PageDown", mode="orbit"),
    Action("step_nearer", "Go nearer by a step.", "Turn", ("+", "="), mode="orbit", repeats=True),
    Action("step_farther", "Go farther by a step.", "Turn", ("-",), mode="orbit", repeats=True),
    Action("rotation", "Let the galaxy turn by itself, or stop it.", "Turn", ("R",)),
    Action("fly_mode", "Fly freely, or turn around what is ahead.", "Fly", ("F",)),
    _mouse("look", "Look around.", "Fly", "Move mouse", "Drag", mode="fly"),
    _held("forward", "Fly forwards.", "Fly", "W", mode="fly"),
    _held("left", "Fly left.", "Fly", "A", mode="fly"),
    _held("back", "Fly backwards.", "Fly", "S", mode="fly"),
    _held("right", "Fly right.", "Fly", "D", mode="fly"),
    _held("up", "Fly up.", "Fly", "Space", "Q", "E", "PageUp", mode="fly"),
    _held("down", "Fly down.", "Fly", "Z", "C", "PageDown", mode="fly"),
    _held("faster", "Fly faster.", "Fly", "Shift", mode="fly"),
    _held("slower", "Fly slower.", "Fly", "Ctrl", mode="fly"),
    _mouse("speed", "Set the speed.", "Fly", "Wheel", mode="fly"),
    Action("speed_up", "Raise the speed by a step.", "Fly", ("+", "="), mode="fly", repeats=True),
    Action("speed_down", "Lower the speed by a step.", "Fly", ("-",), mode="fly", repeats=True),
    _mouse("zoom", "Narrow or widen the field of view.", "Fly", "Ctrl+Wheel"),
    Action("zoom_in", "Narrow the field of view.", "Fly", ("Ctrl++", "Ctrl+="), repeats=True),
    Action("zoom_out", "Widen the field of view.", "Fly", ("Ctrl+-",), repeats=True),
    Action("leave", "Free the mouse, or close what is open.", "Fly", ("Esc",)),
    Action("search", "Search for an artist and fly there.", "Go to", ("/", "Ctrl+F")),
    _mouse("fly_there", "Fly to a star.", "Go to", "Double click"),
    Action("home", "Go back to the view of everything.", "Go to", ("Home",)),
    Action("back", "Go back to where you were before.", "Go to", ("Alt+Left",)),
    Action("forth", "Go forward again.", "Go to", ("Alt+Right",)),
    Action("bookmark", "Keep this place as a bookmark.", "Go to", ("Ctrl+D",)),
    _mouse("select", "Open the card of an artist.", "Artists", "Click"),
    _mouse("menu", "Open the menu of an artist.", "Artists", "Right click"),
    Action("menu", "Open the menu of the card.", "Artists", ("Menu", "Shift+F10")),
    Action("next_star", "Hop to the nearest artist ahead.", "Artists", ("Tab",), repeats=True),
    Action("last_star", "Hop back.", "Artists", ("Shift+Tab",), repeats=True),
    Action(
        "average", "Average the artist of the card with others.", "Artists", ("A",), mode="orbit"
    ),
    Action(
        "open_star", "Open the card of the artist in the middle.", "Artists", ("Return", "Enter")
    ),
    Action("labels", "Show or hide the names.", "Show", ("L",)),
    Action("connections", "Show or hide the connections.", "Show", ("K",)),
    Action("sidebar", "Show or fold away the sidebar.", "Show", ("Ctrl+B",)),
    Action("panel", "Take the keyboard to the sidebar, or back to the galaxy.", "Show", ("F6",)),
    Action("full_screen", "Fill the screen, or stop that.", "Show", ("F11",)),
    Action("picture", "Save a picture.", "Program", ("Ctrl+P",)),
    Action("open", "Open a galaxy.", "Program", ("Ctrl+O",)),
    Action("open_graph", "Build a galaxy from a graph.", "Program", ("Ctrl+Shift+O",)),
    Action("rebuild", "Build the galaxy anew, with other knobs.", "Program", ("Ctrl+R",)),
    Action("grow", "Grow the galaxy from an artist.", "Program", ("Ctrl+G",)),
    Action("settings", "Change the settings.", "Program", ("Ctrl+,",)),
    Action("help", "Show this list.", "Program", ("F1", "?")),
    Action("quit", "Quit.", "Program", ("Ctrl+Q",)),
)
"""All of them, in the order of the cheat sheet."""


def check(actions: tuple[Action, ...]) -> None:
    """Check a table of actions.

    Raises
    ------
    ValueError
        A name of a kind or, within a mode, a key stands for two actions; a key is not written as
        above; a sentence is none.
    """
    # Held keys go to the flight and commands to the window: neither hears the other's names.
    names = [(action.kind, action.name) for action in actions]
    if twice := {name for kind, name in names if names.count((kind, name)) > 1}:
        raise ValueError(f"two actions are called {sorted(twice)}")
    for action in actions:
        if not re.fullmatch(r"[A-Z][^.]*\.", action.sentence):
            raise ValueError(f"{action.name}: {action.sentence!r} is not one sentence")
        for key in action.keys:
            if not _KEY.fullmatch(key):
                raise ValueError(f"{action.name}: {key!r} is no key")
    for mode in get_args(Mode):
        owners: dict[str, str] = {}
        for action in actions:
            for key in action.keys if action.mode in (None, mode) else ():
                if key in owners:
                    raise ValueError(
                        f"in {mode} mode, {key} stands for {owners[key]} and {action.name}"
                    )
                owners[key] = action.name


def held_keys(mode: Mode) -> dict[str, str]:
    """Return from the positions of keys to what they do while held, in a mode."""
    return {
        key: action.name
        for action in ACTIONS
        if action.kind == "held" and action.mode in (None, mode)
        for key in action.keys
    }


def commands(mode: Mode | None = None) -> tuple[Action, ...]:
    """Return the commands that can be given in a mode; default all."""
    return tuple(
        action
        for action in ACTIONS
        if action.kind == "command" and (mode is None or action.mode in (None, mode))
    )


def by_group() -> dict[Group, list[Action]]:
    """Return the actions under the headings of the cheat sheet, both in their order."""
    return {group: [a for a in ACTIONS if a.group == group] for group in GROUPS}


check(ACTIONS)
