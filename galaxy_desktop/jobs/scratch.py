"""A folder for files that must not outlive the window, however that ends."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

_LOCKS = find_spec("fcntl") is not None
"""Without such locks nothing is swept: who knows whose it is."""

PREFIX = "galaxy-rebuild-"

YOUNG = 60.0
"""Seconds in which a folder may not have been locked yet."""


class Scratch:
    """A folder among the temporary ones, locked while its owner lives.

    Attributes
    ----------
    path : Path

    Raises
    ------
    OSError
        It cannot be made.
    """

    def __init__(self) -> None:
        sweep()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = _locked(self.path)

    def __bool__(self) -> bool:
        """Whether it is still there: somebody may have cleaned up."""
        return self.path.is_dir()

    def remove(self) -> None:
        """Remove it and what is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def sweep() -> None:
    """Remove what owners left that were killed together with their processes."""
    if not _LOCKS:
        return
    with suppress(OSError):
        for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with suppress(OSError):
                found = path.lstat()
                ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
                if ours and time.time() - found.st_mtime > YOUNG:
                    lock = _locked(path)
                    if lock is not None:
                        shutil.rmtree(path, ignore_errors=True)
                        os.close(lock)


def _locked(path: Path) -> int | None:
    """Lock a folder and return the descriptor that holds the lock; None where another does."""
    if not _LOCKS:
        return None
    import fcntl

    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
