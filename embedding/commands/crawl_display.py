"""How a crawl shows where it is: a bar with the pace and the time left, or JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from embedding.commands.text import safe
from embedding.progress import Progress
from embedding.terminal import Display, JsonLines, ProgressKind, is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress


_ASKING = "Asking"


class CrawlDisplay(Display):
    """Shows nothing but what is said."""

    def say(self, text: str) -> None:
        """Say a sentence to people; a program gets an event instead."""
        to_stderr(safe(text))


class CrawlLines(JsonLines, CrawlDisplay):
    """One JSON object a line."""

    def say(self, text: str) -> None:
        """Say nothing."""


class CrawlBar(CrawlDisplay):
    """One line: how many artists of how many, how many a minute, and how long it still takes."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as RichProgress

        self._bars: RichProgress = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[count]}", markup=False),
            TextColumn("{task.fields[pace]}", markup=False),
            console=Console(stderr=True, force_terminal=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._bars.add_task(_ASKING, total=None, count="", pace="")

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away and show the cursor again."""
        self._bars.stop()

    def say(self, text: str) -> None:
        """Say it above the bar."""
        self._bars.console.print(safe(text), markup=False, highlight=False)

    def progress(self, step: Progress) -> None:
        """Move the bar."""
        count = f"{step.done:,} of {step.total:,} artists" if step.total else f"{step.done:,}"
        self._bars.update(
            self._task,
            description=_ASKING,
            total=step.total or None,
            completed=step.done,
            count=count,
        )

    def event(self, event: str, **fields: Any) -> None:
        """Show the pace, and why nothing moves."""
        if event == "rate":
            left = fields["left_seconds"]
            text = f"{fields['per_minute']:,.0f} a minute"
            if left is not None:
                text += f", {in_time(left)} left"
            self._bars.update(self._task, pace=text)
        elif event == "wait":
            # The text is the service's own and may hold anything.
            self._bars.update(self._task, description=f"Waiting {in_time(fields['seconds'])}")


def crawl_display(kind: ProgressKind) -> CrawlDisplay:
    """Return that kind of display; ``auto`` is a bar if stderr is a terminal, else nothing."""
    if kind == "json":
        return CrawlLines(sys.stdout)
    if kind == "bar" or (kind == "auto" and is_terminal(sys.stderr)):
        return CrawlBar()
    return CrawlDisplay()


def to_stderr(text: str) -> None:
    """Print a line there; where nobody is left to read it that is no reason to stop."""
    if sys.stderr is not None:  # print would take stdout instead
        with suppress(OSError):
            print(text, file=sys.stderr, flush=True)


def in_time(seconds: float) -> str:
    """Return ``45 s``, ``12 min``, ``3 h 5 min`` or ``2 d 4 h``."""
    whole = round(seconds)
    if whole < 90:
        return f"{whole} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(round(seconds / 3600), 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def watching_stdin(on_end: Callable[[], None]) -> None:
    """Call `on_end` when whoever holds the other end of stdin lets go of it, or is gone."""
    import os
    import threading

    def wait() -> None:
        with suppress(OSError, ValueError):
            # Not through Python's buffer, which may not be locked while Python ends.
            while sys.stdin is not None and os.read(sys.stdin.fileno(), 4096):
                pass
        on_end()

    threading.Thread(target=wait, name="stdin", daemon=True).start()
