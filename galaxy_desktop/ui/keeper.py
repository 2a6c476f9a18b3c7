"""`Keeper`: remembers where the user was, and puts window and state back there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Any

from PyQt6.QtCore import QObject, Qt, QTimer
from PyQt6.QtGui import QGuiApplication, QScreen
from PyQt6.QtWidgets import QMainWindow

from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.pace import Pace
from galaxy_desktop.model.recipe import to_json
from galaxy_desktop.model.screens import Box, Screen, fit_to_screens
from galaxy_desktop.model.session import Session, SessionStore, Visit
from galaxy_desktop.model.settings import Settings, SettingsStore
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.storage import Places
from galaxy_desktop.ui.background import Background

_FIRST_SIZE = (1440, 900)
_SMALLEST = (480, 320)
_EVERY_MS = 5000
_STEADY_MS = 400
"""A window that has not moved for so long is not on its way to another state."""


class Keeper(QObject):
    """Session and settings of one window: read once, and written soon after each change.

    Parameters
    ----------
    places : Places
    tell : callable
        Gets one sentence whenever something went wrong.
    background : Background
        Where it is written: a disk may take its time.
    """

    def __init__(
        self,
        places: Places,
        tell: Callable[[str], object],
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._told: list[str] = []
        self._tell = self._told.append
        self._background = background
        # What goes wrong in a thread is told in the window's.
        self._sessions = SessionStore(places, lambda text: self._tell(text))
        self._store = SettingsStore(places, lambda text: self._tell(text))
        self.session = self._sessions.load()
        self.settings = self._store.load()
        self._say = tell
        self._writing = Lock()
        self._written: tuple[Session, Settings] | None = None
        self._history: Callable[[], Any] = lambda: None
        self._sidebar: Callable[[], tuple[int, bool]] = lambda: (0, False)
        self._mix: Mix | None = None
        self._pace: Callable[[], Pace] = lambda: self.session.pace
        self._window: QMainWindow | None = None
        self._state: AppState | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._save_soon)
        self._steady = QTimer(self)
        self._steady.setSingleShot(True)
        self._steady.setInterval(_STEADY_MS)
        self._steady.timeout.connect(self._note_window)

    def take_told(self) -> list[str]:
        """Return what went wrong so far, and forget it."""
        told, self._told[:] = self._told[:], []
        return told

    # -- The window ------------------------------------------------------------------------------

    def show(self, window: QMainWindow) -> None:
        """Show the window where it was, or in the middle of the screen the first time."""
        self._window = window
        window.setMinimumSize(*_SMALLEST)
        session = self.session
        screens = [_known(screen) for screen in _screens()]
        box = session.window or _first(screens)
        box = fit_to_screens(box, screens, session.screen)
        self.session = replace(session, window=box)
        window.setGeometry(box.x, box.y, box.width, box.height)
        state = Qt.WindowState.WindowNoState
        if session.maximised:
            state |= Qt.WindowState.WindowMaximized
        if session.full_screen:
            state |= Qt.WindowState.WindowFullScreen
        window.setWindowState(state)
        window.show()

    def changed(self) -> None:
        """Hear that something has changed: it is written soon."""
        if not self._timer.isActive():
            self._timer.start()

    def moved(self) -> None:
        """Hear that the window is elsewhere, of another size, or in another state."""
        self._steady.start()
        self.changed()

    # -- The state -------------------------------------------------------------------------------

    def follow(
        self, state: AppState, history: Callable[[], Any], sidebar: Callable[[], tuple[int, bool]]
    ) -> None:
        """Remember what happens to a state from now on.

        Parameters
        ----------
        state : AppState
        history : callable
            Returns the places visited, as plain JSON values.
        sidebar : callable
            Returns how wide the sidebar is, and whether it is folded away.
        """
        self._state, self._history, self._sidebar = state, history, sidebar
        for event in (state.pose_changed, state.selected_changed, state.mode_changed):
            event.connect(self._on_change)
        state.settings_changed.connect(self._on_change)

    def follow_mix(self, mix: Mix) -> None:
        """Remember what is averaged from now on."""
        self._mix = mix
        mix.changed.connect(self.changed)

    def follow_pace(self, pace: Callable[[], Pace]) -> None:
        """Remember how quickly galaxies are built."""
        self._pace = pace

    def save(self) -> None:
        """Write everything, now."""
        self._timer.stop()
        self.note()
        self._write(self.session, self.settings)
        for sentence in self.take_told():
            self._say(sentence)

    def _on_change(self, _: object) -> None:
        self.changed()

    def _save_soon(self) -> None:
        self.note()
        session, settings = self.session, self.settings
        self._background.start(
            lambda: self._write(session, settings), lambda _: self._say_told(), self._say
        )

    def _say_told(self) -> None:
        for sentence in self.take_told():
            self._say(sentence)

    def _write(self, session: Session, settings: Settings) -> None:
        with self._writing:
            before = self._written or (None, None)
            if session != before[0]:
                self._sessions.save(session)
            if settings != before[1]:
                self._store.save(settings)
            self._written = session, settings

    def note(self) -> None:
        """Look how things are, to be written with the next save."""
        self._note_window()
        state = self._state
        if state is None:
            return
        self.settings = state.settings
        world = state.world
        width, folded = self._sidebar()
        session = replace(
            self.session,
            mode=state.mode,
            sidebar_width=width or self.session.sidebar_width,
            sidebar_folded=folded,
            pace=self._pace(),
        )
        if self._mix is not None:
            session = replace(session, mix=to_json(self._mix.recipe))
        self.session = session
        if world.temporary:
            # It will not be there the next time; what was open before it is.
            return
        selected = "" if state.selected is None else world.key(state.selected)
        visit = Visit(world.shape, state.pose, selected, self._history())
        self.session = replace(session, last_file=world.path).with_visit(world.path, visit)

    def _note_window(self) -> None:
        window = self._window
        if window is None or not window.isVisible():
            return
        full, maximised = window.isFullScreen(), window.isMaximized()
        session = replace(self.session, full_screen=full)
        if not full:
            session = replace(session, maximised=maximised)
        screen = window.screen()
        if not (full or maximised or window.isMinimized()):
            # Qt's `normalGeometry` is no help for the others: on X11 a window is large before it
            # is said to be maximised, and Qt takes that for its normal size.
            box = window.geometry()
            kept = Box(box.x(), box.y(), box.width(), box.height())
            session = replace(session, window=kept)
        self.session = replace(session, screen=screen.name() if screen else "")


def _screens() -> list[QScreen]:
    main = QGuiApplication.primaryScreen()
    return sorted(QGuiApplication.screens(), key=lambda screen: screen is not main)


def _known(screen: QScreen) -> Screen:
    room = screen.availableGeometry()
    return Screen(screen.name(), Box(room.x(), room.y(), room.width(), room.height()))


def _first(screens: list[Screen]) -> Box:
    box = Box(0, 0, *_FIRST_SIZE)
    if not screens:
        return box
    room = screens[0].box
    width, height = min(box.width, room.width * 9 // 10), min(box.height, room.height * 9 // 10)
    return Box(0, 0, width, height).centred_in(room)
