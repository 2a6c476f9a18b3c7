"""`Thread`: a line through the galaxy from artist to artist, and where several of them meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Kind = Literal["curve", "path"]

_STEPS = 40
"""Parts of a curve: more look no smoother."""
_STEPS_OF_LEG = 28
"""Parts of a path from one artist to the next."""
_PYRAMID = (((0, 1), (1, 2), (2, 3)), ((0, 2), (1, 3)), ((1, 2),))
"""Between which knots each step of Barry and Goldman's pyramid mixes two points."""
_LIFT, _SWIRL = 0.20, 0.16
"""How far a curve rises, and goes round, off the straight line, as shares of its length."""


@dataclass(frozen=True, slots=True, eq=False)
class Thread:
    """A line that is drawn over the light. Two are the same only if they are one object.

    Attributes
    ----------
    points : ndarray of float32, shape (k, 3)
        A smooth polyline in the galaxy's coordinates, two points at least. Read-only.
    colour : str
        "#rrggbb", sRGB.
    kind : {"curve", "path"}
        A curve leads from a star to where several meet; a path leads from star to star.
    end_colour : str
        What the colour turns into towards the end, "" if it stays.
    dashed : bool
        Whether it is drawn in dashes: of an ingredient that is taken away.
    """

    points: npt.NDArray[np.float32]
    colour: str
    kind: Kind
    end_colour: str = ""
    dashed: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {
            "points": self.points.tolist(),
            "colour": self.colour,
            "kind": self.kind,
            "end_colour": self.end_colour,
            "dashed": self.dashed,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Thread:
        """Return one like that of which `to_json` made this."""
        points = np.array(value["points"], np.float64)
        colours = value["colour"], value["end_colour"]
        return _thread(points, value["kind"], *colours, dashed=value["dashed"])


def curve(start: npt.ArrayLike, end: npt.ArrayLike, colour: str, *, dashed: bool = False) -> Thread:
    """Return the thread from an ingredient's star to where the ingredients meet.

    It rises off the straight line and swings round to the same side each time, so that several
    enter their end as a whirl, and two that come from opposite sides are one smooth line.

    Parameters
    ----------
    start, end : array_like, shape (3,)
    colour : str
        "#rrggbb" of the ingredient.
    dashed : bool
        Whether it is taken away.
    """
    a, b = np.asarray(start, np.float64), np.asarray(end, np.float64)
    way = b - a
    length = float(np.linalg.norm(way))
    up = _across(way, (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)) * length
    side = np.cross(way, up) / max(length, 1e-12)
    first = a + way / 3 + _LIFT * up + _SWIRL * side
    # No rise at the end: seen from the side, too, those from opposite sides pass into each other.
    last = a + way * 2 / 3 + _SWIRL * side
    t = np.linspace(0, 1, _STEPS + 1)[:, None]
    s = 1 - t
    points = s**3 * a + 3 * s * s * t * first + 3 * s * t * t * last + t**3 * b
    return _thread(points, "curve", colour, dashed=dashed)


def path(points: npt.ArrayLike, colour: str, end_colour: str = "") -> Thread:
    """Return the thread through points in their order: a centripetal Catmull-Rom curve.

    It passes each point, and makes no loops or cusps between them: Yuksel, Schaefer and Keyser
    (2011), "Parameterization and applications of Catmull-Rom curves"; worked out by the pyramid of
    Barry and Goldman (1988).

    Parameters
    ----------
    points : array_like, shape (k, 3)
        Two at least; one that is where the one before is, is passed over.
    colour, end_colour : str
        "#rrggbb" where it begins and ends.
    """
    given = np.asarray(points, np.float64).reshape(-1, 3)
    moved = np.ones(len(given), bool)
    moved[1:] = np.linalg.norm(np.diff(given, axis=0), axis=1) > 0
    kept = given[moved]
    if len(kept) < 2:
        return _thread(np.repeat(given[:1], 2, axis=0), "path", colour, end_colour)
    # The ends lead on as they came: mirrored neighbours.
    ends = 2 * kept[:1] - kept[1:2], 2 * kept[-1:] - kept[-2:-1]
    knots = np.concatenate((ends[0], kept, ends[1]))
    legs = [_leg(knots[i : i + 4]) for i in range(len(knots) - 3)]
    return _thread(np.concatenate([*legs, kept[-1:]]), "path", colour, end_colour)


def meeting_point(
    positions: Floats,
    ingredients: Sequence[int],
    weights: Sequence[float],
    results: Sequence[int] = (),
    matches: Sequence[float] = (),
) -> npt.NDArray[np.float64]:
    """Return where the curves of an average meet, shape (3,).

    An average lies among vectors, not in space, and space is not a plain image of them: half-way
    between two artists' stars there is mostly nothing. So the curves meet where the artists stand
    whose vectors are nearest to the average: the mean of the results, the better the more. The last
    result counts nothing, so the point does not jump when another takes its place (the weights of
    Franke and Little's "modified Shepard" interpolation).

    Parameters
    ----------
    positions : ndarray of float, shape (n, 3)
        Of all artists.
    ingredients : sequence of int
        One at least.
    weights : sequence of float
        As many; negative for one that is taken away. They count where there is no result: then it
        is the mean of the ingredients that are added.
    results : sequence of int
        The artists that lie between, the best first.
    matches : sequence of float
        How near each is, on any scale, falling. Without, all count alike.
    """
    some, share = results, np.zeros(len(results))
    if len(results) and len(matches):
        share = np.square(np.asarray(matches, np.float64) - min(matches))
    elif not len(results):
        some, share = ingredients, np.maximum(np.asarray(weights, np.float64), 0)
    if not share.sum() > 0:
        share = np.ones(len(some))
    return np.asarray(np.average(positions[list(some)], axis=0, weights=share), np.float64)


def _leg(knots: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the curve from the second of four knots to the third, without its end."""
    at = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(knots, axis=0), axis=1) ** 0.5)))
    # Most of the bend is near the artists, so most of the points are.
    even = np.linspace(0, np.pi, _STEPS_OF_LEG, endpoint=False)[:, None]
    t = at[1] + (at[2] - at[1]) * (0.5 - 0.5 * np.cos(even))
    level = [np.broadcast_to(knot, (len(t), 3)) for knot in knots]
    for spans in _PYRAMID:
        level = [
            ((at[end] - t) * level[i] + (t - at[start]) * level[i + 1]) / (at[end] - at[start])
            for i, (start, end) in enumerate(spans)
        ]
    return level[0]


def _across(
    way: npt.NDArray[np.float64], *wanted: tuple[float, float, float]
) -> npt.NDArray[np.float64]:
    """Return the unit direction across a way that is nearest to the first that is across it."""
    ahead = way / max(float(np.linalg.norm(way)), 1e-12)
    for axis in wanted:
        across = np.array(axis) - ahead * float(ahead @ np.array(axis))
        if (length := float(np.linalg.norm(across))) > 0.05:
            direct: npt.NDArray[np.float64] = across / length
            return direct
    raise AssertionError("two directions cannot both lie along a third")


def _thread(
    points: npt.NDArray[np.float64],
    kind: Kind,
    colour: str,
    end_colour: str = "",
    *,
    dashed: bool = False,
) -> Thread:
    kept = np.ascontiguousarray(points, np.float32)
    kept.flags.writeable = False
    return Thread(kept, colour, kind, end_colour, dashed)
