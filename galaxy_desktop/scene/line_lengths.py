"""`LineLengths`: which connections are too long to be drawn while stars glide.

A line is drawn because its artists are near each other. Where they move apart it fades away: half
the relations of a galaxy that is torn up would else cross all of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.gliding import Course
from galaxy_desktop.scene.arrangement import Arrangement

Places = npt.NDArray[np.integer[Any]]

LEVELS = 16
"""Light is told apart in so many steps, so that lines come and go in a few groups."""


class LineLengths:
    """How much of each line is there at the start of a way and at its goal.

    Parameters
    ----------
    arrangement : Arrangement
    course : Course
    before : LineLengths, optional
        Of the way that this one ends: what it shows by now is where this one starts.
    """

    def __init__(
        self, arrangement: Arrangement, course: Course, before: LineLengths | None = None
    ) -> None:
        self._arrangement, self._course = arrangement, course
        count = len(arrangement.pairs)
        self._start, self._goal = np.zeros(count, np.uint8), np.zeros(count, np.uint8)
        self._known = np.zeros(count, bool)
        if before is not None and before._known.any():
            known = np.flatnonzero(before._known)
            self._start[known] = before.light(known)
            self._work_out(known, start=False)

    def light(self, places: Places) -> npt.NDArray[np.uint8]:
        """Return how much of some lines is there now, from 0 to `LEVELS`."""
        unknown = places[~self._known[places]]
        if unknown.size:
            self._work_out(unknown)
        start, goal = (ends[places].astype(np.float32) for ends in (self._start, self._goal))
        light: npt.NDArray[np.uint8] = np.rint(
            start + (goal - start) * np.float32(self._course.share)
        ).astype(np.uint8)
        return light

    def _work_out(self, places: Places, *, start: bool = True) -> None:
        leg, arrangement = self._course.leg, self._arrangement
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
