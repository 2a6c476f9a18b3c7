"""`CrawlJob`: asks a music service who is related to whom, in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from embedding.sources.keys import variable
from galaxy_desktop.jobs.crawl_messages import (
    CrawlEnd,
    CrawlProgress,
    CrawlRequest,
    Why,
    answer_of,
)
from galaxy_desktop.jobs.line_process import LineProcess
from galaxy_desktop.model.durations import in_words

COMMAND = (sys.executable, "-m", "embedding", "crawl")

PATIENCE = 2_000
"""Milliseconds that a crawl has to end by itself; what it has kept is safe in any case."""


class CrawlJob(QObject):
    """Runs one crawl at a time. Nothing is asked of any service before `start`.

    After each `start` comes exactly one `ended`. `close` must be called before the program ends.

    Signals
    -------
    progressed(CrawlProgress)
    answered(Answer) : a service has said who is related to an artist
    noted(str) : a sentence for the user, such as which of several artists of a name was taken
    ended(CrawlEnd)
    """

    progressed = pyqtSignal(object)
    answered = pyqtSignal(object)
    noted = pyqtSignal(str)
    ended = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None, command: Sequence[str] = COMMAND) -> None:
        super().__init__(parent)
        self._command = command
        self._process: LineProcess | None = None
        self._progress = CrawlProgress()
        self._said = ""
        self._stopping = False
        self._impatience = QTimer(self)
        self._impatience.setSingleShot(True)
        self._impatience.timeout.connect(self._stop_by_force)

    @property
    def running(self) -> bool:
        """Whether a start has not come to its end."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The number of the process, 0 where there is none."""
        return self._process.pid if self._process is not None else 0

    def start(self, request: CrawlRequest, *, resume: bool = False) -> None:
        """Begin a crawl, or go on with the one in its file; not while one is running."""
        assert self._process is None
        self._progress, self._said, self._stopping = CrawlProgress(wanted=request.size), "", False
        asked = ["--source", request.source, "--max-artists", str(request.size)]
        # In one word, for a name may begin with a hyphen.
        asked += ["--resume"] if resume else [f"--seed={name}" for name in request.seeds]
        if request.base_url:
            asked += ["--base-url", request.base_url]
        asked += ["--progress", "json", "--while-stdin", "-o", str(request.path)]
        key = {variable(request.source): request.key} if request.key else {}
        process = self._process = LineProcess([*self._command, *asked], key, self)
        process.said.connect(self._hear)
        process.ended.connect(self._gone)
        process.begin()

    def stop(self) -> None:
        """End it, all answers kept; `ended` follows soon, with "stopped"."""
        if self._process is not None and not self._stopping:
            self._stopping = True
            self._process.finish()
            self._impatience.start(PATIENCE)

    def close(self) -> None:
        """End it at once; nothing more is heard of it."""
        self._drop()

    # -- Within ------------------------------------------------------------------------------------

    def _hear(self, event: dict[str, Any]) -> None:
        if self._process is None:
            return
        try:
            self._take(event["event"], event)
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
            self._end("failed", "The crawl said something that cannot be read; try again.")

    def _take(self, kind: str, event: dict[str, Any]) -> None:
        now = self._progress
        if kind == "crawl":
            wanted = event.get("wanted") or now.wanted
            self._tell(known=int(event["known"]), asked=int(event["asked"]), wanted=int(wanted))
        elif kind == "progress":
            wanted = int(event["total"]) or now.wanted
            self._tell(asked=int(event["done"]), wanted=wanted, waiting="")
        elif kind == "found":
            answer = answer_of(event)
            self._tell(known=now.known + len(answer.new), waiting="")
            self.answered.emit(answer)
        elif kind == "rate":
            left = event["left_seconds"]
            left = None if left is None else float(left)
            self._tell(per_minute=float(event["per_minute"]), left=left)
        elif kind == "wait":
            soon = in_words(float(event["seconds"]))
            self._tell(waiting=f"{event['why']}; trying again in {soon}")
        elif kind == "note":
            self.noted.emit(str(event["message"]))
        elif kind == "error":
            self._said = str(event["message"])
        elif kind == "done":
            why = event["why"]
            if why not in get_args(Why):
                raise ValueError(why)
            message = str(event.get("message") or "") if why == "service" else ""
            self._progress = replace(now, known=int(event["artists"]), asked=int(event["asked"]))
            self._end(why, message)

    def _tell(self, **changes: Any) -> None:
        self._progress = replace(self._progress, **changes)
        self.progressed.emit(self._progress)

    def _gone(self, complaint: str) -> None:
        """Take note that the process has ended without a word about how it went."""
        if self._stopping:
            self._end("stopped", "")
        elif self._said:
            self._end("failed", self._said)
        else:
            why = f" ({complaint})" if complaint else ""
            self._end("lost", f"The growth was ended from outside{why}; what it found is kept.")

    def _stop_by_force(self) -> None:
        self._end("stopped", "")

    def _end(self, why: Why, message: str) -> None:
        now = self._progress
        self._drop()
        self.ended.emit(CrawlEnd(why, message, now.asked, now.known))

    def _drop(self) -> None:
        self._impatience.stop()
        process, self._process = self._process, None
        if process is not None:
            # It has said its last word or is not listened to any more; its answers are safe.
            process.kill()
            process.deleteLater()
