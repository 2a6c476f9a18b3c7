"""Whether a file can be written, asked before the long work instead of after it."""

from __future__ import annotations

import os
import stat
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
    # Writing follows a link: what it points at is what is replaced.
    target = Path(os.path.realpath(output))
    mode = _mode(target, output, option)
    if mode is not None:
        if stat.S_ISDIR(mode):
            raise InputError(
                f"{output} is a folder", where=option, remedy="give the name of a file"
            )
        if not stat.S_ISREG(mode):
            raise InputError(
                f"{output} is not an ordinary file", where=option, remedy="give another name"
            )
        if not os.access(target, os.W_OK):
            raise InputError(
                f"{output} is write-protected", where=option, remedy="give another name"
            )
    if source is not None and _would_destroy(output, source):
        raise InputError(
            f"{output} is part of what is read", where=option, remedy="give another name"
        )
    _require_room(target.parent if output.is_symlink() else output.parent, option)


def require_folder(folder: Path, option: str) -> None:
    """Raise `InputError` where nothing can be written in `folder`, which may have to be made."""
    mode = _mode(folder, folder, option)
    if mode is not None and not stat.S_ISDIR(mode):
        raise InputError(f"{folder} is not a folder", where=option, remedy="give another name")
    _require_room(folder.parent if mode is None else folder, option)


def _mode(target: Path, called: Path, option: str) -> int | None:
    """Return what is there and its rights, as `os.stat` does; None where there is nothing yet."""
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(
            f"{called} cannot be written ({error.strerror})",
            where=option,
            remedy="give another name",
        ) from error


def _require_room(folder: Path, option: str) -> None:
    if not folder.is_dir():
        raise InputError(
            f"the folder {folder} does not exist", where=option, remedy="create it first"
        )
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InputError(
            f"nothing can be written in {folder} ({error.strerror})",
            where=option,
            remedy="choose another folder",
        ) from error


def _would_destroy(output: Path, source: Path) -> bool:
    if not output.exists() or not source.exists():
        return False
    if output.samefile(source):
        return True
    return source.is_dir() and output.suffix != ".galaxy" and output.parent.samefile(source)
