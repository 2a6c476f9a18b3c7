"""`Gliding`: where the artists of a world are seen while the galaxy re-forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.course import Course, Floats, Leg, Some
from galaxy_desktop.model.extent import Extent
from galaxy_desktop.model.pose import Vector
from galaxy_desktop.model.world import World

SECONDS = 1.2
"""From one shape of the galaxy to the next."""
CROSS_FADE = 0.4
"""Seconds in which one shape fades into the next with reduced motion."""
MOST_FADING = 2
"""So many galaxies may be fading away at once; an older one is gone by then, or nearly."""

_ALL = slice(None)
_COAST = 0.25
"""Of what it would do in the time of a way, a star that has no goal any more still does."""
_ENOUGH = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Fading:
    """A galaxy on its way out, under the one that has taken over.

    Attributes
    ----------
    world : World
    course : Course
    found : ndarray of intp, shape (n,), or None
        The index of each of its artists in the world that took over, -1 for one that is gone;
        None: nobody glides from one to the other.
    """

    world: World
    course: Course
    found: npt.NDArray[np.intp] | None = None


class Gliding:
    """Where the artists of a world are seen: at their places, or on the way to others.

    Picking asks for every star's place (`places`), the speed of flying for the nearest of a sample
    (`nearest`): while stars move, no tree knows where they are.

    Parameters
    ----------
    world : World

    Attributes
    ----------
    world : World
    course : Course or None
        None: all are where the world says.
    fading : tuple of Fading
        The galaxies that are fading away, the latest last.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.course: Course | None = None
        self.fading: tuple[Fading, ...] = ()

    def ahead(self, seconds: float) -> Gliding:
        """Return what is going to be seen after a while; these go on by themselves."""
        then = Gliding(self.world)
        if self.course is not None:
            then.course = Course(self.course.leg, self.course.gone)
        then.fading = tuple(
            replace(fading, course=Course(fading.course.leg, fading.course.gone))
            for fading in self.fading
        )
        then.step(seconds)
        return then

    @property
    def moving(self) -> bool:
        """Whether anything is still under way."""
        return bool(self.fading) or (self.course is not None and not self.course.arrived)

    @property
    def travelling(self) -> bool:
        """Whether any star is on its way; those that only fade in or out stay where they are."""
        course = self.course
        if course is None or course.arrived:
            return False
        return course.leg.drifts or not np.array_equal(course.leg.start, course.leg.goal)

    @property
    def displaced(self) -> bool:
        """Whether artists may be seen elsewhere than the world says, or not at all."""
        return self.course is not None

    @property
    def stamp(self) -> tuple[Any, ...]:
        """What is equal for two moments if, and only if, the same is seen at both."""
        courses = [fading.course for fading in self.fading]
        if self.course is not None:
            courses.append(self.course)
        return tuple((course.leg, course.gone) for course in courses)

    @property
    def extent(self) -> Extent:
        """What the galaxy measures as it is seen."""
        return Extent.of(self.world) if self.course is None else self.course.extent

    def places(self, artists: Some = _ALL) -> Floats:
        """Return where some artists are seen, float32 of shape (k, 3)."""
        course, world = self.course, self.world
        return world.positions[artists] if course is None else course.places(artists)

    def presence(self, artists: Some = _ALL) -> Floats:
        """Return how much of some stars is there, 0 to 1, float32 of shape (k,)."""
        if self.course is None:
            return np.ones(len(self.world), np.float32)[artists]
        return self.course.presence(artists)

    def nearest(self, place: Vector) -> float:
        """Return about how far the nearest star is from a place as the stars are seen now.

        Of many only some are looked at; as these stand farther apart, all are that much nearer.
        """
        each = -(-len(self.world) // _ENOUGH)
        away = self.places(slice(None, None, each)) - np.array(place, np.float32)
        return float(np.sqrt(np.einsum("ij,ij->i", away, away).min()) / each ** (1 / 3))

    # -- What sets them off ----------------------------------------------------------------------

    def glide(self, goal: npt.ArrayLike, seconds: float = SECONDS, *, fade: bool = False) -> None:
        """Let every star set off to another place from where it is seen now.

        Parameters
        ----------
        goal : array_like of float, shape (n, 3)
            A row that is not finite: that artist fades away.
        seconds : float
            How long it takes.
        fade : bool
            With reduced motion: the shape that is seen fades into the next, and nothing glides.

        Raises
        ------
        ValueError
            It is not one place for each artist.
        """
        places = np.array(goal, np.float32)
        if places.shape != (len(self.world), 3):
            raise ValueError(f"{len(self.world)} artists cannot go to {places.shape} places")
        # A sum is finite if all that is added is, and by columns it is fast.
        there = np.isfinite(places[:, 0] + places[:, 1] + places[:, 2])
        extent = self.extent.for_places(self.world, places if there.all() else places[there])
        if fade:
            self._fade_into(places, there, extent)
            return
        start, drift, before = self._now(seconds)
        if not there.all():
            places[~there] = start[~there] + drift[~there] * np.float32(_COAST)
        drifts = self.course is not None
        lines = (1.0 if self.course is None else self.course.lines, 1.0)
        after = there.astype(np.float32)
        extents = self.extent, extent
        leg = Leg(start, places, drift, before, after, lines, extents, seconds, drifts)
        self.course = Course(leg)

    def reformed(
        self,
        world: World,
        found: npt.NDArray[np.intp],
        seconds: float = SECONDS,
        *,
        fade: bool = False,
    ) -> Gliding:
        """Return the gliding of another world that takes over from what is seen now.

        Its artists set off from where they are seen, or fade in at their places; what there is no
        more fades away.

        Parameters
        ----------
        world : World
        found : ndarray of intp, shape (n,)
            The new index of each artist of the old world, -1 for one that is gone.
        seconds, fade
            As above.
        """
        new = Gliding(world)
        extent = Extent.of(world)
        start, drift, before = self._now(seconds)
        kept = found >= 0
        goal = start + drift * np.float32(_COAST)
        lines = 1.0 if self.course is None else self.course.lines
        if fade:
            new._cross(self, world.positions, np.ones(len(world), np.float32), extent)
            return new
        if len(kept) == len(world) and np.array_equal(found, np.arange(len(kept))):
            # The same artists, as after most rebuilds: nothing has to be sorted anew.
            goal, came, way, there = world.positions, start, drift, before
        else:
            goal[kept] = world.positions[found[kept]]
            came = world.positions.copy()
            came[found[kept]] = start[kept]
            way = np.zeros_like(came)
            way[found[kept]] = drift[kept]
            there = np.zeros(len(world), np.float32)
            there[found[kept]] = before[kept]
        # The new world draws the stars that both have; the old one its connections, and the gone.
        old = Leg(
            start,
            goal,
            drift,
            np.where(kept, np.float32(0), before),
            np.zeros(len(start), np.float32),
            (lines, 0.0),
            (self.extent, extent),
            seconds,
            self.course is not None,
            before,
        )
        leg = Leg(
            came,
            world.positions,
            way,
            there,
            np.ones(len(world), np.float32),
            (0.0, 1.0),
            (self.extent, extent),
            seconds,
            self.course is not None,
        )
        new.course = Course(leg)
        new.fading = (*self.fading, Fading(self.world, Course(old), found))[-MOST_FADING:]
        return new

    def step(self, seconds: float) -> bool:
        """Let time pass; return whether what is seen changed."""
        if not self.moving:
            return False
        for fading in self.fading:
            fading.course.step(seconds)
        self.fading = tuple(each for each in self.fading if not each.course.arrived)
        if self.course is not None:
            self.course.step(seconds)
            if self.course.arrived and self._at_home(self.course.leg):
                self.course = None
        return True

    # -- Within ----------------------------------------------------------------------------------

    def _now(self, seconds: float) -> tuple[Floats, Floats, Floats]:
        """Return places, drifts over so many seconds, and presence of all, as they are now."""
        if self.course is None:
            places = self.world.positions
            return places, np.zeros_like(places), np.ones(len(places), np.float32)
        drift = self.course.pace() * np.float32(seconds)
        return self.course.places(), drift, self.course.presence()

    def _fade_into(self, places: Floats, there: npt.NDArray[np.bool_], extent: Extent) -> None:
        start = self._now(CROSS_FADE)[0]
        places[~there] = start[~there]
        seen = Gliding(self.world)
        seen.course, seen.fading = self.course, self.fading
        self._cross(seen, places, there.astype(np.float32), extent)

    def _cross(self, seen: Gliding, places: Floats, after: Floats, extent: Extent) -> None:
        """Come out of the dark at some places, while what is seen goes into it where it is."""
        start, _, before = seen._now(CROSS_FADE)
        still, dark = np.zeros_like(start), np.zeros(len(start), np.float32)
        lines = 1.0 if seen.course is None else seen.course.lines
        extents = seen.extent, extent
        out = Leg(
            start, start, still, before, dark, (lines, 0.0), extents, CROSS_FADE, False, before
        )
        still, dark = np.zeros_like(places), np.zeros(len(places), np.float32)
        leg = Leg(places, places, still, dark, after, (0.0, 1.0), extents, CROSS_FADE, False, after)
        self.course = Course(leg)
        self.fading = (*seen.fading, Fading(seen.world, Course(out)))[-MOST_FADING:]

    def _at_home(self, leg: Leg) -> bool:
        """Return whether a leg ends with all at the places that the world says."""
        positions = self.world.positions
        same = leg.goal is positions or np.array_equal(leg.goal, positions)
        return same and bool(leg.after.all())
