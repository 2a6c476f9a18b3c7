"""Saying so when numba compiles: the first run on a machine takes some seconds, the others none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from embedding.progress import OnProgress, Progress

PATIENCE = 0.4
"""Seconds after which a first call must be a compilation: loading from the cache is quicker."""


@contextmanager
def announced(on_progress: OnProgress) -> Iterator[None]:
    """Wrap a kernel's first, tiny call: reports the stage ``"compile"`` if that takes its time.

    `on_progress` is then called from another thread. What it raises there is raised here, once the
    call is over, unless the call itself failed.
    """
    raised: list[BaseException] = []

    def tell() -> None:
        try:
            on_progress(Progress("compile", 0, 0))
        except BaseException as error:
            raised.append(error)

    timer = threading.Timer(PATIENCE, tell)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
    if raised:
        raise raised[0]
