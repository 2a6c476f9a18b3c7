"""Writing a file so that, whatever happens, there is the old one or the new one, never a half."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from embedding.errors import InputError

_ADVICE = {
    errno.ENOSPC: ("the disk is full", "free some space or save elsewhere"),
    errno.EFBIG: ("the file grows larger than is allowed here", "save elsewhere"),
    errno.ENOENT: ("the folder does not exist", "create it or save elsewhere"),
    errno.ENOTDIR: ("a part of the path is not a folder", "save elsewhere"),
    errno.EISDIR: ("this is a folder", "give the name of a file"),
    errno.EACCES: ("writing here is not allowed", "save elsewhere"),
    errno.EPERM: ("writing here is not allowed", "save elsewhere"),
    errno.EROFS: ("the disk can only be read", "save elsewhere"),
    errno.ENAMETOOLONG: ("the name is too long", "give a shorter one"),
}
if hasattr(errno, "EDQUOT"):
    _ADVICE[errno.EDQUOT] = ("your share of the disk is full", "free some space or save elsewhere")


@contextlib.contextmanager
def atomic_write(path: str | PathLike[str], *, lasting: bool = True) -> Iterator[BinaryIO]:
    """Open `path` for writing; what is written takes its place only when all of it is safe.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and then take
    the place of `path` in one step. If the block raises, or the disk fills, or the process is
    killed, `path` stays as it was. A link is followed: what it points at is replaced.

    Parameters
    ----------
    path : str or PathLike
        The file to write; one that is already there is replaced and keeps its permissions.
    lasting : bool
        Whether it is to outlast a power cut. A file that is read and removed at once is not: to
        wait for the disk takes many times as long as to write it.

    Yields
    ------
    BinaryIO
        The file to write to, buffered. Only writes to it may raise OSError in the block.

    Raises
    ------
    InputError
        The target cannot be written: no such folder, not allowed, a folder or a device, full.
    """
    if "\0" in os.fspath(path):
        raise InputError("a file's name cannot hold a null character", remedy="give another name")
    try:
        target = Path(os.path.realpath(path))
        mode = _mode_of(target)
        descriptor, temporary = _open_temporary(target)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                if mode is not None and hasattr(os, "fchmod"):
                    os.fchmod(descriptor, mode)
                if lasting:
                    os.fsync(descriptor)
                if temporary is None:
                    temporary = _give_name(descriptor, target)
            temporary.replace(target)
            temporary = None
        finally:
            if temporary is not None:
                temporary.unlink(missing_ok=True)
        if lasting:
            _sync_folder(target.parent)
    except OSError as error:
        raise _explained(error, path) from error


def _mode_of(target: Path) -> int | None:
    """Return the permissions of the file that is replaced, or None where there is none."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        # Replacing would take the device itself away: /dev/null as a plain file harms everyone.
        raise InputError(
            "this is a device, not a file", where=target, remedy="give the name of a file"
        )
    return stat.S_IMODE(mode)


def _open_temporary(target: Path) -> tuple[int, Path | None]:
    """Return a new file beside `target` and its name, None where it has none as yet."""
    if hasattr(os, "O_TMPFILE") and os.access("/proc/self/fd", os.X_OK):
        # A file without a name vanishes with the process: a kill leaves nothing to clean up.
        with contextlib.suppress(OSError):
            return os.open(target.parent, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o666), None
    temporary = _temporary_name(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.open(temporary, flags, 0o666), temporary


def _temporary_name(target: Path) -> Path:
    return target.with_name(f".galaxy-{secrets.token_hex(8)}.part")


def _give_name(descriptor: int, target: Path) -> Path:
    temporary = _temporary_name(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        # With a folder's descriptor Python calls linkat, which can follow the link in /proc.
        source = f"/proc/self/fd/{descriptor}"
        os.link(source, temporary.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)
    return temporary


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system knows how."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _explained(error: OSError, path: str | PathLike[str]) -> InputError:
    reason = error.strerror or str(error) or type(error).__name__
    problem, remedy = _ADVICE.get(
        error.errno or 0, (f"writing failed ({reason})", "save elsewhere")
    )
    return InputError(problem, where=path, remedy=remedy)
