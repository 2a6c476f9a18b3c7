"""Where the program keeps things between starts, and files there that never lose what they hold.

A `JsonFile` never raises for what a disk or a user can do: it says what happened in one sentence
and the program goes on.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Never

from embedding.atomic import atomic_write
from embedding.errors import InputError

PROGRAM = "galaxy-desktop"
MOST_BYTES = 64 * 2**20
"""Nothing kept here comes near this; a larger file is not ours."""

Json = dict[str, Any]
Tell = Callable[[str], object]


def to_nobody(sentence: str) -> None:
    """Tell nobody."""
    del sentence


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one user; none needs to exist.

    Attributes
    ----------
    config : Path
        What the user chose.
    data : Path
        What the user made.
    state : Path
        Where the user was.
    cache : Path
        What can be made again.
    """

    config: Path
    data: Path
    state: Path
    cache: Path

    @classmethod
    def of_user(cls) -> Places:
        """Return the folders that this system has for it; on Linux XDG's variables choose them."""
        _forget_what_xdg_forbids()
        import appdirs

        return cls(
            Path(appdirs.user_config_dir(PROGRAM, appauthor=False)),
            Path(appdirs.user_data_dir(PROGRAM, appauthor=False)),
            Path(appdirs.user_state_dir(PROGRAM, appauthor=False)),
            Path(appdirs.user_cache_dir(PROGRAM, appauthor=False)),
        )

    @property
    def log(self) -> Path:
        """The file that tells what went wrong inside the program."""
        return self.state / "log.txt"

    @classmethod
    def under(cls, folder: Path) -> Places:
        """Return places in one folder, for a portable program or a test."""
        return cls(*(folder / name for name in ("config", "data", "state", "cache")))


def _forget_what_xdg_forbids() -> None:
    """Drop variables that name no absolute folder, as XDG says and appdirs does not."""
    for variable in (f"XDG_{kind}_HOME" for kind in ("CONFIG", "DATA", "STATE", "CACHE")):
        if variable in os.environ and not Path(os.environ[variable]).is_absolute():
            del os.environ[variable]


class JsonFile:
    """One JSON object in a file that is replaced as a whole.

    Parameters
    ----------
    path : Path
    kind : str
        What it holds, as the user calls it: ``"settings"``. Written into the file, so that a file
        of another kind is noticed.
    version : int
        Written too; a file of a later version is set aside, not misread.
    tell : callable, optional
        Gets one sentence whenever something went wrong.
    """

    def __init__(self, path: Path, kind: str, version: int = 1, tell: Tell = to_nobody) -> None:
        self.path, self.kind, self.version, self.tell = path, kind, version, tell
        self._told = ""
        #: A file that can neither be read nor moved stays; writing would lose what it holds.
        self._keep_off = False

    def load(self) -> Json:
        """Return what was saved, without kind and version; an empty object if there is nothing.

        A file that is broken, or not ours, is set aside under another name.
        """
        try:
            return self._read()
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            self._set_aside(error)
            return {}

    def peek(self) -> Json:
        """Return what `load` will, and touch nothing: whoever loads it tells what is wrong."""
        try:
            return self._read()
        except (OSError, ValueError, RecursionError):
            return {}

    def save(self, content: Json) -> bool:
        """Replace the file; return whether that went well.

        What goes wrong is told once, not at every try.

        Raises
        ------
        ValueError, TypeError
            The content is not JSON: the program is wrong, not the disk.
        """
        whole = {"kind": self._kind, "version": self.version, **content}
        text = json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
        if self._keep_off:
            return False
        if problem := write(self.path, text.encode("utf-8", "surrogatepass")):
            self._tell_once(f"The {self.kind} could not be saved in {self.path}: {problem}.")
            return False
        self._told = ""
        return True

    def tell_of_lost(self, lost: int, of: int) -> None:
        """Tell that some entries could not be read, if any; the next save drops them.

        What is in the file is kept under another name too.
        """
        if lost:
            kept = self._keep_copy()
            where = f"; the file as it was is kept as {kept.name}" if kept else ""
            self.tell(f"{lost} of {of} {self.kind} could not be read and were left out{where}.")

    def _keep_copy(self) -> Path | None:
        kept = free_name(self.path)
        try:
            return None if write(kept, self._bytes()) else kept
        except (OSError, ValueError):
            return None

    @property
    def _kind(self) -> str:
        return f"{PROGRAM} {self.kind}"

    def _read(self) -> Json:
        content = _parse(self._bytes())
        self._check(content)
        return {key: value for key, value in content.items() if key not in ("kind", "version")}

    def _bytes(self) -> bytes:
        with self.path.open("rb") as file:
            # Reading a device or a huge file to its end could take for ever.
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ValueError("it is far too large")
        return data

    def _check(self, content: Json) -> None:
        if content.get("kind") != self._kind:
            raise ValueError(f"it does not hold the {self.kind} of this program")
        version = content.get("version")
        if type(version) is not int or version < 1:
            raise ValueError("its version is not a number")
        if version > self.version:
            raise ValueError("it is from a newer version of this program")

    def _set_aside(self, error: Exception) -> None:
        reason = _reason(error) if isinstance(error, OSError) else str(error)
        if isinstance(error, RecursionError):
            reason = "it is nested too deeply"
        said = f"The {self.kind} in {self.path} could not be read ({reason})"
        try:
            kept = set_aside(self.path)
        except OSError as failure:
            self._keep_off = True
            self._tell_once(
                f"{said} and not be set aside ({_reason(failure)}); nothing will be saved there."
            )
        else:
            self._tell_once(f"{said}; the file was set aside as {kept.name}.")

    def _tell_once(self, sentence: str) -> None:
        if sentence != self._told:
            self._told = sentence
            self.tell(sentence)


def write(path: Path, data: bytes) -> str:
    """Replace a file as a whole, in a folder made if need be; return what went wrong, else ""."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as file:
            file.write(data)
    except InputError as error:
        return error.problem
    except OSError as error:
        return _reason(error)
    return ""


def set_aside(path: Path) -> Path:
    """Give a file another name beside it, one that no file has, and return it.

    Raises
    ------
    OSError
        The folder does not allow it.
    """
    return path.rename(free_name(path))


def free_name(path: Path) -> Path:
    """Return a name beside a broken file that no file has: with the day, and a number from 2."""
    wanted = path.with_name(f"{path.name}.broken-{date.today().isoformat()}")
    free, number = wanted, 1
    while os.path.lexists(free):
        number += 1
        free = wanted.with_name(f"{wanted.name}-{number}")
    return free


def _parse(data: bytes) -> Json:
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise ValueError("it is not text") from error
    try:
        content = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno} is not JSON") from error
    if not isinstance(content, dict):
        raise ValueError("it is not a JSON object")
    return content


def _refuse(constant: str) -> Never:
    raise ValueError(f"{constant} is not a number")


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def remove(path: Path) -> None:
    """Delete a file that may not be there."""
    with contextlib.suppress(OSError):
        path.unlink()
