"""What averages and paths share: vectors as directions, and which artists may be an answer."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.arrays import Float32, Float64
from embedding.errors import InputError

#: Single-precision cosines are this close to the exact ones, with room to spare.
COSINE_ERROR = 1e-5
#: More than any two cosines differ by.
_BELOW_ALL = 9.0


class Directions:
    """The vectors of all artists, made ready once for any number of questions.

    Parameters
    ----------
    vectors : ndarray of float, shape (n, d)
    names : sequence of str, shape (n,), optional
        Used in messages only.

    Attributes
    ----------
    raw : ndarray of float32, shape (n, d)
    unit : ndarray of float32, shape (n, d)
        The vectors at length 1; a zero vector stays zero.
    points_somewhere : ndarray of bool, shape (n,)
        False for an artist with a zero vector, which is similar to nobody.

    Raises
    ------
    InputError
        The vectors are not a table, or hold a value that is not finite.
    """

    def __init__(
        self, vectors: npt.NDArray[np.floating[Any]], names: Sequence[str] | None = None
    ) -> None:
        if vectors.ndim != 2 or not vectors.shape[1]:
            raise InputError("the vectors are not a table", remedy="give one row for each artist")
        if names is not None and len(names) != len(vectors):
            raise ValueError(f"{len(names)} names for {len(vectors)} vectors")
        self.raw: Float32 = np.ascontiguousarray(vectors, np.float32)
        # In double precision: the squares of tiny or huge vectors do not fit in single.
        wide = self.raw.astype(np.float64)
        norms = np.sqrt(np.einsum("ij,ij->i", wide, wide))
        bad = ~np.isfinite(norms)
        if bad.any():
            raise InputError(
                f"the vector of artist {int(np.argmax(bad))} holds a value that is not finite",
                remedy="build the galaxy again",
            )
        self.points_somewhere = norms > 0
        wide /= np.where(self.points_somewhere, norms, 1)[:, None]
        self.unit: Float32 = wide.astype(np.float32)
        self._names = names

    def __len__(self) -> int:
        """Return how many artists there are."""
        return len(self.raw)

    def name(self, artist: int) -> str:
        """Return the artist as a message calls it."""
        return f"artist {artist}" if self._names is None else f'"{self._names[artist]}"'

    def exact(self, artists: npt.ArrayLike) -> Float64:
        """Return unit vectors of some artists in double precision, shape (..., d)."""
        wide = self.raw[np.asarray(artists)].astype(np.float64)
        norms = np.sqrt((wide**2).sum(axis=-1, keepdims=True))
        unit: Float64 = wide / np.where(norms > 0, norms, 1)
        return unit

    def checked(self, artists: Sequence[int]) -> list[int]:
        """Return `artists` as plain indices of different artists whose vectors are not zero.

        Raises
        ------
        InputError
            An artist stands twice, or has a zero vector.
        IndexError
            There is no such artist.
        """
        found = [operator.index(artist) for artist in artists]
        for place, artist in enumerate(found):
            if not 0 <= artist < len(self):
                raise IndexError(f"there is no artist {artist} among {len(self)}")
            if artist in found[:place]:
                raise InputError(
                    f"{self.name(artist)} is given twice", remedy="give different artists"
                )
            if not self.points_somewhere[artist]:
                raise InputError(
                    f"{self.name(artist)} has an empty vector", remedy="choose another artist"
                )
        return found

    def allowed(
        self,
        popularity: npt.NDArray[np.integer[Any]] | None,
        popularity_range: tuple[float, float] | None,
        exclude: Sequence[int] | npt.NDArray[np.integer[Any]],
    ) -> npt.NDArray[np.bool_]:
        """Return who may be an answer, shape (n,): has a direction and is not ruled out.

        Parameters
        ----------
        popularity : ndarray of int, shape (n,), optional
            0 to 100.
        popularity_range : (float, float), optional
            The lowest and the highest popularity allowed, both included.
        exclude : sequence of int
            Artists that may not be.

        Raises
        ------
        InputError
            The range is empty, or is given where no popularity is.
        """
        mask: npt.NDArray[np.bool_] = self.points_somewhere.copy()
        if popularity_range is not None:
            low, high = popularity_range
            if popularity is None:
                raise InputError("these artists have no popularity", remedy="ask without a range")
            if not low <= high:
                raise InputError(
                    f"no popularity is from {low} to {high}",
                    remedy="give the lower end of the range first",
                )
            mask &= (popularity >= low) & (popularity <= high)
        out = np.asarray(exclude, np.intp)
        absent = out[(out < 0) | (out >= len(self))]
        if absent.size:
            raise IndexError(f"there is no artist {absent[0]} among {len(self)}")
        mask[out] = False
        return mask

    def nearest(
        self, direction: Float64, count: int, allowed: npt.NDArray[np.bool_]
    ) -> tuple[npt.NDArray[np.intp], Float64]:
        """Return the `count` allowed artists nearest to a direction by cosine, and the cosines.

        The search is in single precision, the ranking in double; of equals the lower index is
        first, so that the answer is the same every time and on every machine.

        Parameters
        ----------
        direction : ndarray of float64, shape (d,)
            Of length 1.
        count : int
            Fewer are returned where fewer are allowed.
        allowed : ndarray of bool, shape (n,)
        """
        return self.nearest_to_each(direction[None], count, allowed)[0]

    def nearest_to_each(
        self, directions: Float64, count: int, allowed: npt.NDArray[np.bool_]
    ) -> list[tuple[npt.NDArray[np.intp], Float64]]:
        """Return what `nearest` does for each of several directions, shape (k, d), at once."""
        count = min(count, int(np.count_nonzero(allowed)))
        if not count:
            return [(np.empty(0, np.intp), np.empty(0)) for _ in directions]
        # As good as minus infinity, and several times faster than setting only some to it.
        below = np.multiply(~allowed, _BELOW_ALL, dtype=np.float32)
        answers = []
        products = directions.astype(np.float32) @ self.unit.T
        for direction, rough in zip(directions, products, strict=True):
            rough -= below
            near = np.flatnonzero(rough >= _reached_by(rough, count) - COSINE_ERROR)
            near = near[allowed[near]]
            # Cosines that differ by rounding alone are equal, whatever order numpy adds them in.
            found = cosines(self.exact(near), direction)
            order = np.lexsort((near, -found))[:count]
            answers.append((near[order], found[order]))
        return answers


def cosines(a: Float64, b: Float64) -> Float64:
    """Return the cosines between unit vectors (..., d), -1 to 1, without what is only rounding."""
    clean: Float64 = np.clip(np.round((a * b).sum(axis=-1), 12), -1.0, 1.0)
    return clean


def _reached_by(values: Float32, count: int) -> np.float32:
    """Return a value that at least `count` of the values reach, and not many more do."""
    rows, groups = 64, len(values) // 64
    if groups >= 8 * count:
        # The count-th best of the groups' best is a lower bound, many times faster to find.
        values = values[: rows * groups].reshape(rows, groups).max(axis=0)
    found: np.float32 = np.partition(values, len(values) - count)[len(values) - count]
    return found
