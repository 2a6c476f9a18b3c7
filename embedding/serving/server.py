"""`Server`: takes requests, does the newest, and says how it goes."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from embedding.errors import InputError
from embedding.explaining import explain
from embedding.interrupts import GRACE
from embedding.progress import Cancelled, CancelToken
from embedding.serving.requests import Request, parse
from embedding.terminal import JsonLines

if TYPE_CHECKING:
    from embedding.serving.workshop import Workshop


class Server:
    """Does one request at a time, in a thread; a new one takes the place of the one before.

    Parameters
    ----------
    lines : JsonLines
        Told every event. ``ready`` (with the ``run`` of a prepare) says that the next build begins
        at once. Of a build: ``progress``, ``artists``, ``preview``, and in the end either ``done``
        or ``error``, with ``cancelled`` where it was; each with its ``run``. A line that is no
        request: ``error`` without ``run``.
    """

    def __init__(self, lines: JsonLines) -> None:
        self._lines = lines
        self._queue: SimpleQueue[tuple[Request, CancelToken] | None] = SimpleQueue()
        self._token = CancelToken()
        self._worker = threading.Thread(target=self._work, name="serve", daemon=True)
        self._worker.start()

    def listen(self, lines: Iterable[bytes]) -> None:
        """Take requests until there are no more."""
        for line in lines:
            if not line.strip():
                continue
            try:
                request = parse(line)
            except InputError as error:
                self._lines.event("error", message=str(error))
                continue
            self._token.cancel()
            if request is not None:
                self._token = CancelToken()
                self._queue.put((request, self._token))

    def close(self) -> bool:
        """Give up what is being done; return whether it has ended within `GRACE` seconds."""
        self._token.cancel()
        self._queue.put(None)
        self._worker.join(GRACE)
        return not self._worker.is_alive()

    def _work(self) -> None:
        from embedding.serving.workshop import Workshop

        workshop = Workshop()
        while (item := self._queue.get()) is not None:
            request, cancel = item
            # Where nobody listens any more, the input ends as well, and with it all.
            with suppress(OSError):
                self._do(workshop, request, cancel)

    def _do(self, workshop: Workshop, request: Request, cancel: CancelToken) -> None:
        """Do what is asked for, and tell how it ended."""
        from embedding.serving.building import build_and_save, prepare

        shown = _Run(self._lines, request.run)
        try:
            cancel.check()
            if request.output is None:
                prepare(workshop, request, shown, cancel)
                shown.event("ready")
            else:
                shown.event("done", **build_and_save(workshop, request, shown, cancel))
        except Cancelled:
            shown.event("error", message="cancelled.", cancelled=True)
        except Exception as error:
            shown.event("error", message=explain(error))


class _Run(JsonLines):
    """The lines about one request."""

    def __init__(self, lines: JsonLines, run: int) -> None:
        super().__init__(lines.stream)
        self._lines, self._run = lines, run

    def event(self, event: str, **fields: Any) -> None:
        """Write one line."""
        self._lines.event(event, run=self._run, **fields)
