"""`Galaxy`: what a build gives and a ``.galaxy`` file holds."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from embedding.arrays import Bytes, Float32, Int32
from embedding.errors import InputError

if TYPE_CHECKING:
    from embedding.graph import ArtistGraph


REPRODUCIBLE = "SOURCE_DATE_EPOCH"
"""The variable that stands for the present time, so that a build gives the same file again.

Seconds since 1970; see reproducible-builds.org.
"""


def utc_now() -> str:
    """Return the present time as it stands in a galaxy: ISO 8601, UTC, whole seconds.

    Raises
    ------
    InputError
        `REPRODUCIBLE` is set, and is no time.
    """
    fixed = os.environ.get(REPRODUCIBLE)
    try:
        now = datetime.now(UTC) if fixed is None else datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(
            f"{fixed!r} is no time", where=REPRODUCIBLE, remedy="give seconds since 1970"
        ) from error
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True, eq=False)
class Galaxy:
    """Artists with a place in space, a vector to average, and the graph that they came from.

    Attributes
    ----------
    names : list of str
        One name per artist, shape (n,). Two artists may share a name.
    positions : ndarray of float32, shape (n, 3)
        Where each artist stands; the root-mean-square radius is about 1.
    vectors : ndarray of float32, shape (n, d)
        The raw embedding vectors that averages are made of.
    popularity : ndarray of uint8, shape (n,)
        0 to 100.
    indptr : ndarray of int32, shape (n + 1,)
        Row ``i`` of the adjacency is ``indices[indptr[i]:indptr[i + 1]]``.
    indices : ndarray of int32, shape (2 m,)
        Neighbours, sorted within a row; every edge stands in both rows, none twice, no loops.
    weights : ndarray of float32, shape (2 m,), optional
        Positive weight of each entry of `indices`; None where all edges are equal.
    ids, links : list of str, optional
        The source's own id of each artist, all different; a page about each artist ("" for none).
    tags : list of tuple of str, optional
        Genres or scenes of each artist.
    aliases : list of tuple of str, optional
        Other spellings of each artist's name.
    title, source, licence : str
        What the data is called, where it is from, what may be done with it.
    created : str
        When it was built: ISO 8601 in UTC, such as ``2026-01-31T12:00:00Z``.
    settings : dict
        The settings of the build as plain JSON values.
    quality : dict of str to float
        The quality figures; NaN where one could not be measured.
    notes : tuple of str
        What was left out on the way here, one sentence each, to be told to the user.
    """

    names: list[str]
    positions: Float32
    vectors: Float32
    popularity: Bytes
    indptr: Int32
    indices: Int32
    weights: Float32 | None = None
    ids: list[str] | None = None
    tags: list[tuple[str, ...]] | None = None
    aliases: list[tuple[str, ...]] | None = None
    links: list[str] | None = None
    title: str = ""
    source: str = ""
    licence: str = ""
    created: str = field(default_factory=utc_now)
    settings: dict[str, Any] = field(default_factory=dict)
    quality: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return how many artists there are."""
        return len(self.names)

    @property
    def dims(self) -> int:
        """How many dimensions the vectors for averaging have."""
        return int(self.vectors.shape[1])

    @property
    def edges(self) -> int:
        """How many pairs of artists are related."""
        return self.indices.size // 2

    @property
    def keys(self) -> list[str]:
        """What tells an artist from all others, across builds: its id, else its name."""
        return self.ids if self.ids is not None else self.names

    def related(self, artist: int) -> Int32:
        """Return the indices of the artists related to `artist`, ascending."""
        return self.indices[self.indptr[artist] : self.indptr[artist + 1]]

    def graph(self) -> ArtistGraph:
        """Return the graph alone, as it can be built into a galaxy again."""
        # Not at the top: ArtistGraph brings scipy, which takes longer to import than most
        # galaxies take to open.
        from embedding.graph import ArtistGraph

        return ArtistGraph(
            names=self.names,
            indptr=self.indptr,
            indices=self.indices,
            weights=self.weights,
            popularity=self.popularity,
            ids=self.ids,
            tags=self.tags,
            aliases=self.aliases,
            links=self.links,
            title=self.title,
            source=self.source,
            licence=self.licence,
            notes=self.notes,
        )
