"""word2vec text: a line ``artists dimensions``, then a name and its numbers on each line."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from embedding.arrays import Float32
from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import OnProgress, silent
from embedding.readers.assembling import assemble, title_of
from embedding.readers.fields import clean_name
from embedding.readers.nearest import nearest
from embedding.readers.text import numbered_lines

RELATED = 20
"""Nearest artists that each artist is related to, as in the graph of the original galaxy."""

MOST_DIMENSIONS = 4096

HEADER = re.compile(r"(\d{1,18})\s+(\d{1,9})")


def read_vectors(path: Path, on_progress: OnProgress = silent) -> tuple[list[str], Float32]:
    """Read vectors; a name may hold spaces, as the numbers are counted from the right.

    Returns
    -------
    names : list of str, shape (n,)
    vectors : ndarray of float32, shape (n, d)

    Raises
    ------
    InputError
        The first line does not say how many vectors of how many dimensions follow, a line has
        fewer numbers or one that is not finite, or there are more or fewer lines than promised.
    """
    names: list[str] = []
    rows: list[Float32] = []
    count = dims = -1
    for line, text in numbered_lines(path, on_progress):
        if dims < 0:
            count, dims = _header(path, line, text)
            continue
        parts = text.rsplit(maxsplit=dims)
        try:
            if len(parts) <= dims:
                raise ValueError(f"a name and {dims} numbers belong here")
            names.append(clean_name(parts[0]))
            rows.append(_row(parts[1:]))
        except ValueError as error:
            raise InputError(str(error), where=path, line=line, remedy="correct it") from None
    if len(names) != count or not count:
        raise InputError(
            f"the first line promises {max(count, 0):,} vectors, and there are {len(names):,}",
            where=path,
            line=1,
            remedy="correct it or fetch the file again",
        )
    return names, np.stack(rows)


def _header(path: Path, line: int, text: str) -> tuple[int, int]:
    found = HEADER.fullmatch(text)
    if found is None or not 2 <= int(found.group(2)) <= MOST_DIMENSIONS:
        raise InputError(
            "the first line does not say how many vectors of how many dimensions"
            f" (2 to {MOST_DIMENSIONS:,}) follow",
            where=path,
            line=line,
            remedy="write it as in '1000 8'",
        )
    return int(found.group(1)), int(found.group(2))


def _row(cells: list[str]) -> Float32:
    try:
        # Through double precision, with a look before the cast: one that overflows would warn.
        row = np.array(list(map(float, cells)))
    except ValueError:
        raise ValueError("one of the numbers is not a number") from None
    if not (np.abs(row) < 1e30).all():
        raise ValueError("one of the numbers is not finite, or beyond 1e30")
    return row.astype(np.float32)


def read(path: Path, on_progress: OnProgress = silent) -> ArtistGraph:
    """Read vectors and relate each artist to the `RELATED` nearest by cosine.

    Raises
    ------
    InputError
        What `read_vectors` raises.
    """
    names, vectors = read_vectors(path, on_progress)
    a, b = nearest(vectors, RELATED, on_progress)
    notes = [
        "The file has vectors and no relations: each artist was related to the"
        f" {min(RELATED, len(names) - 1)} nearest by cosine."
    ]
    if blank := int(np.count_nonzero(~vectors.any(axis=1))):
        notes.append(f"{blank:,} artists are related to nobody: their vectors are all 0.")
    ids = _ids(names)
    return assemble(
        names, a, b, ids=None if ids == names else ids, title=title_of(path), notes=notes
    )


def _ids(names: list[str]) -> list[str]:
    """Return the names with a count behind those that stand for a second artist."""
    times: dict[str, int] = {}
    taken = set(names)
    ids = []
    for name in names:
        own = name
        if name in times:
            while own in taken:
                times[name] += 1
                own = f"{name} #{times[name]}"
            taken.add(own)
        times.setdefault(name, 1)
        ids.append(own)
    return ids
