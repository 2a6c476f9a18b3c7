"""`fault_log`: what goes wrong inside the program, in a file for whoever is to mend it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

_MOST_BYTES = 1 << 18
"""Then the file is set aside, and the one set aside before is gone."""


@contextmanager
def fault_log(path: Path) -> Iterator[None]:
    """Write the program's warnings and errors into a file, too, while it is entered.

    The file and its folder are made with the first of them. Where they cannot be, the terminal has
    them all the same.
    """
    to_file = _Late(path, maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8", delay=True)
    to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    # Python writes to the terminal by itself only where nobody else listens.
    handlers = (to_file, logging.StreamHandler())
    logger = logging.getLogger("galaxy_desktop")
    for handler in handlers:
        handler.setLevel(logging.WARNING)
        logger.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            logger.removeHandler(handler)
            handler.close()


class _Late(RotatingFileHandler):
    def _open(self) -> Any:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Do without: what is wrong with the disk was said where it matters."""
