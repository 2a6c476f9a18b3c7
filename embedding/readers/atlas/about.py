"""``atlas.toml``: what an atlas says about itself, and what makes a folder one."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path

from embedding.errors import InputError
from embedding.readers.opening import kind_of
from embedding.readers.text import read_text

ABOUT = "atlas.toml"


@dataclass(frozen=True, slots=True)
class About:
    """What an atlas is called, where it is from, what may be done with it, and its day."""

    title: str
    source: str
    licence: str
    date: datetime.date


def is_atlas(folder: Path) -> bool:
    """Whether a folder says that it is an atlas."""
    return (folder / ABOUT).is_file()


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
        raise InputError(f"there is no {ABOUT} in this folder", where=folder, remedy="add it")
    try:
        known = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"this is not TOML ({error})", where=path, remedy="correct it") from error
    texts = {}
    for key in ("title", "source", "licence"):
        texts[key] = known.pop(key, None)
        if not isinstance(texts[key], str) or not texts[key].strip():
            raise InputError(
                f"there is no {key}", where=path, remedy=f'add a line such as {key} = "..."'
            )
    date = known.pop("date", None)
    # A time is a date for isinstance, too.
    if type(date) is not datetime.date:
        raise InputError(
            "there is no date", where=path, remedy="add a line such as date = 2026-01-31"
        )
    if known:
        raise InputError(
            f"{next(iter(known))!r} is not known here", where=path, remedy="remove that line"
        )
    return About(**texts, date=date)
