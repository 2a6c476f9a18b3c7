"""Edge lists: one relation a line, as CSV, TSV or any other delimited text."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from functools import partial
from math import isnan
from pathlib import Path

import numpy as np

from embedding.arrays import Float32, Int32
from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import OnProgress, silent
from embedding.readers.assembling import Names, assemble, no_relations, title_of
from embedding.readers.fields import LEAST, MOST, clean_name, shown, weight
from embedding.readers.layout import Layout, detect, find_columns
from embedding.readers.table import line_of_row, read_rows

ROLES = {
    "source": (
        *("source", "src", "from", "sourceid", "fromid", "fromnodeid", "artist", "artistid"),
        *("artist1", "artista", "node1", "name", "id"),
    ),
    "target": (
        *("target", "tgt", "dst", "to", "targetid", "toid", "tonodeid", "related", "relatedartist"),
        *("relatedto", "relatedid", "similar", "similarartist", "artist2", "artistb", "node2"),
        *("neighbour", "neighbor"),
    ),
    "weight": ("weight", "score", "similarity", "match", "strength"),
}
"""What the columns of an edge list may be called, in any order and spelling of case."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The relations of a file: ends by number, the names by number, a weight each or none."""

    names: list[str]
    sources: Int32
    targets: Int32
    weights: Float32 | None
    notes: tuple[str, ...] = ()


def read(path: Path, on_progress: OnProgress = silent) -> ArtistGraph:
    """Read an edge list: two columns of names, an optional third of weights, a header or not.

    Without a header the columns are source, target and weight. With one they are found by their
    names (`ROLES`); other columns are left out with a note.

    Parameters
    ----------
    path : Path
    on_progress : callable

    Raises
    ------
    InputError
        A row without two names or with a weight that is not above 0, or anything that
        `embedding.readers.table` and `embedding.readers.text` refuse.
    """
    edges = read_edges(path, on_progress)
    if not edges.sources.size:
        raise no_relations(path)
    return assemble(
        edges.names,
        edges.sources,
        edges.targets,
        edges.weights,
        title=title_of(path),
        notes=edges.notes,
    )


def read_edges(path: Path, on_progress: OnProgress = silent) -> Edges:
    """Read the relations of an edge list without making a graph of them."""
    layout = detect(path, ROLES)
    source, target, third, skipped, notes = _columns(path, layout)
    layout = replace(layout, skipped=skipped)
    names = Names()
    sources, targets, weights = array("i"), array("i"), array("d")
    for block in read_rows(path, layout, on_progress):
        try:
            sources.extend(map(names.__getitem__, block.columns[source]))
            targets.extend(map(names.__getitem__, block.columns[target]))
        except ValueError:
            ends = {source: "source", target: "target"}
            raise block.first_wrong(
                {place: partial(clean_name, what=what) for place, what in ends.items()}
            ) from None
        if third is not None:
            column = block.columns[third]
            try:
                weights.extend(map(float, column))
                newest = weights[-len(column) :]
                fine = min(newest) >= LEAST and max(newest) <= MOST and not any(map(isnan, newest))
            except ValueError:
                fine = False
            if not fine:
                raise block.first_wrong({third: weight})
    return Edges(
        names.clean,
        np.array(sources, np.int32),
        np.array(targets, np.int32),
        np.array(weights, np.float32) if third is not None else None,
        notes,
    )


def _columns(path: Path, layout: Layout) -> tuple[int, int, int | None, int, tuple[str, ...]]:
    """Return the columns of source, target and weight, the lines to skip, and notes."""
    roles = find_columns(layout.first, ROLES)
    if {"source", "target"} <= roles.keys():
        other = [c for k, c in enumerate(layout.first) if k not in roles.values() and c.strip()]
        notes: tuple[str, ...] = ()
        if other:
            few = ", ".join(map(shown, other[:5])) + (" ..." if len(other) > 5 else "")
            notes = (f"Columns of the edge list that mean nothing here were left out: {few}.",)
        return roles["source"], roles["target"], roles.get("weight"), layout.skipped + 1, notes
    header = InputError(
        f"no two of the columns {', '.join(map(shown, layout.first[:8]))} are a relation's ends",
        where=path,
        line=layout.skipped + 1,
        remedy="call them source and target in the first line",
    )
    if layout.width > 3 or "target" in roles:
        raise header
    if layout.width == 3:
        try:
            weight(layout.first[2])
        except ValueError:
            if not any(c.isdigit() for c in layout.first[2]) and layout.first[2].isidentifier():
                raise header from None
        return 0, 1, 2, layout.skipped, ()
    return 0, 1, None, layout.skipped, ()


def line_of_relation(path: Path, relation: int) -> int:
    """Return the line on which a relation that `read_edges` gave begins."""
    layout = detect(path, ROLES)
    _, _, _, skipped, _ = _columns(path, layout)
    return line_of_row(path, replace(layout, skipped=skipped), relation)
