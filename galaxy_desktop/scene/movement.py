"""`Movement`: what the shaders know of stars on their way, handed over once for each way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.model.gliding import Course
from galaxy_desktop.scene.arrangement import Arrangement
from galaxy_desktop.scene.cells import Cells
from galaxy_desktop.scene.line_lengths import LineLengths
from galaxy_desktop.scene.moving_cells import Box, MovingCells
from galaxy_desktop.scene.palettes import Palette, hues

Floats = npt.NDArray[np.float32]

_KINDS = [
    ("a_position", np.float32, 3),
    ("a_light", np.float32, 4),
    ("a_way", np.float32, 4),
    ("a_drift", np.float32, 4),
    ("a_turning", np.float32, 4),
]
#: So many stars find their new colours in a frame: some 3 ms.
_COLOURED_AT_ONCE = 12_288
#: Of each line cell, so many lines say where it is; with them all it would take far longer.
_LINES_ASKED = 64


class Movement:
    """The leg of a course, star by star in the order of the arrangement.

    Colours follow places: those at the goal are worked out a part in each frame, and the change to
    them begins when they are known.

    Parameters
    ----------
    arrangement : Arrangement
    course : Course
    lights : ndarray of float32, shape (n, 4)
        Colour and fame at the start, in the order of the arrangement.
    fame : ndarray of float32, shape (n,)
        At the goal, in that order.
    palette : Palette
    before : Movement, optional
        The way that this one ends.
    at_home : bool
        Whether all were where the arrangement has them.

    Attributes
    ----------
    course : Course
    vertices : gloo.VertexBuffer
        Nineteen float32 for each star, as `gliding_vertex.glsl` has them.
    there : ndarray of bool, shape (n,), or None
        Which stars are there at any time of it; None: all.
    line_lengths : LineLengths
    line_cells : MovingCells or None
        None until they are asked for.
    """

    def __init__(
        self,
        arrangement: Arrangement,
        course: Course,
        lights: Floats,
        fame: Floats,
        palette: Palette,
        before: Movement | None = None,
        *,
        at_home: bool = False,
    ) -> None:
        self.course = course
        self._arrangement, self._palette = arrangement, palette
        leg, order = course.leg, arrangement.order
        self._data = data = np.empty(len(order), _KINDS)
        start = leg.start.take(order, axis=0)
        self._goal = leg.goal.take(order, axis=0)
        data["a_position"], data["a_light"] = start, lights
        data["a_way"][:, :3] = self._goal - start
        data["a_way"][:, 3] = leg.before.take(order)
        data["a_drift"][:, :3] = leg.drift.take(order, axis=0) if leg.drifts else 0
        data["a_drift"][:, 3] = leg.after.take(order)
        data["a_turning"][:, :3] = 0
        data["a_turning"][:, 3] = fame - lights[:, 3]
        there = (data["a_way"][:, 3] > 0) | (data["a_drift"][:, 3] > 0)
        self.there = None if there.all() else there
        #: How much of the connections of each star is there, at the start and at the goal.
        ends = (leg.before, leg.after) if leg.ends is None else (leg.ends, leg.ends)
        whole = min(float(part.min(initial=1)) for part in ends) >= 1
        self._ends = None if whole else tuple(part.take(order) for part in ends)
        self.vertices = gloo.VertexBuffer(data)
        self._hues = np.zeros(len(order), np.uint8)
        self._colouring: Iterator[None] | None = self._colour()
        self._coloured_at, self._waited = 0.0, False
        #: Whether all set off from where the arrangement has them.
        self._at_home = at_home
        self._before: tuple[MovingCells, Course] | None = None
        if before is not None and before.line_cells is not None:
            self._before = before.line_cells, before.course
        stars, first = arrangement.stars, arrangement.always
        place = Box.of(self._goal[first:], stars.starts)
        if at_home:
            self._stars = MovingCells(stars, Box.at_rest(stars), place)
        elif before is not None:
            self._stars = before._stars.onwards(before.course, place, leg.seconds)
        else:
            come = Box.of(start[first:], stars.starts)
            drift = Box.of(data["a_drift"][first:, :3], stars.starts) if leg.drifts else None
            self._stars = MovingCells(stars, come, place, drift)
        self.line_cells: MovingCells | None = None
        lengths = None if before is None else before.line_lengths
        self.line_lengths: LineLengths = LineLengths(arrangement, course, lengths)

    def follow(self, *, patient: bool) -> None:
        """Go on with the colours of the goal, to the end if `patient` or if all have arrived."""
        if self._colouring is None:
            return
        whole = patient or self.course.arrived
        for _ in self._colouring:
            if not whole:
                self._waited = True
                return
        self._colouring = None
        # Known in the first frame, they change with the whole way; else with the rest of it.
        self._coloured_at = self.course.share if self._waited else 0.0
        self.recolour(self._palette, self._data["a_light"][:, :3].copy())

    def recolour(self, palette: Palette, start: Floats) -> None:
        """Take other colours at the start, shape (n, 3), in the order; and at the goal."""
        self._palette = palette
        self._data["a_light"][:, :3] = start
        if self._colouring is None:
            self._data["a_turning"][:, :3] = palette.colours(self._hues) - start
        self.vertices.set_data(self._data)

    @property
    def bytes(self) -> int:
        """How large the vertices are."""
        return int(self._data.nbytes)

    @property
    def lights(self) -> Floats:
        """Colour and fame of each star now, float32 of shape (n, 4), in the order."""
        now: Floats = self._data["a_light"] + self._data["a_turning"] * np.float32(self._turned)
        return now

    @property
    def uniforms(self) -> dict[str, Any]:
        """What the shaders want to know besides."""
        return {"u_shares": (self.course.share, self.course.coasted, self._turned)}

    @property
    def stars(self) -> Cells:
        """The cells of the stars as they are now."""
        return self._stars.at(self.course)

    def lines(self, share: float) -> Cells | None:
        """Return the cells of the connections now, for so many of each cell; None: not known."""
        cells = self._arrangement.lines
        if share * float(cells.counts.max(initial=0)) > _LINES_ASKED:
            return None
        if self.line_cells is None:
            self.line_cells = _moving_lines(
                self._arrangement, self.course, self._before, at_home=self._at_home
            )
            self._before = None
        return self.line_cells.at(self.course)

    def line_light(self, places: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.uint8]:
        """Return how much of some lines, shape (k,), is there now, from 0 to `LEVELS`."""
        light = self.line_lengths.light(places)
        if self._ends is None:
            return light
        before, after = (there[self._arrangement.pairs[places]] for there in self._ends)
        start, goal = before.min(axis=1), after.min(axis=1)
        there = start + (goal - start) * np.float32(self.course.share)
        part: npt.NDArray[np.uint8] = np.rint(light * there).astype(np.uint8)
        return part

    def delete(self) -> None:
        """Give the graphics memory back."""
        self.vertices.delete()

    @property
    def _turned(self) -> float:
        """How far the colours have changed, 0 to 1."""
        if self._colouring is not None:
            return 0.0
        left = 1 - self._coloured_at
        return (self.course.share - self._coloured_at) / left if left > 0 else 1.0

    def _colour(self) -> Iterator[None]:
        extent = self.course.leg.extents[1]
        for start in range(0, len(self._goal), _COLOURED_AT_ONCE):
            some = slice(start, start + _COLOURED_AT_ONCE)
            self._hues[some] = hues(self._goal[some], extent.centre, extent.radius)
            if start + _COLOURED_AT_ONCE < len(self._goal):
                yield


def _moving_lines(
    arrangement: Arrangement,
    course: Course,
    before: tuple[MovingCells, Course] | None,
    *,
    at_home: bool,
) -> MovingCells:
    cells, leg = arrangement.lines, course.leg
    counts = np.minimum(cells.counts, _LINES_ASKED)
    starts = np.cumsum(counts) - counts
    places = np.arange(int(counts.sum())) + np.repeat(cells.starts - starts, counts)
    ends = arrangement.pairs[places].T
    artists = arrangement.order.take(ends)
    goal = Box.of(leg.goal.take(artists[0], axis=0), starts)
    goal = goal.around(Box.of(leg.goal.take(artists[1], axis=0), starts))
    if at_home:
        return MovingCells(cells, Box.at_rest(cells), goal)
    if before is not None:
        line_cells, left = before
        return line_cells.onwards(left, goal, leg.seconds)
    # They were in other cells, or not looked at: anywhere.
    drift = Box.whole(leg.drift) if leg.drifts else None
    return MovingCells(cells, Box.whole(leg.start), goal, drift)
