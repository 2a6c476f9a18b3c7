"""The SQLite file of a crawl: how it is opened, and what is said where that fails."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from embedding.errors import InputError
from embedding.sources.identity import APPLICATION

VERSION = 1
_CACHE_KB = 4_096
"""Of the file in memory; more would be filled by a long crawl, and the system has it anyway."""


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open or make the database of a crawl.

    An answer is a transaction in a write-ahead log that is synced to the disk each time: a process
    that is killed and a power cut lose the same, the answer in flight. At ten answers a second or
    fewer, which is what services allow, the sync is not noticed.

    Raises
    ------
    InputError
        It is something else, damaged, of a newer version, or cannot be written.
    """
    with explained(path):
        refuse_unwritable(path)
        connection = sqlite3.connect(path, timeout=5, isolation_level=None)
        try:
            new = _is_blank(path, connection)
            if not new:
                _check(path, connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            if new:
                # Before there is a log beside it: so the file itself says what it is.
                _fill(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the database of a crawl, which may be going on.

    Raises
    ------
    InputError
    """
    with explained(path):
        connection = sqlite3.connect(_address(path), timeout=5, isolation_level=None, uri=True)
        try:
            _check(path, connection)
        except BaseException:
            connection.close()
            raise
    return connection


def close(connection: sqlite3.Connection) -> None:
    """Close what was written to, and leave one file that can be copied or sent."""
    with suppress(sqlite3.Error):  # somebody reads it: the log stays beside it, which is as good
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Say in a sentence what SQLite cannot do with `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(path, error) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise _full(path) from error
        raise _unreachable(path, error.strerror or type(error).__name__) from error


def _explain(path: Path, error: sqlite3.Error) -> InputError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return _full(path)
    if code == sqlite3.SQLITE_NOTADB:
        return InputError("this is no database of a crawl", where=path, remedy="give another name")
    if code == sqlite3.SQLITE_BUSY:
        return InputError(
            "another program is writing to it", where=path, remedy="end that one first"
        )
    if code == sqlite3.SQLITE_IOERR:
        return _unreachable(path, "the disk does not do as it is told, or is full")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return _unreachable(path, "it, or its folder, cannot be written")
    return InputError(
        f"the database is damaged ({error})",
        where=path,
        remedy="take a copy of it from before, or begin another crawl under another name",
    )


def _full(path: Path) -> InputError:
    return InputError(
        "the disk is full, and the crawl stopped with all answers till then",
        where=path,
        remedy="make room and go on with --resume",
    )


def _unreachable(path: Path, reason: str) -> InputError:
    return InputError(
        f"the crawl cannot be kept here ({reason})", where=path, remedy="choose another place"
    )


def refuse_unwritable(path: Path) -> None:
    """Raise OSError or `InputError` where SQLite would only say that it cannot open the file."""
    if path.is_dir():
        raise InputError("this is a folder", where=path, remedy="give the name of a file")
    if not path.parent.is_dir():
        raise InputError("the folder does not exist", where=path, remedy="create it first")
    if path.exists() and not path.is_file():
        raise InputError("this is no ordinary file", where=path, remedy="give another name")
    for place in (path.parent, path):
        if place.exists() and not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _is_blank(path: Path, connection: sqlite3.Connection) -> bool:
    """Whether there is nothing in it: also a file that a process was killed while making."""
    if path.stat().st_size == 0:
        return True
    return (
        _pragma(connection, "application_id") == 0
        and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    )


def _check(path: Path, connection: sqlite3.Connection) -> None:
    if _pragma(connection, "application_id") != APPLICATION:
        raise InputError(
            "this is an SQLite database, but not that of a crawl",
            where=path,
            remedy="give another name",
        )
    version = _pragma(connection, "user_version")
    if version != VERSION:
        raise InputError(
            f"a newer version of galaxy-embed made it (format {version}, this one has {VERSION})",
            where=path,
            remedy="update galaxy-embed or begin another crawl under another name",
        )
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(" ".join(str(found).split()))


def _fill(connection: sqlite3.Connection) -> None:
    schema = files("embedding").joinpath("sources/schema.sql").read_text("utf-8")
    connection.executescript(
        f"BEGIN IMMEDIATE;\n{schema}\nPRAGMA application_id = {APPLICATION};\n"
        f"PRAGMA user_version = {VERSION};\nCOMMIT;"
    )


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def _address(path: Path) -> str:
    """Return how SQLite is told to read only.

    A folder that cannot be written holds no log that could change: nothing needs to be locked.
    """
    alone = not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
    return f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
