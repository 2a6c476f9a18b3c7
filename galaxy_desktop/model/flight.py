"""`Flight`: where the camera is, and everything that moves it.

Input changes goals and speeds; `step` lets time pass. Between two ticks of a fixed clock all motion
is in closed form, and what depends on the place (the speed among stars, bounds, coming to rest) is
looked at on ticks alone, so the path is the same at any frame rate.

Lengths given to methods are logical pixels of the picture, as the mouse moves: right and down.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model import framing
from galaxy_desktop.model.fade import Fade
from galaxy_desktop.model.fly import MOVES, Fly
from galaxy_desktop.model.motion import Motion
from galaxy_desktop.model.orbit import Orbit
from galaxy_desktop.model.pose import Pose, Vector, looking_at
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.springs import Spring
from galaxy_desktop.model.state import Mode
from galaxy_desktop.model.surroundings import Nearest
from galaxy_desktop.model.trip import Trip

Floats = npt.NDArray[np.float64]

FOVS = (30.0, 110.0)
"""Bounds of the field of view in degrees."""

_TICK = 1 / 60
_LONGEST_STEP = 0.1
"""After a stall of the window, no more time than this passes."""
_DRAGGED, _LOOKED = 0.0045, 0.0024
"""Radians per pixel in orbit mode, and in fly mode at 60 degrees."""
_ZOOMED = 4.0
"""Degrees of field of view for one notch of the wheel."""
_HELD_IN_ORBIT = frozenset({"turn_left", "turn_right", "turn_up", "turn_down", "nearer", "farther"})
_HELD_IN_FLY = MOVES | {"turn_left", "turn_right", "turn_up", "turn_down"}
_FACTORS = frozenset({"faster", "slower"})
HELD = _HELD_IN_ORBIT | _HELD_IN_FLY | _FACTORS
"""The actions that last as long as their key is held: what `press` takes."""


class Flight:
    """The camera of a window.

    Parameters
    ----------
    radius : float
        R of the galaxy, in its units.
    centre : array_like, shape (3,)
        Of the galaxy.
    nearest : callable or None
        From a place to the distance of the nearest star: `surroundings.nearest_star`.
    settings : Settings
    home : Pose, optional
        Where it starts and `go_home` goes to: `framing.home_pose`. Default 3 R off the centre.

    Attributes
    ----------
    height : float
        Of the picture in logical pixels; to be set when it changes.
    aspect : float
        Width over height of the picture; to be set when it changes.
    home : Pose
    """

    def __init__(
        self,
        radius: float,
        centre: npt.ArrayLike,
        nearest: Nearest | None,
        settings: Settings,
        home: Pose | None = None,
    ) -> None:
        self.height, self.aspect = 800.0, 1.6
        self._mode: Mode = "orbit"
        self._settings = settings
        self._held: set[str] = set()
        self._trip: Trip | None = None
        self._gone = 0.0
        self._focus: Floats | None = None
        self._fade = Fade()
        self._to_tick = _TICK
        self._orbit = Orbit(radius, centre)
        self._fly = Fly(radius, nearest)
        self._fov = Spring([settings.fov], [14.0])
        self.set_world(radius, centre, nearest, home)
        self.apply(settings)
        self._place(self.home, Motion(), self._centre)
        self._orbit.spinning = settings.rotate and not settings.reduced_motion
        self._pose = self._now()
        self._stale = True

    # -- What is -------------------------------------------------------------------------------

    @property
    def pose(self) -> Pose:
        """Where the camera was after the last step."""
        return self._pose

    @property
    def mode(self) -> Mode:
        """How it is moved: "orbit" or "fly"."""
        return self._mode

    @property
    def moving(self) -> bool:
        """Whether the next step may change anything; if not, no step is needed until an input."""
        return not self.steady or (self._mode == "orbit" and self._orbit.turning_by_itself)

    @property
    def steady(self) -> bool:
        """Whether nothing moves the camera, or the orbit's own slow rotation alone."""
        driver = self._orbit if self._mode == "orbit" else self._fly
        return not (
            self._stale
            or self._trip
            or self._fade.busy
            or self._fov.rate.any()
            or (self._fov.value != self._fov.goal).any()
            or not driver.resting
        )

    @property
    def travelling(self) -> bool:
        """Whether it is on its way to somewhere by itself."""
        return self._trip is not None or self._fade.pending is not None

    @property
    def destination(self) -> Pose | None:
        """Where it is on its way to."""
        return self._trip.end if self._trip else self._fade.pending

    @property
    def pivot(self) -> Vector | None:
        """What the orbit turns around; None in fly mode."""
        return self._orbit.pivot if self._mode == "orbit" else None

    @property
    def rotating(self) -> bool:
        """Whether the orbit turns by itself."""
        return self._mode == "orbit" and self._orbit.spinning

    @property
    def fade(self) -> float:
        """How dark the picture is while it goes elsewhere in one jump: 0 (not) to 1 (black)."""
        return self._fade.darkness

    @property
    def velocity(self) -> Floats:
        """How the position moves, galaxy units per second, shape (3,)."""
        return self._motion().velocity

    @property
    def cruise(self) -> float:
        """The speed of flying that the place, the settings and the wheel give, R per second."""
        return self._fly.cruise / self._radius

    @property
    def speed_factor(self) -> float:
        """What the wheel has made of the speed of flying: 1 as it was."""
        return self._fly.factor

    # -- What is set ---------------------------------------------------------------------------

    def set_world(
        self,
        radius: float,
        centre: npt.ArrayLike,
        nearest: Nearest | None,
        home: Pose | None = None,
    ) -> None:
        """Move in another galaxy from now on, from where the camera is. Parameters as above."""
        self._radius = radius
        self._centre: Floats = np.array(centre, np.float64)
        self._orbit.set_world(radius, self._centre)
        self._fly.set_world(radius, nearest)
        away = self._centre + radius * np.array([0.96, 0.83, 2.72])
        self.home = home or looking_at(away, self._centre, self._settings.fov)

    def apply(self, settings: Settings) -> None:
        """Take the user's choices over."""
        before, self._settings = self._settings, settings
        self._fly.adaptive, self._fly.pace = settings.adaptive_speed, settings.speed
        if settings.fov != before.fov:
            self._set_fov(settings.fov)
        if settings.reduced_motion:
            self._orbit.spinning = False
            if self._trip:
                self._fade.begin(self._trip.end)
                self._trip = None
        if settings.rotate != before.rotate:
            self.rotate(settings.rotate)
        self._stale = True

    def rotate(self, on: bool) -> None:
        """Let the orbit turn by itself, or no longer. With reduced motion it never does."""
        self._orbit.spinning = on and not self._settings.reduced_motion

    def set_mode(self, mode: Mode) -> None:
        """Move in another way from now on, from where the camera is, at the speed it has."""
        if mode != self._mode:
            pose, motion = self._now(), self._motion()
            self._take_over()
            self._mode = mode
            self._place(pose, motion, self._focus)
            self._hold()

    def jump(self, pose: Pose, pivot: npt.ArrayLike | None = None) -> None:
        """Be there at once. `pivot` is about what to orbit, where known."""
        self._trip = None
        self._fade.pending = None
        self._focus = None if pivot is None else np.array(pivot, np.float64)
        self._place(pose, Motion(), self._focus)
        self._fov.reset([pose.fov])
        self._hold()

    # -- Input ---------------------------------------------------------------------------------

    def press(self, action: str) -> None:
        """Begin an action of `HELD`."""
        self._held.add(action)
        if action in (_HELD_IN_ORBIT if self._mode == "orbit" else _HELD_IN_FLY):
            self._take_over()
        self._hold()

    def release(self, action: str) -> None:
        """End it."""
        self._held.discard(action)
        self._hold()

    def release_all(self) -> None:
        """End all of them: the window has lost the keyboard."""
        self._held.clear()
        self._hold()

    def touch(self) -> None:
        """Let the galaxy no longer turn by itself: a hand is on it."""
        self._orbit.spinning = False

    def turn(self, dx: float, dy: float) -> None:
        """Turn with the mouse: by dragging in orbit mode, by looking around in fly mode."""
        self._take_over()
        angle = self._settings.mouse_speed
        if self._mode == "orbit":
            self._orbit.turn(dx * angle * _DRAGGED, dy * angle * _DRAGGED)
        else:
            # Seen through a narrow field of view, the same turn is a longer way in the picture.
            angle *= _LOOKED * float(self._fov.value[0]) / 60
            self._fly.look(dx * angle, dy * angle * (-1 if self._settings.invert_y else 1))

    def pan(self, dx: float, dy: float) -> None:
        """Move what is under the mouse, as far as the pivot, with it. Orbit mode only."""
        self._take_over()
        if self._mode == "orbit":
            share = 1 / Pose(fov=float(self._fov.value[0])).focal(self.height)
            self._orbit.pan(dx * share, dy * share)

    def wheel(self, steps: float, towards: Floats | None = None) -> None:
        """Go nearer (orbit), or set the speed (fly).

        Parameters
        ----------
        steps : float
            Notches of the wheel, forwards positive.
        towards : ndarray of float64, shape (3,), optional
            The direction of the cursor (`Pose.ray`): what is there stays there in orbit mode.
        """
        if self._mode == "orbit":
            self._take_over()
            self._orbit.approach(steps, towards)
        else:
            self._fly.change_speed(steps)
        self._stale = True

    def zoom(self, steps: float) -> None:
        """Narrow the field of view, or widen it with negative steps."""
        self._take_over()
        self._set_fov(float(self._fov.goal[0]) - _ZOOMED * steps)

    # -- Ways to somewhere -----------------------------------------------------------------------

    def fly_to(
        self, point: npt.ArrayLike, size: float | None = None, angle: float = framing.STAR_ANGLE
    ) -> None:
        """Fly to where a star fills a set angle.

        Parameters
        ----------
        point : array_like, shape (3,)
        size : float, optional
            The star's diameter in galaxy units. None: stop where its neighbours are well seen.
        angle : float
            Radians that it is to fill.
        """
        goal = np.array(point, np.float64)
        stop = framing.stop_distance(self._radius, size, angle)
        end = framing.arrival(self._now(), goal, stop)
        self._set_out(replace(end, fov=float(self._fov.goal[0])), goal, goal)

    def go_to(self, pose: Pose, pivot: npt.ArrayLike | None = None) -> None:
        """Fly to a pose. `pivot` is about what to orbit there, where known."""
        self._set_out(pose, None if pivot is None else np.array(pivot, np.float64), None)

    def go_home(self) -> None:
        """Fly to where the whole galaxy is seen, and let it turn again if that is wished."""
        self.go_to(replace(self.home, fov=self._settings.fov), self._centre)
        self.rotate(self._settings.rotate)

    def frame(self, points: npt.NDArray[np.floating[Any]]) -> None:
        """Fly to where all points, shape (n, 3), are in the picture, with the look as it is."""
        look = replace(self._now(), fov=float(self._fov.goal[0]))
        least = framing.stop_distance(self._radius, None)
        self.go_to(*framing.frame(points, look, self.aspect, least))

    # -- Time ------------------------------------------------------------------------------------

    def step(self, dt: float) -> bool:
        """Let `dt` seconds pass, 0.1 at the most; return whether the pose or the fade changed."""
        dt = max(0.0, min(_LONGEST_STEP, dt))
        before, darkness = self._pose, self.fade
        self._stale = False
        while dt > 0 and self.moving:
            part = min(dt, self._to_tick)
            self._advance(part)
            dt -= part
            self._to_tick -= part
            if self._to_tick < 1e-9:
                self._to_tick = _TICK
                self._tick()
        self._pose = self._now()
        return self._pose != before or self.fade != darkness

    def _advance(self, dt: float) -> None:
        """Let no more time pass than up to the next tick."""
        arrived = self._fade.advance(dt)
        if arrived is not None:
            self.jump(arrived, self._focus)
        if self._trip:
            self._gone += dt
            if self._gone < self._trip.duration:
                return
            end, self._trip = self._trip.end, None
            self._place(end, Motion(), self._focus)
            self._fov.reset([end.fov])
            self._hold()
            return
        (self._orbit if self._mode == "orbit" else self._fly).advance(dt)
        self._fov.step(dt)

    def _tick(self) -> None:
        if self._trip:
            return
        if self._mode == "orbit":
            self._orbit.tick()
        else:
            self._fly.tick(_TICK)
        self._fov.rest_within(1e-4)

    # -- Within ----------------------------------------------------------------------------------

    def _now(self) -> Pose:
        if self._trip:
            return self._trip.pose(self._gone)
        pose = self._orbit.pose if self._mode == "orbit" else self._fly.pose
        return replace(pose, fov=float(self._fov.value[0]))

    def _motion(self) -> Motion:
        if self._trip:
            return self._trip.motion(self._gone)
        return self._orbit.motion if self._mode == "orbit" else self._fly.motion

    def _set_out(self, end: Pose, focus: Floats | None, face: Floats | None) -> None:
        """Begin the way to `end`."""
        self.touch()
        if self._settings.reduced_motion:
            self._take_over()
            self._focus = focus
            self._fade.begin(end)
            return
        self._trip = Trip(self._now(), self._motion(), end, self._radius, self._centre, face)
        self._gone, self._focus = 0.0, focus

    def _take_over(self) -> None:
        """Leave the camera to the hand, where it is and as fast as it is."""
        self.touch()
        self._stale = True
        self._fade.pending = None
        if self._trip:
            pose, motion = self._now(), self._motion()
            self._trip = None
            self._fov.reset([pose.fov])
            self._place(pose, motion, self._focus)
            self._hold()

    def _place(self, pose: Pose, motion: Motion, focus: Floats | None) -> None:
        """Hand the camera to the mode that is on."""
        self._stale = True
        if self._mode == "orbit":
            self._orbit.enter(pose, motion, self._pivot_depth(pose, focus))
        else:
            self._fly.enter(pose, motion)

    def _pivot_depth(self, pose: Pose, focus: Floats | None) -> float:
        """Return how far before the camera the pivot is to be.

        As far as what is orbited, if that is before the camera; else as far as the galaxy's centre;
        else, among the outer stars with the centre behind, a little way ahead.
        """
        for point in (focus, self._centre):
            if point is None:
                continue
            away = point - pose.position
            ahead = float(away @ pose.forward)
            if ahead > 0.5 * float(np.linalg.norm(away)) and ahead > 1e-4 * self._radius:
                return ahead
        return 0.3 * self._radius

    def _hold(self) -> None:
        held: Set[str] = frozenset(self._held)
        self._stale = True
        if self._mode == "orbit":
            self._orbit.hold(held)
        else:
            self._fly.hold(held)

    def _set_fov(self, degrees: float) -> None:
        self._fov.goal[:] = max(FOVS[0], min(FOVS[1], degrees))
        self._stale = True
