"""The last step of every reader: columns of what was read, to an `ArtistGraph`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.readers.fields import clean_name


class Names(dict[str, int]):
    """From a name as it stands in the file to its number, given out in order of appearance.

    Looked up with ``names[raw]``, which runs at the speed of a dict for a name seen before. Raises
    ValueError for what cannot be a name.
    """

    def __init__(self) -> None:
        super().__init__()
        self.clean: list[str] = []

    def __missing__(self, raw: str) -> int:
        """Give a number to a spelling that was not seen before."""
        name = clean_name(raw)
        if name == raw:
            number = len(self.clean)
            self.clean.append(name)
        else:
            number = self[name]
        self[raw] = number
        return number


def title_of(path: Path) -> str:
    """Return what data is called that does not say so itself: its file's name without endings."""
    name = path.name or path.resolve().name
    if path.is_dir():
        return name
    return name.removesuffix(".gz").rsplit(".", 1)[0] or name


def assemble(
    names: Sequence[str],
    sources: npt.ArrayLike,
    targets: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    popularity: Sequence[int | None] | None = None,
    tags: Sequence[tuple[str, ...]] | None = None,
    links: Sequence[str] | None = None,
    notes: Sequence[str] = (),
    **about: Any,
) -> ArtistGraph:
    """Build the graph, leaving out every attribute that says nothing.

    Parameters
    ----------
    names : sequence of str, shape (n,)
    sources, targets : array_like of int, shape (e,)
    weights : array_like of float, shape (e,), optional
        Dropped where all are equal: the graph is the same without them.
    popularity : sequence of int or None, shape (n,), optional
        None counts as 0, with a note, unless it is None throughout.
    tags, links : sequences, shape (n,), optional
    notes : sequence of str
    **about
        Passed on to `ArtistGraph`.
    """
    told = list(notes)
    popular = None
    if popularity is not None and any(value is not None for value in popularity):
        popular = np.array([value or 0 for value in popularity], np.uint8)
        if unknown := sum(value is None for value in popularity):
            told.append(f"{unknown:,} of {len(names):,} artists have no popularity: 0 is taken.")
    if weights is not None:
        weights = np.asarray(weights, np.float32)
        if not weights.size or weights.min() == weights.max():
            weights = None
    return ArtistGraph.from_edges(
        names,
        sources,
        targets,
        weights,
        popularity=popular,
        tags=list(tags) if tags is not None and any(tags) else None,
        links=list(links) if links is not None and any(links) else None,
        notes=tuple(told),
        **about,
    )


def no_relations(path: Path) -> InputError:
    """Return the error for a file that relates nobody."""
    return InputError(
        "there are no relations in the file",
        where=path,
        remedy="give at least one line with two artists that are related",
    )
