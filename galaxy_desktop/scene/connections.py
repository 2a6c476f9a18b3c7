"""`Connections`: faint lines between related artists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.model.world import World
from galaxy_desktop.scene.arrangement import arrange
from galaxy_desktop.scene.cells import Cells
from galaxy_desktop.scene.gl43 import Storage
from galaxy_desktop.scene.line_lengths import LEVELS
from galaxy_desktop.scene.splatter import Splatter
from galaxy_desktop.scene.stars import Stars
from galaxy_desktop.scene.view import View, tell

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.uint8]

#: So many take some 20 ms without a graphics card, which nobody notices.
_AT_ONCE = 50_000
#: Of one line at the distance at which it shines brightest.
_STRENGTH = 0.05
_FULL = 0.35
#: Of the light that lines left out would have had, those that are drawn take over a power.
_STAND_IN = 0.75
#: As `gliding_vertices.glsl` has it.
_NUMBER_BITS = 27
#: Of a picture for which the strength is meant.
_HEIGHT = 800


class Connections:
    """The lines, as pairs of the stars' vertices.

    Parameters
    ----------
    world : World
    stars : Stars
        Whose vertices are connected.
    """

    def __init__(self, world: World, stars: Stars) -> None:
        arrangement = arrange(world)
        self._cells, self._pairs = arrangement.lines, arrangement.pairs
        self._stars = stars
        self._storage: Storage | None = None
        self._all: gloo.IndexBuffer | None = None
        self._chosen = gloo.IndexBuffer(np.zeros(2, np.uint32))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._pairs)

    @property
    def bytes(self) -> int:
        """How large the pairs are."""
        return int(self._pairs.nbytes)

    def draw(self, view: View, density: float, most: int | None = None, light: float = 1.0) -> int:
        """Draw them into the light.

        Parameters
        ----------
        view : View
        density : float
            Which share of them, 0 to 1.
        most : int, optional
            About so many at most, each then standing for several. None: all.
        light : float
            Factor of their light.

        Returns
        -------
        int
            How many were drawn.
        """
        if not len(self) or density <= 0 or light <= 0:
            return 0
        stars, movement = self._stars, self._stars.movement
        program = stars.programs.of("line", stars.vertices, gliding=movement is not None)
        if most is None and density >= 1 and movement is None:
            if self._all is None:
                self._all = gloo.IndexBuffer(self._pairs.ravel())
            tell(program, self._uniforms(view, light))
            program.draw("lines", self._all)
            return len(self)
        places, weight, there = self._chosen_places(view, density, most)
        # Those that come or go do it together, so they are few groups.
        levels = [LEVELS] if there is None else np.unique(there).tolist()
        for level in levels:
            some = places if there is None else places[there == level]
            if some.size:
                tell(program, self._uniforms(view, weight * light * level / LEVELS))
                self._chosen.set_data(self._pairs[some].ravel())
                program.draw("lines", self._chosen)
        return places.size

    def splat(
        self,
        splatter: Splatter,
        view: View,
        density: float,
        most: int | None = None,
        light: float = 1.0,
    ) -> Iterator[None]:
        """Add the same light to a splatter, a part in each step."""
        if not len(self) or density <= 0 or light <= 0:
            return
        if self._storage is None:
            self._storage = Storage()
            self._storage.set_data(self._pairs)
        places, weight, there = self._chosen_places(view, density, most)
        if there is not None:
            # How much of a line is there goes with its number.
            places = places | there.astype(np.int64) << _NUMBER_BITS
        uniforms = self._uniforms(view, weight * light)
        for start in range(0, places.size, _AT_ONCE):
            some = places[start : start + _AT_ONCE]
            vertices = self._stars.vertices
            splatter.lines(vertices, self._storage, some, uniforms, gliding=there is not None)
            yield

    def delete(self) -> None:
        """Give the graphics memory back."""
        if self._storage is not None:
            self._storage.delete()
        self._storage = None

    def _chosen_places(
        self, view: View, density: float, most: int | None
    ) -> tuple[Ints, float, Levels | None]:
        """Return which pairs are drawn, how many each stands for, and how much of each is there.

        The last from 1 to `LEVELS`, or None for all of all.
        """
        cells = self._visible(view, density, most)
        share = density
        if most is not None:
            wanted = float(self._cells.counts[cells].sum()) * density
            share *= min(1.0, most / max(wanted, 1.0))
        # Few lines that shone for all would look like needles.
        weight = (density / share) ** _STAND_IN if share > 0 else 1.0
        places = self._cells.places(cells, share)
        movement = self._stars.movement
        if movement is None:
            return places, weight, None
        there = movement.line_light(places)
        return places[there > 0], weight, there[there > 0]

    def _visible(self, view: View, density: float, most: int | None) -> Ints:
        """Return the cells that may be in the picture."""
        movement = self._stars.movement
        cells: Cells | None = self._cells
        if movement is not None:
            share = 1.0 if most is None else most / max(len(self) * density, 1.0)
            cells = movement.lines(min(share, 1.0) * density)
        if cells is None:
            return np.arange(self._cells.counts.size)
        return np.flatnonzero(cells.seen(view.pose, view.aspect)[0])

    def _uniforms(self, view: View, strength: float) -> dict[str, Any]:
        # Lines are a pixel wide whatever the size of the picture, and have more of it to fill.
        strength *= view.size[1] / _HEIGHT
        moving = {} if self._stars.movement is None else self._stars.movement.uniforms
        light = {"u_full": _FULL * view.radius, "u_strength": _STRENGTH * strength}
        return view.uniforms() | moving | light
