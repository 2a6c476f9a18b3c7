"""`Movement`: what the shaders know of stars on their way, handed over once for each way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.model.gliding import Course, Leg
from galaxy_desktop.scene.arrangement import Arrangement
from galaxy_desktop.scene.cells import Cells
from galaxy_desktop.scene.line_lengths import LEVELS, LineLengths
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

    Attributes
    ----------
    course : Course
    vertices : gloo.VertexBuffer
        Nineteen float32 for each star, as `gliding_vertex.glsl` has them.
    there : ndarray of bool, shape (n,), or None
        Which stars are there at any time of it; None: all.
    fading : bool
        Whether any come or go.
    line_lengths : LineLengths
    """

    def __init__(
        self,
        arrangement: Arrangement,
        course: Course,
        lights: Floats,
        fame: Floats,
        palette: Palette,
        before: Movement | None = None,
    ) -> None:
        self.course = course
        self._arrangement, self._palette = arrangement, palette
        leg, order = course.leg, arrangement.order
        self._data = data = np.zeros(len(order), _KINDS)
        start = leg.start.take(order, axis=0)
        self._goal = leg.goal.take(order, axis=0)
        data["a_position"], data["a_light"] = start, lights
        data["a_way"][:, :3] = self._goal - start
        data["a_way"][:, 3] = leg.before.take(order)
        data["a_drift"][:, :3] = leg.drift.take(order, axis=0)
        data["a_drift"][:, 3] = leg.after.take(order)
        data["a_turning"][:, 3] = fame - lights[:, 3]
        there = (data["a_way"][:, 3] > 0) | (data["a_drift"][:, 3] > 0)
        self.there = None if there.all() else there
        self.fading = bool((leg.before < 1).any() or (leg.after < 1).any())
        self.vertices = gloo.VertexBuffer(data)
        self._hues = np.zeros(len(order), np.uint8)
        self._colouring: Iterator[None] | None = self._colour()
        self._coloured_at, self._waited = 0.0, False
        self._stars = _moving_stars(arrangement, leg)
        self._lines: MovingCells | None = None
        lengths = None if before is None else before.line_lengths
        self.line_lengths = LineLengths(arrangement, course, lengths)

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
        if self._lines is None:
            self._lines = _moving_lines(self._arrangement, self.course.leg)
        return self._lines.at(self.course)

    def line_light(self, places: npt.NDArray[np.integer[Any]]) -> Floats:
        """Return how much of some lines, shape (k,), is there now, 0 to 1; of few kinds."""
        light = self.line_lengths.light(places).astype(np.float32) / LEVELS
        if self.fading:
            ends = self._arrangement.pairs[places]
            before = self._data["a_way"][:, 3][ends].min(axis=1)
            after = self._data["a_drift"][:, 3][ends].min(axis=1)
            light *= before + (after - before) * np.float32(self.course.share)
        return np.rint(light * LEVELS) / np.float32(LEVELS)

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


def _moving_stars(arrangement: Arrangement, leg: Leg) -> MovingCells:
    cells, order = arrangement.stars, arrangement.order[arrangement.always :]
    if not order.size:
        none = np.zeros((0, 3), np.float32)
        return MovingCells(cells, Box(none, none), Box(none, none), Box(none, none))
    return MovingCells(
        cells,
        *(
            Box.of(points.take(order, axis=0), cells.starts)
            for points in (leg.start, leg.goal, leg.drift)
        ),
    )


def _moving_lines(arrangement: Arrangement, leg: Leg) -> MovingCells:
    cells = arrangement.lines
    counts = np.minimum(cells.counts, _LINES_ASKED)
    starts = np.cumsum(counts) - counts
    places = np.arange(int(counts.sum())) + np.repeat(cells.starts - starts, counts)
    artists = arrangement.order[arrangement.pairs[places]]
    boxes = [
        Box.of(points.take(artists[:, 0], axis=0), starts).around(
            Box.of(points.take(artists[:, 1], axis=0), starts)
        )
        for points in (leg.start, leg.goal, leg.drift)
    ]
    return MovingCells(cells, *boxes)
