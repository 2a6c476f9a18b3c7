"""Starts of the program on a virtual display."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from embedding.galaxy_file import save
from galaxy_desktop.model.settings import Settings, SettingsStore
from galaxy_desktop.model.storage import Places
from tests.galaxy_desktop.driving import SIXTY, Program


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """Return a display of our own: on the user's, somebody else may be typing."""
    for program in ("Xvfb", "xdotool"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not on this machine")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1000x700x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def start(display: str, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    environment = os.environ | {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "OMP_NUM_THREADS": "1",
    }
    environment.pop("WAYLAND_DISPLAY", None)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        environment[f"XDG_{name}_HOME"] = str(tmp_path / name.lower())
    config = tmp_path / "config" / "galaxy-desktop"
    save(SIXTY.galaxy, tmp_path / "sixty.galaxy")
    programs: list[Program] = []

    def started(*arguments: str, flying: bool = False, **more: str) -> Program:
        if not config.exists():
            chosen = replace(Settings(), rotate=False, welcomed=True, reduced_motion=not flying)
            SettingsStore(replace(Places.under(tmp_path), config=config)).save(chosen)
        folder = tmp_path / f"start-{len(programs)}"
        folder.mkdir()
        program = Program(environment | more, folder, *arguments)
        programs.append(program)
        return program

    yield started
    for program in programs:
        if program.process.poll() is None:
            program.process.kill()
        program.process.communicate()
