"""The measured window: the real one, with everything in it. Each function runs in its own child."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.benchmarks.child import Answer
from tests.benchmarks.elsewhere import Elsewhere

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QApplication

    from galaxy_desktop.model.settings import Settings
    from galaxy_desktop.model.world import World
    from galaxy_desktop.ui.main_window import MainWindow

SIZE = (1280, 800)
PATIENCE = 60.0
"""Seconds until something that does not happen is given up."""
SETTLING = 0.5
"""Seconds at rest after each leg: names fade in."""


@dataclass  # no slots: Qt holds its methods weakly
class Driver:
    """An open window, and the frames that were seen in it.

    Attributes
    ----------
    app : QApplication
    window : MainWindow
    shown : list of float
        When each frame was on the screen, seconds.
    rested : float
        When the camera last came to rest.
    converged : float
        When the picture was as good as it gets after that; 0 while it is not.
    """

    app: QApplication
    window: MainWindow
    shown: list[float] = field(default_factory=list)
    rested: float = 0.0
    converged: float = 0.0

    def watch(self) -> None:
        """Follow the frames from now on."""
        self.explorer.drawn.connect(self._drawn)
        self.explorer.moving_changed.connect(self._moving_changed)

    @property
    def explorer(self) -> Any:
        """The canvas, and what flies on it."""
        assert self.window.content is not None
        return self.window.content.explorer

    def until(self, happened: Callable[[], bool], what: str) -> None:
        """Let the window live until something is so."""
        deadline = time.perf_counter() + PATIENCE
        while not happened():
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{what} did not happen within {PATIENCE:.0f} s")
            self.wait(0.002)

    def wait(self, seconds: float) -> None:
        """Let the window live for a while."""
        from PyQt6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(max(1, round(1000 * seconds)), loop.quit)
        loop.exec()

    def leg(self, begin: Callable[[], object]) -> tuple[list[float], float]:
        """Fly until the camera rests and the picture is whole.

        Returns
        -------
        frames : list of float
            Seconds between one frame and the next, from the first to the last in motion.
        whole : float
            Seconds from the rest of the camera to the whole picture.
        """
        self.rested = self.converged = 0.0
        before = len(self.shown)
        begin()
        self.until(lambda: self.converged > 0, "a whole picture at the goal")
        moving = [at for at in self.shown[before:] if at <= self.rested]
        return np.diff(moving).tolist(), self.converged - self.rested

    def _drawn(self) -> None:
        now = time.perf_counter()
        self.shown.append(now)
        if self.rested and not self.converged and self.explorer.canvas.renderer.converged:
            self.converged = now

    def _moving_changed(self, moving: bool) -> None:
        self.rested = 0.0 if moving else time.perf_counter()


def fly(galaxy: str, picks: int, workers: int) -> Answer:
    """Open a galaxy and fly its tour with everything on, as fast as the window lets frames come.

    Towards a cluster, to an artist, home again, as one flies to a bookmark; then half a turn
    around, then straight ahead.
    """
    del workers
    from galaxy_desktop.model.settings import Settings
    from galaxy_desktop.model.tour import Tour

    started = time.perf_counter()
    with opened(galaxy, Settings(welcomed=True, rotate=False)) as driver:
        open_seconds = driver.shown[0] - started
        state, navigator = driver.window.state, driver.explorer.navigator
        assert state is not None
        tour = Tour(state.world, SIZE[0] / SIZE[1], state.settings.fov)
        frames: list[float] = []
        whole: list[float] = []
        elsewhere = Elsewhere()
        for stop in (*tour.stops[2::2], tour.stops[0]):
            times, settled = driver.leg(partial(navigator.go_to, stop.pose))
            frames += times
            whole.append(settled)
            driver.wait(SETTLING)
        for begin in (lambda: _drag(driver), lambda: _ahead(driver)):
            times, settled = driver.leg(begin)
            frames += times
            whole.append(settled)
            driver.wait(SETTLING)
        others = elsewhere.cores()
        rng, pick_times = np.random.default_rng(1), []
        for x, y in rng.uniform((0, 0), SIZE, (picks, 2)):
            clock = time.perf_counter()
            navigator.picker.pick(state.pose, x, y, SIZE)
            pick_times.append(time.perf_counter() - clock)
        figures = {
            "seconds": sum(frames),
            "open": open_seconds,
            "renderer": driver.explorer.renderer,
            "view": type(driver.explorer.canvas).__name__,
            "whole": whole,
            "others": others,
            "stars": len(state.world),
            "lines": connections(state.world),
            "size": [driver.explorer.view.width(), driver.explorer.view.height()],
        }
    return figures, {"frames": np.array(frames), "picks": np.array(pick_times)}


def rotate(galaxy: str, seconds: float, workers: int) -> Answer:
    """Open a galaxy and let it turn by itself."""
    del workers
    from galaxy_desktop.model.settings import Settings

    with opened(galaxy, Settings(welcomed=True, rotate=True)) as driver:
        driver.wait(SETTLING)
        begun, elsewhere = len(driver.shown), Elsewhere()
        driver.wait(seconds)
        frames, others = np.diff(driver.shown[begun:]), elsewhere.cores()
    return {"seconds": float(frames.sum()), "others": others}, {"frames": frames}


def idle(galaxy: str, seconds: float, workers: int) -> Answer:
    """Open a galaxy, fly to its best known star, and do nothing for a while."""
    del workers
    from galaxy_desktop.model.settings import Settings

    with opened(galaxy, Settings(welcomed=True, rotate=False)) as driver:
        navigator, state = driver.explorer.navigator, driver.window.state
        assert state is not None
        best = int(np.argmax(state.world.fame))
        driver.leg(lambda: navigator.fly_to(best))
        driver.wait(4 * SETTLING)
        frames, spent, clock = len(driver.shown), time.process_time(), time.perf_counter()
        driver.wait(seconds)
        share = (time.process_time() - spent) / (time.perf_counter() - clock)
        frames = len(driver.shown) - frames
    return {"seconds": seconds, "share": share, "frames": frames}, {}


def read(path: str) -> World:
    """Read a galaxy."""
    from embedding.galaxy_file import load
    from galaxy_desktop.model.world import World

    return World(load(Path(path)), path)


def connections(world: World) -> int:
    """Return how many lines a galaxy has that are shown."""
    from embedding.connections import shown_connections

    edges = world.galaxy.graph().edge_list()
    return int(shown_connections(world.positions, edges).sum())


@contextmanager
def opened(galaxy: str, settings: Settings) -> Iterator[Driver]:
    """Open the window as the command does, with settings of its own, and wait for a picture."""
    from PyQt6.QtCore import Qt
    from PyQt6.QtWidgets import QApplication

    from galaxy_desktop.model.settings import SettingsStore
    from galaxy_desktop.model.storage import Places
    from galaxy_desktop.ui import theme
    from galaxy_desktop.ui.collector import Collector
    from galaxy_desktop.ui.main_window import MainWindow
    from galaxy_desktop.ui.turns import take_short_turns

    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(["galaxy-bench"])
    Collector(app)
    take_short_turns()
    theme.apply(app)
    with tempfile.TemporaryDirectory(prefix="galaxy-bench-") as folder:
        places = Places.under(Path(folder))
        SettingsStore(places).save(settings)
        window = MainWindow(places, read)
        driver = Driver(app, window)
        window.keeper.show(window)
        first: Future[Any] = Future()
        first.set_result(read(galaxy))
        window.begin(first)
        driver.until(lambda: window.content is not None, "an open galaxy")
        driver.watch()
        fit(driver)
        driver.until(lambda: bool(driver.shown), "a first frame")
        if not settings.rotate:
            driver.until(lambda: driver.explorer.canvas.renderer.converged, "a whole picture")
        try:
            yield driver
        finally:
            window.close()


def fit(driver: Driver) -> None:
    """Give the galaxy its size, whatever stands beside it."""
    view, window = driver.explorer.view, driver.window
    for _ in range(3):
        driver.app.processEvents()
        wide, high = SIZE[0] - view.width(), SIZE[1] - view.height()
        window.resize(window.width() + wide, window.height() + high)
    driver.app.processEvents()


def _drag(driver: Driver) -> None:
    """Turn the galaxy with the mouse for a second and a half, and let go."""
    navigator = driver.explorer.navigator
    until = time.perf_counter() + 1.5
    while time.perf_counter() < until:
        navigator.turn(6.0, 1.0)
        driver.wait(0.012)
    navigator.let_go()


def _ahead(driver: Driver) -> None:
    """Fly straight ahead for two seconds."""
    navigator = driver.explorer.navigator
    navigator.press("forward")
    driver.wait(2.0)
    navigator.release("forward")
