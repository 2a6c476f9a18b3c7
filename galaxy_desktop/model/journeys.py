"""`Journeys`: the ways to somewhere, and the places where one has been."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from psygnal import Signal

from galaxy_desktop.model import framing
from galaxy_desktop.model.cursor import Cursor
from galaxy_desktop.model.flight import Flight
from galaxy_desktop.model.history import History, Place
from galaxy_desktop.model.neighbour import Hopper
from galaxy_desktop.model.path_tour import PAUSE, PathTour
from galaxy_desktop.model.picking import Picker
from galaxy_desktop.model.pose import Pose, Vector
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.surroundings import nearest_star
from galaxy_desktop.model.world import World


class Journeys:
    """Flies the camera of a state to artists and places, and back.

    Events
    ------
    history_changed() : a place was visited, or gone back or forward to

    Parameters
    ----------
    state : AppState
    wake : callable
        Called whenever there is something to be done in time again.

    Attributes
    ----------
    flight : Flight
    history : History
    tour : PathTour
        The flight along a path; `stop` ends it.
    cursor : Cursor
    """

    history_changed = Signal()

    def __init__(self, state: AppState, wake: Callable[[], None]) -> None:
        self._state, self._wake = state, wake
        world = state.world
        self.cursor = Cursor(state)
        self.history = History(world.radius)
        self.flight = Flight(
            world.radius,
            framing.heart(world),
            self._nearest,
            state.settings,
            framing.home_pose(world, 1.6, state.settings.fov),
            world.star_unit,
        )
        self.tour = PathTour(state, self.flight, self._visit)
        self._hopper = Hopper(world)

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
        self.cursor.rely_on(star)
        return True

    def open_middle(self) -> bool:
        """Select the star in the middle of the view; return whether there is one."""
        star = self._hopper.middle(self.flight.destination or self.flight.pose)
        if star is not None:
            self._state.selected = star
        return star is not None

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

    # -- For whoever knows more of the world -------------------------------------------------------

    def _tell(self) -> None:
        self._state.mode = self.flight.mode
        self._state.pose = self.flight.pose

    def _touched(self) -> None:
        self.cursor.look_again()
        self._wake()

    def _enter(self, world: World) -> None:
        """Fly in another galaxy from now on, from where the camera is."""
        self.cursor.picker, self._hopper = Picker(world), Hopper(world)
        home = framing.home_pose(world, self.flight.aspect, self._state.settings.fov)
        self.flight.set_world(
            world.radius, framing.heart(world), self._nearest, home, world.star_unit
        )

    def _nearest(self, place: Vector) -> float:
        """Return how far the nearest star is; see `surroundings.Nearest`."""
        gliding = self._state.gliding
        return gliding.nearest(place) if gliding.displaced else nearest_star(gliding.world)(place)

    # -- Within ------------------------------------------------------------------------------------

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
