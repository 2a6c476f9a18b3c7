"""`Navigator`: what the user does becomes flight, and flight becomes the state that is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
from psygnal import Signal

from galaxy_desktop.model.actions import held_keys
from galaxy_desktop.model.cursor import Point
from galaxy_desktop.model.fly import MOVES
from galaxy_desktop.model.framing import home_pose
from galaxy_desktop.model.history import History
from galaxy_desktop.model.journeys import Journeys
from galaxy_desktop.model.picking import Picker
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState, Mode
from galaxy_desktop.model.world import World

# The key that says most plainly that somebody wants to fly also begins it.
_KEYS = {"orbit": held_keys("orbit") | {"W": "forward"}, "fly": held_keys("fly")}


class Mover(Protocol):
    """Something else that moves with time, and that no event sets off again while it does."""

    @property
    def moving(self) -> bool:
        """Whether `step` has something to do."""

    def step(self, seconds: float) -> bool:
        """Let time pass; return whether the picture changed."""


class Navigator(Journeys):
    """Flies the camera of a state as the user's hands say.

    Places in the picture are in logical pixels.

    Events
    ------
    adjusted(str) : the user set the "speed" of flying, or the "fov"

    Parameters
    ----------
    state : AppState
    wake : callable
        Called whenever `step` has something to do again.

    Attributes
    ----------
    others : list of Mover
        What else `step` lets time pass for.
    """

    adjusted = Signal(str)

    def __init__(self, state: AppState, wake: Callable[[], None]) -> None:
        super().__init__(state, wake)
        self.others: list[Mover] = []
        state.world_changed.connect(self._world_changed)
        state.world_reformed.connect(self._world_reformed)
        state.gliding_changed.connect(self._glides)
        state.settings_changed.connect(self._settings_changed)
        self._tell()

    @property
    def picker(self) -> Picker:
        """Finds stars in the picture."""
        return self.cursor.picker

    @property
    def size(self) -> Point:
        """Width and height of the picture."""
        return self.cursor.size

    def resize(self, width: float, height: float) -> None:
        """Take over the size of the picture."""
        wide, high = self.cursor.size = (max(width, 1.0), max(height, 1.0))
        self.flight.height, self.flight.aspect = high, wide / high
        state = self._state
        untouched = self.flight.pose == self.flight.home
        self.flight.home = home_pose(state.world, self.flight.aspect, state.settings.fov)
        if untouched:
            self.flight.jump(self.flight.home)

    # -- Time ------------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """Whether `step` has something to do."""
        gliding = self._state.gliding.moving or any(other.moving for other in self.others)
        return self.flight.moving or gliding or self.tour.under_way or self.cursor.awaited

    def step(self, seconds: float) -> bool:
        """Let time pass; return whether the picture changed."""
        changed = self._ride(seconds)
        changed |= self.tour.step(seconds)
        for other in self.others:
            changed |= other.step(seconds)
        self._tell()
        if self.flight.steady and not self._state.gliding.moving:
            self.cursor.look_up()
        return changed

    # -- Input: see `ui.canvas_input.Pilot` -----------------------------------------------------

    def held_keys(self) -> Mapping[str, str]:
        """Return from the positions of keys to what they do while held, as things are."""
        return _KEYS[self.flight.mode]

    @property
    def flying(self) -> bool:
        """Whether the mouse looks."""
        return self.flight.mode == "fly"

    def set_mode(self, mode: Mode) -> None:
        """Move in another way."""
        self.tour.stop()
        self.flight.set_mode(mode)
        self._state.mode = mode
        self._touched()

    def rotate(self, on: bool) -> None:
        """Let the galaxy turn by itself, or no longer."""
        self.tour.stop()
        self.flight.rotate(on)
        self._touched()

    def press(self, action: str) -> None:
        """Hold a control of flight; one that only a craft has makes it fly."""
        self.tour.stop()
        if action in MOVES and not self.flying:
            self.set_mode("fly")
        self.flight.press(action)
        self._touched()

    def release(self, action: str) -> None:
        """Let it go."""
        self.flight.release(action)
        self._touched()

    def release_all(self) -> None:
        """Let all of them go."""
        self.flight.release_all()
        self._touched()

    def grab(self) -> None:
        """Stop what moves by itself."""
        self.tour.stop()
        self.flight.touch()

    def turn(self, dx: float, dy: float) -> None:
        """Turn the galaxy, or look around."""
        self.tour.stop()
        self.flight.turn(dx, dy)
        self._touched()

    def pan(self, dx: float, dy: float) -> None:
        """Move across."""
        self.tour.stop()
        self.flight.pan(dx, dy)
        self._touched()

    def let_go(self) -> None:
        """End a drag."""

    def wheel(self, steps: float, *, lens: bool) -> None:
        """Go nearer or set the speed; with `lens`, set the field of view."""
        self.tour.stop()
        if lens:
            self.flight.zoom(steps)
        else:
            towards = None
            if self.cursor.at is not None:
                towards = self._state.pose.ray(*self.cursor.at, self.size)
            self.flight.wheel(steps, towards)
        self._touched()
        if lens or self.flying:
            self.adjusted.emit("fov" if lens else "speed")

    def point(self, at: Point | None) -> None:
        """Move the cursor, or take it away."""
        self.cursor.move(at)
        self._wake()

    def click(self, at: Point) -> bool:
        """Select what is there, or nothing; return whether anything is."""
        self.tour.stop()
        self.flight.touch()
        artist = self.cursor.artist_at(at)
        self._state.selected = artist
        self._wake()
        return artist is not None

    def fly_there(self, at: Point) -> None:
        """Fly to what is there."""
        artist = self.cursor.artist_at(at)
        if artist is not None:
            self.fly_to(artist)

    # -- Within ----------------------------------------------------------------------------------

    def _world_changed(self, world: World) -> None:
        self.history = History(world.radius)
        self._enter(world)
        self.flight.jump(self.flight.home)
        self._touched()

    def _world_reformed(self, change: Reforming) -> None:
        """Go on in the galaxy that has taken over, from where the camera is."""
        self.history = self.history.reformed(change)
        self._enter(change.new)
        self.history_changed.emit()

    def _glides(self, _: bool) -> None:
        self._touched()

    def _ride(self, seconds: float) -> bool:
        """Let the stars glide; the camera stays with the selected one. Return whether any moved."""
        state = self._state
        star = state.selected
        if star is None or not state.gliding.moving:
            return state.pass_time(seconds)
        before = state.places([star])[0]
        changed = state.pass_time(seconds)
        # Another galaxy may have taken over, where the star has another row, or none.
        star = state.selected
        if star is not None:
            self.flight.carry(state.places([star])[0].astype(np.float64) - before)
        return changed

    def _settings_changed(self, settings: Settings) -> None:
        self.flight.apply(settings)
        self._wake()
