"""`AppState`: everything the window shows that can change. All its events stand here.

Input goes to the model; the model changes this state; scene and ui hear it and redraw. They never
call each other.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
from psygnal import Signal

from galaxy_desktop.model.departure import Departure
from galaxy_desktop.model.gliding import SECONDS, Gliding
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.shown_text import shown
from galaxy_desktop.model.threads import Thread
from galaxy_desktop.model.touring import Touring
from galaxy_desktop.model.world import World

Mode = Literal["orbit", "fly"]


class AppState:
    """What is open, seen, chosen.

    Setting a property to what it already is says nothing; otherwise its event follows at once, on
    the thread that set it (the window's).

    Events
    ------
    world_changed(World) : another galaxy was opened; what was chosen in the last was cleared
    world_reformed(Reforming) : another build of the galaxy has taken over; what was chosen is the
        same by key, and has its new indices already; events for those that changed follow
    gliding_changed(bool) : the stars set off for other places (each time anew), or all are there
    pose_changed(Pose) : the camera moved
    mode_changed(str) : "orbit" or "fly"
    hovered_changed(int | None) : the star under the cursor
    selected_changed(int | None) : the star whose card is open
    highlights_changed(tuple of int) : artists to be lit besides the selected and its related; or
        the same more or less strongly
    threads_changed(tuple of Thread) : lines through the galaxy: an average's curves, a path
    touring_changed(Touring | None) : a tour goes on to its next artist, or has ended
    settings_changed(Settings) : any choice of the settings
    message(str) : one sentence for the user, to be shown for a while
    """

    world_changed = Signal(World)
    world_reformed = Signal(Reforming)
    gliding_changed = Signal(bool)
    pose_changed = Signal(Pose)
    mode_changed = Signal(str)
    hovered_changed = Signal(object)
    selected_changed = Signal(object)
    highlights_changed = Signal(tuple)
    threads_changed = Signal(tuple)
    touring_changed = Signal(object)
    settings_changed = Signal(Settings)
    message = Signal(str)

    def __init__(self, world: World, settings: Settings | None = None) -> None:
        self._world = world
        self._gliding = Gliding(world)
        self._clock, self._turn = 0.0, 0
        self._departure: Departure | None = None
        self._settings = settings or Settings()
        self._pose = Pose()
        self._mode: Mode = "orbit"
        self._hovered: int | None = None
        self._selected: int | None = None
        #: The key of the artist that was selected and is not in this build of the galaxy.
        self._missed = ""
        self._highlights: tuple[int, ...] = ()
        self._strengths: tuple[float, ...] = ()
        self._threads: tuple[Thread, ...] = ()
        self._touring: Touring | None = None

    @property
    def world(self) -> World:
        """The galaxy that is shown."""
        return self._world

    @world.setter
    def world(self, world: World) -> None:
        if world is not self._world:
            self.hovered = self.selected = None
            self._missed = ""
            self.highlights = self.threads = ()
            self._world = world
            self._gliding = Gliding(world)
            self._turn_to_other()
            self.world_changed.emit(world)

    # -- A galaxy that re-forms --------------------------------------------------------------------

    @property
    def gliding(self) -> Gliding:
        """Where the artists are seen, which is not where the world says while stars glide."""
        return self._gliding

    def places(self, artists: list[int]) -> npt.NDArray[np.float32]:
        """Return where some artists are seen now, float32 of shape (k, 3)."""
        return self._gliding.places(artists)

    def glide(self, positions: npt.ArrayLike, seconds: float = SECONDS) -> None:
        """Let every star set off for another place from where it is seen, at the speed it has.

        The world stays what it is, until `reform` or another `glide`; `glide(world.positions)`
        brings all back. With reduced motion one shape fades into the next.

        Parameters
        ----------
        positions : array_like of float, shape (n, 3)
            Of the world's artists. A row of NaN: that artist fades away.
        seconds : float
            How long it takes.

        Raises
        ------
        ValueError
            It is not one place for each artist.
        """
        departure = self.plan(0.0)
        departure.glide(positions, seconds)
        self.depart(departure)

    def reform(self, world: World, seconds: float = SECONDS) -> None:
        """Let another build of the galaxy take over, its stars gliding from where they are seen.

        Artists are matched by key: those new to it fade in at their places, those gone fade away.
        Selection and highlights stay with their artists: one that was selected and is gone is told
        of, and selected again where it comes back before the user has chosen otherwise. Threads and
        a tour end, as their places are no longer true, unless some have come and nobody else has
        moved. To keep nobody waiting, let `ui.reshaping.Reshaping` do it.

        Parameters
        ----------
        world : World
        seconds : float
            How long it takes.
        """
        departure = self.plan(0.0)
        departure.reform(world, seconds)
        self.depart(departure)

    def plan(self, lead: float) -> Departure:
        """Return what is to take over after so many seconds; where nothing moves, at once."""
        lead = lead if self._gliding.moving else 0.0
        seen = self._gliding.ahead(lead)
        fade = self._settings.reduced_motion
        return Departure(seen, self._clock + lead, self._turn, fade=fade)

    def depart(self, departure: Departure) -> bool:
        """Let what was planned take over as soon as its moment has come.

        Returns
        -------
        bool
            Whether it does: not if the stars set off otherwise since it was planned.
        """
        if departure.turn != self._turn:
            return False
        self._departure = departure
        self._set_off()
        return True

    def stay(self) -> None:
        """Let nothing take over that waits for its moment."""
        self._departure = None

    @property
    def turn(self) -> int:
        """How often the stars have set off, or another galaxy was opened."""
        return self._turn

    def pass_time(self, seconds: float) -> bool:
        """Let the stars glide for a while; return whether any moved."""
        self._clock += seconds
        changed = self._gliding.step(seconds)
        if self._set_off():
            return True
        if changed and not self._gliding.moving:
            self.gliding_changed.emit(False)
        return changed

    def _turn_to_other(self) -> None:
        self._turn += 1
        self._departure = None

    def _set_off(self) -> bool:
        """Let what waits for its moment take over if that has come; return whether it does."""
        departure = self._departure
        if departure is None or (self._gliding.moving and self._clock < departure.at):
            return False
        self._turn_to_other()
        departure.then.step(max(self._clock - departure.at, 0.0))
        if departure.change is None:
            self._gliding = departure.then
            self.hovered = None
        else:
            self._take_over(departure.change, departure.then)
        self.gliding_changed.emit(True)
        return True

    def _take_over(self, change: Reforming, gliding: Gliding) -> None:
        """Be another world from now on, in which the chosen artists have other indices."""
        if not change.only_adds:
            self.hovered = self.touring = None
            self.threads = ()
        selected, highlights = self._selected, self._highlights
        self._gliding, self._world = gliding, change.new
        self._selected = self._selected_in(change)
        self._highlights = change.artists(highlights)
        self._strengths = tuple(
            strength
            for artist, strength in zip(highlights, self._strengths, strict=False)
            if change.artist(artist) is not None
        )
        self.world_reformed.emit(change)
        if self._selected != selected:
            self.selected_changed.emit(self._selected)
        if self._highlights != highlights:
            self.highlights_changed.emit(self._highlights)
        if selected is not None and self._selected is None:
            gone, count = shown(change.old.name(selected)), len(change.new)
            self.message.emit(
                f"{gone} is not among the {count:,} artists of this build; Home shows them all."
            )

    def _selected_in(self, change: Reforming) -> int | None:
        """Return who is selected in another build: nobody where that artist is not in it."""
        if self._selected is None:
            return change.new.find_key(self._missed) if self._missed else None
        found = change.artist(self._selected)
        self._missed = change.old.key(self._selected) if found is None else ""
        return found

    # -- What is seen and chosen -------------------------------------------------------------------

    @property
    def pose(self) -> Pose:
        """Where the camera is."""
        return self._pose

    @pose.setter
    def pose(self, pose: Pose) -> None:
        if pose != self._pose:
            self._pose = pose
            self.pose_changed.emit(pose)

    @property
    def mode(self) -> Mode:
        """How the camera is moved."""
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        if mode != self._mode:
            self._mode = mode
            self.mode_changed.emit(mode)

    @property
    def hovered(self) -> int | None:
        """The artist under the cursor."""
        return self._hovered

    @hovered.setter
    def hovered(self, artist: int | None) -> None:
        if artist != self._hovered:
            self._hovered = artist
            self.hovered_changed.emit(artist)

    @property
    def selected(self) -> int | None:
        """The artist whose card is open."""
        return self._selected

    @selected.setter
    def selected(self, artist: int | None) -> None:
        self._missed = ""
        if artist != self._selected:
            self._selected = artist
            self.selected_changed.emit(artist)

    @property
    def highlights(self) -> tuple[int, ...]:
        """Artists that are lit besides the selected one and its related ones."""
        return self._highlights

    @highlights.setter
    def highlights(self, artists: tuple[int, ...]) -> None:
        self.light_up(artists)

    @property
    def strengths(self) -> tuple[float, ...]:
        """How strongly each of the highlights is lit, 0 to 1; none: all alike, in no order."""
        return self._strengths

    def light_up(self, artists: tuple[int, ...], strengths: tuple[float, ...] = ()) -> None:
        """Light artists besides the selected one and its related ones.

        Parameters
        ----------
        artists : tuple of int
        strengths : tuple of float
            Of each, 0 to 1: how strongly it is lit, and whose name matters more. Without any all
            are lit alike.
        """
        if (artists, strengths) != (self._highlights, self._strengths):
            self._highlights, self._strengths = artists, strengths
            self.highlights_changed.emit(artists)

    @property
    def threads(self) -> tuple[Thread, ...]:
        """Lines through the galaxy, in its coordinates."""
        return self._threads

    @threads.setter
    def threads(self, threads: tuple[Thread, ...]) -> None:
        if threads != self._threads:
            self._threads = threads
            self.threads_changed.emit(threads)

    @property
    def touring(self) -> Touring | None:
        """How far the flight along a path has come, None while there is none."""
        return self._touring

    @touring.setter
    def touring(self, touring: Touring | None) -> None:
        if touring != self._touring:
            self._touring = touring
            self.touring_changed.emit(touring)

    @property
    def settings(self) -> Settings:
        """What the user chose."""
        return self._settings

    @settings.setter
    def settings(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)
