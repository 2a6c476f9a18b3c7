"""`Stars`: one point for each artist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.model.look import Look
from galaxy_desktop.model.star_size import GROWTH, LARGEST, RADIUS
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.arrangement import arrange
from galaxy_desktop.scene.cells import Cells
from galaxy_desktop.scene.movement import Movement
from galaxy_desktop.scene.palettes import Palette
from galaxy_desktop.scene.programs import Programs
from galaxy_desktop.scene.splatter import Splatter
from galaxy_desktop.scene.view import View, tell
from galaxy_desktop.scene.way import resting, way_of

Ints = npt.NDArray[np.int64]

#: Diameter in pixels: two are the fewest that a star can glide on.
SMALLEST = 2.0
#: A star of so many logical pixels across is half as bright as a small one: near ones grow, but do
#: not blind.
_SOFTEN = 30.0


class Stars:
    """The points, on the graphics card in the order of their cells.

    Parameters
    ----------
    world : World
    palette : Palette

    """

    def __init__(self, world: World, palette: Palette, programs: Programs | None = None) -> None:
        self._world = world
        self.programs = programs or Programs()
        arrangement = arrange(world)
        self._at_rest, self._order = arrangement.stars, arrangement.order
        self._always = arrangement.always
        fame = world.fame[self._order[self._always :]]
        best = np.maximum.reduceat(fame, self._at_rest.starts) if fame.size else fame
        self._widest = 1 + GROWTH * best**3
        self._palette = palette
        #: Those at rest; made when they are drawn.
        self._vertices: gloo.VertexBuffer | None = None
        self.movement: Movement | None = None
        self._chosen = gloo.IndexBuffer(np.zeros(1, np.uint32))

    @property
    def vertices(self) -> gloo.VertexBuffer:
        """Position and light of each star, and its way, in the order of the `Arrangement`."""
        if self.movement is not None:
            return self.movement.vertices
        if self._vertices is None:
            self._vertices = gloo.VertexBuffer(resting(self._world, self._palette))
        return self._vertices

    def recolour(self, palette: Palette) -> None:
        """Take other colours."""
        self._palette = palette
        if self._vertices is not None:
            self._vertices.set_data(resting(self._world, palette))
        if self.movement is not None:
            self.movement.become(way_of(self._world, self.movement.course.leg, palette))

    def draw(self, view: View, look: Look, most: int | None = None, unit: float = 1.0) -> int:
        """Draw them into the light.

        Parameters
        ----------
        view : View
        look : Look
        most : int, optional
            About so many at most: of the far ones each then stands for several. None: all.
        unit : float
            Pixels that are worked out for each logical one.

        Returns
        -------
        int
            How many were drawn.
        """
        program = self._program
        tell(program, self._uniforms(view, look, unit))
        program["u_wider"] = -1.0
        program["u_weight"] = 1.0
        if most is None and self._all_there:
            program.draw("points")
            return len(self._world)
        drawn = 0
        for places, weight in self._chosen_places(view, most):
            program["u_weight"] = weight
            drawn += self._draw(places)
        return drawn

    def splat(
        self,
        splatter: Splatter,
        view: View,
        look: Look,
        most: int | None = None,
        unit: float = 1.0,
    ) -> int:
        """Add the same light to a splatter, but for what looks larger: see `draw_large`.

        Returns
        -------
        int
            How many were drawn, with the larger ones.
        """
        uniforms = self._uniforms(view, look, unit)
        drawn = 0
        for places, weight in self._chosen_places(view, most):
            weighed = uniforms | {"u_weight": weight}
            splatter.stars(self.vertices, places, weighed, gliding=self.movement is not None)
            drawn += places.size
        return drawn

    def draw_large(self, view: View, look: Look, unit: float = 1.0) -> None:
        """Draw those that `splat` leaves out: they look larger than the smallest."""
        program = self._program
        uniforms = self._uniforms(view, look, unit)
        tell(program, uniforms)
        program["u_wider"] = SMALLEST
        program["u_weight"] = 1.0
        cells = self._cells
        visible, away = cells.seen(view.pose, view.aspect)
        # How near the best known of a cell must be to look so large.
        within = uniforms["u_focal"] * uniforms["u_radius"] * self._widest * (2 / SMALLEST)
        near = np.flatnonzero(visible & (away - cells.reach < within))
        places = cells.places(near) + self._always
        self._draw(self._there(np.concatenate((np.arange(self._always), places))))

    def delete(self) -> None:
        """Give the graphics memory back."""
        if self._vertices is not None:
            self._vertices.delete()

    @property
    def _program(self) -> gloo.Program:
        return self.programs.of("star", self.vertices, gliding=self.movement is not None)

    @property
    def _cells(self) -> Cells:
        return self._at_rest if self.movement is None else self.movement.stars

    @property
    def _all_there(self) -> bool:
        return self.movement is None or self.movement.there is None

    def _there(self, places: Ints) -> Ints:
        """Return those of some places at which there is a star now."""
        there = None if self.movement is None else self.movement.there
        return places if there is None else places[there[places]]

    def _uniforms(self, view: View, look: Look, unit: float) -> dict[str, Any]:
        moving = {} if self.movement is None else self.movement.uniforms
        return (
            view.uniforms()
            | moving
            | {
                "u_focal": view.pose.focal(view.size[1]),
                "u_radius": RADIUS * view.star_unit * look.star_size,
                "u_growth": GROWTH,
                "u_sizes": (SMALLEST, 2 * LARGEST * unit),
                # Larger because there are few, they are not dimmer.
                "u_soften": _SOFTEN * unit * view.star_unit / view.radius,
            }
        )

    def _chosen_places(self, view: View, most: int | None) -> Iterator[tuple[Ints, float]]:
        """Yield which ones are drawn, and how many each of them stands for."""
        bounds = self._cells
        visible, away = bounds.seen(view.pose, view.aspect)
        cells = np.flatnonzero(visible)
        near, share = len(cells), 1.0
        if most is not None:
            cells = cells[np.argsort(away[cells])]
            counts = np.cumsum(bounds.counts[cells])
            left = max(most - self._always, 0)
            if counts.size and counts[-1] > left:
                near = int(np.searchsorted(counts, left / 2))
                before = int(counts[near - 1]) if near else 0
                share = max((left - before) / (int(counts[-1]) - before), 1e-3)
        places = bounds.places(cells[:near]) + self._always
        yield self._there(np.concatenate((np.arange(self._always), places))), 1.0
        if near < len(cells):
            yield self._there(bounds.places(cells[near:], share) + self._always), 1 / share

    def _draw(self, places: Ints) -> int:
        if places.size:
            self._chosen.set_data(places.astype(np.uint32))
            self._program.draw("points", self._chosen)
        return places.size
