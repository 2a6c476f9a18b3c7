"""`RebuildJob`: builds a galaxy in a process of its own, and shows how it comes about."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from galaxy_desktop.jobs.embed_process import COMMAND, EmbedProcess
from galaxy_desktop.jobs.preview_reader import PreviewReader
from galaxy_desktop.jobs.rebuild_messages import Done, Progress, RebuildRequest
from galaxy_desktop.jobs.scratch import Scratch
from galaxy_desktop.jobs.time_left import TimeLeft, in_words
from galaxy_desktop.model.notes import fault_text

PATIENCE = 120
"""Milliseconds that a cancelled build has to end by itself."""


class RebuildJob(QObject):
    """Builds one galaxy after the other; a new start takes the place of what is not done.

    After each `start` comes exactly one of `done`, `failed` and `cancelled`, unless another start
    or `stop` takes its place: then nothing more is heard of the first. `stop` must be called before
    the program ends.

    Signals
    -------
    progressed(Progress)
    previewed(Preview)
    done(Done)
    failed(str) : one sentence for the user; what is on the screen is as good as before
    cancelled() : nothing of it is left
    """

    progressed = pyqtSignal(object)
    previewed = pyqtSignal(object)
    done = pyqtSignal(object)
    failed = pyqtSignal(str)
    cancelled = pyqtSignal()

    def __init__(self, parent: QObject | None = None, command: Sequence[str] = COMMAND) -> None:
        super().__init__(parent)
        self._command = command
        self._process: EmbedProcess | None = None
        self._scratch: Scratch | None = None
        self._run = 0
        self._request: RebuildRequest | None = None
        self._started = 0.0
        self._time = TimeLeft(0.0)
        #: When the artists were known, and how long their shape took from then on; 0 for unknown.
        self._known = self._shaped = 0.0
        self._reader: PreviewReader | None = None
        self._impatience = QTimer(self)
        self._impatience.setSingleShot(True)
        self._impatience.setInterval(PATIENCE)
        self._impatience.timeout.connect(self._cancel_by_force)

    @property
    def running(self) -> bool:
        """Whether a start has not come to its end."""
        return self._request is not None

    def prepare(self, request: RebuildRequest) -> None:
        """Get ready for such a request, so that its start loses no time; for when one may come."""
        process = self._get_ready()
        if process is not None and not self.running:
            process.ask({"prepare": _asked(request)})

    def rest(self) -> None:
        """Give back what standing by takes, unless it is at work; finished galaxies stay."""
        if not self.running:
            self._drop_process()

    def start(self, request: RebuildRequest) -> None:
        """Begin."""
        self._end()
        self._run += 1
        self._request, self._started = request, time.monotonic()
        self._time = TimeLeft(self._started)
        self._known = self._shaped = 0.0
        process = self._get_ready()
        if process is None or self._scratch is None:
            return
        run = self._scratch.path / f"run-{self._run}"
        self._reader = PreviewReader(run, self)
        self._reader.previewed.connect(self.previewed)
        self._reader.failed.connect(self._give_up)
        asked = _asked(request) | {
            "run": self._run,
            "output": str(self._scratch.path / f"rebuilt-{self._run}.galaxy"),
            "previews": str(run),
        }
        process.ask({"build": asked})

    def cancel(self) -> None:
        """Give it up; `cancelled` follows within a fifth of a second."""
        if self.running and self._process is not None:
            self._process.ask({"cancel": True})
            self._impatience.start()

    def stop(self) -> None:
        """Give everything up, and remove all that was made: the finished galaxies, too."""
        self._end()
        self._drop_process()
        if self._scratch is not None:
            self._scratch.remove()
            self._scratch = None

    def _get_ready(self) -> EmbedProcess | None:
        """Return the process; where there can be none, the run, if any, fails."""
        if not self._scratch:
            self._drop_process()
            try:
                self._scratch = Scratch()
            except OSError as error:
                reason = error.strerror or str(error)
                self._fail(
                    f"Nothing can be built: the folder for temporary files ({reason});"
                    " make room there or set TMPDIR to another one."
                )
                return None
        if self._process is None:
            process = self._process = EmbedProcess(self._scratch.path, self._command, self)
            process.said.connect(self._hear)
            process.ended.connect(self._ended)
            process.begin()
        return self._process

    def _hear(self, event: dict[str, Any]) -> None:
        if self._request is None or event.get("run") != self._run:
            return
        kind = event["event"]
        try:
            if kind == "progress":
                self._step(self._request, event["stage"], int(event["done"]), int(event["total"]))
            elif kind == "artists" and self._reader is not None:
                self._known = time.monotonic()
                self._time.plan(self._request.settings, event["count"], self._known)
                self._reader.read_keys(event["path"])
            elif kind == "preview" and self._reader is not None:
                self._reader.read(event["path"], event["share"])
                if event["share"] == 1 and self._known:
                    self._shaped = time.monotonic() - self._known
            elif kind == "done":
                self._finish(event)
            elif kind == "error" and event.get("cancelled"):
                self._end()
                self.cancelled.emit()
            elif kind == "error":
                self._fail(fault_text(event["message"]))
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
            self._give_up("The rebuild gave an answer that cannot be read; try again.")

    def _step(self, request: RebuildRequest, stage: str, done: int, total: int) -> None:
        self._time.step(stage, done, total, time.monotonic())
        if stage == "compile":
            # Only this first time: it tells nothing of the next.
            self._known = 0.0
        words = in_words(stage, request.settings)
        self.progressed.emit(Progress(words, self._time.share, self._time.left))

    def _finish(self, event: dict[str, Any]) -> None:
        done = Done(
            Path(event["path"]),
            event["artists"],
            event["relations"],
            event["quality"],
            event["settings"],
            tuple(event["notes"]),
            time.monotonic() - self._started,
            self._shaped,
        )
        if self._reader is not None:
            self._reader.flush()
        self._end()
        self.done.emit(done)

    def _fail(self, message: str) -> None:
        if self.running:
            self._end()
            self.failed.emit(message)

    def _give_up(self, message: str) -> None:
        if self._process is not None:
            self._process.ask({"cancel": True})
        self._fail(message)

    def _ended(self, said: str) -> None:
        """Take note that the process is gone, by a fault or by somebody's hand."""
        self._drop_process()
        why = f" ({said})" if said else ""
        self._fail(f"The rebuild was ended from outside{why}; start it again.")

    def _cancel_by_force(self) -> None:
        request, deaf = self._request, self._process
        self._process = None
        self._end()
        self.cancelled.emit()
        if deaf is not None:
            deaf.kill()  # which may take a while, and nobody has to wait for it
            deaf.deleteLater()
        # The next start should not pay for this one's deafness.
        if request is not None and self._scratch is not None:
            self.prepare(request)

    def _end(self) -> None:
        """Come to the end of a run, whichever; what it made but the galaxy goes."""
        self._request = None
        self._impatience.stop()
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _drop_process(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.deleteLater()
            self._process = None


def _asked(request: RebuildRequest) -> dict[str, Any]:
    asked: dict[str, Any] = {"settings": request.settings.as_dict()}
    if request.more:
        asked["inputs"] = [request.input, *request.more]
    else:
        asked["input"] = request.input
    for name in ("like", "format", "title", "source", "licence"):
        if value := getattr(request, name):
            asked[name] = value
    return asked
