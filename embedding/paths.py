"""A path from one artist to another through what lies between them."""

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

FEWEST, MOST = 3, 30
#: How many artists are considered for each place of the path; more than `MOST`.
_CANDIDATES = 64
#: Straying from the interpolated point costs this much of what a step as long would.
_STRAY_COST = 0.25
#: A step this many times as long as the typical one is a leap, unless it is hardly felt (the match
#: is three quarters or more); and so is any by which two artists match by less than half.
_LEAP, _FELT, _HALF = 2.0, math.pi / 6, math.pi / 4
#: How much longer (squared) than need be the largest step may get where that makes a way smoother.
_SLACK = 1.1
_OPPOSITE = 1e-6

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Path:
    """A way from the first artist to the last.

    Attributes
    ----------
    artists : tuple of int
        k different artists, both ends among them.
    angles : tuple of float
        The length of each of the k - 1 steps, in radians.
    matches : tuple of float
        Of each step the squared cosine, 0 where the cosine is negative; shown as a percentage.
    largest : int
        Which step is the largest: the one from ``artists[largest]`` to the next.
    leaps : tuple of int
        The steps that match by less than half; and those that match by less than three quarters and
        are more than twice as long as the median one.
    """

    artists: tuple[int, ...]
    angles: tuple[float, ...]
    matches: tuple[float, ...]
    largest: int
    leaps: tuple[int, ...]

    @property
    def largest_angle(self) -> float:
        """The length of the largest step, in radians."""
        return self.angles[self.largest]


def path(
    vectors: npt.NDArray[np.floating[Any]] | Directions,
    start: int,
    end: int,
    count: int = 8,
    *,
    names: Sequence[str] | None = None,
    popularity: npt.NDArray[np.integer[Any]] | None = None,
    popularity_range: tuple[float, float] | None = None,
    exclude: Sequence[int] = (),
) -> Path:
    """Find `count` different artists that lead from one artist to another in even steps.

    Points are placed evenly on the arc between the two directions (spherical interpolation,
    Shoemake 1985, "Animating rotation with quaternion curves"). The 64 artists nearest to each
    point are its candidates. Of the ways that go onward along the arc with every step, and so
    meet nobody twice, dynamic programming (Viterbi 1967) finds how short the largest step can be,
    and then, with hardly longer steps, the way of the least sum of squared step angles plus a
    quarter of the squared angles between artists and points. The largest step is never larger
    than that of taking for each point in turn the nearest artist not yet used.

    Parameters
    ----------
    vectors : ndarray of float, shape (n, d), or Directions
        `Directions` made once answer many questions faster.
    start, end : int
    count : int
        Artists on the path, both ends included: 3 to 30.
    names : sequence of str, shape (n,), optional
        Used in messages only.
    popularity : ndarray of int, shape (n,), optional
    popularity_range : (float, float), optional
        Only artists on the way whose popularity is in this range, both ends included.
    exclude : sequence of int
        Artists that must not be on the way.

    Raises
    ------
    InputError
        Start and end are the same artist or opposite to each other, one of them has an empty
        vector, `count` is outside 3 to 30, or fewer artists than that may be on the path.
    IndexError
        There is no such artist.
    """
    directions = vectors if isinstance(vectors, Directions) else Directions(vectors, names)
    ends = directions.checked((start, end))
    if not FEWEST <= count <= MOST:
        raise InputError(
            f"a path of {count} artists cannot be made", remedy=f"ask for {FEWEST} to {MOST}"
        )
    allowed = directions.allowed(popularity, popularity_range, [*exclude, *ends])
    available = int(np.count_nonzero(allowed)) + 2
    if available < count:
        raise InputError(
            f"a path of {count} artists was asked for, and only {available} may be on it",
            remedy="ask for a shorter one, or rule fewer artists out",
        )
    points = _arc(directions, ends, count)
    near = directions.nearest_to_each(points[1:-1], _CANDIDATES, allowed)
    pool = np.array([artists for artists, _ in near])
    choices = [_in_turn(pool)]
    smooth = _smoothest(directions, ends, points[1:-1], pool)
    if smooth is not None:
        choices.append(smooth)
    found = [_described(directions, [ends[0], *way, ends[1]]) for way in choices]
    # Of two paths with equal largest steps the more even one is better.
    return min(found, key=lambda p: (p.largest_angle, sum(a * a for a in p.angles)))


def _arc(directions: Directions, ends: list[int], count: int) -> Float64:
    """Return `count` unit vectors evenly along the arc from one artist to the other."""
    a, b = directions.exact(ends)
    angle = float(np.arccos(cosines(a, b)))
    if np.pi - angle < _OPPOSITE:
        raise InputError(
            f"{directions.name(ends[0])} and {directions.name(ends[1])} are exact opposites, so"
            " nothing lies between them",
            remedy="choose another artist",
        )
    share = np.linspace(0, 1, count)[:, None]
    if angle < _OPPOSITE:
        points = (1 - share) * a + share * b
    else:
        points = np.sin((1 - share) * angle) * a + np.sin(share * angle) * b
    unit: Float64 = points / np.sqrt((points**2).sum(axis=1, keepdims=True))
    return unit


def _in_turn(pool: Ints) -> list[int]:
    """Return for each place in turn the nearest artist that is not yet used."""
    way: list[int] = []
    for near in pool:
        way.append(next(int(artist) for artist in near if artist not in way))
    return way


def _smoothest(
    directions: Directions, ends: list[int], points: Float64, pool: Ints
) -> list[int] | None:
    """Return the best onward way through one candidate of each place; None if there is none.

    Parameters
    ----------
    directions : Directions
    ends : list of int
    points : ndarray of float64, shape (k, d)
        Of each place between the ends.
    pool : ndarray of intp, shape (k, m)
        The candidates of each place.
    """
    units = directions.exact(pool)
    first, last = directions.exact(ends)
    progress = _progress(units, first, last)
    between = _squared_angles(units[:-1] @ units[1:].transpose(0, 2, 1))
    between[~_onward(progress, pool)] = np.inf
    steps = [
        _squared_angles((units[0] * first).sum(axis=1))[None],
        *between,
        _squared_angles((units[-1] * last).sum(axis=1))[:, None],
    ]
    stray = _STRAY_COST * _squared_angles((units * points[:, None]).sum(axis=2))
    limit = _least_largest(steps) * _SLACK
    if not np.isfinite(limit):
        return None
    picks = _cheapest([*stray, np.zeros(1)], steps, limit)
    return [int(near[pick]) for near, pick in zip(pool, picks, strict=True)]


def _onward(progress: Float64, pool: Ints) -> npt.NDArray[np.bool_]:
    """Return which candidates of the next place are farther along the arc than which of this.

    Equals are ordered by index, so that nobody is farther along than themselves: a way that only
    ever goes onward meets no artist twice.
    """
    here, there = progress[:-1, :, None], progress[1:, None]
    before, after = pool[:-1, :, None], pool[1:, None]
    ahead: npt.NDArray[np.bool_] = (here < there) | ((here == there) & (before < after))
    return ahead


def _progress(units: Float64, first: Float64, last: Float64) -> Float64:
    """Return how far along the arc each unit vector is: 0 in its middle, rising to its end."""
    across = np.round((units * (last - first)).sum(axis=-1), 12)
    along = np.round((units * (last + first)).sum(axis=-1), 12)
    progress: Float64 = np.arctan2(across, along)
    return progress


def _least_largest(steps: list[Float64]) -> float:
    """Return the largest squared step of the way on which that is least; inf for no way."""
    reach = np.zeros(1)
    for step in steps:
        reach = np.maximum(reach[:, None], step).min(axis=0)
    return float(reach[0])


def _cheapest(cost: list[Float64], steps: list[Float64], limit: float) -> list[int]:
    """Return which candidate of each place the cheapest way without longer steps takes."""
    total = np.zeros(1)
    came_from: list[Ints] = []
    for step, here in zip(steps, cost, strict=True):
        through = total[:, None] + np.where(step <= limit, step, np.inf)
        came_from.append(through.argmin(axis=0))
        total = through.min(axis=0) + here
    pick, picks = 0, list[int]()
    for back in reversed(came_from[1:]):
        pick = int(back[pick])
        picks.append(pick)
    return picks[::-1]


def _squared_angles(products: Float64) -> Float64:
    """Return the squared angles between unit vectors of these products.

    Rounded, so that whatever order they were added up in leads to the same path.
    """
    squared: Float64 = np.square(np.arccos(np.clip(np.round(products, 12), -1.0, 1.0)))
    return squared


def _described(directions: Directions, way: list[int]) -> Path:
    units = directions.exact(way)
    cos = cosines(units[:-1], units[1:])
    angles = np.arccos(cos)
    uneven = (angles > _LEAP * np.median(angles)) & (angles > _FELT)
    leaps = np.flatnonzero(uneven | (angles > _HALF)).tolist()
    return Path(
        artists=tuple(way),
        angles=tuple(angles.tolist()),
        matches=tuple((np.maximum(cos, 0) ** 2).tolist()),
        largest=int(angles.argmax()),
        leaps=tuple(leaps),
    )
