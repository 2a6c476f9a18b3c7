"""The averager of the real program, by mouse and keyboard: from a star to a file of names."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.ingredient_colours import COLOURS
from galaxy_desktop.ui import theme
from tests.galaxy_desktop.driving import Program

_GRAB = """
import sys
from PyQt6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""
_TABS_TO_SAVE = 9
"""From "Path" over swap and clear, the length, both ends of the popularity and its two words,
and the view of all, to the menu of the playlist."""
_TABS_TO_RECENT = 4
"""From the search of the sidebar over its button, the room and the field, to the rows."""

Pixels = npt.NDArray[np.uint8]


def _screen(program: Program, path: Path) -> Pixels:
    """Return what is on the screen, shape (h, w, 3)."""
    from PyQt6.QtGui import QImage

    # Whatever the cursor has changed is drawn by then.
    time.sleep(0.3)
    command = [sys.executable, "-c", _GRAB, str(path)]
    subprocess.run(command, env=program.environment, check=True, timeout=60)
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    bits = image.constBits()
    assert bits is not None
    pixels = np.frombuffer(bits.asstring(image.sizeInBytes()), np.uint8)
    return pixels.reshape(image.height(), image.width(), 4)[..., 2::-1]


def _bars(screen: Pixels, colour: str, least: int) -> list[tuple[int, int, int]]:
    """Return the horizontal bars of a colour: left, right and the row, from the top down."""
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
    found: list[tuple[int, int, int]] = []
    for row in np.flatnonzero((screen == wanted).all(axis=2).sum(axis=1) >= least).tolist():
        fitting = (screen[row] == wanted).all(axis=1).astype(np.int8)
        starts = np.flatnonzero(np.diff(fitting, prepend=0) == 1)
        ends = np.flatnonzero(np.diff(fitting, append=0) == -1)
        longest = int(np.argmax(ends - starts))
        left, right = int(starts[longest]), int(ends[longest])
        if right - left >= least and (not found or row > found[-1][2] + 6):
            found.append((left, right, row))
    return found


def _go_to(program: Program, name: str) -> None:
    program.do("key", "slash")
    program.do("type", "--delay", 30, name)
    at = program.do("key", "Return")
    program.wait("selected", at, name=name)
    program.wait("still", at)


def _drag(program: Program, *places: tuple[int, int]) -> int:
    """Drag from the first place over the others to the last; return the events before."""
    program.do("mousemove", *places[0])
    at = program.do("mousedown", 1)
    before = places[0]
    for place in places[1:]:
        for step in range(1, 9):
            x, y = (round(a + (b - a) * step / 8) for a, b in zip(before, place, strict=True))
            program.do("mousemove", x, y)
        before = place
        # Qt looks at what is dragged only now and then.
        time.sleep(0.3)
    program.do("mouseup", 1)
    return at


def _command(folder: Path, *arguments: str) -> list[list[Any]]:
    """Return the names and matches that the command gives."""
    command = [sys.executable, "-m", "embedding", "average", str(folder / "sixty.galaxy")]
    done = subprocess.run(
        [*command, *arguments, "--json"], check=True, capture_output=True, text=True, timeout=60
    )
    return [[each["name"], each["match"]] for each in json.loads(done.stdout)["results"]]


def _same(shown: list[list[Any]], told: list[list[Any]]) -> bool:
    return [name for name, _ in shown] == [name for name, _ in told] and np.allclose(
        [match for _, match in shown], [match for _, match in told]
    )


def test_two_artists_are_averaged_and_a_path_between_them_is_saved(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    program = start(str(tmp_path / "sixty.galaxy"))
    program.wait("drawn")
    window = program.focus()

    # A adds the artist that was searched for; a second one is dragged from its card.
    _go_to(program, "Artist 20")
    at = program.do("key", "a")
    program.wait("averaged", at, asked=[["Artist 20", 1.0]], found=[])
    _go_to(program, "Artist 31")
    left, right, line = _bars(_screen(program, tmp_path / "rooms.png"), theme.colours().accent, 30)[
        0
    ]
    wide = right - left
    room = (left + right) // 2
    program.do("mousemove", room - 2 * wide, line - 10)
    program.do("click", 1)
    time.sleep(0.3)
    name = (room - round(2.5 * wide) + 24, line + 26)
    at = _drag(program, name, (room, line - 10), (room, line + 300))
    two = program.wait("averaged", at, asked=[["Artist 20", 1.0], ["Artist 31", 1.0]])
    assert _same(two["found"], _command(tmp_path, "Artist 20", "Artist 31"))

    # While its slider is moved, the results change.
    screen = _screen(program, tmp_path / "two.png")
    ((left, right, row),) = _bars(screen, COLOURS[0], 80)
    wide = right - left
    stops = [(right + 6 - round(part * wide), row) for part in (0.0, 0.2, 0.4, 0.5)]
    at = _drag(program, *stops)
    program.read()
    moved = [event for event in program.events[at:] if event["event"] == "averaged"]
    assert len(moved) > 2
    weight = moved[-1]["asked"][0][1]
    assert 0.3 < weight < 0.7
    weighted = moved[-1]["found"]
    assert _same(weighted, _command(tmp_path, "Artist 20", "Artist 31", f"--weights={weight},1"))
    assert weighted != two["found"]

    # A click on the first result flies there.
    screen = _screen(program, tmp_path / "weighted.png")
    below = min(bar[2] for colour in COLOURS[:2] for bar in _bars(screen, colour, 8)[1:])
    assert below > row
    program.do("mousemove", left + 20, below - 14)
    program.wait("hovered", at, name=weighted[0][0])
    at = program.do("click", 1)
    program.wait("selected", at, name=weighted[0][0])
    program.wait("still", at)

    # The first one is taken away: back from its slider over the way out.
    program.do("mousemove", right - 6, row)
    program.do("click", 1)
    program.do("key", "--delay", 30, "shift+Tab", "shift+Tab")
    at = program.do("key", "space")
    taken = program.wait("averaged", at)
    amount = taken["asked"][0][1]
    assert amount < 0
    minus = _command(tmp_path, "Artist 20", "Artist 31", f"--weights={amount},1")
    assert _same(taken["found"], minus)

    # On from there to the second, and to what is asked.
    program.do("key", "--delay", 30, *["Tab"] * 7)
    at = program.do("key", "Right")
    way = program.wait("averaged", at, question="path")
    names = [name for name, _ in way["found"]]
    assert (names[0], names[-1]) == ("Artist 20", "Artist 31")
    assert way["found"][0][1] is None
    assert len(names) == 8

    # Saved as text; without a window manager nobody gives the keyboard back after a dialog.
    program.do("key", "--delay", 30, *["Tab"] * _TABS_TO_SAVE)
    program.do("key", "space")
    program.do("key", "t")
    program.focus("--name", "Save the playlist")
    program.do("key", "ctrl+a")
    program.do("type", "--delay", 10, str(tmp_path / "way.txt"))
    at = program.do("key", "Return")
    program.wait("message", at, text=f"The playlist is saved as {tmp_path / 'way.txt'}.")
    assert (tmp_path / "way.txt").read_text("utf-8").splitlines() == names
    program.do("windowfocus", "--sync", window)

    # It is listed among the recent ones once it is cleared away, and is there after a restart.
    program.do("key", "--delay", 30, *["shift+Tab"] * (_TABS_TO_SAVE - 2))
    at = program.do("key", "space")
    program.wait("averaged", at, asked=[])
    assert program.close() == 128 + signal.SIGTERM
    again = start()
    again.wait("drawn")
    again.focus()
    left, right, line = _bars(_screen(again, tmp_path / "again.png"), theme.colours().accent, 30)[0]
    again.do("mousemove", left + round(2.5 * (right - left)), line - 10)
    at = again.do("click", 1)
    again.wait("averaged", at, asked=[])
    again.do("key", "F6")
    again.do("key", "--delay", 30, *["Tab"] * _TABS_TO_RECENT)
    at = again.do("key", "Return")
    assert again.wait("averaged", at)["found"] == way["found"]
