"""`Flight`: what a user does to move through the galaxy, and where that has led.

Lengths are logical pixels of the picture, as the mouse moves: right and down.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model import framing
from galaxy_desktop.model.camera import Camera
from galaxy_desktop.model.fly import HELD_IN_FLY, HELD_WITH_OTHERS
from galaxy_desktop.model.group_view import group_view
from galaxy_desktop.model.orbit import HELD_IN_ORBIT
from galaxy_desktop.model.pose import Pose, Vector, looking_at
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import Mode
from galaxy_desktop.model.surroundings import Nearest

Floats = npt.NDArray[np.float64]

FOVS = (30.0, 110.0)
"""Bounds of the field of view in degrees."""
HELD = HELD_IN_ORBIT | HELD_IN_FLY | HELD_WITH_OTHERS
"""The actions that last as long as their key is held: what `Flight.press` takes."""

LONGEST_STEP = 0.1
"""Seconds. After a stall of the window, no more time than this passes."""
_DRAGGED, _LOOKED = 0.0045, 0.0024
"""Radians per pixel in orbit mode, and in fly mode at 60 degrees."""
_ZOOMED = 4.0
"""Degrees of field of view for one notch of the wheel."""


class Flight:
    """The camera of a window, in a user's hands.

    Parameters
    ----------
    radius : float
        R of the galaxy, in its units.
    centre : array_like, shape (3,)
        Of the galaxy: `framing.heart`.
    nearest : callable or None
        From a place to the distance of the nearest star: `surroundings.nearest_star`.
    settings : Settings
    home : Pose, optional
        Where it starts and `go_home` goes to: `framing.home_pose`. Default some 3 R off the centre.
    star_unit : float, optional
        What stars are measured in, as by `World.star_unit`. Default R.

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
        star_unit: float | None = None,
    ) -> None:
        self.height, self.aspect = 800.0, 1.6
        self._settings = settings
        self._held: set[str] = set()
        self._camera = Camera(radius, centre, nearest, settings.fov)
        self.set_world(radius, centre, nearest, home, star_unit)
        self.apply(settings)
        self.jump(self.home, centre)
        self.rotate(settings.rotate)
        self._told = self._pose

    # -- What is -------------------------------------------------------------------------------

    @property
    def pose(self) -> Pose:
        """Where the camera is since the last step or jump."""
        return self._pose

    @property
    def mode(self) -> Mode:
        """How it is moved: "orbit" or "fly"."""
        return self._camera.mode

    @property
    def moving(self) -> bool:
        """Whether the next step may change anything; if not, no step is needed until an input."""
        return self._stale or self._camera.active

    @property
    def steady(self) -> bool:
        """Whether nothing moves the camera, or the orbit's own slow rotation alone."""
        return not self._stale and not self._camera.moved

    @property
    def travelling(self) -> bool:
        """Whether it is on its way to somewhere by itself."""
        return self.destination is not None

    @property
    def destination(self) -> Pose | None:
        """Where it is on its way to."""
        return self._camera.trip.end if self._camera.trip else self._camera.fade.pending

    @property
    def arrives_in(self) -> float:
        """How many seconds it takes until it is there; infinite if it goes nowhere by itself."""
        return self._camera.arrives_in

    @property
    def pivot(self) -> Vector | None:
        """What the orbit turns around; None in fly mode."""
        return self._camera.orbit.pivot if self.mode == "orbit" else None

    @property
    def rotating(self) -> bool:
        """Whether the orbit turns by itself."""
        return self.mode == "orbit" and self._camera.orbit.spinning

    @property
    def fade(self) -> float:
        """How dark the picture is while it goes elsewhere in one jump: 0 (not) to 1 (black)."""
        return self._camera.fade.darkness

    @property
    def velocity(self) -> Floats:
        """How the position moves, galaxy units per second, shape (3,)."""
        return self._camera.motion.velocity

    @property
    def cruise(self) -> float:
        """The speed of flying that place, settings, wheel and keys give, R per second."""
        return self._camera.fly.cruise / self._camera.radius

    @property
    def speed_factor(self) -> float:
        """What the wheel has made of the speed of flying: 1 as it was."""
        return self._camera.fly.factor

    @property
    def wanted_fov(self) -> float:
        """The field of view that was set; the one of `pose` is on its way there."""
        return float(self._camera.fov.goal[0])

    # -- What is set ---------------------------------------------------------------------------

    def set_world(
        self,
        radius: float,
        centre: npt.ArrayLike,
        nearest: Nearest | None,
        home: Pose | None = None,
        star_unit: float | None = None,
    ) -> None:
        """Move in another galaxy from now on, from where the camera is. Parameters as above."""
        self._camera.set_world(radius, centre, nearest)
        away = self._camera.centre + radius * np.array([0.96, 0.83, 2.72])
        self.home = home or looking_at(away, centre, self._settings.fov)
        self._survey = framing.SURVEY * (radius if star_unit is None else star_unit)
        self._stale = True

    def apply(self, settings: Settings) -> None:
        """Take the user's choices over."""
        before, self._settings = self._settings, settings
        fly = self._camera.fly
        fly.adaptive, fly.pace = settings.adaptive_speed, settings.speed
        if settings.fov != before.fov:
            self._set_fov(settings.fov)
        if settings.reduced_motion:
            self.rotate(False)
            if end := self.destination:
                self.go_to(end, self._focus)
        if settings.rotate != before.rotate:
            self.rotate(settings.rotate)
        self._stale = True

    def rotate(self, on: bool) -> None:
        """Let the orbit turn by itself, or no longer. With reduced motion it never does."""
        self._camera.orbit.spinning = on and not self._settings.reduced_motion
        self._stale = True

    def set_mode(self, mode: Mode) -> None:
        """Move in another way from now on, from where the camera is, at the speed it has."""
        if mode != self.mode:
            self._camera.switch(mode)
            self._stale = True

    def jump(self, pose: Pose, pivot: npt.ArrayLike | None = None) -> None:
        """Be there at once. `pivot` is about what to orbit, where known."""
        self._focus = _point(pivot)
        self._camera.jump(pose, self._focus)
        self._pose = self._camera.pose
        self._stale = True

    # -- Input ---------------------------------------------------------------------------------

    def press(self, action: str) -> None:
        """Begin an action of `HELD`; ValueError for any other."""
        if action not in HELD:
            raise ValueError(f"{action!r} is nothing that can be held")
        self._held.add(action)
        if action in (HELD_IN_ORBIT if self.mode == "orbit" else HELD_IN_FLY):
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
        self._camera.orbit.spinning = False

    def carry(self, way: npt.ArrayLike) -> None:
        """Move along with what is seen, which moved by `way`, shape (3,): it stays in its place."""
        moved = np.array(way, np.float64)
        self._camera.carry(moved)
        if self._focus is not None:
            self._focus = self._focus + moved
        self._pose = self._camera.pose

    def stop(self) -> None:
        """Go nowhere by itself any longer: come to rest here."""
        self._take_over()

    def turn(self, dx: float, dy: float) -> None:
        """Turn with the mouse: by dragging in orbit mode, by looking around in fly mode."""
        self._take_over()
        angle = self._settings.mouse_speed
        if self.mode == "orbit":
            self._camera.orbit.turn(dx * angle * _DRAGGED, dy * angle * _DRAGGED)
        else:
            # Seen through a narrow field of view, the same turn is a longer way in the picture.
            angle *= _LOOKED * float(self._camera.fov.value[0]) / 60
            self._camera.fly.look(dx * angle, dy * angle * (-1 if self._settings.invert_y else 1))

    def pan(self, dx: float, dy: float) -> None:
        """Move what is under the mouse, as far as the pivot, with it. Orbit mode only."""
        self._take_over()
        if self.mode == "orbit":
            share = 1 / Pose(fov=float(self._camera.fov.value[0])).focal(self.height)
            self._camera.orbit.pan(dx * share, dy * share)

    def wheel(self, steps: float, towards: Floats | None = None) -> None:
        """Go nearer (orbit), or set the speed (fly).

        Parameters
        ----------
        steps : float
            Notches of the wheel, forwards positive.
        towards : ndarray of float64, shape (3,), optional
            The direction of the cursor (`Pose.ray`): what is there stays there in orbit mode.
        """
        if self.mode == "orbit":
            self._take_over()
            self._camera.orbit.approach(steps, towards)
        else:
            self._camera.fly.change_speed(steps)
        self._stale = True

    def zoom(self, steps: float) -> None:
        """Narrow the field of view, or widen it with negative steps."""
        self._take_over()
        self._set_fov(float(self._camera.fov.goal[0]) - _ZOOMED * steps)

    # -- Ways to somewhere -----------------------------------------------------------------------

    def fly_to(self, point: npt.ArrayLike) -> None:
        """Fly to a star at a point, shape (3,), to where it fills a set angle: `framing.SURVEY`."""
        goal = np.array(point, np.float64)
        end = framing.arrival(self._camera.pose, goal, self._survey)
        self._set_out(replace(end, fov=float(self._camera.fov.goal[0])), goal, goal)

    def go_to(self, pose: Pose, pivot: npt.ArrayLike | None = None) -> None:
        """Fly to a pose. `pivot` is about what to orbit there, where known."""
        self._set_out(pose, _point(pivot), None)

    def go_home(self) -> None:
        """Fly to where the whole galaxy is seen, and let it turn again if that is wished."""
        self.go_to(replace(self.home, fov=self._settings.fov), self._camera.centre)
        self.rotate(self._settings.rotate)

    def frame(self, points: npt.NDArray[np.floating[Any]]) -> None:
        """Fly to where all points, shape (n, 3), are seen, from this side if it shows them well."""
        look = replace(self._camera.pose, fov=float(self._camera.fov.goal[0]))
        size = (self.height * self.aspect, self.height)
        self.go_to(*group_view(points, look, size, self._survey))

    # -- Time ------------------------------------------------------------------------------------

    def step(self, dt: float) -> bool:
        """Let `dt` seconds pass, 0.1 at the most.

        Returns
        -------
        bool
            Whether the pose or the fade is another than after the step before.
        """
        darkness, before = self.fade, self._told
        self._camera.pass_time(max(0.0, min(LONGEST_STEP, dt)))
        self._stale = False
        self._pose = self._told = self._camera.pose
        return self._pose != before or self.fade != darkness

    def _set_out(self, end: Pose, focus: Floats | None, face: Floats | None) -> None:
        """Begin the way to `end`."""
        self.touch()
        self._stale, self._focus = True, focus
        if self._settings.reduced_motion:
            self._camera.fade_to(end, focus)
        else:
            self._camera.set_out(end, focus, face)

    def _take_over(self) -> None:
        """Leave the camera to the hand, where it is and as fast as it is."""
        self._camera.take_over()
        self._stale = True

    def _hold(self) -> None:
        self._camera.hold(self._held)
        self._stale = True

    def _set_fov(self, degrees: float) -> None:
        self._camera.fov.goal[:] = max(FOVS[0], min(FOVS[1], degrees))
        self._stale = True


def _point(point: npt.ArrayLike | None) -> Floats | None:
    return None if point is None else np.array(point, np.float64)
