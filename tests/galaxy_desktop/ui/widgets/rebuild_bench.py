"""The controller of a rebuild, with all around it and a job that does what it is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from embedding.galaxy_file import load, save
from embedding.settings import BuildSettings
from galaxy_desktop.jobs.rebuild_messages import Done, RebuildRequest
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.rebuild_panel import RebuildPanel
from galaxy_desktop.ui.rebuilding import Rebuilding
from tests.embedding.galaxies import galaxy

OTHER = BuildSettings(p=9.0)
"""Other settings than those of the galaxy that is open."""


class Job(QObject):
    """Does what it is told, in place of a `RebuildJob`."""

    progressed = pyqtSignal(object)
    previewed = pyqtSignal(object)
    done = pyqtSignal(object)
    failed = pyqtSignal(str)
    cancelled = pyqtSignal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.started: list[RebuildRequest] = []
        self.prepared: list[RebuildRequest] = []
        self.running = self.stopped = False
        self.notes: tuple[str, ...] = ()

    def prepare(self, request: RebuildRequest) -> None:
        self.prepared.append(request)

    def rest(self) -> None:
        pass

    def start(self, request: RebuildRequest) -> None:
        self.started.append(request)
        self.running = True

    def cancel(self) -> None:
        if self.running:
            self.running = False
            self.cancelled.emit()

    def stop(self) -> None:
        self.running, self.stopped = False, True

    def fail(self, sentence: str) -> None:
        self.running = False
        self.failed.emit(sentence)

    def finish(self, seed: int = 1, **changes: Any) -> Done:
        """Be done with a galaxy."""
        self.running = False
        settings = self.started[-1].settings.as_dict()
        path = self.folder / f"built-{seed}.galaxy"
        base = galaxy(30, seed=0)
        new = galaxy(30, seed=seed)
        made = {"positions": new.positions, "vectors": new.vectors, "title": base.title}
        save(replace(base, settings=settings, **(made | changes)), path)
        done = Done(path, 30, 60, {}, settings, self.notes, 1.5)
        self.done.emit(done)
        return done


class Bench:
    """A controller, and all around it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "opened.galaxy"
        save(galaxy(30), self.path)
        self.state = AppState(World(load(self.path), str(self.path)))
        self.first = self.state.world
        self.panel = RebuildPanel()
        self.background = Background()
        self.errors: list[str] = []
        self.said: list[str] = []
        self.state.message.connect(self.said.append)
        self.job = Job(folder)
        self.rebuilding = Rebuilding(
            self.state,
            self.panel,
            lambda path: World(load(path), path),
            self.background,
            self.errors.append,
            self.job,  # type: ignore[arg-type]
        )
