"""`Background`: work that takes a while, in threads, and its results back in the window's."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from PyQt6.QtCore import QObject, pyqtSignal

from embedding.errors import GalaxyError
from galaxy_desktop.model.storage import Places

T = TypeVar("T")

_log = logging.getLogger(__name__)


def unforeseen(what: str) -> str:
    """Return the sentence about a mistake of the program's own."""
    return f"{what}; {Places.of_user().log} says more."


class Background(QObject):
    """Runs functions in threads of their own; what they return comes back as an event.

    `wait` must be called before the program ends.
    """

    _back = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[threading.Thread] = []
        self._closed = False
        # Sent from another thread, it waits its turn in this one.
        self._back.connect(self._call)

    def start(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[str], object],
    ) -> None:
        """Do work in a thread; then, in the window's, call `done` or `failed`.

        Parameters
        ----------
        work : callable
        done : callable
            Gets what `work` returned.
        failed : callable
            Gets one sentence for the user.
        """

        def run() -> None:
            try:
                result = work()
            except GalaxyError as error:
                said = str(error)
                self._back.emit(lambda: failed(said))
            except MemoryError:
                self._back.emit(lambda: failed("There is too little memory for this."))
            except Exception:
                _log.exception("work in the background failed")
                self._back.emit(lambda: failed(unforeseen("This went wrong")))
            else:
                self._back.emit(lambda: done(result))

        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=run, name="galaxy-background", daemon=True)
        self._threads.append(thread)
        thread.start()

    def wait(self) -> None:
        """Let the threads end; what they return is no longer wanted."""
        self._closed = True
        for thread in self._threads:
            thread.join()

    def _call(self, report: Callable[[], object]) -> None:
        if not self._closed:
            report()
