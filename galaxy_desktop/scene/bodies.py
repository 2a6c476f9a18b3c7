"""`Bodies`: the galaxy that is drawn, and those that are fading away under it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.course import Leg
from galaxy_desktop.model.gliding import Fading, Gliding
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.body import Body
from galaxy_desktop.scene.palettes import Palette
from galaxy_desktop.scene.programs import Programs
from galaxy_desktop.scene.way import handed_over, known

Floats = npt.NDArray[np.float32]


class Bodies:
    """What of a `Gliding` is on the graphics card.

    Parameters
    ----------
    world : World
    palette : Palette

    Attributes
    ----------
    present : Body
        Of the world that is shown.
    """

    def __init__(self, world: World, palette: Palette) -> None:
        self._palette = palette
        self._programs = Programs()
        self.present = Body(world, palette, self._programs)
        self._fading: dict[Leg, Body] = {}

    @property
    def all(self) -> list[Body]:
        """Every galaxy of which anything is seen, the present one last."""
        return [*self._fading.values(), self.present]

    def follow(self, gliding: Gliding) -> None:
        """Become what is seen now."""
        handed: tuple[Fading, Floats] | None = None
        ready = gliding.course is not None and known(gliding.course.leg)
        present: Body | None = self.present
        for fading in gliding.fading:
            leg = fading.course.leg
            if leg in self._fading:
                # Where its stars are drawn already, the lines follow a frame later: in one frame
                # both would take too long.
                self._fading[leg].follow(fading.course)
                continue
            if present is not None and present.world is fading.world:
                if not ready:
                    handed = fading, present.lights
                present.outshone = fading.found is not None and bool((fading.found >= 0).all())
                if not present.outshone:
                    present.follow(fading.course)
                self._fading[leg], present = present, None
            else:
                # Two at once: nobody has seen the one between.
                handed = None
        for leg in self._fading.keys() - {fading.course.leg for fading in gliding.fading}:
            self._fading.pop(leg).delete()
        if present is not None and present.world is not gliding.world:
            present.delete()
            present = None
        if present is None:
            world = gliding.world
            present = self.present = Body(world, self._palette, self._programs)
            lights = None if handed is None else handed_over(*handed, world, self._palette)
            present.follow(gliding.course, lights)
        else:
            present.follow(gliding.course)

    def recolour(self, palette: Palette) -> None:
        """Take other colours."""
        self._palette = palette
        for body in self.all:
            body.recolour(palette)

    def delete(self) -> None:
        """Give the graphics memory back."""
        for body in self.all:
            body.delete()
        self._fading.clear()


def line_shares(bodies: list[Body], most: int | None) -> list[int | None]:
    """Return how many connections of each body are drawn, of so many in all; None: all."""
    light = np.array([body.line_light for body in bodies])
    if most is None or not light.sum():
        return [None] * len(bodies)
    return [max(1, round(most * part)) for part in (light / light.sum()).tolist()]
