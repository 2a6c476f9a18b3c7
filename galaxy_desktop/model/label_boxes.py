"""Boxes on the picture: which are free, and how far they are from one another."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]

_CELL = 4.0


class Occupancy:
    """A picture cut into small cells, each taken or free.

    A row is one whole number with a bit for each cell, so that a box is tested by a few ANDs: a
    hundred times cheaper than against every other box by numpy.

    Parameters
    ----------
    width, height : float
        Of the picture, logical pixels.
    """

    def __init__(self, width: float, height: float) -> None:
        self._columns = max(1, int(width / _CELL) + 1)
        self._rows = [0] * max(1, int(height / _CELL) + 1)

    def free(self, x: float, y: float, width: float, height: float) -> bool:
        """Return whether a box touches no cell that is taken."""
        first, last, bits = self._cells(x, y, width, height)
        for row in self._rows[first:last]:  # noqa: SIM110  # three times faster than all()
            if row & bits:
                return False
        return True

    def take(self, x: float, y: float, width: float, height: float) -> None:
        """Take all cells that a box touches."""
        first, last, bits = self._cells(x, y, width, height)
        for row in range(first, last):
            self._rows[row] |= bits

    def _cells(self, x: float, y: float, width: float, height: float) -> tuple[int, int, int]:
        """Return the first row, the one after the last, and the bits of the columns."""
        # Plain comparisons: this is asked some hundred times for each choice of names.
        left, right = int(x / _CELL), int((x + width) / _CELL) + 1
        first, last = int(y / _CELL), int((y + height) / _CELL) + 1
        if x < 0:
            left = 0
        if y < 0:
            first = 0
        if right > self._columns:
            right = self._columns
        if last > len(self._rows):
            last = len(self._rows)
        if right <= left or last <= first:
            return 0, 0, 0
        return first, last, ((1 << (right - left)) - 1) << left


def gaps(middles: Floats, halves: Floats, squash: float = 2.0) -> Floats:
    """Return how far each two boxes are apart, shape (n, n); negative where they overlap.

    Parameters
    ----------
    middles, halves : ndarray of float, shape (n, 2)
        Of the boxes: the middle, and half of the width and height.
    squash : float
        Vertical gaps count so many times: lines of text may be nearer than words.
    """
    apart = np.abs(middles[:, None] - middles[None]) - (halves[:, None] + halves[None])
    distance: Floats = np.maximum(apart[..., 0], squash * apart[..., 1])
    return distance
