"""`ArtistGraph`: who is related to whom, as a compressed sparse row (CSR) adjacency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from embedding.arrays import Bytes, Float32, Int32
from embedding.errors import InputError


@dataclass(frozen=True, slots=True, eq=False)
class ArtistGraph:
    """An undirected graph of related artists.

    Attributes
    ----------
    names : list of str
        One name per artist, shape (n,). Two artists may share a name.
    indptr : ndarray of int32, shape (n + 1,)
        Row ``i`` of the adjacency is ``indices[indptr[i]:indptr[i + 1]]``.
    indices : ndarray of int32, shape (2 m,)
        Neighbours, sorted within a row; every edge stands in both rows, none twice, no loops.
    weights : ndarray of float32, shape (2 m,), optional
        Positive weight of each entry of `indices`; None where all edges are equal.
    popularity : ndarray of uint8, shape (n,), optional
        0 to 100; None where the source does not say.
    ids, links : list of str, optional
        The source's own id of each artist, all different; a page about each artist ("" for none).
    tags : list of tuple of str, optional
        Genres or scenes of each artist.
    aliases : list of tuple of str, optional
        Other spellings of each artist's name.
    title, source, licence : str
        What the data is called, where it is from, what may be done with it.
    """

    names: list[str]
    indptr: Int32
    indices: Int32
    weights: Float32 | None = None
    popularity: Bytes | None = None
    ids: list[str] | None = None
    tags: list[tuple[str, ...]] | None = None
    aliases: list[tuple[str, ...]] | None = None
    links: list[str] | None = None
    title: str = ""
    source: str = ""
    licence: str = ""
    notes: tuple[str, ...] = field(default=())
    """What was left out on the way here, one sentence each, to be told to the user."""

    @classmethod
    def from_edges(
        cls,
        names: Sequence[str],
        sources: npt.ArrayLike,
        targets: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        **about: Any,
    ) -> ArtistGraph:
        """Build the graph from pairs of indices into `names`.

        Directions, self-loops and doubles are dropped; of two weights for one pair the larger
        one stands.

        Parameters
        ----------
        names : sequence of str, shape (n,)
        sources, targets : array_like of int, shape (e,)
        weights : array_like of float, shape (e,), optional
            Positive and finite.
        **about
            The other attributes of the class.

        Raises
        ------
        InputError
            A pair names an artist that is not there, or a weight is not positive and finite.
        """
        n = len(names)
        a = np.asarray(sources).ravel()
        b = np.asarray(targets).ravel()
        if a.size and (min(a.min(), b.min()) < 0 or max(a.max(), b.max()) >= n):
            raise InputError(
                "a relation names an artist that is not in the list", remedy=f"use 0 to {n - 1}"
            )
        keep = a != b
        a, b = a[keep].astype(np.int32), b[keep].astype(np.int32)
        if weights is None:
            indptr, indices = _unweighted_csr(a, b, n)
            return cls(list(names), indptr, indices, **about)
        w = np.asarray(weights, np.float32).ravel()[keep]
        if w.size and not (np.isfinite(w).all() and w.min() > 0):
            raise InputError("a weight is not a number above 0", remedy="correct that relation")
        indptr, indices, both = _weighted_csr(a, b, w, n)
        return cls(list(names), indptr, indices, both, **about)

    def __len__(self) -> int:
        """Return how many artists there are."""
        return len(self.names)

    @property
    def edges(self) -> int:
        """How many pairs of artists are related."""
        return self.indices.size // 2

    @property
    def degrees(self) -> Int32:
        """How many related artists each artist has, shape (n,)."""
        return np.diff(self.indptr)

    @property
    def keys(self) -> list[str]:
        """What tells an artist from all others, across builds: its id, else its name."""
        return self.ids if self.ids is not None else self.names

    def related(self, artist: int) -> Int32:
        """Return the indices of the artists related to `artist`, ascending."""
        return self.indices[self.indptr[artist] : self.indptr[artist + 1]]

    def adjacency(self) -> sparse.csr_array:
        """Return the adjacency as a scipy matrix (n, n) of the weights, or of ones."""
        data = self.weights if self.weights is not None else np.ones(self.indices.size, np.float32)
        return sparse.csr_array((data, self.indices, self.indptr), shape=(len(self), len(self)))

    def edge_list(self) -> tuple[Int32, Int32]:
        """Return every pair once as two arrays of shape (m,), the smaller index first."""
        rows = np.repeat(np.arange(len(self), dtype=np.int32), self.degrees)
        once = rows < self.indices
        return rows[once], self.indices[once]

    def subgraph(self, kept: npt.NDArray[np.bool_] | npt.NDArray[np.integer[Any]]) -> ArtistGraph:
        """Return the graph of some of the artists only, in their present order.

        Parameters
        ----------
        kept : ndarray of bool, shape (n,), or of int
            Which artists to keep.
        """
        mask = np.zeros(len(self), bool)
        mask[kept] = True
        where = np.flatnonzero(mask)
        if where.size == len(self):
            return self
        new_index = np.cumsum(mask, dtype=np.int32) - np.int32(1)
        rows = np.repeat(mask, self.degrees)
        both = rows & mask[self.indices]
        row_of = np.repeat(np.arange(len(self), dtype=np.int32), self.degrees)[both]
        counts = np.bincount(new_index[row_of], minlength=where.size)
        indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)

        def some(values: list[Any] | None) -> list[Any] | None:
            return None if values is None else [values[i] for i in where]

        return replace(
            self,
            names=[self.names[i] for i in where],
            indptr=indptr,
            indices=new_index[self.indices[both]],
            weights=None if self.weights is None else self.weights[both],
            popularity=None if self.popularity is None else self.popularity[where],
            ids=some(self.ids),
            tags=some(self.tags),
            aliases=some(self.aliases),
            links=some(self.links),
        )

    def with_notes(self, *notes: str) -> ArtistGraph:
        """Return the same graph with more `notes`."""
        return replace(self, notes=(*self.notes, *notes))


def _unweighted_csr(a: Int32, b: Int32, n: int) -> tuple[Int32, Int32]:
    matrix = sparse.coo_array(
        (
            np.ones(2 * a.size, np.bool_),
            (np.concatenate((a, b)), np.concatenate((b, a))),
        ),
        shape=(n, n),
    ).tocsr()
    matrix.sum_duplicates()
    matrix.sort_indices()
    return matrix.indptr.astype(np.int32, copy=False), matrix.indices.astype(np.int32, copy=False)


def _weighted_csr(a: Int32, b: Int32, w: Float32, n: int) -> tuple[Int32, Int32, Float32]:
    rows, columns = np.concatenate((a, b)), np.concatenate((b, a))
    both = np.concatenate((w, w))
    # By row, then column, then weight descending: the first of each pair is the one that stands.
    order = np.lexsort((-both, columns, rows))
    rows, columns, both = rows[order], columns[order], both[order]
    first = np.ones(rows.size, bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    counts = np.bincount(rows[first], minlength=n)
    indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    return indptr, columns[first], both[first]
