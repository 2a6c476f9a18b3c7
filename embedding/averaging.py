"""What lies between artists: weighted averages and analogies of their vectors.

The arithmetic is that of the Artist Averager: the raw vectors are added up, all artists are
ranked by cosine to the sum, and the artists that went in are left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.arrays import Float64
from embedding.directions import Directions, cosines
from embedding.errors import InputError

MOST_RESULTS = 50
#: Below this share of what went in, the sum of vectors is rounding and points nowhere.
_CANCELLED = 1e-6


@dataclass(frozen=True, slots=True)
class Result:
    """An artist that an average led to.

    Attributes
    ----------
    index : int
    cosine : float
        To the average, -1 to 1.
    match : float
        `cosine` squared, 0 where it is negative; shown as a percentage.
    cosines : tuple of float
        To each ingredient.
    shares : tuple of float
        How much of each ingredient is in it; they add up to 1. In inverse proportion to
        ``1 - cosine`` of each; 0 for what is subtracted or weighs nothing.
    """

    index: int
    cosine: float
    match: float
    cosines: tuple[float, ...]
    shares: tuple[float, ...]

    @property
    def lean(self) -> float:
        """The share of the first ingredient: 1 is all A, 0 all B.

        Of two it is ``(1 - cos_B) / ((1 - cos_A) + (1 - cos_B))``.
        """
        return self.shares[0]


@dataclass(frozen=True, slots=True)
class Average:
    """What lies between some artists.

    Attributes
    ----------
    ingredients : tuple of int
    weights : tuple of float
    similarity : float
        How alike the ingredients are, 0 to 1: ``max(0, cosine) ** 1.8``, the mean over all pairs
        of them.
    results : tuple of Result
        The best match first.
    """

    ingredients: tuple[int, ...]
    weights: tuple[float, ...]
    similarity: float
    results: tuple[Result, ...]


class Averager:
    """Averages over one set of vectors, made ready once: a few milliseconds for 100,000 artists.

    Parameters
    ----------
    vectors : ndarray of float, shape (n, d), or Directions
        The raw vectors; their lengths count.
    names : sequence of str, shape (n,), optional
        Used in messages only.

    Raises
    ------
    InputError
        The vectors are not a table, or hold a value that is not finite.
    """

    def __init__(
        self,
        vectors: npt.NDArray[np.floating[Any]] | Directions,
        names: Sequence[str] | None = None,
    ) -> None:
        self.directions = vectors if isinstance(vectors, Directions) else Directions(vectors, names)

    def average(
        self,
        ingredients: Sequence[int],
        weights: Sequence[float] | None = None,
        *,
        count: int = 10,
        popularity: npt.NDArray[np.integer[Any]] | None = None,
        popularity_range: tuple[float, float] | None = None,
        exclude: Sequence[int] = (),
    ) -> Average:
        """Return the artists nearest to the weighted sum of the ingredients' raw vectors.

        Parameters
        ----------
        ingredients : sequence of int
            Indices of at least two different artists.
        weights : sequence of float, optional
            One for each, any scale; default all 1. Below 0 subtracts (``1, -1, 1`` is the analogy
            A - B + C); at least one must be above 0.
        count : int
            How many results, 1 to 50. Fewer come where fewer artists are left to choose from.
        popularity : ndarray of int, shape (n,), optional
        popularity_range : (float, float), optional
            Only results whose popularity is in this range, both ends included.
        exclude : sequence of int
            Other artists that must not be results.

        Raises
        ------
        InputError
            Fewer than two ingredients, one given twice or with an empty vector, weights that are
            not finite or none of them above 0, a count outside 1 to 50, an empty range of
            popularity, or ingredients that cancel each other out.
        IndexError
            There is no such artist.
        """
        artists = self.directions.checked(ingredients)
        if len(artists) < 2:
            raise InputError("an average needs at least two artists", remedy="give one artist more")
        scaled = _checked_weights(weights, len(artists))
        _check_count(count)
        goal = self._sum(artists, scaled)
        allowed = self.directions.allowed(popularity, popularity_range, [*artists, *exclude])
        found, closeness = self.directions.nearest(goal, count, allowed)
        units = self.directions.exact(artists)
        to_each = cosines(self.directions.exact(found)[:, None], units)
        results = tuple(
            Result(index, cosine, max(cosine, 0.0) ** 2, tuple(row), _shares(row, scaled))
            for index, cosine, row in zip(
                found.tolist(), closeness.tolist(), to_each.tolist(), strict=True
            )
        )
        asked = [1.0] * len(artists) if weights is None else [float(w) for w in weights]
        return Average(tuple(artists), tuple(asked), _similarity(units), results)

    def analogy(self, a: int, b: int, c: int, *, count: int = 10) -> Average:
        """Return A - B + C: what is to C as A is to B."""
        return self.average((a, b, c), (1, -1, 1), count=count)

    def _sum(self, artists: list[int], weights: list[float]) -> Float64:
        """Return the direction of the weighted sum of raw vectors, shape (d,), at length 1."""
        raw = self.directions.raw[artists].astype(np.float64)
        parts = raw * np.array(weights)[:, None]
        total = parts.sum(axis=0)
        length = float(np.sqrt((total**2).sum()))
        if length <= _CANCELLED * float(np.sqrt((parts**2).sum(axis=1)).sum()):
            together = " and ".join(self.directions.name(artist) for artist in artists)
            raise InputError(
                f"{together} cancel each other out, so nothing lies between them",
                remedy="change a weight or an artist",
            )
        direction: Float64 = total / length
        return direction


def average(
    vectors: npt.NDArray[np.floating[Any]],
    ingredients: Sequence[int],
    weights: Sequence[float] | None = None,
    *,
    count: int = 10,
    popularity: npt.NDArray[np.integer[Any]] | None = None,
    popularity_range: tuple[float, float] | None = None,
    exclude: Sequence[int] = (),
) -> Average:
    """Return what lies between some artists: `Averager.average` for a single question."""
    return Averager(vectors).average(
        ingredients,
        weights,
        count=count,
        popularity=popularity,
        popularity_range=popularity_range,
        exclude=exclude,
    )


def _checked_weights(weights: Sequence[float] | None, count: int) -> list[float]:
    """Return the weights with the largest at 1, so that no sum of vectors can overflow."""
    values = [1.0] * count if weights is None else [float(w) for w in weights]
    if len(values) != count:
        raise InputError(
            f"{len(values)} weights are given for {count} artists", remedy="give one for each"
        )
    for value in values:
        if not math.isfinite(value):
            raise InputError(f"the weight {value} is no good", remedy="give finite numbers")
    if max(values) <= 0:
        raise InputError(
            "no weight is above 0, so there is nothing to look for",
            remedy="give at least one artist a weight above 0",
        )
    largest = max(abs(value) for value in values)
    return [value / largest for value in values]


def _check_count(count: int) -> None:
    if not 1 <= count <= MOST_RESULTS:
        raise InputError(f"{count} results cannot be given", remedy=f"ask for 1 to {MOST_RESULTS}")


def _similarity(units: Float64) -> float:
    i, j = np.triu_indices(len(units), 1)
    return float((np.maximum(cosines(units[i], units[j]), 0) ** 1.8).mean())


def _shares(to_each: list[float], weights: list[float]) -> tuple[float, ...]:
    present = [weight > 0 for weight in weights]
    distances = [1 - cosine for cosine in to_each]
    # One that points exactly the same way takes all of it; several share it evenly.
    same = [here and d <= 0 for here, d in zip(present, distances, strict=True)]
    if any(same):
        inverse = [float(s) for s in same]
    else:
        inverse = [1 / d if here else 0.0 for here, d in zip(present, distances, strict=True)]
    total = sum(inverse)
    return tuple(value / total for value in inverse)
