"""The real program on a virtual display, driven by a hand that is xdotool's."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embedding.galaxy_file import save
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.pose_json import pose_from_json
from tests.embedding.galaxies import galaxy
from tests.galaxy_desktop.driving import LONG, SIXTY, Program, until
from tests.galaxy_desktop.flights import assert_same_view


def test_one_flies_about_and_comes_back_to_the_same_place(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    file = str(tmp_path / "sixty.galaxy")
    program = start(file, flying=True)
    assert program.wait("opened")["artists"] == 60
    program.wait("drawn")
    window = program.focus()

    # Search, Enter, arrive.
    program.do("key", "slash")
    program.do("type", "--delay", 30, SIXTY.galaxy.names[20])
    at = program.do("key", "Return")
    program.wait("selected", at, name=SIXTY.galaxy.names[20])
    program.wait("still", at)
    ahead = SIXTY.positions[20] - np.array(program.pose.position)
    assert program.pose.forward @ ahead / np.linalg.norm(ahead) > 0.999

    # Resize, all in view, a click on another star.
    at = program.do("windowsize", "--sync", window, 900, 600)
    size = program.wait("resized", at)["size"]
    at = program.do("key", "Home")
    program.wait("still", at)
    first = program.pose
    star, x, y = _clear_star(first, (size[0], size[1]), 20)
    geometry = program.geometry(window)
    at = program.do("mousemove", geometry[0] + x, geometry[1] + y + _menu_height(size, geometry))
    program.wait("hovered", at, artist=star)
    at = program.do("click", 1)
    program.wait("selected", at, artist=star)

    # W, held for a while, flies forwards; let go, it rests.
    at = program.do("keydown", "w")
    program.wait("mode", at, mode="fly")
    program.wait("moving", at)
    time.sleep(1)
    at = program.do("keyup", "w")
    program.wait("still", at)
    way = np.subtract(program.pose.position, first.position)
    assert way @ first.forward > 0.9 * np.linalg.norm(way) > 0

    # Back to where it was before.
    at = program.do("key", "alt+Left")
    program.wait("still", at)
    assert np.allclose(program.pose.position, first.position, atol=1e-4)

    # Closed and opened again, it is in the same place.
    left = program.pose
    assert program.close() == 128 + signal.SIGTERM
    again = start()
    again.wait("opened", path=file)
    back = pose_from_json(again.wait("drawn")["pose"])
    assert back is not None
    # Around what it turns is worked out anew, which may cost the last bit.
    assert_same_view(back, left, 1e-9)
    again.focus()
    at = again.do("key", "ctrl+q")
    again.wait("closed", at)
    assert again.process.wait(LONG) == 0


def _clear_star(pose: Pose, size: tuple[int, int], but: int) -> tuple[int, int, int]:
    """Return a star far from others in the picture, and its pixel."""
    pixels, _ = pose.project(SIXTY.positions, size)
    pixels = np.round(pixels)
    inside = (pixels > 60).all(axis=1) & (pixels < np.array(size) - 60).all(axis=1)
    apart = np.linalg.norm(pixels[:, None] - pixels[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    clear = np.where(inside, np.nanmin(apart, axis=1), 0)
    clear[but] = 0
    star = int(np.argmax(clear))
    assert clear[star] > 25
    return star, int(pixels[star, 0]), int(pixels[star, 1])


def _menu_height(size: list[int], geometry: tuple[int, int, int, int]) -> int:
    return geometry[3] - size[1]


@pytest.mark.parametrize(
    ("scale", "shape"), [("1", (640, 480)), ("1.5", (1000, 281)), ("2", (960, 680))]
)
def test_any_shape_and_pixel_ratio(
    start: Callable[..., Program], tmp_path: Path, scale: str, shape: tuple[int, int]
) -> None:
    program = start(str(tmp_path / "sixty.galaxy"), QT_SCALE_FACTOR=scale)
    program.wait("drawn")
    window = program.focus()
    at = program.do("windowsize", window, *shape)
    program.wait("resized", at)
    at = program.do("key", "Tab")
    program.wait("still", at)
    at = program.do("key", "Home")
    program.wait("still", at)
    assert program.close() == 128 + signal.SIGTERM
    assert program.events[-1]["event"] == "closed"


@pytest.mark.parametrize("n", [1, 40])
def test_one_artist_and_all_at_one_point(
    start: Callable[..., Program], tmp_path: Path, n: int
) -> None:
    one = replace(galaxy(n) if n > 1 else _single(), positions=np.ones((n, 3), np.float32))
    save(one, tmp_path / "one.galaxy")
    program = start(str(tmp_path / "one.galaxy"))
    program.wait("drawn")
    program.focus()
    program.do("key", "Tab")
    at = program.do("key", "Home")
    program.wait("still", at)
    at = program.do("keydown", "w")
    program.wait("moving", at)
    program.do("keyup", "w")
    assert program.close() == 128 + signal.SIGTERM


def _single() -> Any:
    whole = galaxy(2, full=False)
    return replace(
        whole,
        names=["Alone with a name of three hundred letters " + "x" * 257],
        vectors=whole.vectors[:1],
        popularity=whole.popularity[:1],
        indptr=np.zeros(2, np.int32),
        indices=np.zeros(0, np.int32),
    )


def test_a_file_that_is_not_there_ends_it_with_one_sentence(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    program = start(str(tmp_path / "no.galaxy"))
    _, said = program.process.communicate(timeout=LONG)
    assert program.process.returncode == 2
    assert said.startswith(f"{tmp_path}/no.galaxy: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("seconds", [0.3, 0.5, 0.8])
def test_a_signal_at_any_moment_ends_it(
    start: Callable[..., Program], tmp_path: Path, seconds: float
) -> None:
    program = start(str(tmp_path / "sixty.galaxy"))
    time.sleep(seconds)
    program.process.send_signal(signal.SIGTERM)
    _, said = program.process.communicate(timeout=LONG)
    # It may not even have begun to listen.
    assert program.process.returncode in (128 + signal.SIGTERM, -signal.SIGTERM)
    assert said == ""


def test_a_terminal_that_closes_loses_nothing(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    program = start(str(tmp_path / "sixty.galaxy"))
    program.wait("drawn")
    program.process.send_signal(signal.SIGHUP)
    assert program.process.wait(LONG) == 128 + signal.SIGHUP
    program.read()
    assert program.events[-1]["event"] == "closed"


def test_a_dialog_at_the_start_ends_with_a_signal(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    program = start(str(tmp_path / "no.galaxy"), "--from-menu")
    program.wait("closed")
    time.sleep(0.3)
    program.process.send_signal(signal.SIGTERM)
    _, said = program.process.communicate(timeout=LONG)
    assert program.process.returncode == 2
    assert said.count("\n") == 1


def test_ctrl_c_closes_it(start: Callable[..., Program], tmp_path: Path) -> None:
    program = start(str(tmp_path / "sixty.galaxy"))
    program.wait("drawn")
    program.process.send_signal(signal.SIGINT)
    assert program.process.wait(LONG) == 130
    program.read()
    assert program.events[-1]["event"] == "closed"


@pytest.mark.parametrize("display_name", ["", ":4711"])
def test_without_a_display_it_is_one_sentence(
    start: Callable[..., Program], display_name: str
) -> None:
    program = start(DISPLAY=display_name, QT_QPA_PLATFORM="")
    _, said = program.process.communicate(timeout=LONG)
    assert program.process.returncode == 2
    assert "--screenshot" in said
    assert said.count("\n") == 1


_TABS_TO_REBUILD = 23
"""From the first shape over three more, the two parts of each of nine knobs, and Live."""


def _in_sight(start: Callable[..., Program], folder: Path) -> tuple[Program, Path]:
    """Start the program with a folder of its own for temporary files; return both."""
    scratch = folder / "scratch"
    scratch.mkdir()
    program = start(str(folder / "sixty.galaxy"), TMPDIR=str(scratch))
    program.wait("drawn")
    program.focus()
    return program, scratch


def _graph(folder: Path) -> Path:
    path = folder / "ring.csv"
    path.write_text("".join(f"A{k},A{(k + d) % 80}\n" for k in range(80) for d in (1, 2, 3)))
    return path


def _children(program: Program) -> list[int]:
    pid = program.process.pid
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _open_graph(program: Program, path: Path) -> None:
    """Build a galaxy from a file by the keyboard alone."""
    program.do("key", "ctrl+shift+o")
    dialog = program.focus("--name", "Open a graph")
    program.do("key", "Return")
    program.focus("--name", "Open a graph", besides=dialog)
    program.do("type", "--delay", 10, str(path))
    at = program.do("key", "Return")
    assert program.wait("opened", at)["artists"] == 80
    # Without a window manager nobody gives the keyboard back after a dialog.
    program.focus()


def _press_rebuild(program: Program, *, unkept: bool = False) -> int:
    program.do("key", "ctrl+r")
    # Keep and Throw away come before it, where there is a galaxy to be kept.
    program.do("key", "--delay", 10, *["Tab"] * (_TABS_TO_REBUILD + 2 * unkept))
    return program.do("key", "space")


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_graph_is_opened_and_rebuilt_by_the_keyboard_alone(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    program, scratch = _in_sight(start, tmp_path)
    _open_graph(program, _graph(tmp_path))
    at = _press_rebuild(program, unkept=True)
    assert program.wait("reformed", at, artists=80)["kept"] is False
    children = _children(program)
    assert children
    # Nobody is there to say what to keep: it ends all the same, and leaves nothing.
    assert program.close() == 128 + signal.SIGTERM
    assert program.events[-1]["event"] == "closed"
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    assert not list(scratch.iterdir())
    again = start()
    again.wait("opened", path=str(tmp_path / "sixty.galaxy"))


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_rebuild_whose_process_is_killed_says_so_and_can_be_done_again(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    program, scratch = _in_sight(start, tmp_path)
    program.do("key", "ctrl+r")
    child = until(lambda: _children(program), lambda: "a process that stands by")[0]
    at = _press_rebuild(program)
    os.kill(child, signal.SIGKILL)
    # Or it was done before it was killed.
    ended = program.wait_for(("message", "reformed"), at)
    assert ended["event"] == "reformed" or "rebuild" in ended["text"]
    at = program.do("key", "space")
    program.wait("reformed", at)
    assert program.close() == 128 + signal.SIGTERM
    assert not list(scratch.iterdir())
