"""`Averaging`: the averager's room in the sidebar, and what goes from it to the galaxy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QObject

from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.mix_in_space import MixInSpace
from galaxy_desktop.model.navigator import Navigator
from galaxy_desktop.model.recent import Recents
from galaxy_desktop.model.recipe import from_json, to_json
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.artist_drag import DropTarget
from galaxy_desktop.ui.averager_panel import AveragerPanel
from galaxy_desktop.ui.search_box import Finder
from galaxy_desktop.ui.sidebar import Sidebar

AVERAGE = "Average"


class Averaging(QObject):
    """Adds the room to a sidebar. What is averaged is seen in space while the room is open.

    Parameters
    ----------
    state : AppState
    recents : Recents
    sidebar : Sidebar
    navigator : Navigator
    focus_galaxy : callable
        Gives the keyboard to the galaxy.

    Attributes
    ----------
    mix : Mix
    panel : AveragerPanel
    """

    def __init__(
        self,
        state: AppState,
        recents: Recents,
        sidebar: Sidebar,
        navigator: Navigator,
        focus_galaxy: Callable[[], object],
    ) -> None:
        super().__init__(sidebar)
        self._state, self._sidebar, self._navigator = state, sidebar, navigator
        self._focus_galaxy = focus_galaxy
        self.mix = Mix(state.world)
        self._in_space = MixInSpace(self.mix, state)
        navigator.others.append(self._in_space)
        self.panel = panel = AveragerPanel(self.mix, recents)
        sidebar.add_room(AVERAGE, panel)
        # From another room a name is dragged here by way of the tab.
        tab = DropTarget(sidebar.tab(AVERAGE))
        tab.entered.connect(lambda: sidebar.show_room(AVERAGE))
        tab.dropped.connect(panel.ingredients.take)
        sidebar.room_changed.connect(self._room_changed)
        sidebar.average_requested.connect(self.add)
        panel.fly_requested.connect(sidebar.fly_requested)
        panel.hovered.connect(sidebar.hovered)
        panel.said.connect(state.message.emit)
        panel.search.left.connect(focus_galaxy)
        panel.frame_requested.connect(self._frame)
        panel.tour_requested.connect(self._tour)
        state.touring_changed.connect(panel.show_touring)
        state.world_changed.connect(self._world_changed)
        state.world_reformed.connect(self._world_reformed)

    def add(self, artist: int) -> None:
        """Average an artist with those that are there, and show them."""
        self._sidebar.show_room(AVERAGE)
        self.mix.add(artist)

    def set_search(self, search: Finder | None) -> None:
        """Give what finds artists by name; None while it is made ready."""
        self.panel.search.set_search(search)

    def to_json(self) -> Any:
        """Return what is averaged as plain JSON values."""
        return to_json(self.mix.recipe)

    def restore(self, content: Any) -> None:
        """Average what was averaged. `content` is of `to_json`."""
        self.mix.restore(from_json(content))

    def _room_changed(self, room: str) -> None:
        self._in_space.shown = room == AVERAGE

    def _world_changed(self, world: World) -> None:
        self.set_search(None)
        self.mix.world = world

    def _world_reformed(self, change: Reforming) -> None:
        # With the same artists the same names are found.
        if not change.only_adds and change.old.galaxy.keys != change.new.galaxy.keys:
            self.set_search(None)
        self.mix.world = change.new

    def _frame(self) -> None:
        # Escape may have taken it out of the galaxy.
        self._in_space.refresh()
        self._navigator.frame(self._in_space.artists)
        self._focus_galaxy()

    def _tour(self) -> None:
        if not self._navigator.stop_tour():
            self._in_space.refresh()
            self._navigator.fly_path(self.mix.answer.artists)
        self._focus_galaxy()
