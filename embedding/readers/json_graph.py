"""JSON: ``{"artist": ["related", ...]}``, whole or one object a line, with details if wanted."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import OnProgress, silent
from embedding.readers.assembling import title_of
from embedding.readers.fields import shown
from embedding.readers.records import Record, Records
from embedding.readers.text import head, numbered_lines, read_text

_REMEDY = 'write {"artist": ["related artist", ...], ...}'


class _TwiceError(ValueError):
    """A key stands twice in one object."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _TwiceError(f"{shown(twice)} stands twice in one object")
    return found


def read(path: Path, on_progress: OnProgress = silent) -> ArtistGraph:
    """Read related artists from JSON.

    Either one object (or a list of objects), or JSON lines: an object on each line. In an object
    each key is an artist, and its value

    - a list of related artists, each a name, an id, or ``{"name": ..., "weight": ...}``;
    - ``{"related": [...], "id": ..., "popularity": ..., "tags": [...], "link": ...}``, where all
      but `related` may be left out.

    An object with a text under ``name`` (or ``artist``) is one artist itself:
    ``{"name": "Air", "related": ["Moby"]}``. Artists may share a name where they have ids.

    Raises
    ------
    InputError
        It is not JSON, is nested too deep, or an object is not as above: with the line.
    """
    if _is_lines(path):
        records = Records(path)
        for line, text in numbered_lines(path, on_progress):
            _take(records, _parse(path, text, line - 1), line)
    else:
        text = read_text(path, on_progress)
        records = Records(path, partial(_line_of, text))
        _take(records, _parse(path, text, 0), None)
    return records.graph(title=title_of(path))


def _is_lines(path: Path) -> bool:
    """Whether the first line that is not blank is an object by itself and more follows."""
    lines = [line for line in head(path, 1 << 20) if line.strip()]
    if len(lines) < 2:
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False


def _parse(path: Path, text: str, before: int) -> Any:
    """Return what a text holds; `before` lines of the file stand before it."""
    try:
        return json.loads(text, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        problem, line = f"this is not JSON ({error.msg})", before + error.lineno
    except RecursionError:
        problem, line = "this is nested too deep", before + 1
    except ValueError as error:  # a double key, or a number of thousands of digits
        problem = str(error) if isinstance(error, _TwiceError) else "a number is too long"
        line = before + 1
    raise InputError(problem, where=path, line=line, remedy=_REMEDY)


def _line_of(text: str, name: str) -> int:
    """Return the line of one big JSON value on which an artist's name first stands."""
    places = (text.find(json.dumps(name, ensure_ascii=plain)) for plain in (False, True))
    return text.count("\n", 0, max(0, *places)) + 1


def _take(records: Records, value: Any, line: int | None) -> None:
    """Add what one JSON value says; `line` is its line where it has one to itself."""
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            problem = f"there is {_kind(item)} where an object should be"
            raise InputError(problem, where=records.path, line=line or 1, remedy=_REMEDY)
        if isinstance(item.get("nodes"), list) and {"links", "edges"} & item.keys():
            raise InputError(
                "this is a node-link graph, which is not read from JSON",
                where=records.path,
                line=line or 1,
                remedy=f"{_REMEDY}, or export it as GraphML",
            )
        name = item.get("name", item.get("artist"))
        entries = {name: item} if isinstance(name, str) else item
        for artist, details in entries.items():
            try:
                records.add(_record(artist, details), line)
            except ValueError as error:
                raise records.wrong(str(error), artist, line) from None


def _record(artist: str, details: Any) -> Record:
    if isinstance(details, list):
        return Record(artist, details)
    if not isinstance(details, dict):
        raise ValueError(f"{shown(artist)} has {_kind(details)} where its related artists belong")
    related = details.get("related", [])
    if not isinstance(related, list):
        raise ValueError(f"the related artists of {shown(artist)} are {_kind(related)}, not a list")
    tags = details.get("tags", details.get("genres", []))
    return Record(
        artist,
        related,
        id=details.get("id"),
        popularity=details.get("popularity"),
        tags=tags if tags is not None else [],
        link=details.get("link"),
    )


def _kind(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return f"the value {json.dumps(value)}"
    names = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names[type(value)]
