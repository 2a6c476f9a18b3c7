"""One crawl at a time for a file, by a lock that ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from embedding.errors import InputError


class CrawlLock:
    """Holds ``FILE.lock`` beside the file of a crawl; the lock is the kernel's, not the file.

    SQLite's own locks would not do: they keep out whoever reads, and a crawl can be looked at.

    Parameters
    ----------
    path : Path
        The file of the crawl.

    Raises
    ------
    InputError
        Another crawl is writing there.
    OSError
        The lock file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        # A link and what it points at are one crawl.
        self._place = Path(f"{path.resolve()}.lock")
        while True:
            self._file = os.open(self._place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(self._file)
                if isinstance(error, BlockingIOError):
                    raise InputError(
                        "another crawl is writing to this file",
                        where=path,
                        remedy="wait until it ends, or stop it",
                    ) from None
                raise
            if self._stands():
                return
            os.close(self._file)  # its owner removed it between our two calls

    def _stands(self) -> bool:
        """Whether what is locked is still what others would find."""
        with suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(self._file), self._place.stat())
        return False

    def release(self) -> None:
        """Let others in."""
        with suppress(OSError):
            self._place.unlink()
        os.close(self._file)
