"""`NewStars`: lets the artists that a service names appear at the edge of the galaxy."""

from __future__ import annotations

import time
from collections.abc import Callable

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from galaxy_desktop.model.growth import Answer, Growth
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.arrangement import arrange
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.rebuilding import Rebuilding

FIRST_MS, LAST_MS = 1_000, 5_000
"""Between two times that stars appear, at first and later on: the first ones are waited for. In a
large galaxy it takes longer."""
_SLOWER = 1.5
_SHARE = 0.2
"""Of the time: as much may be spent on working them out, however large the galaxy."""
_AGAIN_MS = 250
"""So soon it is tried again where something else was being shown."""


class NewStars(QObject):
    """Works out on a thread where new artists stand, and shows them some at a time.

    The galaxy that is shown then is the one that is open with them behind its own. It is in no row
    of galaxies: where another build takes over they come anew, at its edge.

    Signals
    -------
    shown() : more of them are there, or none any more

    Parameters
    ----------
    state : AppState
    rebuilding : Rebuilding
    background : Background
    ready : callable
        Whether what was made for the galaxy shown is done, so that another one may come.
    """

    shown = pyqtSignal()

    def __init__(
        self,
        state: AppState,
        rebuilding: Rebuilding,
        background: Background,
        ready: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._rebuilding = state, rebuilding
        self._background, self._ready = background, ready
        self._about = "", ""
        self._answers: list[Answer] = []
        #: What adds the answers to a galaxy, and how many it has; None: begin with all of them.
        self._growth: Growth | None = None
        self._taken = 0
        #: The galaxy with the new stars, while that is what is shown.
        self._world: World | None = None
        self._working = False
        self._pause = float(FIRST_MS)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._work)
        rebuilding.generations.changed.connect(self._row_changed)
        state.world_reformed.connect(self._reformed)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._world) - len(self._base) if self._world is not None else 0

    def begin(self, source: str, licence: str) -> None:
        """Begin with nobody.

        Parameters
        ----------
        source, licence : str
            Where they are from, and what may be done with it.
        """
        self.end()
        self._about = source, licence

    def take(self, answer: Answer) -> None:
        """Let those appear soon who come with an answer."""
        self._answers.append(answer)
        self._soon()

    def end(self) -> None:
        """Take all away."""
        self._wait.stop()
        self._answers, self._growth, self._taken = [], None, 0
        self._pause = float(FIRST_MS)
        world, self._world = self._world, None
        if world is not None and self._state.world is world:
            self._state.reform(self._base)
            self.shown.emit()

    # -- Within ------------------------------------------------------------------------------------

    @property
    def _base(self) -> World:
        return self._rebuilding.generations.present

    def _soon(self) -> None:
        if not self._wait.isActive() and not self._working:
            self._wait.start(round(self._pause))

    def _work(self) -> None:
        if self._rebuilding.building or self._state.gliding.moving or not self._ready():
            self._wait.start(_AGAIN_MS)
            return
        growth, base, about, taken = self._growth, self._base, self._about, self._taken
        answers = self._answers[taken:]
        if not answers:
            return
        self._working = True
        took: list[float] = []

        def work() -> tuple[Growth, World]:
            begun = time.perf_counter()
            grown = growth or Growth(base, *about)
            grown.take(answers)
            world = grown.world()
            # So that nobody waits when it takes over.
            world.prepare()
            arrange(world)
            # The search takes as long again to know the new names.
            took.append(2 * (time.perf_counter() - begun))
            return grown, world

        def ready(made: tuple[Growth, World]) -> None:
            self._working = False
            self._pause = max(min(self._pause * _SLOWER, LAST_MS), 1000 * took[0] / _SHARE)
            self._show(*made, growth, answers)

        self._background.start(work, ready, self._failed)

    def _show(
        self, growth: Growth, world: World, before: Growth | None, answers: list[Answer]
    ) -> None:
        fits = growth.base is self._base and self._growth is before
        fits = fits and self._answers[self._taken :][: len(answers)] == answers
        if fits and not self._rebuilding.building:
            self._growth, self._taken = growth, self._taken + len(answers)
            if len(growth) > self.count:
                self._world = world
                self._state.reform(world)
                self.shown.emit()
        else:
            # Another galaxy has taken over meanwhile: all begins again at its edge.
            self._growth, self._taken = None, 0
        if self._taken < len(self._answers):
            self._soon()

    def _failed(self, sentence: str) -> None:
        self._working = False
        self._growth, self._taken = None, 0
        self._state.message.emit(sentence)

    def _row_changed(self) -> None:
        """Follow where the galaxy that is open was kept in another file."""
        world, base = self._world, self._base
        if world is not None and self._state.world is world:
            world.path, world.temporary = base.path, base.temporary

    def _reformed(self, change: Reforming) -> None:
        if change.new is not self._world:
            self._world, self._growth, self._taken = None, None, 0
            if self._answers:
                self._soon()
