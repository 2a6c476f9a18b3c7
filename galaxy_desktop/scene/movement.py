"""`Movement`: stars on their way, handed over to the graphics card once for each way."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.model.course import Course
from galaxy_desktop.scene.arrangement import Arrangement
from galaxy_desktop.scene.cells import Cells
from galaxy_desktop.scene.way import LINES_ASKED, Way


class Movement:
    """A `Way` under way.

    Parameters
    ----------
    arrangement : Arrangement
    way : Way
    course : Course
        How far they have come on it.

    Attributes
    ----------
    way : Way
    course : Course
    vertices : gloo.VertexBuffer
        `Way.data`.
    """

    def __init__(self, arrangement: Arrangement, way: Way, course: Course) -> None:
        self.way, self.course = way, course
        self._arrangement = arrangement
        self.vertices = gloo.VertexBuffer(way.data)

    def become(self, way: Way) -> None:
        """Be another of the same stars: the next one, or the same in other colours."""
        self.way = way
        self.vertices.set_data(way.data)

    @property
    def bytes(self) -> int:
        """How large the vertices are."""
        return int(self.way.data.nbytes)

    @property
    def there(self) -> npt.NDArray[np.bool_] | None:
        """Which stars are there at any time of it, shape (n,); None: all."""
        return self.way.there

    @property
    def uniforms(self) -> dict[str, Any]:
        """What the shaders want to know besides."""
        return {"u_shares": (self.course.share, self.course.coasted)}

    @property
    def stars(self) -> Cells:
        """The cells of the stars as they are now."""
        return self.way.stars.at(self.course)

    def lines(self, share: float) -> Cells | None:
        """Return the cells of the connections now, for so many of each cell; None: not known."""
        if share * float(self._arrangement.lines.counts.max(initial=0)) > LINES_ASKED:
            return None
        return self.way.lines.at(self.course)

    def line_light(self, places: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.uint8]:
        """Return how much of some lines, shape (k,), is there now, from 0 to `LEVELS`."""
        light = self.way.line_lengths.light(places, self.course)
        if self.way.ends is None:
            return light
        before, after = (there[self._arrangement.pairs[places]] for there in self.way.ends)
        start, goal = before.min(axis=1), after.min(axis=1)
        there = start + (goal - start) * np.float32(self.course.share)
        part: npt.NDArray[np.uint8] = np.rint(light * there).astype(np.uint8)
        return part

    def delete(self) -> None:
        """Give the graphics memory back."""
        self.vertices.delete()
