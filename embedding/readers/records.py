"""Artists that come one by one, each with its related ones by name or id, until all are known."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.readers.assembling import assemble
from embedding.readers.fields import clean_name, popularity, shown, split_tags, tidy_tags, weight


@dataclass(slots=True)
class Record:
    """One artist as a file has it; nothing is checked yet."""

    name: str
    related: list[Any]
    id: Any = None
    popularity: Any = None
    tags: Any = field(default_factory=list)
    link: Any = None


class Records:
    """Collects records; `graph` ties them together.

    A related artist is looked up among the ids first, then among the names; where nobody has it,
    it is one more artist. Records of one name without ids are one artist.

    Parameters
    ----------
    path : Path
        For errors.
    locate : callable, optional
        From a name to the line on which it stands, for records that come without a line.
    """

    def __init__(self, path: Path, locate: Callable[[str], int] | None = None) -> None:
        self.path, self._locate = path, locate
        self._names: list[str] = []
        self._ids: list[str | None] = []
        self._popularity: list[int | None] = []
        self._tags: list[tuple[str, ...]] = []
        self._links: list[str] = []
        self._by_id: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._ends: list[str] = []
        self._from, self._weights, self._lines = array("i"), array("d"), array("q")

    def wrong(self, problem: str, name: str, line: int | None) -> InputError:
        """Return the error for what is said of an artist."""
        if line is None and self._locate is not None:
            line = self._locate(name)
        return InputError(problem, where=self.path, line=line, remedy="correct it")

    def add(self, record: Record, line: int | None) -> None:
        """Add an artist that stands on `line`; ValueError where it is no good."""
        name = clean_name(record.name)
        number = self._number(name, _text(record.id, "id"))
        if record.popularity is not None:
            self._popularity[number] = popularity(record.popularity)
        if record.tags:
            self._tags[number] = _tags(record.tags)
        if record.link is not None:
            self._links[number] = _text(record.link, "link") or ""
        for entry in record.related:
            try:
                end, strength = _entry(entry)
            except ValueError as error:
                raise ValueError(f"{error}, in the list of {shown(name)}") from None
            self._ends.append(end)
            self._from.append(number)
            self._weights.append(strength)
            self._lines.append(line or 0)

    def _number(self, name: str, ident: str | None) -> int:
        """Return the number of the artist a record is about, a new one where it is the first."""
        if ident is None:
            for number in self._by_name.get(name, ()):
                if self._ids[number] is None:
                    return number
        elif ident in self._by_id:
            raise ValueError(f"the id {shown(ident)} stands twice")
        else:
            self._by_id[ident] = len(self._names)
        return self._new(name, ident)

    def _new(self, name: str, ident: str | None) -> int:
        number = len(self._names)
        self._names.append(name)
        self._ids.append(ident)
        self._popularity.append(None)
        self._tags.append(())
        self._links.append("")
        self._by_name.setdefault(name, []).append(number)
        return number

    def _end(self, relation: int) -> int:
        """Return the artist at the far end of a relation."""
        end = self._ends[relation]
        if end in self._by_id:
            return self._by_id[end]
        found = self._by_name.get(end, [])
        if len(found) > 1:
            raise self.wrong(
                f"{len(found)} artists are called {shown(end)}, and only an id tells them apart",
                end,
                self._lines[relation] or None,
            )
        return found[0] if found else self._new(end, None)

    def graph(self, title: str) -> ArtistGraph:
        """Return the graph of all that was added."""
        ends = np.array([self._end(k) for k in range(len(self._ends))], np.int32)
        weights = np.array(self._weights, np.float32)
        return assemble(
            self._names,
            np.array(self._from, np.int32),
            ends,
            weights,
            ids=self._all_ids() if self._by_id else None,
            popularity=self._popularity,
            tags=self._tags,
            links=self._links,
            title=title,
        )

    def _all_ids(self) -> list[str]:
        """Return the ids; an artist without one has its name, which no other id can be.

        A name that is an id would have been taken for that id, unless it is a record's own.
        """
        ids, taken = [], set(self._by_id)
        for name, ident in zip(self._names, self._ids, strict=True):
            own = name if ident is None else ident
            if ident is None and own in taken:
                raise InputError(
                    f"the artist {shown(name)} has no id, and its name is another one's id",
                    where=self.path,
                    remedy="give it an id",
                )
            taken.add(own)
            ids.append(own)
        return ids


def _text(value: Any, what: str) -> str | None:
    """Return an id or link as text; numbers are common as ids."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ValueError(f"the {what} {shown(value)} is neither text nor a whole number")
    return clean_name(str(value), what)


def _tags(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return split_tags(value, "|" if "|" in value else ";" if ";" in value else ",")
    if not isinstance(value, list):
        raise ValueError(f"the tags {shown(value)} are not a list")
    return tidy_tags(value)


def _entry(entry: Any) -> tuple[str, float]:
    """Return the far end of a relation and its weight, 1 where there is none."""
    end, strength = entry, 1.0
    if isinstance(entry, dict):
        end = entry.get("id", entry.get("name", entry.get("artist")))
        if "weight" in entry:
            strength = weight(entry["weight"])
    if isinstance(end, bool) or not isinstance(end, (str, int)):
        raise ValueError(f"the related artist {shown(entry)} is neither a name nor an id")
    return clean_name(str(end), "related artist"), strength
