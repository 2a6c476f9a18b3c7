"""`Picturing`: pictures of what is seen are asked about, drawn by a process, and told of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QWidget

from galaxy_desktop.jobs.picture_job import PictureJob, Shown
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.model.world_file import WorldFiles
from galaxy_desktop.ui.background import Background

_STILL_MS = 4_000
"""So often it is said again that a picture is being drawn: a large one takes longer than a
sentence stays."""


class Picturing(QObject):
    """Has pictures drawn, whatever has become of the file that a galaxy is from.

    Parameters
    ----------
    state : AppState
    background : Background
        Where a file is looked at, or written, for the process that draws.
    tell_error : callable
        Gets one sentence about what went wrong.
    """

    def __init__(
        self,
        state: AppState,
        background: Background,
        tell_error: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._background, self._tell_error = state, background, tell_error
        self._files = WorldFiles()
        self._jobs: list[PictureJob] = []
        self._still = QTimer(self)
        self._still.setInterval(_STILL_MS)
        self._still.timeout.connect(self._say)

    def ask(self, size: tuple[int, int], window: QWidget) -> None:
        """Ask how large a picture of what is seen now is to be and where to save it; draw it.

        Parameters
        ----------
        size : (int, int)
            Of the canvas in pixels.
        window : QWidget
        """
        from galaxy_desktop.ui.picture_dialog import PictureDialog

        # A build may end, and show another galaxy, while the user thinks.
        world = self._state.world
        dialog = PictureDialog(self._state, size, window)
        dialog.wanted.connect(lambda shown, target, pixels: self.draw(world, shown, target, pixels))
        dialog.exec()
        dialog.deleteLater()

    def draw(self, world: World, shown: Shown, target: Path, size: tuple[int, int]) -> None:
        """Draw a picture of a galaxy, and say when it is saved.

        Parameters
        ----------
        world : World
        shown : Shown
        target : Path
            The PNG to make.
        size : (int, int)
            Width and height in pixels.
        """
        job = PictureJob(self)
        job.done.connect(lambda path: self._state.message.emit(f"The picture is saved as {path}."))
        job.failed.connect(self._tell_error)
        for over in (job.done, job.failed):
            over.connect(lambda _: self._jobs.remove(job))
        self._jobs.append(job)
        self._say()
        self._still.start()
        self._background.start(
            lambda: str(self._files.file_of(world)),
            lambda path: job.start(path, shown, target, size),
            job.failed.emit,
        )

    def close_down(self) -> None:
        """Give up what is still being drawn. Call it when threads are done."""
        for job in self._jobs:
            job.stop()
        self._files.close()

    def _say(self) -> None:
        if self._jobs:
            self._state.message.emit("Drawing the picture...")
        else:
            self._still.stop()
