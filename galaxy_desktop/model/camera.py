"""`Camera`: a pose, whoever moves it at present, and how time passes for it.

Between two ticks of a fixed clock all motion is in closed form, and what depends on the place (the
speed among stars, bounds, coming to rest) is looked at on ticks alone, so the path is the same at
any frame rate.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.fade import Fade
from galaxy_desktop.model.fly import Fly
from galaxy_desktop.model.motion import Motion
from galaxy_desktop.model.orbit import Orbit
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.springs import Spring
from galaxy_desktop.model.state import Mode
from galaxy_desktop.model.surroundings import Nearest
from galaxy_desktop.model.trip import Trip

Floats = npt.NDArray[np.float64]

_TICK = 1 / 60
_MOMENT = 1e-9
"""Seconds too short to tell from rounding."""


class Camera:
    """One of four moves it: the orbit, the craft, a trip, a jump in the dark.

    Parameters
    ----------
    radius : float
        R of the galaxy, in its units.
    centre : array_like, shape (3,)
        Of the galaxy.
    nearest : callable or None
        From a place to the distance of the nearest star.
    fov : float
        Vertical field of view in degrees.

    Attributes
    ----------
    mode : {"orbit", "fly"}
        Which of the two has it when it is not on its way to somewhere.
    orbit : Orbit
    fly : Fly
    fov : Spring
        The field of view, shape (1,).
    trip : Trip or None
        The flight to somewhere that is under way.
    fade : Fade
    held : set of str
        The actions whose keys are down.
    """

    def __init__(
        self, radius: float, centre: npt.ArrayLike, nearest: Nearest | None, fov: float
    ) -> None:
        self.mode: Mode = "orbit"
        self.orbit = Orbit(radius, centre)
        self.fly = Fly(radius, nearest)
        self.fov = Spring([fov], [14.0])
        self.trip: Trip | None = None
        self.fade = Fade()
        self.held: Set[str] = frozenset()
        self._gone = 0.0
        self._to_tick = _TICK
        self._focus: Floats | None = None
        self.set_world(radius, centre, nearest)

    def set_world(self, radius: float, centre: npt.ArrayLike, nearest: Nearest | None) -> None:
        """Move in another galaxy from now on, from where it is."""
        self.radius = radius
        self.centre: Floats = np.array(centre, np.float64)
        self.orbit.set_world(radius, self.centre)
        self.fly.set_world(radius, nearest)

    @property
    def pose(self) -> Pose:
        """Where it is."""
        if self.trip:
            return self.trip.pose(self._gone)
        return replace(self._driver.pose, fov=float(self.fov.value[0]))

    @property
    def motion(self) -> Motion:
        """How fast it moves."""
        return self.trip.motion(self._gone) if self.trip else self._driver.motion

    @property
    def moved(self) -> bool:
        """Whether anything but the orbit's own rotation changes it as time passes."""
        still = self._driver.resting and self.fov.resting and not self.fade.busy
        return self.trip is not None or not still

    @property
    def active(self) -> bool:
        """Whether anything changes it as time passes."""
        return self.moved or (self.mode == "orbit" and self.orbit.turning_by_itself)

    @property
    def arrives_in(self) -> float:
        """How many seconds it takes until it comes back to its mode; infinite if it has it."""
        left = self.trip.duration - self._gone if self.trip else self.fade.jumps_in
        return max(_MOMENT, left)

    def pass_time(self, dt: float) -> None:
        """Let `dt` seconds pass, as far as anything moves."""
        while dt > 0 and self.active:
            part = min(dt, self._to_tick, self.arrives_in)
            self._advance(part)
            dt -= part
            self._to_tick -= part
            if self._to_tick < _MOMENT:
                self._to_tick = _TICK
                self._tick()
        if not self.active:
            # The clock starts anew with the next motion.
            self._to_tick = _TICK

    def switch(self, mode: Mode) -> None:
        """Hand it to the other mode as it is and moves."""
        pose, motion = self.pose, self.motion
        self.take_over()
        self.mode = mode
        self._place(pose, motion)

    def jump(self, pose: Pose, focus: Floats | None) -> None:
        """Put it there, at rest. Shape of `focus`, what is of interest there: (3,)."""
        self.trip, self.fade.pending, self._focus = None, None, focus
        self.fov.reset([pose.fov])
        self._place(pose, Motion())

    def set_out(self, end: Pose, focus: Floats | None, face: Floats | None) -> None:
        """Fly to `end`, turned to `face` on the way."""
        self.trip = Trip(self.pose, self.motion, end, self.radius, self.centre, face)
        self._gone, self._focus = 0.0, focus

    def fade_to(self, end: Pose, focus: Floats | None) -> None:
        """Jump to `end` in the dark."""
        self.take_over()
        self._focus = focus
        self.fade.begin(end)

    def carry(self, way: Floats) -> None:
        """Move it, and where it is on its way to, by `way`, shape (3,), along with what it sees."""
        self.orbit.carry(way)
        self.fly.carry(way)
        if self.trip:
            self.trip.carry(way)
        if self.fade.pending is not None:
            self.fade.pending = self.fade.pending.moved(way)
        if self._focus is not None:
            self._focus = self._focus + way

    def take_over(self) -> None:
        """End what it does by itself, and leave it to its mode as it is and moves."""
        self.orbit.spinning = False
        self.fade.pending = None
        if self.trip:
            pose, motion = self.pose, self.motion
            self.trip = None
            self.fov.reset([pose.fov])
            self._place(pose, motion)

    def hold(self, held: Set[str]) -> None:
        """Say which keys are held from now on."""
        self.held = frozenset(held)
        self._driver.hold(self.held)

    @property
    def _driver(self) -> Orbit | Fly:
        return self.orbit if self.mode == "orbit" else self.fly

    def _advance(self, dt: float) -> None:
        """Let no more time pass than up to the next tick, or arrival."""
        end = self.fade.advance(dt)
        if self.trip:
            self._gone += dt
            if self._gone < self.trip.duration - _MOMENT:
                return
            end = self.trip.end
        if end is not None:
            self.jump(end, self._focus)
            return
        self._driver.advance(dt)
        if not self.fov.resting:
            self.fov.step(dt)

    def _tick(self) -> None:
        if not self.trip:
            self._driver.tick(_TICK)
            if not self.fov.resting:
                self.fov.rest_within(1e-4)

    def _place(self, pose: Pose, motion: Motion) -> None:
        """Hand it to its mode."""
        if self.mode == "orbit":
            self.orbit.enter(pose, motion, self._pivot_depth(pose))
        else:
            self.fly.enter(pose, motion)
        self._driver.hold(self.held)

    def _pivot_depth(self, pose: Pose) -> float:
        """Return how far before it the orbit's pivot is to be.

        As far as what is of interest, if that is before the camera; else as far as the galaxy's
        centre; else, among the outer stars with the centre behind, a little way ahead.
        """
        for point in (self._focus, self.centre):
            if point is None:
                continue
            away = point - pose.position
            ahead = float(away @ pose.forward)
            if ahead > 0.5 * float(np.linalg.norm(away)) and ahead > 1e-4 * self.radius:
                return ahead
        return 0.3 * self.radius
