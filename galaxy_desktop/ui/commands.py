"""`Commands`: what each command of the menus and keys does in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QFileDialog, QMainWindow

from galaxy_desktop.model.bookmarks import Bookmark
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.cheat_sheet import CheatSheet
from galaxy_desktop.ui.content import Content
from galaxy_desktop.ui.picturing import Picturing
from galaxy_desktop.ui.rebuild_panel import REBUILD, RebuildPanel
from galaxy_desktop.ui.settings_dialog import SettingsDialog
from galaxy_desktop.ui.window_actions import WindowActions

if TYPE_CHECKING:
    from galaxy_desktop.ui.welcome import Welcome


_FILTER = "Galaxies (*.galaxy);;All files (*)"
_HOW_TO_FLY = (
    "W A S D fly, the mouse looks. Escape frees the mouse; F turns around what is ahead again."
)
_LISTED = 20
"""So many bookmarks are in the menu; the sidebar has all."""


class Commands(QObject):
    """Carries the commands out, and shows in the menus what is on.

    Parameters
    ----------
    window : QMainWindow
    state : AppState
    content : Content
    background : Background
    open_file : callable
        Gets the path of a galaxy, "" for the atlas.
    open_graph : callable
        Gets the path of a file or folder that a galaxy is to be built from.
    tell_error : callable
        Gets one sentence about what went wrong.
    grow : callable
        Asks how the galaxy is to grow.
    """

    def __init__(
        self,
        window: QMainWindow,
        state: AppState,
        content: Content,
        background: Background,
        open_file: Callable[[str], object],
        open_graph: Callable[[str], object],
        tell_error: Callable[[str], object],
        grow: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window, self._state, self._content = window, state, content
        self._open_file, self._open_graph, self._tell_error = open_file, open_graph, tell_error
        self._grow = grow
        self._picturing = Picturing(state, background, tell_error, self)
        self._navigator = content.navigator
        self._over = content.explorer.view.parentWidget() or window
        self._sheet: CheatSheet | None = None
        self._welcome: Welcome | None = None
        self._flown = state.mode == "fly"
        self._dialog: SettingsDialog | None = None
        #: What a switch goes back to.
        self._names, self._lines = Look().labels, Look().connections
        navigator = self._navigator
        self.actions = WindowActions(
            window,
            content.explorer.view,
            {
                "open": self.open,
                "open_graph": self.open_graph,
                "rebuild": self.rebuild,
                "grow": self.grow,
                "atlas": lambda: open_file(""),
                "picture": self.picture,
                "settings": self.settings,
                "quit": window.close,
                "fly_mode": self.fly_mode,
                "rotation": self.rotation,
                "labels": self.labels,
                "connections": self.connections,
                "step_nearer": lambda: navigator.wheel(1, lens=False),
                "step_farther": lambda: navigator.wheel(-1, lens=False),
                "speed_up": lambda: navigator.wheel(1, lens=False),
                "speed_down": lambda: navigator.wheel(-1, lens=False),
                "zoom_in": lambda: navigator.wheel(1, lens=True),
                "zoom_out": lambda: navigator.wheel(-1, lens=True),
                "sidebar": self.sidebar,
                "full_screen": self.full_screen,
                "panel": content.switch_panel,
                "search": content.focus_search,
                "home": navigator.go_home,
                "back": self.back,
                "forth": self.forth,
                "next_star": navigator.hop,
                "last_star": lambda: navigator.hop(back=True),
                "open_star": navigator.open_middle,
                "bookmark": content.keep_view,
                "menu": content.open_menu,
                "average": self.average,
                "help": self.help,
                "welcome": self.welcome,
                "about": self.about,
                "leave": self.leave,
            },
        )
        state.world_changed.connect(self._world_changed)
        state.mode_changed.connect(self._mode_changed)
        state.settings_changed.connect(self._settings_changed)
        navigator.history_changed.connect(self._history_changed)
        content.sidebar.folded_changed.connect(lambda _: self.refresh())
        content.bookmarks.changed.connect(self._list_bookmarks)
        content.explorer.moving_changed.connect(self._moving_changed)
        content.averaging.panel.failed.connect(tell_error)
        self.actions.set_mode(state.mode)
        self._list_bookmarks()
        self.refresh()

    def refresh(self) -> None:
        """Show in the menus what is on, and what can be done."""
        actions, look = self.actions, self._state.settings.look
        history = self._navigator.history
        actions.check("fly_mode", self._state.mode == "fly")
        actions.check("rotation", self._navigator.flight.rotating)
        actions.check("labels", look.labels > 0)
        actions.check("connections", look.connections > 0)
        actions.check("sidebar", not self._content.sidebar.folded)
        actions.check("full_screen", self._window.isFullScreen())
        actions.enable("back", len(history) > 0)
        actions.enable("forth", history.can_go_forward)

    # -- File ------------------------------------------------------------------------------------

    def open(self) -> None:
        """Ask for a galaxy, and open it."""
        self._content.explorer.input.drop()
        world = self._state.world
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Open a galaxy", "" if world.temporary else world.path, _FILTER
        )
        if path:
            self._open_file(path)

    def open_graph(self) -> None:
        """Ask for a file or a folder, and build a galaxy from it."""
        from galaxy_desktop.ui.graph_dialog import GraphDialog

        self._content.explorer.input.drop()
        dialog = GraphDialog(self._window)
        dialog.chosen.connect(self._open_graph)
        dialog.exec()

    def rebuild(self) -> None:
        """Open the room with the knobs, and give it the keyboard."""
        self._content.explorer.input.drop()
        self._content.sidebar.show_room(REBUILD)
        panel = self._content.sidebar.findChild(RebuildPanel)
        assert panel is not None
        panel.setFocus(Qt.FocusReason.TabFocusReason)

    def grow(self) -> None:
        """Ask how to grow from the artist whose card is open."""
        self._content.explorer.input.drop()
        self._grow()

    def picture(self) -> None:
        """Ask how large a picture is to be and where to save it, and have it drawn."""
        explorer = self._content.explorer
        explorer.input.drop()
        view = explorer.view
        ratio = view.devicePixelRatioF()
        size = (round(view.width() * ratio), round(view.height() * ratio))
        self._picturing.ask(size, self._window)
        self._content.focus_galaxy()

    def settings(self) -> None:
        """Show the settings."""
        self._content.explorer.input.drop()
        if self._dialog is None:
            self._dialog = SettingsDialog(self._state.settings, self._window)
            self._dialog.changed.connect(self._choose)
            self._dialog.place_beside(self._window)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    # -- View ------------------------------------------------------------------------------------

    def fly_mode(self) -> None:
        """Fly freely, or turn around what is ahead."""
        flying = self._state.mode == "fly"
        self._navigator.set_mode("orbit" if flying else "fly")
        if flying:
            self._content.explorer.input.free()
        else:
            self._content.focus_galaxy()
            self._content.explorer.input.capture()

    def rotation(self) -> None:
        """Let the galaxy turn by itself, or no longer."""
        navigator = self._navigator
        if self._state.settings.reduced_motion:
            self._state.message.emit("Reduced motion is on, so nothing turns by itself.")
        navigator.rotate(not navigator.flight.rotating)
        self.refresh()

    def labels(self) -> None:
        """Show the names, or hide them."""
        look = self._state.settings.look
        self._names = look.labels or self._names
        self._look(replace(look, labels=0.0 if look.labels else self._names))

    def connections(self) -> None:
        """Show the connections, or hide them."""
        look = self._state.settings.look
        self._lines = look.connections or self._lines
        self._look(replace(look, connections=0.0 if look.connections else self._lines))

    def sidebar(self) -> None:
        """Fold the sidebar away, or show it."""
        self._content.sidebar.folded = not self._content.sidebar.folded
        if self._content.sidebar.folded:
            self._content.focus_galaxy()

    def full_screen(self) -> None:
        """Fill the screen, or stop that."""
        window = self._window
        # Not showNormal: that would end being maximised too.
        window.setWindowState(window.windowState() ^ window.windowState().WindowFullScreen)
        if window.isFullScreen():
            self._state.message.emit("F11 ends the full screen.")

    # -- Go --------------------------------------------------------------------------------------

    def back(self) -> None:
        """Go to the place before."""
        if not self._navigator.back():
            self._state.message.emit("There is no place to go back to.")

    def forth(self) -> None:
        """Go to the place from which one came back."""
        self._navigator.forth()

    def average(self) -> None:
        """Average the artist whose card is open with others."""
        artist = self._state.selected
        if artist is None:
            self._state.message.emit("Click a star first, then A averages its artist with others.")
        else:
            self._content.averaging.add(artist)

    def leave(self) -> None:
        """Free the mouse, or close what is open, the latest first."""
        state = self._state
        if self._content.explorer.input.captured:
            self._content.explorer.input.free()
        elif self._navigator.stop_tour():
            pass
        elif state.highlights or state.threads:
            state.highlights = state.threads = ()
        elif state.selected is not None:
            state.selected = None
        elif self._window.isFullScreen():
            self.full_screen()

    # -- Help ------------------------------------------------------------------------------------

    def help(self) -> None:
        """Show all keys, or hide them."""
        if self._sheet is None:
            self._sheet = CheatSheet(self._over)
            self._sheet.closed.connect(self._content.focus_galaxy)
        self._content.explorer.input.drop()
        self._sheet.toggle()

    def welcome(self) -> None:
        """Say what is seen and how to move."""
        from galaxy_desktop.ui.welcome import Welcome

        if self._welcome is not None:
            self._welcome.close_panel()
        self._welcome = Welcome(self._over, self._state.world)
        self._welcome.closed.connect(self._welcomed)
        self._welcome.open()

    def about(self) -> None:
        """Say what this is."""
        from galaxy_desktop.ui.about import About

        self._content.explorer.input.drop()
        About(self._state.world, self._content.explorer.renderer, self._window).exec()
        self._content.focus_galaxy()

    def close_down(self) -> None:
        """End what is still under way. Call it when threads are done."""
        self._picturing.close_down()

    # -- Within ----------------------------------------------------------------------------------

    def _world_changed(self, world: World) -> None:
        if self._welcome is not None:
            self._welcome.show_world(world)

    def _welcomed(self) -> None:
        self._state.settings = replace(self._state.settings, welcomed=True)
        if self._welcome is not None:
            self._welcome.deleteLater()
            self._welcome = None
        self._content.focus_galaxy()

    def _choose(self, settings: Settings) -> None:
        self._state.settings = settings

    def _look(self, look: Look) -> None:
        self._state.settings = replace(self._state.settings, look=look)

    def _mode_changed(self, mode: str) -> None:
        self.actions.set_mode("fly" if mode == "fly" else "orbit")
        if mode == "fly" and not self._flown:
            self._flown = True
            self._state.message.emit(_HOW_TO_FLY)
        self.refresh()

    def _settings_changed(self, settings: Settings) -> None:
        if self._dialog is not None:
            self._dialog.show_settings(settings)
        self.refresh()

    def _moving_changed(self, moving: bool) -> None:
        # Who flies has found out how to.
        if moving and self._welcome is not None:
            self._welcome.close_panel()
        self.refresh()

    def _history_changed(self) -> None:
        self.refresh()

    def _list_bookmarks(self) -> None:
        menu = self.actions.menus["Go"]
        for entry in menu.actions():
            if entry.property("bookmark"):
                menu.removeAction(entry)
                entry.deleteLater()
        for mark in self._content.bookmarks.all[:_LISTED]:
            made = menu.addAction(mark.name.replace("&", "&&"))
            if made is not None:
                made.setProperty("bookmark", True)
                made.triggered.connect(lambda _=False, to=mark: self._to_bookmark(to))

    def _to_bookmark(self, mark: Bookmark) -> None:
        self._content.go_to_mark(mark)
