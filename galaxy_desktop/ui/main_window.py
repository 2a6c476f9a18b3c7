"""`MainWindow`: the window, from before a galaxy is open until it is closed."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PyQt6.QtCore import QEvent, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMoveEvent,
    QResizeEvent,
)
from PyQt6.QtWidgets import QApplication, QMainWindow

from embedding.errors import GalaxyError
from galaxy_desktop.jobs.services import SOURCE_URL, ServiceKeys, services
from galaxy_desktop.model.bookmarks import Bookmarks
from galaxy_desktop.model.recent import Recents
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.shown_text import shown
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.storage import Places
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.commands import Commands
from galaxy_desktop.ui.content import Content
from galaxy_desktop.ui.event_log import EventLog
from galaxy_desktop.ui.grow_asking import GrowAsking
from galaxy_desktop.ui.growing import Growing
from galaxy_desktop.ui.growth_strip import GrowthStrip
from galaxy_desktop.ui.keeper import Keeper
from galaxy_desktop.ui.keyboard_hold import KeyboardHold
from galaxy_desktop.ui.labels import label
from galaxy_desktop.ui.rebuild_panel import REBUILD, RebuildPanel
from galaxy_desktop.ui.rebuilding import Rebuilding
from galaxy_desktop.ui.toasts import Toasts

Loader = Callable[[str], World]
"""From the path of a galaxy, "" for the atlas, to the galaxy; raises GalaxyError."""

_TITLE = "Galaxy Desktop"
_SUFFIX = ".galaxy"
_PATIENCE_MS = 700
"""What takes longer is said to be under way."""


class MainWindow(QMainWindow):
    """The window of the program. It is on the screen before the galaxy is read.

    Parameters
    ----------
    places : Places
        Where things are kept between starts.
    load : callable
        Reads a galaxy, in a thread of its own.
    log : EventLog, optional
        Writes down what happens.

    Attributes
    ----------
    background : Background
    keeper : Keeper
    content : Content or None
        None until a galaxy is open; `state`, `commands`, `rebuilding`, `growing` too.
    """

    closed = pyqtSignal()

    def __init__(self, places: Places, load: Loader, log: EventLog | None = None) -> None:
        super().__init__()
        self._places, self._load, self._log = places, load, log
        self.setObjectName("galaxy-desktop")
        self.setWindowTitle(_TITLE)
        self.setAcceptDrops(True)
        self.background = Background(self)
        self.keeper = Keeper(places, self.tell, self.background, self)
        self.content: Content | None = None
        self.state: AppState | None = None
        self.commands: Commands | None = None
        self.rebuilding: Rebuilding | None = None
        self.growing: Growing | None = None
        self.grow_asking: GrowAsking | None = None
        self._settled = False
        self._toasts: Toasts | None = None
        self._untold: list[str] = []
        self._opening = 0
        waiting = label("Opening the galaxy...", "muted")
        waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setCentralWidget(waiting)

    # -- Opening -----------------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Open a galaxy; if it cannot be, what is open stays and the user is told.

        Parameters
        ----------
        path : str
            "" for the atlas.
        """
        self._settle(lambda: self._open(path))

    def open_graph(self, path: str) -> None:
        """Build a galaxy from a file or folder of related artists, and open it."""
        if self.rebuilding is not None and self.content is not None:
            rebuilding, sidebar = self.rebuilding, self.content.sidebar

            def build() -> None:
                sidebar.show_room(REBUILD)
                rebuilding.open_graph(path)

            self._settle(build)

    def close_unasked(self) -> None:
        """Close without a question: nobody may be there to answer."""
        self._settled = True
        self.close()

    def _ask_to_close(self) -> None:
        self._settle(self.close_unasked)

    def _settle(self, then: Callable[[], object]) -> None:
        """Do what would lose a galaxy that is not kept, once the user says so."""
        if self.rebuilding is None:
            then()
        else:
            self.rebuilding.settle(then)

    def _open(self, path: str) -> None:
        self._opening += 1
        number = self._opening

        def opened(world: World) -> None:
            waiting.deleteLater()
            # Of several at once, the last that was asked for.
            if number == self._opening:
                self.show_world(world)

        def failed(sentence: str) -> None:
            waiting.deleteLater()
            self.tell_error(sentence)

        name = Path(path).name or "the atlas of music"
        waiting = QTimer(self)
        waiting.setSingleShot(True)
        waiting.timeout.connect(lambda: self.tell(f"Opening {name}..."))
        waiting.start(_PATIENCE_MS)
        self.background.start(lambda: self._load(path), opened, failed)

    def begin(
        self, first: Future[World], failed: Callable[[GalaxyError], object] | None = None
    ) -> None:
        """Show the galaxy that is being read.

        Parameters
        ----------
        first : Future of World
        failed : callable, optional
            Gets what is wrong with it. None: the user is told, and the atlas is opened.
        """

        def wait() -> World | GalaxyError:
            try:
                return first.result()
            except GalaxyError as error:
                return error

        def begun(world: World | GalaxyError) -> None:
            if isinstance(world, World):
                self.show_world(world)
            elif failed is not None:
                failed(world)
            else:
                self.tell_error(f"{world} The atlas of music is shown instead.")
                self.open("")

        self.background.start(wait, begun, self.tell_error)

    def show_world(self, world: World) -> None:
        """Show a galaxy."""
        if self.state is None:
            self._begin(world)
        else:
            self.keeper.note()
            self.state.world = world
            assert self.content is not None
            self.content.restore_view(self.keeper.session)
        self._entitle()

    def tell(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self._say(sentence, error=False)

    def tell_error(self, sentence: str) -> None:
        """Show for a longer while what went wrong."""
        self._say(sentence, error=True)

    @property
    def sentences(self) -> list[str]:
        """What the user is being told."""
        return self._toasts.sentences if self._toasts is not None else list(self._untold)

    # -- What Qt calls -----------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Keep what is kept, and end; a galaxy that would be lost is asked about first."""
        if not self._settled and self.state is not None and self.state.world.temporary:
            if event is not None:
                event.ignore()
            # Later: to Qt, what is closed while it closes is gone, and nothing would be kept.
            QTimer.singleShot(0, self._ask_to_close)
            return
        if self.growing is not None:
            self.growing.close()
        self.background.wait()
        if self.commands is not None:
            self.commands.close_down()
        if self.rebuilding is not None:
            self.rebuilding.stop()
        self.keeper.save()
        if self.content is not None:
            self.content.close_down()
        if self._toasts is not None:
            self._toasts.close_down()
        super().closeEvent(event)
        if self._log is not None:
            self._log.write("closed")
        self.closed.emit()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow full screen and maximising."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.WindowStateChange:
            bar = self.menuBar()
            assert bar is not None
            bar.setVisible(not self.isFullScreen())
            self.keeper.moved()
            if self.commands is not None:
                self.commands.refresh()

    def moveEvent(self, event: QMoveEvent | None) -> None:
        """Keep where the window is."""
        super().moveEvent(event)
        self.keeper.moved()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep how large the window is."""
        super().resizeEvent(event)
        self.keeper.moved()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """From wherever the keyboard is, Escape brings it back to the galaxy."""
        if event is not None and event.key() == Qt.Key.Key_Escape and self.content is not None:
            self.content.focus_galaxy()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        """Take galaxies and graphs that are dragged in."""
        if event is not None and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Open the galaxy that was dropped, or build one from the graph."""
        if event is not None and (path := _dropped(event)):
            event.acceptProposedAction()
            # Not in here: a question would hold up the program that it was dragged from.
            opens = self.open if path.endswith(_SUFFIX) else self.open_graph
            QTimer.singleShot(0, lambda: opens(path))

    # -- Within ------------------------------------------------------------------------------------

    def _begin(self, world: World) -> None:
        """Fill the window, now that there is something to show."""
        self.state = state = AppState(world, self.keeper.settings)
        bookmarks = Bookmarks(self._places, self.tell)
        recents = Recents(self._places, self.tell)
        self.content = content = Content(state, bookmarks, recents, self.background)
        self.setCentralWidget(content)
        over = content.explorer.view.parentWidget()
        assert over is not None
        self._toasts = Toasts(over)
        state.message.connect(self.tell)
        state.settings_changed.connect(self._settings_changed)
        self._follow(state, content)
        content.restore(self.keeper.session)
        self._add_rebuilding(state, content)
        grow = self._add_growing(state, content)
        self.commands = Commands(
            self, state, content, self.background, self.open, self.open_graph, self.tell_error, grow
        )
        navigator = content.navigator
        self.keeper.follow(state, lambda: navigator.history.to_json(), content.sidebar_shape)
        self.keeper.follow_mix(content.averaging.mix)
        bookmarks.load()
        recents.load()
        for sentence in [*self.keeper.take_told(), *self._untold]:
            self.tell_error(sentence)
        self._palette = state.settings.look.palette
        KeyboardHold(content.explorer.view)
        content.focus_galaxy()
        if not state.settings.welcomed:
            self.commands.welcome()

    def _add_rebuilding(self, state: AppState, content: Content) -> None:
        panel = RebuildPanel()
        panel.pace = self.keeper.session.pace
        self.keeper.follow_pace(lambda: panel.pace)
        content.sidebar.add_room(REBUILD, panel)
        self.rebuilding = rebuilding = Rebuilding(
            state, panel, self._load, self.background, self.tell_error
        )
        rebuilding.opened.connect(self.show_world)
        # What was open before the graph; its file says what is wrong where it is gone.
        rebuilding.emptied.connect(lambda: self._open(self.keeper.session.last_file))
        rebuilding.titled.connect(self._entitle)

    def _add_growing(self, state: AppState, content: Content) -> Callable[[], object]:
        assert self.rebuilding is not None
        strip = GrowthStrip()
        content.sidebar.add_foot(strip)
        self.growing = growing = Growing(
            state,
            strip,
            self.rebuilding,
            self.background,
            self._places.cache / "crawls",
            lambda: content.ready,
            os.environ.get(SOURCE_URL, ""),
        )
        self.grow_asking = asking = GrowAsking(
            self, state, growing, self.background, services, ServiceKeys()
        )
        content.sidebar.grow_requested.connect(asking.ask)
        return asking.ask

    def _follow(self, state: AppState, content: Content) -> None:
        """Write down what happens."""
        log = self._log
        if log is None:
            return
        log.follow(state)
        averaging, explorer = content.averaging, content.explorer
        averaging.panel.answered.connect(lambda: log.averaged(averaging.mix))
        explorer.resized.connect(lambda wide, high: log.write("resized", size=[wide, high]))
        explorer.moving_changed.connect(
            lambda moving: log.write("moving") if moving else log.seen("still", state)
        )

        def drawn() -> None:
            explorer.drawn.disconnect(drawn)
            log.seen("drawn", state)

        explorer.drawn.connect(drawn)

    def _settings_changed(self, settings: Settings) -> None:
        if settings.look.palette != self._palette:
            self._palette = settings.look.palette
            theme.apply(QApplication.instance(), self._palette)  # type: ignore[arg-type]

    def _entitle(self) -> None:
        """Write on the window which galaxy is shown, and from which file."""
        assert self.state is not None
        world = self.state.world
        title = shown(" ".join(world.galaxy.title.split())) or Path(world.path).stem
        if world.temporary:
            title = f"{title} (not kept yet)"
        # As Qt itself writes the titles of dialogs.
        self.setWindowTitle(f"{title} — {_TITLE}" if title else _TITLE)
        self.setWindowFilePath("" if world.temporary else world.path)

    def _say(self, sentence: str, *, error: bool) -> None:
        if self._toasts is None:
            self._untold.append(sentence)
            return
        self._toasts.say(sentence, error=error)
        if error and self._log is not None:
            self._log.write("message", text=sentence)


def _dropped(event: QDropEvent) -> str:
    """Return the path of the one file or folder that is dragged, "" where it is something else."""
    data = event.mimeData()
    urls = data.urls() if data is not None else []
    return urls[0].toLocalFile() if len(urls) == 1 else ""
