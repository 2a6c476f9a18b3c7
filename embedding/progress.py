"""How long work tells where it is, and how it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a long piece of work.

    Attributes
    ----------
    stage : str
        What is being done: ``"read"``, ``"walks"``, ``"compile"``, ``"train 4-D"`` ...
    done, total : int
        How many of how many equal parts are done; ``total`` is 0 where it is not known.
    """

    stage: str
    done: int
    total: int


OnProgress = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Stand in where nobody wants to know."""


class Cancelled(Exception):
    """The work was cancelled by its owner; nothing half-done is left behind."""


class CancelToken:
    """A flag that one thread sets and the working ones look at between chunks of work."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; safe from any thread and from a signal handler."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if the work was asked to stop."""
        if self._event.is_set():
            raise Cancelled

    def pause(self, seconds: float) -> None:
        """Let time pass; raise `Cancelled` as soon as the work is asked to stop."""
        self._event.wait(seconds)
        self.check()
