"""`MovingCells`: what cells hold while their items glide, to leave out what is not seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.gliding import Course
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
        return cls(np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts))

    def around(self, other: Box) -> Box:
        """Return the boxes that hold both."""
        return Box(np.minimum(self.low, other.low), np.maximum(self.high, other.high))


class MovingCells:
    """Cells whose items are on their way, with bounds that hold at any time of it.

    A place is a sum of start, way and drift with factors that are never negative, so the sum of
    their boxes, with the same factors, holds all places. At the goal it is as tight as can be.

    Parameters
    ----------
    cells : Cells
    start, goal, drift : Box
        Of the items of each cell.
    """

    def __init__(self, cells: Cells, start: Box, goal: Box, drift: Box) -> None:
        self._cells = cells
        self._start, self._goal, self._drift = start, goal, drift

    def at(self, course: Course) -> Cells:
        """Return the cells as they are now."""
        share, coasted = np.float32(course.share), np.float32(course.coasted)
        low, high = (
            start + (goal - start) * share + drift * coasted
            for start, goal, drift in (
                (self._start.low, self._goal.low, self._drift.low),
                (self._start.high, self._goal.high, self._drift.high),
            )
        )
        # A little more, for rounding.
        reach = np.linalg.norm(high - low, axis=1) * np.float32(0.50001)
        return replace(self._cells, middles=(low + high) / 2, reach=reach)
