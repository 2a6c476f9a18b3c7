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
    """Wrap a kernel's first, tiny call: reports the stage ``"compile"`` if that takes its time."""
    timer = threading.Timer(PATIENCE, on_progress, [Progress("compile", 0, 0)])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
