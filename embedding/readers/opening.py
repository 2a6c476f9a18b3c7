"""Opening what the user names: ordinary files only, gzip seen through, blocks of bytes."""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from embedding.errors import InputError
from embedding.progress import OnProgress, Progress, silent

BLOCK = 1 << 18
"""Bytes read at a time, so that no file, however large, is ever whole in memory."""

BOMB_FLOOR, BOMB_RATIO = 1 << 26, 200
"""Past so many bytes, gzip data that unpacks to so many times its size is refused.

Real edge lists and XML shrink 3 to 40 times; only data made of one repeated line comes near 1,000.
"""

_GZIP = b"\x1f\x8b"
_FOREIGN = {
    b"PK\x03\x04": "a zip archive or a workbook",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ\x00": "compressed with xz",
    b"\x28\xb5\x2f\xfd": "compressed with zstd",
    b"7z\xbc\xaf": "a 7z archive",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"%PDF": "a PDF document",
}


def unreadable(path: Path, error: OSError) -> InputError:
    """Return the one sentence that says why `path` cannot be read."""
    reason = error.strerror or type(error).__name__
    if isinstance(error, FileNotFoundError):
        return InputError(
            "there is no such file or folder", where=path, remedy="check how it is spelled"
        )
    remedy = "allow this user to read it" if isinstance(error, PermissionError) else "try a copy"
    return InputError(f"cannot be read ({reason})", where=path, remedy=remedy)


def kind_of(path: Path) -> str:
    """Return "file" or "folder".

    Raises
    ------
    InputError
        There is nothing at `path`, it cannot be looked at, or it is a device, pipe or socket
        (opening one of those could wait for ever).
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:  # a path with a NUL in it
        raise InputError(
            "this is not a possible path", where=repr(str(path)), remedy="check how it is spelled"
        ) from error
    if stat.S_ISDIR(mode):
        return "folder"
    if stat.S_ISREG(mode):
        return "file"
    raise InputError(
        "this is not an ordinary file but a device, pipe or socket",
        where=path,
        remedy="save the data in a file first",
    )


def byte_blocks(path: Path, on_progress: OnProgress = silent) -> Iterator[bytes]:
    """Yield the bytes of an ordinary file in blocks of `BLOCK`, unpacked where they are gzip.

    Parameters
    ----------
    path : Path
    on_progress : callable
        Told the bytes of the file that are read, after every block.

    Raises
    ------
    InputError
        The file cannot be opened or read, is empty, is a known kind of binary file, or is gzip
        data that is cut short, damaged or a decompression bomb.
    """
    if kind_of(path) == "folder":
        raise InputError("this is a folder, not a file", where=path, remedy="name a file in it")
    try:
        raw = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from error
    with raw:
        size = os.fstat(raw.fileno()).st_size
        packed = _read(path, raw, 2) == _GZIP
        raw.seek(0)
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
        total = 0
        while block := _read(path, stream, BLOCK):
            if not total:
                _refuse_foreign(path, block)
            total += len(block)
            if packed and total > max(BOMB_FLOOR, BOMB_RATIO * raw.tell()):
                raise InputError(
                    f"the gzip data unpacks to more than {BOMB_RATIO} times its size",
                    where=path,
                    remedy="unpack it yourself first if it is to be trusted",
                )
            yield block
            on_progress(Progress("read", min(raw.tell(), size), size))
        if not total:
            raise InputError(
                "the file is empty", where=path, remedy="give a file that relates some artists"
            )


def _read(path: Path, stream: BinaryIO, size: int) -> bytes:
    try:
        return stream.read(size)
    except EOFError as error:
        raise InputError(
            "the gzip data ends too early", where=path, remedy="fetch or copy the file again"
        ) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise InputError(
            "the gzip data is damaged", where=path, remedy="fetch or copy the file again"
        ) from error
    except OSError as error:
        raise unreadable(path, error) from error


def _refuse_foreign(path: Path, block: bytes) -> None:
    for magic, name in _FOREIGN.items():
        if block.startswith(magic):
            raise InputError(
                f"this is not a text file but {name}",
                where=path,
                remedy="unpack or export it as text (CSV, JSON, GraphML ...) first",
            )
