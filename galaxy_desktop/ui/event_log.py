"""`EventLog`: what happens in the window, as lines of JSON, for tests and scripts.

Each line is an object with ``event``, its name, and ``t``, seconds since the start of the process:

- ``shown`` : the window is on the screen
- ``opened`` : a galaxy is; ``path`` ("" for the atlas), ``title``, ``artists``
- ``reformed`` : another build of it has taken over; ``artists``, and ``kept``, whether it is in a
  file of the user's
- ``drawn`` : its first frame is; ``pose``
- ``moving``, ``still`` : the camera sets off, and rests; ``still`` with ``pose``
- ``mode`` : ``mode``, "orbit" or "fly"
- ``hovered``, ``selected`` : ``artist``, a number or null, and ``name``
- ``averaged`` : the averager shows another answer; ``question``, "between" or "path", ``asked``, of
  each ingredient its name and its amount, ``found``, of each artist of the answer its name and its
  match (null for the first one of a path), and ``said``, the sentence where there is no answer
- ``message`` : ``text``, a sentence for the user
- ``resized`` : ``size``, of the canvas in logical pixels
- ``closed`` : the window is gone, and what is kept is saved
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.playlist import playlist
from galaxy_desktop.model.pose_json import pose_to_json
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World


def process_age() -> float:
    """Return how many seconds ago this process was started; where that is not known, 0."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        # The fields of proc(5), counted from the one after the name, which may hold anything.
        fields = Path("/proc/self/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        since_boot = time.clock_gettime(time.CLOCK_BOOTTIME)
        return since_boot - int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return 0.0


class EventLog:
    """Writes the lines.

    Parameters
    ----------
    file : text file, optional
        Default: the standard output.
    """

    def __init__(self, file: TextIO | None = None) -> None:
        self._file = file or sys.stdout
        self._origin = time.perf_counter() - process_age()

    def write(self, event: str, **values: Any) -> None:
        """Write one line, at once."""
        seconds = round(time.perf_counter() - self._origin, 3)
        line = json.dumps({"event": event, "t": seconds, **values}, ensure_ascii=False)
        # Whoever listened may be gone; the window stays.
        with contextlib.suppress(OSError, ValueError):
            print(line, file=self._file, flush=True)

    def follow(self, state: AppState) -> None:
        """Write down what happens to a state from now on."""
        state.world_changed.connect(self._opened)
        state.world_reformed.connect(self._reformed)
        state.mode_changed.connect(lambda mode: self.write("mode", mode=mode))
        state.message.connect(lambda text: self.write("message", text=text))
        state.hovered_changed.connect(lambda artist: self._artist("hovered", state, artist))
        state.selected_changed.connect(lambda artist: self._artist("selected", state, artist))
        self._opened(state.world)

    def averaged(self, mix: Mix) -> None:
        """Write down what the averager shows."""
        recipe, answer = mix.recipe, mix.answer
        self.write(
            "averaged",
            question=recipe.question,
            asked=[[each.name, each.amount] for each in recipe.ingredients],
            found=[[e.name, e.match] for e in playlist(recipe, answer, mix.world).entries],
            said=answer.sentence,
        )

    def seen(self, event: str, state: AppState) -> None:
        """Write one line with where the camera is."""
        self.write(event, pose=pose_to_json(state.pose))

    def _opened(self, world: World) -> None:
        self.write("opened", path=world.path, title=world.galaxy.title, artists=len(world))

    def _reformed(self, change: Reforming) -> None:
        self.write("reformed", artists=len(change.new), kept=not change.new.temporary)

    def _artist(self, event: str, state: AppState, artist: int | None) -> None:
        name = None if artist is None else state.world.galaxy.names[artist]
        self.write(event, artist=artist, name=name)
