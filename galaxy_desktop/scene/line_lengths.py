"""`LineLengths`: which connections are too long to be drawn while stars glide.

A line is drawn because its artists are near each other. Where they move apart it fades away: half
the relations of a galaxy that is torn up would else cross all of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.course import Course, Leg
from galaxy_desktop.scene.arrangement import Arrangement

Places = npt.NDArray[np.integer[Any]]

LEVELS = 16
"""Light is told apart in so many steps, so that lines come and go in a few groups."""


class LineLengths:
    """How much of each line is there at the start of a way and at its goal.

    Parameters
    ----------
    arrangement : Arrangement
    """

    def __init__(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        count = len(arrangement.pairs)
        self._start, self._goal = np.zeros(count, np.uint8), np.zeros(count, np.uint8)
        self._known = np.zeros(count, bool)

    def go_on(self, before: LineLengths, left: Course, leg: Leg) -> None:
        """Start the leg with what another shows that is left: of all lines that it knows."""
        known = np.flatnonzero(before._known)
        if known.size:
            self._start[known] = before.light(known, left)
            self._work_out(known, leg, start=False)

    def know(self, places: Places, leg: Leg) -> None:
        """Be ready to answer for some lines, shape (k,)."""
        unknown = places[~self._known[places]]
        if unknown.size:
            self._work_out(unknown, leg)

    def light(self, places: Places, course: Course) -> npt.NDArray[np.uint8]:
        """Return how much of some lines is there now, from 0 to `LEVELS`."""
        self.know(places, course.leg)
        start, goal = (ends[places].astype(np.float32) for ends in (self._start, self._goal))
        light: npt.NDArray[np.uint8] = np.rint(
            start + (goal - start) * np.float32(course.share)
        ).astype(np.uint8)
        return light

    def _work_out(self, places: Places, leg: Leg, *, start: bool = True) -> None:
        arrangement = self._arrangement
        artists = arrangement.order[arrangement.pairs[places]]
        allowed = arrangement.longest[places]
        if start:
            self._start[places] = _short(leg.start, artists, allowed * leg.extents[0].radius)
        self._goal[places] = _short(leg.goal, artists, allowed * leg.extents[1].radius)
        self._known[places] = True


def _short(
    points: npt.NDArray[np.float32], artists: Places, longest: npt.NDArray[np.float32]
) -> npt.NDArray[np.uint8]:
    """Return `LEVELS` for each pair of artists that is near enough, 0 for the others."""
    apart = points.take(artists[:, 0], axis=0) - points.take(artists[:, 1], axis=0)
    near = np.einsum("ij,ij->i", apart, apart) <= np.square(longest)
    light: npt.NDArray[np.uint8] = near.astype(np.uint8) * np.uint8(LEVELS)
    return light
