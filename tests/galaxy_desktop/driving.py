"""The program in a process of its own on a virtual display, and the hand that drives it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.pose_json import pose_from_json
from galaxy_desktop.model.world import World
from tests.embedding.galaxies import galaxy

LONG = 60.0
"""Seconds that nothing takes."""
SIXTY = World(galaxy(60, full=True, title="Sixty"))
"""What `start` (in conftest.py) saves as sixty.galaxy."""


class Program:
    """A process of the program, and what it says."""

    def __init__(self, environment: dict[str, str], folder: Path, *arguments: str) -> None:
        self.environment = environment
        command = [sys.executable, "-m", "galaxy_desktop", "--events", *arguments]
        self._said = folder / "events.txt"
        with self._said.open("w") as out:
            self.process = subprocess.Popen(
                command, env=environment, stdout=out, stderr=subprocess.PIPE, text=True
            )
        self.events: list[dict[str, Any]] = []

    def read(self) -> None:
        """Take in what it has said so far."""
        whole = self._said.read_text("utf-8").split("\n")[:-1]
        self.events = [json.loads(line) for line in whole if line.startswith("{")]

    def wait(self, event: str, after: int = 0, **values: Any) -> dict[str, Any]:
        """Wait for an event, the first one after so many, and return it."""
        return self.wait_for((event,), after, **values)

    def wait_for(self, events: tuple[str, ...], after: int = 0, **values: Any) -> dict[str, Any]:
        """Wait for one of some events, the first one after so many, and return it."""

        def found() -> dict[str, Any] | None:
            self.read()
            fitting = (e for e in self.events[after:] if e["event"] in events)
            return next((e for e in fitting if e.items() >= values.items()), None)

        return until(found, lambda: f"{' or '.join(events)} {values} in {self.events[after:]}")

    def do(self, *arguments: object) -> int:
        """Let the hand do something; return how many events there were before."""
        self.read()
        count = len(self.events)
        command = ["xdotool", *map(str, arguments)]
        subprocess.run(command, env=self.environment, check=True, timeout=LONG)
        return count

    def focus(self, *which: str, besides: str = "") -> str:
        """Give a window the keyboard, as a window manager would, and return it.

        Which one is told as for `find`; the program's own where it is not.
        """
        window = self.find(*(which or ("--class", "galaxy-desktop")), besides=besides)
        self.do("windowfocus", "--sync", window)
        return window

    def find(self, *which: str, besides: str = "") -> str:
        """Wait for a window that xdotool finds so, besides one, and return it."""
        command = ["xdotool", "search", "--onlyvisible", *which]
        until = time.monotonic() + LONG
        while time.monotonic() < until:
            # It fails where there is none, and where another window closes while it looks.
            done = subprocess.run(
                command, env=self.environment, timeout=LONG, capture_output=True, text=True
            )
            found = [window for window in done.stdout.split() if window != besides]
            if done.returncode == 0 and found:
                return found[-1]
            time.sleep(0.05)
        raise TimeoutError(f"there is no window {which}")

    def geometry(self, window: str) -> tuple[int, int, int, int]:
        """Return where a window is on the screen, and its width and height."""
        done = subprocess.run(
            ["xdotool", "getwindowgeometry", "--shell", window],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        values = dict(line.split("=") for line in done.stdout.split())
        return int(values["X"]), int(values["Y"]), int(values["WIDTH"]), int(values["HEIGHT"])

    def close(self) -> int:
        """Ask it to end, and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(LONG)
        self.read()
        return status

    @property
    def pose(self) -> Pose:
        """Where the camera came to rest last."""
        self.read()
        last = [event for event in self.events if event["event"] == "still"][-1]
        pose = pose_from_json(last["pose"])
        assert pose is not None
        return pose


def until(found: Callable[[], Any], missing: Callable[[], str]) -> Any:
    """Return what is found once it is there; what is missing is said where it never is."""
    end = time.monotonic() + LONG
    while not (result := found()):
        assert time.monotonic() < end, f"never: {missing()}"
        time.sleep(0.02)
    return result
