"""A folder with ``nodes.csv`` and ``edges.csv``."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import OnProgress, silent
from embedding.readers.assembling import assemble, title_of
from embedding.readers.edges import Edges, line_of_relation, read_edges
from embedding.readers.fields import shown
from embedding.readers.nodes import read_artists
from embedding.readers.opening import kind_of


def table_in(folder: Path, stem: str) -> Path | None:
    """Return the table called `stem` in a folder: CSV before TSV, plain before gzip."""
    names = (f"{stem}{ending}" for ending in (".csv", ".tsv", ".csv.gz", ".tsv.gz"))
    return next((folder / name for name in names if (folder / name).exists()), None)


def _needed(folder: Path, stem: str) -> Path:
    found = table_in(folder, stem)
    if found is None:
        raise InputError(f"there is no {stem}.csv in this folder", where=folder, remedy="add it")
    return found


def read(path: Path, on_progress: OnProgress = silent) -> ArtistGraph:
    """Read a folder with a table of artists and one of relations.

    ``nodes.csv`` has the columns id, name and, if wanted, popularity (0 to 100), genres or tags
    (joined by bars or semicolons) and link; ``edges.csv`` has source, target and, if wanted,
    weight. The ends of a relation are ids; where not one of them is, all are taken for names.

    Raises
    ------
    InputError
        A file or column is not there, a field is no good, or a relation's end names nobody.
    """
    if kind_of(path) != "folder":
        raise InputError("this is a file, not a folder", where=path, remedy="name its folder")
    nodes, relations = _needed(path, "nodes"), _needed(path, "edges")
    artists = read_artists(nodes)
    edges = read_edges(relations, on_progress)
    number = _numbers(artists.names, artists.ids, edges, relations)
    return assemble(
        artists.names,
        number[edges.sources],
        number[edges.targets],
        edges.weights,
        ids=artists.ids if artists.ids != artists.names else None,
        popularity=artists.popularity or None,
        tags=artists.tags or None,
        links=artists.links or None,
        title=title_of(path),
        notes=edges.notes,
    )


def _numbers(
    names: list[str], ids: list[str], edges: Edges, path: Path
) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Return the artist that each end in `edges.names` stands for."""
    places = {ident: k for k, ident in enumerate(ids)}
    if not any(end in places for end in edges.names):
        places = {name: k for k, name in enumerate(names)}
        twice = {name for k, name in enumerate(names) if places[name] != k}
        if shared := [end for end in edges.names if end in twice]:
            raise _wrong_end(
                path, edges, {shared[0]}, "several artists are called", "use their ids"
            )
    number = np.array([places.get(end, -1) for end in edges.names], np.int32)
    unknown = {end for end in edges.names if end not in places}
    if unknown and len(edges.sources) > 1:
        first = {edges.names[edges.sources[0]], edges.names[edges.targets[0]]}
        if unknown == first and len(first) == 2:
            a, b = edges.names[edges.sources[0]], edges.names[edges.targets[0]]
            raise InputError(
                f"no columns are called source and target, and {shown(a)} and {shown(b)}"
                " are nobody's ids",
                where=path,
                line=1,
                remedy="call the two columns with the ids of related artists source and target",
            )
    if unknown:
        raise _wrong_end(
            path,
            edges,
            unknown,
            f"{len(unknown):,} id{'s name' if len(unknown) > 1 else ' names'} nobody, first",
            "add the artist to the table of nodes or remove the relation",
        )
    return number


def _wrong_end(path: Path, edges: Edges, ends: set[str], problem: str, remedy: str) -> InputError:
    """Return the error for the first relation with one of `ends`."""
    wrong = np.array([name in ends for name in edges.names])
    row = int(np.argmax(wrong[edges.sources] | wrong[edges.targets]))
    end = edges.sources[row] if wrong[edges.sources[row]] else edges.targets[row]
    return InputError(
        f"{problem} {shown(edges.names[end])}",
        where=path,
        line=line_of_relation(path, row),
        remedy=remedy,
    )
