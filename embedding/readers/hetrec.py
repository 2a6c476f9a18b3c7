"""The HetRec 2011 folder of Last.fm plays: ``artists.dat`` and ``user_artists.dat``."""

from __future__ import annotations

import re
from pathlib import Path

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import OnProgress, silent
from embedding.readers.fields import shown
from embedding.readers.layout import Layout
from embedding.readers.nodes import read_artists
from embedding.readers.opening import kind_of
from embedding.readers.plays import Listening, checks
from embedding.readers.table import line_of_row, read_rows

ARTISTS, PLAYS = "artists.dat", "user_artists.dat"
_README = "readme.txt"
_HEADER = ["userID", "artistID", "weight"]


def is_hetrec(folder: Path) -> bool:
    """Whether both needed files are in a folder."""
    return (folder / ARTISTS).exists() and (folder / PLAYS).exists()


def folder_of(path: Path) -> Path | None:
    """Return the HetRec folder that a path means: a folder itself, or that of one of its files."""
    if kind_of(path) == "folder":
        return path
    return path.parent if path.name in (ARTISTS, PLAYS) and is_hetrec(path.parent) else None


def read(path: Path, on_progress: OnProgress = silent) -> ArtistGraph:
    """Read the folder and relate the artists that the same people listen to.

    The files are tab-separated without quoting; ``readme.txt``, where it is there, gives the
    source and what may be done with the data.

    Raises
    ------
    InputError
        A file is not there, a field is no good, or a play is of an artist that is not listed.
    """
    for name in (ARTISTS, PLAYS):
        if not (path / name).exists():
            raise InputError(f"there is no {name} in this folder", where=path, remedy="add it")
    artists = read_artists(path / ARTISTS, quoted=False)
    listening = Listening()
    for number, ident in enumerate(artists.ids):
        # Numbers are given out in order, so an artist's number is its place in the table.
        assert listening.artists[ident] == number
        listening.labels[number] = artists.names[number]
    layout = Layout("\t", 1, _HEADER, quoted=False)
    for rows in read_rows(path / PLAYS, layout, on_progress):
        try:
            listening.add(*rows.columns)
        except ValueError:
            raise rows.first_wrong(checks(0, 1, 2)) from None
    unknown = listening.artists.clean[len(artists.ids) :]
    if unknown:
        row = listening.first_row(len(artists.ids))
        raise InputError(
            f"{len(unknown):,} artist id{'s name' if len(unknown) > 1 else ' names'} nobody,"
            f" first {shown(unknown[0])}",
            where=path / PLAYS,
            line=line_of_row(path / PLAYS, layout, row),
            remedy=f"add the artist to {ARTISTS} or remove the line",
        )
    source, licence = _about(path / _README)
    return listening.graph(path, artists.links, on_progress, source=source, licence=licence)


def _about(readme: Path) -> tuple[str, str]:
    """Return the source and the licence as the readme has them, each "" where it has not."""
    try:
        text = readme.read_bytes()[: 1 << 16].decode("latin-1")
    except OSError:
        return "", ""
    page = re.search(r"https?://[^\s)]+", text)
    may = re.search(r"made available for ([^.\r\n]+)", text)
    return page.group() if page else "", f"for {may.group(1)}" if may else ""
