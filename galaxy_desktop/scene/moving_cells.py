"""`MovingCells`: what cells hold while their items glide, to leave out what is not seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.course import Course
from galaxy_desktop.scene.cells import Cells

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """The least and greatest coordinates of each cell, float32 of shape (c, 3)."""

    low: Floats
    high: Floats

    @classmethod
    def of(cls, points: Floats, starts: Ints) -> Box:
        """Return the boxes around runs of points, shape (n, 3)."""
        # Along one axis at a time it is several times faster.
        axes = np.ascontiguousarray(points.T)
        return cls(
            np.minimum.reduceat(axes, starts, axis=1).T, np.maximum.reduceat(axes, starts, axis=1).T
        )

    def around(self, other: Box) -> Box:
        """Return the boxes that hold both."""
        return Box(np.minimum(self.low, other.low), np.maximum(self.high, other.high))

    def plus(self, other: Box) -> Box:
        """Return the boxes that hold any sum."""
        return Box(self.low + other.low, self.high + other.high)

    def times(self, factor: float) -> Box:
        """Return the boxes of all multiples by a factor that is not negative."""
        return Box(self.low * np.float32(factor), self.high * np.float32(factor))


class MovingCells:
    """Cells whose items are on their way, with bounds that hold at any time of it.

    A place is a sum of start, way and drift with factors that are never negative, so the sum of
    their boxes, with the same factors, holds all places. At the goal it is as tight as can be.

    Parameters
    ----------
    cells : Cells
    start, goal : Box
        Of the items of each cell.
    drift : Box, optional
        None: nothing moves when it sets off.
    """

    def __init__(self, cells: Cells, start: Box, goal: Box, drift: Box | None = None) -> None:
        self._cells = cells
        self._start, self._goal, self._drift = start, goal, drift

    def at(self, course: Course) -> Cells:
        """Return the cells as they are now."""
        box = self._box(course)
        # A little more, for rounding.
        reach = np.linalg.norm(box.high - box.low, axis=1) * np.float32(0.50001)
        return replace(self._cells, middles=(box.low + box.high) / 2, reach=reach)

    def _box(self, course: Course) -> Box:
        box = self._start.times(1 - course.share).plus(self._goal.times(course.share))
        return box if self._drift is None else box.plus(self._drift.times(course.coasted))
