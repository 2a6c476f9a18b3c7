"""`Navigator`: what the user does becomes flight, and flight becomes the state that is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from psygnal import Signal

from galaxy_desktop.model.actions import held_keys
from galaxy_desktop.model.flight import Flight
from galaxy_desktop.model.fly import MOVES
from galaxy_desktop.model.framing import heart, home_pose
from galaxy_desktop.model.history import History, Place
from galaxy_desktop.model.neighbour import Hopper
from galaxy_desktop.model.path_tour import PAUSE, PathTour
from galaxy_desktop.model.picking import Picker
from galaxy_desktop.model.pose import Pose, Vector
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState, Mode
from galaxy_desktop.model.surroundings import nearest_star
from galaxy_desktop.model.world import World

Point = tuple[float, float]

# The key that says most plainly that somebody wants to fly also begins it.
_KEYS = {"orbit": held_keys("orbit") | {"W": "forward"}, "fly": held_keys("fly")}


class Navigator:
    """Flies the camera of a state.

    Places in the picture are in logical pixels.

    Events
    ------
    history_changed() : a place was visited, or gone back or forward to
    adjusted(str) : the user set the "speed" of flying, or the "fov"

    Parameters
    ----------
    state : AppState
    wake : callable
        Called whenever `step` has something to do again.

    Attributes
    ----------
    flight : Flight
    history : History
    tour : PathTour
        The flight along a path; `stop` ends it.
    named : callable or None
        From a place in the picture to the artist whose name stands there, None for none.
    """

    history_changed = Signal()
    adjusted = Signal(str)

    def __init__(self, state: AppState, wake: Callable[[], None]) -> None:
        self._state, self._wake = state, wake
        self._size = (1280.0, 800.0)
        world = state.world
        self._picker, self._hopper = Picker(world), Hopper(world)
        self.history = History(world.radius)
        self.named: Callable[[float, float], int | None] | None = None
        self.flight = Flight(
            world.radius,
            heart(world),
            self._nearest,
            state.settings,
            home_pose(world, 1.6, state.settings.fov),
        )
        self.tour = PathTour(state, self.flight, self._visit)
        #: Where the cursor is, and whether what is there is still to be looked up.
        self._cursor: Point | None = None
        self._look_up = False
        state.world_changed.connect(self._world_changed)
        state.world_reformed.connect(self._world_reformed)
        state.gliding_changed.connect(self._glides)
        state.settings_changed.connect(self._settings_changed)
        self._tell()

    @property
    def picker(self) -> Picker:
        """Finds stars in the picture."""
        return self._picker

    @property
    def size(self) -> Point:
        """Width and height of the picture."""
        return self._size

    def resize(self, width: float, height: float) -> None:
        """Take over the size of the picture."""
        self._size = (max(width, 1.0), max(height, 1.0))
        self.flight.height, self.flight.aspect = self._size[1], self._size[0] / self._size[1]
        state = self._state
        untouched = self.flight.pose == self.flight.home
        self.flight.home = home_pose(state.world, self.flight.aspect, state.settings.fov)
        if untouched:
            self.flight.jump(self.flight.home)

    # -- Time ------------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """Whether `step` has something to do."""
        awaits_look_up = self._look_up and self._cursor is not None
        gliding = self._state.gliding.moving
        return self.flight.moving or gliding or self.tour.under_way or awaits_look_up

    def step(self, seconds: float) -> bool:
        """Let time pass; return whether the picture changed."""
        changed = self._ride(seconds)
        changed |= self.tour.step(seconds)
        self._tell()
        if self._look_up and self.flight.steady and not self._state.gliding.moving:
            self._look_up = False
            self._state.hovered = None if self._cursor is None else self._at(self._cursor)
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
            if self._cursor is not None:
                towards = self._state.pose.ray(*self._cursor, self._size)
            self.flight.wheel(steps, towards)
        self._touched()
        if lens or self.flying:
            self.adjusted.emit("fov" if lens else "speed")

    def point(self, at: Point | None) -> None:
        """Move the cursor, or take it away."""
        self._cursor, self._look_up = at, True
        if at is None:
            self._look_up = False
            self._state.hovered = None
        self._wake()

    def click(self, at: Point) -> bool:
        """Select what is there, or nothing; return whether anything is."""
        self.tour.stop()
        self.flight.touch()
        artist = self._at(at)
        self._state.selected = artist
        self._wake()
        return artist is not None

    def fly_there(self, at: Point) -> None:
        """Fly to what is there."""
        artist = self._at(at)
        if artist is not None:
            self.fly_to(artist)

    # -- Ways to somewhere -----------------------------------------------------------------------

    def fly_to(self, artist: int) -> None:
        """Select an artist and fly to it."""
        self.tour.forget()
        self._visit(artist)

    def frame(self, artists: Sequence[int]) -> None:
        """Fly to where all these artists are seen together; without any, stay."""
        if len(artists):
            self._leave()
            self.flight.frame(self._state.places(list(artists)))
            self._arrive()

    def fly_path(self, artists: Sequence[int], pause: float = PAUSE) -> None:
        """Fly to these artists one after another; any input ends it, see `AppState.touring`.

        Parameters
        ----------
        artists : sequence of int
            Each is selected as the flight to it begins. Without any, nothing happens.
        pause : float
            Seconds at each.
        """
        if len(artists):
            self.tour.begin(artists, pause)

    def stop_tour(self) -> bool:
        """End the flight along a path here; return whether there was one."""
        stopped = self.tour.stop()
        self._touched()
        return stopped

    def go_to(self, pose: Pose, artist: int | None = None) -> None:
        """Fly to a pose, and open the card of an artist or none."""
        self._leave()
        self._go(pose, artist)
        self._arrive()

    def go_home(self) -> None:
        """Fly to where the whole galaxy is seen."""
        self._leave()
        self.flight.go_home()
        self._arrive()

    def jump(self, pose: Pose) -> None:
        """Be there at once, and turn no more by itself."""
        self.tour.forget()
        self.flight.touch()
        self.flight.jump(pose)
        self._tell()
        self._touched()

    def back(self) -> bool:
        """Fly to the place before; return whether there is one."""
        self.tour.forget()
        return self._revisit(self.history.back(self._here()))

    def forth(self) -> bool:
        """Fly to the place from which `back` came; return whether there is one."""
        self.tour.forget()
        return self._revisit(self.history.forward())

    def revisit(self, place: int) -> bool:
        """Fly to a place of the history; return whether there is one."""
        self._leave()
        return self._revisit(self.history.go_to(place))

    def hop(self, *, back: bool = False) -> bool:
        """Fly to the nearest star ahead, or the one before; return whether there is one."""
        self.tour.forget()
        flight, selected = self.flight, self._state.selected
        pose = flight.destination or flight.pose
        star = self._hopper.back(selected) if back else self._hopper.hop(pose, selected)
        if star is None:
            return False
        flight.fly_to(self._state.places([star])[0])
        self._touched()
        self._look_up = False
        self._state.hovered = star
        return True

    def open_middle(self) -> bool:
        """Select the star in the middle of the view; return whether there is one."""
        star = self._hopper.middle(self.flight.destination or self.flight.pose)
        if star is not None:
            self._state.selected = star
        return star is not None

    # -- What is kept ----------------------------------------------------------------------------

    def restore(self, pose: Pose, selected: int | None, history: Any) -> None:
        """Be where the user was. `history` is of `History.to_json`."""
        self.tour.forget()
        self.history = History.from_json(history, self._state.world.radius)
        # Turning by itself, it would not be where the user was for long.
        self.flight.touch()
        self.flight.jump(pose, None if selected is None else self._state.places([selected])[0])
        self._tell()
        self._state.selected = selected
        self._touched()

    # -- Within ----------------------------------------------------------------------------------

    def _here(self) -> Place:
        state = self._state
        key = "" if state.selected is None else state.world.key(state.selected)
        return Place(self.flight.destination or self.flight.pose, key)

    def _leave(self) -> None:
        """Set out for somewhere else than a tour does."""
        self.tour.forget()
        self._remember()

    def _remember(self) -> None:
        """Remember where one has strayed to, if one rests there."""
        self._state.hovered = None
        if not self.flight.travelling:
            self.history.visit(self._here())

    def _visit(self, artist: int) -> None:
        """Fly to an artist, on a tour or not."""
        self._remember()
        self._state.selected = artist
        self.flight.fly_to(self._state.places([artist])[0])
        self._arrive()

    def _arrive(self) -> None:
        self.history.visit(self._here())
        self.history_changed.emit()
        self._touched()

    def _go(self, pose: Pose, artist: int | None) -> None:
        self._state.selected = artist
        pivot = None if artist is None else self._state.places([artist])[0]
        self.flight.go_to(pose, pivot)
        self._touched()

    def _revisit(self, place: Place | None) -> bool:
        if place is not None:
            self._state.hovered = None
            self._go(place.pose, self._state.world.find_key(place.artist))
            self.history_changed.emit()
        return place is not None

    def _at(self, place: Point) -> int | None:
        artist = self.named(*place) if self.named is not None else None
        if artist is not None:
            return artist
        state = self._state
        star_size = state.settings.look.star_size
        return self._picker.pick(
            state.pose, *place, self._size, star_size=star_size, gliding=state.gliding
        )

    def _tell(self) -> None:
        self._state.mode = self.flight.mode
        self._state.pose = self.flight.pose

    def _touched(self) -> None:
        # Another star may be under the cursor once the camera rests.
        self._look_up = self._cursor is not None
        self._wake()

    def _world_changed(self, world: World) -> None:
        self._picker, self._hopper = Picker(world), Hopper(world)
        self.history = History(world.radius)
        home = home_pose(world, self.flight.aspect, self._state.settings.fov)
        self.flight.set_world(world.radius, heart(world), self._nearest, home)
        self.flight.jump(home)
        self._touched()

    def _world_reformed(self, change: Reforming) -> None:
        """Go on in the galaxy that has taken over, from where the camera is."""
        world = change.new
        self._picker, self._hopper = Picker(world), Hopper(world)
        self.history = self.history.reformed(change)
        home = home_pose(world, self.flight.aspect, self._state.settings.fov)
        self.flight.set_world(world.radius, heart(world), self._nearest, home)
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
        self.flight.carry(state.places([star])[0].astype(np.float64) - before)
        return changed

    def _nearest(self, place: Vector) -> float:
        """Return how far the nearest star is; see `surroundings.Nearest`."""
        gliding = self._state.gliding
        return gliding.nearest(place) if gliding.displaced else nearest_star(gliding.world)(place)

    def _settings_changed(self, settings: Settings) -> None:
        self.flight.apply(settings)
        self._wake()
