"""`Body`: the stars and connections of one galaxy, at rest or on their way."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.course import Course
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.arrangement import arrange
from galaxy_desktop.scene.connections import Connections
from galaxy_desktop.scene.movement import Movement
from galaxy_desktop.scene.palettes import Palette
from galaxy_desktop.scene.programs import Programs
from galaxy_desktop.scene.stars import Stars
from galaxy_desktop.scene.way import shown_lights, way_of

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
            if before is not None:
                before.delete()
        elif before is None:
            way = way_of(self.world, course.leg, self._palette, lights)
            self.stars.movement = Movement(self._arrangement, way, course)
        elif before.course.leg is course.leg:
            before.course = course
        else:
            left = before.way, before.course
            # To fill the same buffer takes a fraction of the time.
            before.become(way_of(self.world, course.leg, self._palette, lights, left))
            before.course = course

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

    @property
    def lights(self) -> Floats:
        """Colour and fame of each artist now, float32 of shape (n, 4)."""
        moves = self.stars.movement
        return shown_lights(
            self.world, self._palette, None if moves is None else (moves.way, moves.course)
        )

    def recolour(self, palette: Palette) -> None:
        """Take other colours."""
        self._palette = palette
        self.stars.recolour(palette)

    def delete(self) -> None:
        """Give the graphics memory back."""
        self.follow(None)
        self.stars.delete()
        self.connections.delete()
