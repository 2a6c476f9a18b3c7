"""Whether a file can be written, asked before the long work instead of after it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from embedding.errors import InputError


def require_target(output: Path, source: Path | None = None, option: str = "--output") -> None:
    """Raise `InputError` where `output` cannot be written, or would destroy what is read.

    Parameters
    ----------
    output : Path
        The file to be written.
    source : Path, optional
        The file or folder that is read.
    option : str
        How the command line spells `output`.
    """
    if output.is_dir():
        raise InputError(f"{output} is a folder", where=option, remedy="give the name of a file")
    if output.exists() and not output.is_file():
        raise InputError(
            f"{output} is not an ordinary file", where=option, remedy="give another name"
        )
    if output.exists() and not os.access(output, os.W_OK):
        raise InputError(f"{output} is write-protected", where=option, remedy="give another name")
    if not output.parent.is_dir():
        raise InputError(
            f"the folder {output.parent} does not exist", where=option, remedy="create it first"
        )
    if source is not None and _would_destroy(output, source):
        raise InputError(
            f"{output} is part of what is read", where=option, remedy="give another name"
        )
    try:
        with tempfile.TemporaryFile(dir=output.parent):
            pass
    except OSError as error:
        raise InputError(
            f"nothing can be written in {output.parent} ({error.strerror})",
            where=option,
            remedy="give a file in another folder",
        ) from error


def _would_destroy(output: Path, source: Path) -> bool:
    if not output.exists() or not source.exists():
        return False
    if output.samefile(source):
        return True
    return source.is_dir() and output.suffix != ".galaxy" and output.parent.samefile(source)
