"""`Connections`: faint lines between related artists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.model.world import World
from galaxy_desktop.scene.arrangement import arrange
from galaxy_desktop.scene.gl43 import Storage
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
        self._program = gloo.Program(shader("line.vert"), shader("line.frag"))
        self._vertices = stars.vertices
        self._program.bind(stars.vertices)
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

    def draw(self, view: View, density: float, most: int | None = None) -> int:
        """Draw them into the light.

        Parameters
        ----------
        view : View
        density : float
            Which share of them, 0 to 1.
        most : int, optional
            About so many at most, each then standing for several. None: all.

        Returns
        -------
        int
            How many were drawn.
        """
        if not len(self) or density <= 0:
            return 0
        program = self._program
        if most is None and density >= 1:
            if self._all is None:
                self._all = gloo.IndexBuffer(self._pairs.ravel())
            tell(program, _uniforms(view, 1.0))
            program.draw("lines", self._all)
            return len(self)
        places, weight = self._chosen_places(view, density, most)
        if places.size:
            tell(program, _uniforms(view, weight))
            self._chosen.set_data(self._pairs[places].ravel())
            program.draw("lines", self._chosen)
        return places.size

    def splat(
        self, splatter: Splatter, view: View, density: float, most: int | None = None
    ) -> Iterator[None]:
        """Add the same light to a splatter, a part in each step."""
        if not len(self) or density <= 0:
            return
        if self._storage is None:
            self._storage = Storage()
            self._storage.set_data(self._pairs)
        places, weight = self._chosen_places(view, density, most)
        uniforms = _uniforms(view, weight)
        for start in range(0, places.size, _AT_ONCE):
            some = places[start : start + _AT_ONCE]
            splatter.lines(self._vertices, self._storage, some, uniforms)
            yield

    def delete(self) -> None:
        """Give the graphics memory back."""
        if self._storage is not None:
            self._storage.delete()
        self._storage = None

    def _chosen_places(self, view: View, density: float, most: int | None) -> tuple[Ints, float]:
        """Return which pairs are drawn, and how many each of them stands for."""
        visible, _ = self._cells.seen(view.pose, view.aspect)
        cells = np.flatnonzero(visible)
        share = density
        if most is not None:
            wanted = float(self._cells.counts[cells].sum()) * density
            share *= min(1.0, most / max(wanted, 1.0))
        if share <= 0:
            return np.zeros(0, np.int64), 1.0
        # Few lines that shone for all would look like needles.
        return self._cells.places(cells, share), (density / share) ** _STAND_IN


def _uniforms(view: View, strength: float) -> dict[str, Any]:
    # Lines are a pixel wide whatever the size of the picture, and have more of it to fill.
    strength *= view.size[1] / _HEIGHT
    return view.uniforms() | {"u_full": _FULL * view.radius, "u_strength": _STRENGTH * strength}
