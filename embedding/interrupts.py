"""Ctrl-C and SIGTERM: how a command stops at once and leaves nothing half-written."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Self, TypeVar

from embedding.progress import Cancelled, CancelToken

T = TypeVar("T")

GRACE = 1.0
"""Seconds that cancelled work has to end by itself before it is abandoned."""


class Interrupted(KeyboardInterrupt):
    """The first Ctrl-C or SIGTERM, raised where the main thread stands."""


class Abandoned(Cancelled):
    """Cancelled work is still busy (numba compiling, gensim training); only an exit ends it."""


class Interrupts:
    """While entered, the first SIGINT or SIGTERM cancels and the second kills.

    A short command is interrupted where it stands, by `Interrupted`. Long work goes through `run`:
    it is done in a thread of its own, while the main thread stays free to hear the signal.

    Attributes
    ----------
    token : CancelToken
        Set by the signal.
    signal : int
        The signal that came; 0 for none.
    """

    def __init__(self) -> None:
        self.token = CancelToken()
        self.signal = 0
        self._raising = True
        self._before: dict[int, Any] = {}

    @property
    def exit_code(self) -> int:
        """What a shell expects of a command that a signal ended: 130 for Ctrl-C."""
        return 128 + (self.signal or signal.SIGINT)

    def __enter__(self) -> Self:
        """Take the signals over, where this is the main thread and nobody asked to ignore them."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                before = signal.getsignal(number)
                if before is not signal.SIG_IGN:
                    self._before[number] = before
                    signal.signal(number, self._heard)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the signals back."""
        for number, before in self._before.items():
            signal.signal(number, before)

    def _heard(self, number: int, _: FrameType | None) -> None:
        self.signal = number
        self.token.cancel()
        for each in self._before:
            signal.signal(each, signal.SIG_DFL)
        if self._raising:
            raise Interrupted

    def hold(self) -> None:
        """From here on a signal only sets the token: what is being written is written whole."""
        self._raising = False

    def run(self, work: Callable[[], T]) -> T:
        """Do long work that looks at `token`, and return what it returns or raise what it raises.

        Raises
        ------
        Cancelled
            The work was cancelled and has ended.
        Abandoned
            The work was cancelled and has not ended within `GRACE`.
        """
        self.hold()
        results: list[T] = []
        errors: list[BaseException] = []

        def thread() -> None:
            try:
                results.append(work())
            except BaseException as error:
                errors.append(error)

        worker = threading.Thread(target=thread, name="galaxy-embed", daemon=True)
        worker.start()
        while worker.is_alive() and not self.token.cancelled:
            # Short waits: not every system lets a signal interrupt a long one.
            worker.join(0.1)
        if self.token.cancelled:
            worker.join(GRACE)
            if worker.is_alive():
                raise Abandoned
        if errors:
            raise errors[0]
        if self.token.cancelled:
            raise Cancelled
        return results[0]
