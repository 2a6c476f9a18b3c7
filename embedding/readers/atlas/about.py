"""``atlas.toml``: what an atlas says about itself, and what makes a folder one."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path

from embedding.errors import InputError
from embedding.readers.fields import shown
from embedding.readers.opening import kind_of, unreadable
from embedding.readers.text import read_text

ABOUT = "atlas.toml"
_EARLIEST = 1970
"""The first year that the time of a build can be given in (seconds since then)."""


@dataclass(frozen=True, slots=True)
class About:
    """What an atlas is called, where it is from, what may be done with it, and its day."""

    title: str
    source: str
    licence: str
    date: datetime.date


def is_atlas(folder: Path) -> bool:
    """Whether a folder says that it is an atlas.

    Raises
    ------
    InputError
        The folder cannot be looked into.
    """
    try:
        return (folder / ABOUT).is_file()
    except OSError as error:
        raise unreadable(folder, error) from error


def read_about(folder: Path) -> About:
    """Return what an atlas says about itself.

    Raises
    ------
    InputError
        There is no such file in the folder, or something in it is not as it should be.
    """
    if kind_of(folder) != "folder":
        raise InputError("this is a file, not a folder", where=folder, remedy="name its folder")
    path = folder / ABOUT
    if not is_atlas(folder):
        raise InputError(
            f"there is no {ABOUT} in this folder",
            where=folder,
            remedy="add one with title, source, licence and date",
        )
    try:
        known = tomllib.loads(read_text(path) if path.stat().st_size else "")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = "too deep" if isinstance(error, RecursionError) else str(error)
        raise InputError(f"this is not TOML ({reason})", where=path, remedy="correct it") from error
    texts = {}
    for key in ("title", "source", "licence"):
        texts[key] = known.pop(key, None)
        if not isinstance(texts[key], str) or not texts[key].strip():
            raise InputError(
                f"there is no {key}", where=path, remedy=f'add a line such as {key} = "..."'
            )
    date = known.pop("date", None)
    # A time is a date for isinstance, too.
    if type(date) is not datetime.date or date.year < _EARLIEST:
        raise InputError(
            "there is no date" if date is None else f"the date {shown(str(date))} is no good",
            where=path,
            remedy="write a day, without quotes or a time: date = 2026-01-31",
        )
    if known:
        raise InputError(
            f"{next(iter(known))!r} is not known here", where=path, remedy="remove that line"
        )
    return About(**texts, date=date)
