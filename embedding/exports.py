"""A galaxy in the forms that other programs read: word2vec text, CSV tables, GraphML."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import numpy.typing as npt

from embedding.atomic import atomic_write
from embedding.errors import InputError
from embedding.galaxy import Galaxy

_EXACT = "%.9g"
"""Nine digits tell every float32 from all others (IEEE 754-2019, section 5.12.2)."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(galaxy: Galaxy, path: str | PathLike[str], form: str) -> list[Path]:
    """Write a galaxy in one of the `FORMATS`, replacing what is there only by a whole file.

    ``word2vec``
        One line per artist: its name and its vector for averaging, as gensim's
        ``KeyedVectors.load_word2vec_format`` reads it. White space in a name becomes an
        underscore, for it ends the name; of artists that then share a name, all but the first
        get their id (or their number, counted from 0) added in brackets.
    ``csv``
        One line per artist: id, name, popularity, x, y, z, v1 to vd, and where the galaxy has
        them tags and aliases (joined by bars) and link. Into a folder that is there it goes as
        ``nodes.csv``, with ``edges.csv`` (source, target, weight if there are any) beside it: a
        galaxy can be built from that folder again.
    ``graphml``
        The graph with each artist's name, id, place, popularity, tags, aliases and link.
        Characters that XML does not allow become U+FFFD; where that makes ids the same, the nodes
        are numbered.

    Parameters
    ----------
    galaxy : Galaxy
    path : str or PathLike
        The file to write; for ``csv`` also a folder.
    form : {"word2vec", "csv", "graphml"}

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        There is no such format, or the file cannot be written.
    """
    if form not in FORMATS:
        raise InputError(
            f"there is no format {form!r}",
            where="--format",
            remedy=f"choose {', '.join(sorted(FORMATS))}",
        )
    target = Path(path)
    jobs: list[tuple[Path, Callable[[Galaxy, Utf8], None]]] = [(target, FORMATS[form])]
    if form == "csv" and target.is_dir():
        jobs = [(target / "nodes.csv", write_nodes), (target / "edges.csv", write_edges)]
    for file, write in jobs:
        with atomic_write(file) as binary:
            write(galaxy, Utf8(binary))
    return [file for file, _ in jobs]


class Utf8:
    """A text stream that holds nothing back, so that a full disk is met where it is written to."""

    def __init__(self, binary: BinaryIO) -> None:
        self._binary = binary

    def write(self, text: str) -> int:
        """Write `text` as UTF-8."""
        return self._binary.write(text.encode())


def write_word2vec(galaxy: Galaxy, stream: Utf8) -> None:
    """Write the vectors as word2vec text."""
    stream.write(f"{len(galaxy)} {galaxy.dims}\n")
    line = "%s" + f" {_EXACT}" * galaxy.dims + "\n"
    for word, vector in zip(_words(galaxy), _rows(galaxy.vectors), strict=True):
        stream.write(line % (word, *vector))


def write_nodes(galaxy: Galaxy, stream: Utf8) -> None:
    """Write the table of artists."""
    writer = csv.writer(stream, lineterminator="\n")
    columns: dict[str, Sequence[Any]] = {
        "id": node_ids(galaxy),
        "name": galaxy.names,
        "popularity": galaxy.popularity.tolist(),
    }
    numbers = np.hstack((galaxy.positions, galaxy.vectors))
    measures = ["x", "y", "z", *(f"v{k}" for k in range(1, galaxy.dims + 1))]
    rest = _told(galaxy)
    writer.writerow([*columns, *measures, *rest])
    rows = zip(*columns.values(), _rows(numbers), *rest.values(), strict=True)
    for ident, name, popularity, row, *told in rows:
        writer.writerow([ident, name, popularity, *(_EXACT % value for value in row), *told])


def write_edges(galaxy: Galaxy, stream: Utf8) -> None:
    """Write the table of relations, each once."""
    writer = csv.writer(stream, lineterminator="\n")
    ids = node_ids(galaxy)
    weighted = galaxy.weights is not None
    writer.writerow(["source", "target", "weight"] if weighted else ["source", "target"])
    for a, b, weight in _edges(galaxy):
        both = [ids[a], ids[b]]
        writer.writerow([*both, _EXACT % weight] if weighted else both)


def write_graphml(galaxy: Galaxy, stream: Utf8) -> None:
    """Write the graph as GraphML, line by line.

    networkx reads it, but does not write it here: it would first build a tree of some
    gigabytes for 100,000 artists.
    """
    fields: dict[str, tuple[str, Sequence[Any]]] = {
        "name": ("string", galaxy.names),
        "popularity": ("int", galaxy.popularity.tolist()),
        "x": ("float", galaxy.positions[:, 0].tolist()),
        "y": ("float", galaxy.positions[:, 1].tolist()),
        "z": ("float", galaxy.positions[:, 2].tolist()),
    }
    if galaxy.ids is not None:
        fields["id"] = ("string", galaxy.ids)
    fields |= {key: ("string", values) for key, values in _told(galaxy).items()}
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for key, (kind, _) in fields.items():
        stream.write(f'<key id="{key}" for="node" attr.name="{key}" attr.type="{kind}"/>\n')
    if galaxy.weights is not None:
        stream.write('<key id="weight" for="edge" attr.name="weight" attr.type="float"/>\n')
    stream.write('<graph edgedefault="undirected">\n')
    # Two that differ in characters that XML does not allow are still two.
    ids = [quoteattr(each) for each in _apart([_allowed(each) for each in galaxy.keys])]
    for k, ident in enumerate(ids):
        stream.write(f"<node id={ident}>")
        for key, (kind, values) in fields.items():
            value = _EXACT % values[k] if kind == "float" else _xml(str(values[k]))
            stream.write(f'<data key="{key}">{value}</data>')
        stream.write("</node>\n")
    for a, b, weight in _edges(galaxy):
        data = "" if weight is None else f'<data key="weight">{_EXACT % weight}</data>'
        stream.write(f"<edge source={ids[a]} target={ids[b]}>{data}</edge>\n")
    stream.write("</graph>\n</graphml>\n")


FORMATS: dict[str, Callable[[Galaxy, Utf8], None]] = {
    "word2vec": write_word2vec,
    "csv": write_nodes,
    "graphml": write_graphml,
}
"""What a galaxy can be exported to, and how."""


def node_ids(galaxy: Galaxy) -> list[str]:
    """Return what tells each artist from all others: its id, its name, or else its number."""
    return _apart(galaxy.keys)


def _apart(keys: list[str]) -> list[str]:
    return keys if len(set(keys)) == len(keys) else [str(k) for k in range(len(keys))]


def _words(galaxy: Galaxy) -> Iterator[str]:
    taken = set[str]()
    for k, name in enumerate(galaxy.names):
        word = plain = re.sub(r"\s", "_", name) or "_"
        extra = re.sub(r"\s", "_", galaxy.ids[k]) if galaxy.ids is not None else str(k)
        while word in taken:
            word = plain = f"{plain}_({extra})"
        taken.add(word)
        yield word


def _told(galaxy: Galaxy) -> dict[str, list[str]]:
    """Return the columns of what is not known of every galaxy, as text."""
    columns = {}
    for key, lists in (("tags", galaxy.tags), ("aliases", galaxy.aliases)):
        if lists is not None:
            columns[key] = ["|".join(row) for row in lists]
    if galaxy.links is not None:
        columns["link"] = galaxy.links
    return columns


def _rows(array: npt.NDArray[np.float32]) -> Iterator[list[float]]:
    # All at once, 100,000 rows of Python numbers would take some 40 MB.
    for start in range(0, len(array), 4096):
        yield from array[start : start + 4096].tolist()


def _edges(galaxy: Galaxy) -> Iterator[tuple[int, int, float | None]]:
    """Give every pair of related artists once, the smaller index first."""
    for artist in range(len(galaxy)):
        row = slice(galaxy.indptr[artist], galaxy.indptr[artist + 1])
        related = galaxy.indices[row].tolist()
        weights = [None] * len(related) if galaxy.weights is None else galaxy.weights[row].tolist()
        for other, weight in zip(related, weights, strict=True):
            if artist < other:
                yield artist, other, weight


def _xml(text: str) -> str:
    # A bare carriage return would be read back as a line feed.
    return escape(_allowed(text), {"\r": "&#13;"})


def _allowed(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
