"""What must be true of a galaxy before it is saved, and after it was read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.arrays import Array
from embedding.galaxy import Galaxy

MOST_ARTISTS = 2**31 - 2
MOST_DIMS = 4096
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)", re.ASCII)


class BrokenGalaxyError(ValueError):
    """Something in a galaxy is not as it must be; ``str(error)`` says what."""


def require(good: bool, problem: str) -> None:
    """Raise `BrokenGalaxyError` with the `problem` unless all is `good`."""
    if not good:
        raise BrokenGalaxyError(problem)


def check_in_memory(galaxy: Galaxy) -> None:
    """Check what a file cannot get wrong but a caller can: Python types, shapes and dtypes.

    Raises
    ------
    BrokenGalaxyError
        Something is not as `Galaxy` says.
    """
    n, g = len(galaxy.names), galaxy
    require(n > 0, "there are no artists")
    dims = g.vectors.shape[1] if isinstance(g.vectors, np.ndarray) and g.vectors.ndim == 2 else 1
    entries = g.indices.size if isinstance(g.indices, np.ndarray) else 0
    wanted: dict[str, tuple[Any, tuple[int, ...]]] = {
        "positions": (np.float32, (n, 3)),
        "vectors": (np.float32, (n, dims)),
        "popularity": (np.uint8, (n,)),
        "indptr": (np.int32, (n + 1,)),
        "indices": (np.int32, (entries,)),
    }
    if g.weights is not None:
        wanted["weights"] = (np.float32, (entries,))
    for name, (dtype, shape) in wanted.items():
        array = getattr(g, name)
        require(
            isinstance(array, np.ndarray) and array.dtype == dtype and array.shape == shape,
            f"{name} must be an array of {np.dtype(dtype)} of shape {shape}",
        )
    require(1 <= dims <= MOST_DIMS, f"the vectors must have 1 to {MOST_DIMS} dimensions")
    for name in ("names", "ids", "links"):
        strings = getattr(g, name)
        if strings is not None:
            _check_strings(name, strings, n)
    for name in ("tags", "aliases"):
        lists = getattr(g, name)
        if lists is not None:
            require(len(lists) == n, f"there must be {name} for each of the {n} artists")
            good = all(type(part) is tuple for part in lists)
            require(
                good and _all_text(chain.from_iterable(lists)), f"{name} must be tuples of text"
            )


def _check_strings(name: str, strings: Sequence[str], n: int) -> None:
    require(len(strings) == n, f"there must be {n} {name}, one for each artist")
    require(_all_text(strings), f"the {name} must be text")


def _all_text(values: Any) -> bool:
    return set(map(type, values)) <= {str}


def check(galaxy: Galaxy) -> None:
    """Check the values of a galaxy whose types and shapes are right.

    Raises
    ------
    BrokenGalaxyError
        What `check_numbers` and `check_texts` say.
    """
    g = galaxy
    check_numbers(g.positions, g.vectors, g.popularity, g.indptr, g.indices, g.weights)
    check_texts(g)


def check_numbers(
    positions: npt.NDArray[np.float32],
    vectors: npt.NDArray[np.float32],
    popularity: npt.NDArray[np.uint8],
    indptr: npt.NDArray[np.int32],
    indices: npt.NDArray[np.int32],
    weights: npt.NDArray[np.float32] | None,
) -> None:
    """Check the arrays of a galaxy whose types and shapes are right.

    Raises
    ------
    BrokenGalaxyError
        A number is not finite or out of range, or the adjacency is not that of an undirected
        graph.
    """
    require(finite(positions), "a position is not a finite number")
    require(finite(vectors), "a vector is not a finite number")
    require(int(popularity.max()) <= 100, "a popularity is above 100")
    check_adjacency(indptr, indices, weights)


def check_texts(galaxy: Galaxy) -> None:
    """Check the ids and what is said about a galaxy.

    Raises
    ------
    BrokenGalaxyError
        Two ids are the same, or a text or figure about the galaxy is not as it must be.
    """
    g = galaxy
    if g.ids is not None:
        require(len(set(g.ids)) == len(g.ids), "two artists have the same id")
    for name in ("title", "source", "licence", "created"):
        require(isinstance(getattr(g, name), str), f"the {name} must be text")
    require(is_time(g.created), "the time of creation must be ISO 8601 in UTC")
    require(isinstance(g.notes, tuple) and _all_text(g.notes), "the notes must be a tuple of text")
    good = isinstance(g.quality, dict) and _all_text(g.quality)
    require(good, "the quality figures must have names")
    for value in g.quality.values():
        number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
        require(number, "a quality figure is not a number")
    require(isinstance(g.settings, dict) and _all_text(g.settings), "the settings must have names")
    try:
        json.dumps(g.settings, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise BrokenGalaxyError(f"the settings are not plain JSON values ({error})") from error


def is_time(text: str) -> bool:
    """Whether `text` is a time in UTC as a galaxy gives it."""
    if not _TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def finite(array: Array) -> bool:
    """Whether all numbers are finite."""
    # A sum is one pass without a temporary; only where it overflows is a closer look needed.
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(array.sum(dtype=np.float32)) or np.isfinite(array).all())


def check_adjacency(
    indptr: npt.NDArray[np.int32],
    indices: npt.NDArray[np.int32],
    weights: npt.NDArray[np.float32] | None = None,
) -> None:
    """Check that a CSR adjacency is that of an undirected graph, rows sorted, without loops.

    Symmetry is checked by a random fingerprint (Freivalds 1977): a relation that stands in one
    row only goes unnoticed with a chance of about one in a billion.

    Raises
    ------
    BrokenGalaxyError
        It is not.
    """
    n = indptr.size - 1
    degrees = indptr[1:].astype(np.int64) - indptr[:-1]
    require(
        indptr[0] == 0 and indptr[-1] == indices.size and bool((degrees >= 0).all()),
        "the borders of the rows of relations are wrong",
    )
    if weights is not None:
        good = finite(weights) and (weights.size == 0 or float(weights.min()) > 0)
        require(good, "a weight is not a finite number above 0")
    if not indices.size:
        return
    filled = np.flatnonzero(degrees)
    starts = indptr[:-1][filled]
    rising = indices[1:] > indices[:-1]
    rising[starts[1:] - 1] = True
    require(bool(rising.all()), "the related artists of an artist are not in ascending order")
    # Rows that rise hold their least first and their greatest last.
    least, greatest = indices[starts].min(), indices[indptr[1:][filled] - 1].max()
    require(least >= 0 and greatest < n, "a relation names an artist that is out of range")
    rows = np.repeat(np.arange(n, dtype=np.int32), degrees)
    require(not bool((rows == indices).any()), "an artist is related to itself")
    good = _symmetric(n, indices, weights, filled, starts)
    require(good, "a relation stands on one side only")


def _symmetric(
    n: int,
    indices: npt.NDArray[np.int32],
    weights: npt.NDArray[np.float32] | None,
    filled: npt.NDArray[np.intp],
    starts: npt.NDArray[np.int32],
) -> bool:
    """Compare r'As with s'Ar, modulo 2**32, for random r and s: they differ unless A = A'."""
    columns = indices.astype(np.intp)
    bits = None if weights is None else weights.view(np.uint32)

    def row_sums(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
        gathered = values.take(columns)
        if bits is not None:
            gathered *= bits
        return np.add.reduceat(gathered, starts, dtype=np.uint32)

    r, s = np.random.default_rng().integers(2**32, size=(2, n), dtype=np.uint32)
    one = (row_sums(s) * r[filled]).sum(dtype=np.uint32)
    other = (row_sums(r) * s[filled]).sum(dtype=np.uint32)
    return bool(one == other)
