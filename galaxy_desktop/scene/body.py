"""`Body`: the stars and connections of one galaxy, at rest or on their way."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.gliding import Course
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.arrangement import arrange
from galaxy_desktop.scene.connections import Connections
from galaxy_desktop.scene.movement import Movement
from galaxy_desktop.scene.palettes import Palette
from galaxy_desktop.scene.programs import Programs
from galaxy_desktop.scene.stars import Stars

Floats = npt.NDArray[np.float32]


class Body:
    """One galaxy on the graphics card.

    Parameters
    ----------
    world : World
    palette : Palette
    programs : Programs

    Attributes
    ----------
    world : World
    stars : Stars
    connections : Connections
    outshone : bool
        Whether another galaxy draws all of its stars.
    """

    def __init__(self, world: World, palette: Palette, programs: Programs) -> None:
        self.world = world
        self._palette = palette
        self.outshone = False
        self._arrangement = arrange(world)
        self.stars = Stars(world, palette, programs)
        self.connections = Connections(world, self.stars)

    @property
    def course(self) -> Course | None:
        """The way that it is on, None where all are where the world says."""
        movement = self.stars.movement
        return None if movement is None else movement.course

    def follow(self, course: Course | None, lights: Floats | None = None) -> None:
        """Be on a way from now on, or at rest.

        Parameters
        ----------
        course : Course or None
        lights : ndarray of float32, shape (n, 4), optional
            Colour and fame of each artist at the start of a new way. None: as they are.
        """
        before = self.stars.movement
        if course is None:
            self.stars.movement = None
        elif before is None or before.course is not course:
            order = self._arrangement.order
            start = self.stars.lights if lights is None else lights.take(order, axis=0)
            fame = self.world.fame[order]
            at_home = before is None and course.leg.start is self.world.positions
            made = Movement(
                self._arrangement, course, start, fame, self._palette, before, at_home=at_home
            )
            self.stars.movement = made
        if before is not None and before is not self.stars.movement:
            before.delete()

    @property
    def bytes(self) -> int:
        """How large its largest buffer is."""
        movement = self.stars.movement
        return max(self.connections.bytes, 0 if movement is None else movement.bytes)

    @property
    def line_light(self) -> float:
        """Factor of the light of its connections."""
        course = self.course
        return 1.0 if course is None else course.lines

    @property
    def has_stars(self) -> bool:
        """Whether any of its stars is to be drawn."""
        movement = self.stars.movement
        there = movement is None or movement.there is None or bool(movement.there.any())
        return there and not self.outshone

    def go_on(self, *, patient: bool) -> None:
        """Do a little of what is left to do for the way, or all of it."""
        if self.stars.movement is not None:
            self.stars.movement.follow(patient=patient)

    @property
    def lights(self) -> Floats:
        """Colour and fame of each artist now, float32 of shape (n, 4)."""
        lights: Floats = self.stars.lights.take(self._arrangement.place, axis=0)
        return lights

    def recolour(self, palette: Palette) -> None:
        """Take other colours."""
        self._palette = palette
        self.stars.recolour(palette)

    def delete(self) -> None:
        """Give the graphics memory back."""
        self.follow(None)
        self.stars.delete()
        self.connections.delete()
