"""`PictureJob`: a picture of what the window shows, drawn by a process of its own.

The largest takes seconds and a gigabyte without a graphics card; here neither is the window's.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, QProcess, QProcessEnvironment, pyqtSignal

from galaxy_desktop.model import settings as settings_json
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.pose_json import pose_from_json, pose_to_json
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.threads import Thread


@dataclass(frozen=True, slots=True)
class Shown:
    """What a picture is to show.

    Attributes
    ----------
    pose : Pose
    settings : Settings
    selected : int or None
    highlights, strengths : tuple
        As in `AppState`.
    threads : tuple of Thread
    shape : str
        `World.shape` of the galaxy that these belong to.
    """

    pose: Pose
    settings: Settings
    selected: int | None
    highlights: tuple[int, ...]
    strengths: tuple[float, ...]
    threads: tuple[Thread, ...]
    shape: str

    @classmethod
    def of(cls, state: AppState) -> Shown:
        """Return what is shown now."""
        return cls(
            state.pose,
            state.settings,
            state.selected,
            state.highlights,
            state.strengths,
            state.threads,
            state.world.shape,
        )

    def to_json(self) -> str:
        """Return it as a line of JSON."""
        content: dict[str, Any] = {
            "pose": pose_to_json(self.pose),
            "settings": settings_json.to_json(self.settings),
            "selected": self.selected,
            "highlights": self.highlights,
            "strengths": self.strengths,
            "threads": [thread.to_json() for thread in self.threads],
            "shape": self.shape,
        }
        return json.dumps(content)

    @classmethod
    def from_json(cls, text: str) -> Shown:
        """Return it from a line that `to_json` made."""
        content = json.loads(text)
        pose = pose_from_json(content["pose"])
        assert pose is not None
        return cls(
            pose,
            settings_json.from_json(content["settings"]),
            content["selected"],
            tuple(content["highlights"]),
            tuple(content["strengths"]),
            tuple(Thread.from_json(thread) for thread in content["threads"]),
            content["shape"],
        )


class PictureJob(QObject):
    """Draws one picture.

    Signals
    -------
    done(str) : it is saved there
    failed(str) : one sentence for the user
    """

    done = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._target = ""
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        self._process.setProcessEnvironment(environment)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._broken)

    def start(self, world_path: str, shown: Shown, target: Path, size: tuple[int, int]) -> None:
        """Begin.

        Parameters
        ----------
        world_path : str
            The galaxy's file, "" for the atlas.
        shown : Shown
        target : Path
            The PNG to make.
        size : (int, int)
            Width and height in pixels.
        """
        self._target = str(target)
        arguments = ["-m", "galaxy_desktop", "--screenshot", self._target, "--from-window"]
        arguments += ["--size", f"{size[0]}x{size[1]}"]
        if world_path:
            arguments += ["--", world_path]
        self._process.start(sys.executable, arguments)
        self._process.write(shown.to_json().encode())
        self._process.closeWriteChannel()

    def stop(self) -> None:
        """Give it up, if it is not done; nothing half-made is left."""
        self._process.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished()

    def _finished(self, status: int, how: QProcess.ExitStatus) -> None:
        if how == QProcess.ExitStatus.NormalExit and status == 0:
            self.done.emit(self._target)
            return
        said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        lines = said.strip().splitlines()
        if status == 2 and lines:
            self.failed.emit(lines[-1])
        else:
            self.failed.emit("The picture could not be drawn; a smaller one may be possible.")

    def _broken(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.failed.emit("The picture could not be drawn: no process could be started for it.")
