"""Which format a file or folder has, by what it holds and what it is called."""

from __future__ import annotations

import re
from pathlib import Path

from embedding.errors import InputError
from embedding.readers import edges, hetrec, nodes, plays, word2vec
from embedding.readers.atlas.about import ABOUT, is_atlas
from embedding.readers.fields import number, shown
from embedding.readers.folder import table_in
from embedding.readers.layout import detect, find_columns
from embedding.readers.opening import kind_of, unreadable
from embedding.readers.text import head
from embedding.sources.identity import HEAD, is_crawl

_BY_ENDING = {
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".gml": "gml",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".vec": "word2vec",
    ".w2v": "word2vec",
    ".word2vec": "word2vec",
    ".galaxy": "galaxy",
}
_GML_PREFACE = ("#", "Creator", "Version", "comment", "directed")
_TABLES = {".csv", ".tsv"}


def sniff(path: Path) -> str:
    """Return the format of a file or folder, a key of `embedding.readers.FORMATS`.

    An ending that says it (.json, .gml ...) is believed; .csv and .tsv say that it is a table, and
    its header says of what. All else is told from the first lines.

    Raises
    ------
    InputError
        There is nothing to read, or nothing that is known.
    """
    if kind_of(path) == "folder":
        return _sniff_folder(path)
    ending = Path(path.name.lower().removesuffix(".gz")).suffix
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if hetrec.folder_of(path) is not None:
        return "plays"
    if ending in _TABLES:
        return _sniff_table(path)
    if _holds_manifest(path):
        return "galaxy"
    if _is_crawl(path):
        return "crawl"
    lines = [line.strip() for line in head(path)]
    return _sniff_text(path, [line for line in lines if line]) or _sniff_table(path)


def _sniff_folder(path: Path) -> str:
    try:
        next(path.iterdir(), None)
    except OSError as error:
        raise unreadable(path, error) from error
    # First, because it also says it if nothing in the folder may be looked at.
    if is_atlas(path):
        return "atlas"
    if hetrec.is_hetrec(path):
        return "plays"
    if table_in(path, "nodes") or table_in(path, "edges"):
        return "folder"
    raise InputError(
        "nothing in this folder can be read",
        where=path,
        remedy="name a file, or a folder with nodes.csv and edges.csv,"
        f" or with {hetrec.ARTISTS} and {hetrec.PLAYS}, or with {ABOUT} and scenes",
    )


def _holds_manifest(path: Path) -> bool:
    """Whether a file is a zip archive whose directory, at its end, names a galaxy's manifest."""
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return False
            file.seek(-min(1 << 16, path.stat().st_size), 2)
            return b"manifest.json" in file.read()
    except OSError as error:
        raise unreadable(path, error) from error


def _is_crawl(path: Path) -> bool:
    """Whether a file begins as the SQLite database of a crawl; any other is refused further on."""
    try:
        with path.open("rb") as file:
            return is_crawl(file.read(HEAD))
    except OSError as error:
        raise unreadable(path, error) from error


def _sniff_text(path: Path, lines: list[str]) -> str | None:
    """Return the format that the first lines (none blank) must be; None for a table."""
    if not lines:
        return None
    if lines[0].startswith("<"):
        root = re.search(r"<(?:\w+:)?(graphml|gexf)\b", "\n".join(lines), re.IGNORECASE)
        if root is None:
            raise InputError(
                "this is XML or HTML, but neither GraphML nor GEXF",
                where=path,
                line=1,
                remedy="export the graph as one of them",
            )
        return root.group(1).lower()
    # "[unknown]" is an artist; a list of objects is not.
    if lines[0].startswith("{") or re.match(r"\[\s*(\{|$)", lines[0]):
        return "json"
    opening = next((line for line in lines if not line.startswith(_GML_PREFACE)), "")
    if re.match(r"graph\s*(\[|$)", opening):
        return "gml"
    return "word2vec" if _is_word2vec(lines) else None


def _is_word2vec(lines: list[str]) -> bool:
    header = word2vec.HEADER.fullmatch(lines[0])
    if header is None or len(lines) < 2:
        return False
    dims = int(header.group(2))
    cells = lines[1].rsplit(maxsplit=dims) if 2 <= dims <= word2vec.MOST_DIMENSIONS else []
    try:
        return len(cells) == dims + 1 and all(number(cell, "") is not None for cell in cells[1:])
    except ValueError:
        return False


def _sniff_table(path: Path) -> str:
    """Return what a table is of, by its header."""
    header = detect(path, edges.ROLES | plays.ROLES | nodes.ROLES).first
    if {"user", "artist"} <= find_columns(header, plays.ROLES).keys():
        return "plays"
    known = find_columns(header, nodes.ROLES).keys()
    if "target" not in find_columns(header, edges.ROLES) and len(known) > 1 and "name" in known:
        raise InputError(
            f"the columns {', '.join(map(shown, header[:8]))} list artists but no relations",
            where=path,
            line=1,
            remedy="put it in a folder as nodes.csv beside an edges.csv and name the folder",
        )
    return "edges"
