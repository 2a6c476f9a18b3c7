"""How long work shows where it is: bars for people, JSON lines for programs, or nothing."""

from __future__ import annotations

import json
import math
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Literal, Self, TextIO

from embedding.progress import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

ProgressKind = Literal["auto", "json", "bar", "none"]
PROGRESS_KINDS: tuple[ProgressKind, ...] = ("auto", "json", "bar", "none")

TITLES = {
    "read": "Reading",
    "walks": "Walking",
    "compile": "Compiling (only the first time)",
    "project": "Projecting",
    "quality": "Measuring",
    "link auc": "Measuring held-out relations",
    "save": "Saving",
}


class Display:
    """Shows nothing; what the other displays are made from."""

    def __enter__(self) -> Self:
        """Begin to show progress."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was."""

    def progress(self, step: Progress) -> None:
        """Show one step; may be called from any thread."""

    def event(self, event: str, **fields: Any) -> None:
        """Tell a program that listens that something happened; people are not bothered."""


class JsonLines(Display):
    """One JSON object a line, each written at once.

    Parameters
    ----------
    stream : text stream
        Where the lines go.
    interval : float
        Seconds between two lines about the same stage. Its first and last step are always told.
    """

    def __init__(self, stream: TextIO, interval: float = 0.05) -> None:
        self.stream, self._interval = stream, interval
        self._lock = threading.Lock()
        self._stage, self._told = "", 0.0

    def progress(self, step: Progress) -> None:
        """Write a ``progress`` line, unless the one before is too fresh."""
        now = time.monotonic()
        fresh = step.stage == self._stage and now - self._told < self._interval
        if fresh and step.done < step.total:
            return
        self._stage, self._told = step.stage, now
        self.event("progress", stage=step.stage, done=int(step.done), total=int(step.total))

    def event(self, event: str, **fields: Any) -> None:
        """Write one line."""
        with self._lock:
            print(to_json({"event": event, **fields}, self.stream), file=self.stream, flush=True)


class Bars(Display):
    """A bar for each stage with the time left, on the terminal that stderr is."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._lock = threading.Lock()
        self._bars: RichProgress = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(compact=True, elapsed_when_finished=True),
            console=Console(stderr=True, force_terminal=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._tasks: dict[str, TaskID] = {}
        self._endless: str | None = None

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bars away and show the cursor again."""
        self._bars.stop()

    def progress(self, step: Progress) -> None:
        """Move the bar of the stage, or begin one."""
        with self._lock:
            if self._endless not in (None, step.stage):
                # A stage of unknown length has ended when another one is heard of.
                self._bars.update(self._tasks[str(self._endless)], total=1, completed=1)
                self._endless = None
            if step.stage not in self._tasks:
                title = TITLES.get(step.stage, step.stage[:1].upper() + step.stage[1:])
                self._tasks[step.stage] = self._bars.add_task(title, total=None)
            task = self._tasks[step.stage]
            total, done = step.total or None, step.done
            if self._bars.tasks[task].completed > done:  # the stage has begun anew
                self._bars.reset(task, total=total, completed=done)
            self._bars.update(task, total=total, completed=done)
            if not step.total:
                self._endless = step.stage


def display(kind: ProgressKind) -> Display:
    """Return that kind of display; ``auto`` is bars if stderr is a terminal, else nothing."""
    if kind == "json":
        return JsonLines(sys.stdout)
    if kind == "bar" or (kind == "auto" and is_terminal(sys.stderr)):
        return Bars()
    return Display()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at `stream`; Python has None for one that is closed."""
    return stream is not None and stream.isatty()


def to_json(value: Any, stream: TextIO | None = None, indent: int | None = None) -> str:
    """Return `value` as JSON that `stream` (default stdout) can carry, whatever its encoding.

    A number that is not finite, which JSON cannot hold, becomes null.
    """
    encoding = getattr(stream or sys.stdout, "encoding", None) or "utf-8"
    plain = not encoding.lower().startswith("utf")
    text = json.dumps(_finite(value), ensure_ascii=plain, allow_nan=False, indent=indent)
    # Bytes that are no UTF-8 reach Python as lone surrogates; escaped, they are JSON again.
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
