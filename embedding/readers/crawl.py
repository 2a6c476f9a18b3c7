"""The database of a crawl, as `embedding.sources.store` writes it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import OnProgress, Progress, silent
from embedding.readers.assembling import assemble, no_relations, title_of
from embedding.readers.fields import clean_name, shown
from embedding.readers.opening import kind_of
from embedding.sources import database
from embedding.sources.identity import key_of
from embedding.sources.popularity import from_listeners
from embedding.sources.weights import strengths_of_all

_ROWS = 20_000
_ABOUT = "SELECT key, value FROM about"

Pairs = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float64]]


@dataclass(slots=True)
class _Artists:
    """The columns of everybody that was ever named; listeners are -1 where nobody says."""

    numbers: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    listeners: list[int] = field(default_factory=list)
    asked: list[bool] = field(default_factory=list)


def read(path: Path, on_progress: OnProgress = silent) -> ArtistGraph:
    """Read a crawl, also one that is going on or was broken off.

    In the graph are all artists that were asked about, and those that were not but that two of them
    or more name. Whom a single artist names hangs by that one relation: it would stand where that
    artist stands and tell nothing, and there are many times more of them than of all others. Where
    too little was asked for anybody else to be left, they stay.

    Scores, or ranks where the source gives none, become weights (`embedding.sources.weights`), and
    listeners the popularity (`embedding.sources.popularity`).

    Raises
    ------
    InputError
        It is no crawl, damaged, of a newer version, or relates nobody.
    """
    if kind_of(path) == "folder":
        raise InputError("this is a folder, not a file", where=path, remedy="name a file in it")
    with database.explained(path):
        connection = database.open_for_reading(path)
        try:
            # One transaction, so that what a crawl adds meanwhile is not seen by halves.
            connection.execute("BEGIN")
            about = {str(key): str(text) for key, text in connection.execute(_ABOUT)}
            artists = _artists(path, connection, about.get("source", ""))
            (total,) = connection.execute("SELECT count(*) FROM relation").fetchone()
            sources, targets, weights = _relations(
                path,
                connection,
                np.array(artists.numbers, np.int64),
                lambda done: on_progress(Progress("read", done, total)),
            )
            first, last = connection.execute(
                "SELECT min(answered), max(answered) FROM artist"
            ).fetchone()
        finally:
            connection.close()
    if not sources.size:
        raise no_relations(path)
    graph = assemble(
        artists.names,
        sources,
        targets,
        weights,
        ids=artists.keys,
        links=artists.links,
        title=title_of(path),
        source=f"{about.get('title', '')}, asked {_days(first, last)}".lstrip(", "),
        licence=about.get("licence", ""),
        notes=[text for text in (about.get("terms"),) if text],
    )
    return _without_leaves(graph, artists)


def _artists(path: Path, connection: sqlite3.Connection, source: str) -> _Artists:
    artists, taken = _Artists(), set[str]()
    rows = connection.execute(
        "SELECT number, id, name, mbid, link, listeners, answered FROM artist ORDER BY number"
    )
    for number, ident, name, mbid, link, listeners, answered in rows:
        try:
            name, ident = clean_name(_text(name)), clean_name(_text(ident), "id")
            link, mbid = _text(link), _text(mbid)
        except ValueError as error:
            raise _wrong(path, f"artist {number}: {error}") from None
        if not (listeners is None or (isinstance(listeners, int) and listeners >= 0)):
            problem = f"artist {number}: {shown(listeners)} is no number of listeners"
            raise _wrong(path, problem)
        key = key_of(source, ident, mbid)
        if key in taken:  # the source has one artist of MusicBrainz twice
            key = f"{source}:{ident}"
        taken.add(key)
        artists.numbers.append(number)
        artists.names.append(name)
        artists.keys.append(key)
        artists.links.append(link)
        artists.listeners.append(-1 if listeners is None else listeners)
        artists.asked.append(answered is not None)
    return artists


def _relations(
    path: Path,
    connection: sqlite3.Connection,
    numbers: npt.NDArray[np.int64],
    on_rows: Callable[[int], None],
) -> Pairs:
    """Return who names whom, as rows of `numbers`, and how strongly."""
    cursor = connection.execute(
        "SELECT artist, other, score FROM relation ORDER BY artist, rank, other"
    )
    places, scores, done = [np.empty((0, 2), np.int32)], [np.empty(0)], 0
    while rows := cursor.fetchmany(_ROWS):
        try:
            block = np.array(rows, np.float64)  # None becomes NaN
        except (TypeError, ValueError):
            block = np.full((1, 3), np.inf)
        if np.isinf(block).any():
            raise _wrong(path, "a relation is not made of numbers")
        places.append(_places(path, numbers, block[:, :2].astype(np.int64)))
        scores.append(block[:, 2])
        done += len(rows)
        on_rows(done)
    ends = np.concatenate(places)
    starts = np.flatnonzero(np.diff(ends[:, 0], prepend=-1))
    return ends[:, 0], ends[:, 1], strengths_of_all(starts, np.concatenate(scores))


def _places(
    path: Path, numbers: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.int32]:
    """Return in which row of `numbers`, which ascend, each end stands."""
    places = np.searchsorted(numbers, ends)
    if not numbers.size or (numbers[np.minimum(places, numbers.size - 1)] != ends).any():
        raise _wrong(path, "a relation names nobody that is there")
    return places.astype(np.int32)


def _without_leaves(graph: ArtistGraph, artists: _Artists) -> ArtistGraph:
    """Leave out who is only named, and only once; then say how popular the others are."""
    degrees = graph.degrees
    kept = np.array(artists.asked) | (degrees > 1)
    ends = np.repeat(np.arange(len(graph)), degrees)
    if not (kept[ends] & kept[graph.indices]).any():
        kept = degrees > 0
    smaller = graph.subgraph(kept)
    if left := len(graph) - len(smaller):
        smaller = smaller.with_notes(
            f"{left:,} of {len(graph):,} artists were left out: nobody asked about them, and no"
            " two others name them."
        )
    listeners = np.array(artists.listeners, np.int64)[kept]
    popularity, notes = from_listeners(listeners, degrees[kept])
    return replace(smaller, popularity=popularity).with_notes(*notes)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{shown(value)} is no text")
    return value


def _wrong(path: Path, problem: str) -> InputError:
    return InputError(problem, where=path, remedy="it was changed by hand: crawl anew")


def _days(first: Any, last: Any) -> str:
    """Return on which days answers came: ``on 2026-11-22``, ``2026-11-22 to 2026-11-30``."""
    try:
        days = [time.strftime("%Y-%m-%d", time.gmtime(int(each))) for each in (first, last)]
    except (TypeError, ValueError, OverflowError, OSError):
        return "on an unknown day"
    return f"on {days[0]}" if days[0] == days[1] else f"{days[0]} to {days[1]}"
