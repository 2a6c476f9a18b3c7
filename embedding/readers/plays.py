"""Who listened to whom, as a table: ``user,artist,plays``."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import repeat
from pathlib import Path

import numpy as np
from scipy import sparse

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import OnProgress, silent
from embedding.readers import colistening
from embedding.readers.assembling import Names, assemble, title_of
from embedding.readers.fields import clean_name, shown
from embedding.readers.fields import plays as read_plays
from embedding.readers.layout import Layout, detect, find_columns
from embedding.readers.table import read_rows

ROLES = {
    "user": ("user", "userid", "username", "listener", "listenerid", "uid"),
    "artist": ("artistid", "artistmbid", "mbid", "artist", "artistname", "name"),
    "name": ("artistname", "artist", "name"),
    "plays": ("plays", "playcount", "listens", "listeningcount", "scrobbles", "weight", "count"),
}
"""What the columns of a table of plays may be called, in any order and spelling of case."""


class Listening:
    """Plays by listener and artist, added up."""

    def __init__(self) -> None:
        self.users, self.artists = Names(), Names()
        self.labels: dict[int, str] = {}
        """The name of an artist, where the key in `artists` is an id."""
        self._user, self._artist, self._count = array("i"), array("i"), array("d")

    def add(
        self, users: Sequence[str], artists: Sequence[str], plays: Sequence[str] | None
    ) -> None:
        """Add a column of each, one play a row where there is none of plays.

        Raises
        ------
        ValueError
            One of them is no good; what was added is not to be used then.
        """
        self._user.extend(map(self.users.__getitem__, users))
        self._artist.extend(map(self.artists.__getitem__, artists))
        self._count.extend(map(read_plays, plays) if plays is not None else repeat(1.0, len(users)))

    def first_row(self, artist: int) -> int:
        """Return the row, of all that were added, in which an artist was first played."""
        return self._artist.index(artist)

    def graph(
        self,
        path: Path,
        links: Sequence[str] = (),
        on_progress: OnProgress = silent,
        *,
        source: str = "",
        licence: str = "",
    ) -> ArtistGraph:
        """Return the co-listening graph (see `embedding.readers.colistening`).

        Parameters
        ----------
        path : Path
            Where the plays are from, for the title and for errors.
        links : sequence of str
            A page about each artist, in the order of `artists`.
        on_progress : callable
        source, licence : str

        Raises
        ------
        InputError
            No artist has enough listeners.
        """
        matrix = sparse.csr_array(
            (np.array(self._count), (np.array(self._artist), np.array(self._user))),
            shape=(len(self.artists.clean), len(self.users.clean)),
        )
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        listeners = np.diff(matrix.indptr)
        kept = np.flatnonzero(listeners >= colistening.FEWEST_LISTENERS)
        if not kept.size:
            raise InputError(
                f"no artist has {colistening.FEWEST_LISTENERS} listeners or more",
                where=path,
                remedy="give the plays of more listeners",
            )
        notes = []
        if left := listeners.size - kept.size:
            notes.append(
                f"{left:,} of {listeners.size:,} artists were left out: they have fewer than"
                f" {colistening.FEWEST_LISTENERS} listeners."
            )
        a, b, similarity = colistening.related_by_listeners(matrix[kept], on_progress)
        keys = [self.artists.clean[k] for k in kept]
        return assemble(
            [self.labels.get(int(k), key) for k, key in zip(kept, keys, strict=True)],
            a,
            b,
            similarity,
            ids=keys if self.labels else None,
            popularity=colistening.popularity_of(listeners[kept]),
            links=[links[int(k)] for k in kept] if links else None,
            title=title_of(path),
            source=source,
            licence=licence,
            notes=notes,
        )


def read(path: Path, on_progress: OnProgress = silent) -> ArtistGraph:
    """Read a table of plays and relate the artists that the same people listen to.

    With a header, the columns are found by their names (`ROLES`); where there is an artist id
    beside the name, it tells artists of one name apart. Without a header, they are user, artist
    and plays. Without plays, every row counts as one. Rows of one listener and artist add up.

    Raises
    ------
    InputError
        A column is not there, a row has no user or artist or a number of plays below 0, or no
        artist has enough listeners.
    """
    layout = detect(path, ROLES)
    roles, skipped = _columns(path, layout)
    user, artist = roles["user"], roles["artist"]
    label, count = roles.get("name"), roles.get("plays")
    listening = Listening()
    for rows in read_rows(path, replace(layout, skipped=skipped), on_progress):
        users, artists = rows.columns[user], rows.columns[artist]
        try:
            listening.add(users, artists, rows.columns[count] if count is not None else None)
        except ValueError:
            raise rows.first_wrong(checks(user, artist, count)) from None
        if label is not None:
            for key, name in dict(zip(artists, rows.columns[label], strict=True)).items():
                listening.labels.setdefault(listening.artists[key], name)
    try:
        listening.labels = {
            number: clean_name(name) if name.strip() else listening.artists.clean[number]
            for number, name in listening.labels.items()
        }
    except ValueError as error:
        raise InputError(str(error), where=path, remedy="correct that name") from None
    return listening.graph(path, (), on_progress)


def checks(user: int, artist: int, count: int | None) -> dict[int, Callable[[str], object]]:
    """Return what is asked of each column of plays."""
    found: dict[int, Callable[[str], object]] = {
        user: partial(clean_name, what="user"),
        artist: partial(clean_name, what="artist"),
    }
    return found if count is None else found | {count: read_plays}


def _columns(path: Path, layout: Layout) -> tuple[dict[str, int], int]:
    """Return the column of each role and the lines before the first play."""
    roles = find_columns(layout.first, ROLES)
    if {"user", "artist"} <= roles.keys():
        return roles, layout.skipped + 1
    if roles.keys() & {"user", "artist"} or layout.width > 3:
        raise InputError(
            f"no columns called user and artist among {', '.join(map(shown, layout.first[:8]))}",
            where=path,
            line=layout.skipped + 1,
            remedy="name the columns in the first line: user,artist,plays",
        )
    plain = {"user": 0, "artist": 1}
    return (plain | {"plays": 2} if layout.width == 3 else plain), layout.skipped
