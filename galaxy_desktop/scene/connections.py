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
from galaxy_desktop.scene.movement import Movement
from galaxy_desktop.scene.shaders import shader
from galaxy_desktop.scene.splatter import Splatter
from galaxy_desktop.scene.stars import Stars
from galaxy_desktop.scene.view import View, tell

Ints = npt.NDArray[np.int64]

#: So many take some 20 ms without a graphics card, which nobody notices.
_AT_ONCE = 50_000
#: Of one line at the distance at which it shines brightest.
_STRENGTH = 0.05
_FULL = 0.35
#: Of the light that lines left out would have had, those that are drawn take over a power.
_STAND_IN = 0.75
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
        self._still = gloo.Program(shader("line.vert"), shader("line.frag"))
        self._still.bind(stars.vertices)
        self._gliding: gloo.Program | None = None
        self._bound: Movement | None = None
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
        program, movement = self._program(), self._stars.movement
        if most is None and density >= 1 and movement is None:
            if self._all is None:
                self._all = gloo.IndexBuffer(self._pairs.ravel())
            tell(program, self._uniforms(view, light))
            program.draw("lines", self._all)
            return len(self)
        drawn = 0
        for places, weight in self._chosen_places(view, density, most):
            tell(program, self._uniforms(view, weight * light))
            self._chosen.set_data(self._pairs[places].ravel())
            program.draw("lines", self._chosen)
            drawn += places.size
        return drawn

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
        gliding = self._stars.movement is not None
        for places, weight in self._chosen_places(view, density, most):
            uniforms = self._uniforms(view, weight * light)
            for start in range(0, places.size, _AT_ONCE):
                some = places[start : start + _AT_ONCE]
                vertices = self._stars.vertices
                splatter.lines(vertices, self._storage, some, uniforms, gliding=gliding)
                yield

    def delete(self) -> None:
        """Give the graphics memory back."""
        if self._storage is not None:
            self._storage.delete()
        self._storage = None

    def _program(self) -> gloo.Program:
        """Return the program for the stars as they are, bound to their vertices."""
        movement = self._stars.movement
        if movement is None:
            return self._still
        if self._gliding is None:
            text = shader("line.vert", gliding=True)
            self._gliding = gloo.Program(text, shader("line.frag"))
        if movement is not self._bound:
            self._gliding.bind(movement.vertices)
            self._bound = movement
        return self._gliding

    def _chosen_places(
        self, view: View, density: float, most: int | None
    ) -> Iterator[tuple[Ints, float]]:
        """Yield which pairs are drawn, and how many each of them stands for."""
        cells = self._visible(view, density, most)
        share = density
        if most is not None:
            wanted = float(self._cells.counts[cells].sum()) * density
            share *= min(1.0, most / max(wanted, 1.0))
        if share <= 0:
            return
        # Few lines that shone for all would look like needles.
        places, weight = self._cells.places(cells, share), (density / share) ** _STAND_IN
        movement = self._stars.movement
        if movement is None:
            if places.size:
                yield places, weight
            return
        # Those that come or go are few groups, as they do it together.
        there = movement.line_light(places)
        for part in np.unique(there):
            if part > 0:
                yield places[there == part], weight * float(part)

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
