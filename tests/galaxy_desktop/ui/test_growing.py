"""Growing in the window, with the real crawl and the real build and a server on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from embedding.galaxy_file import load
from galaxy_desktop.jobs.services import services
from galaxy_desktop.model.growth import Answer, Named
from galaxy_desktop.model.growth_plan import GrowthPlan
from galaxy_desktop.ui import new_stars
from galaxy_desktop.ui.growing import Growing
from galaxy_desktop.ui.growth_strip import GrowthStrip
from galaxy_desktop.ui.main_window import MainWindow
from tests.embedding.sources.music_server import MusicServer
from tests.embedding.sources.music_world import music_world

_LONG = 60_000
_DEEZER = services()[1]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MusicServer]:
    with MusicServer(music_world(120)) as made:
        monkeypatch.setenv("GALAXY_SOURCE_URL", made.url)
        yield made


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(new_stars, "FIRST_MS", 50)
    monkeypatch.setattr(new_stars, "LAST_MS", 50)
    return folder


def _growing(window: MainWindow) -> tuple[Growing, GrowthStrip]:
    growing = window.growing
    assert growing is not None
    strip = growing.parent()
    assert isinstance(strip, GrowthStrip)
    return growing, strip


def _plan(server: MusicServer, size: int) -> GrowthPlan:
    return GrowthPlan(service=_DEEZER, seeds=(server.world.names[0],), size=size)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_galaxy_grows_finds_its_shape_and_goes_back(
    server: MusicServer, window: MainWindow, qtbot: QtBot
) -> None:
    state, (growing, strip) = window.state, _growing(window)
    assert state is not None
    before = state.world
    assert not server.asked
    QTest.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert window.grow_asking is not None
    dialog = window.grow_asking.dialog
    assert dialog is not None
    dialog.services.current = 1
    dialog.seeds.set_names([server.world.names[0]])
    dialog.sizes.setItemData(0, 40)
    dialog.sizes.setCurrentIndex(0)
    qtbot.wait(100)
    assert not server.asked  # nothing was said yet
    state.selected = 5
    server.delay = 0.02
    told: list[str] = []
    state.message.connect(told.append)
    dialog.grow.click()
    qtbot.waitUntil(lambda: growing.stars.count > 3, timeout=_LONG)
    edge = state.world
    assert edge.galaxy.names[: len(before)] == before.galaxy.names
    assert np.array_equal(edge.positions[: len(before)], before.positions)
    assert set(edge.galaxy.names[len(before) :]) <= set(server.world.names)
    assert state.selected == 5
    new = len(before) + 1
    state.selected = new
    name = edge.galaxy.names[new]
    assert window.content is not None
    assert "Deezer" in window.content.sidebar.world_card.origin.text()
    qtbot.waitUntil(lambda: strip.doing == "grown", timeout=_LONG)
    grown = state.world
    assert len(grown) > len(before) + 20
    assert state.selected is not None
    assert grown.galaxy.names[state.selected] == name
    assert "Deezer" in load(Path(grown.path)).source
    assert "Deezer" in grown.galaxy.licence
    assert grown.galaxy.title == before.galaxy.title
    assert "new artists" in strip.status.text()
    assert told == []  # but in the strip; what else is to be known stands on the galaxy's card
    assert grown.galaxy.notes[-1] in window.content.sidebar.world_card.notes.text()
    assert server.asked
    strip.undo.click()
    assert state.world is before
    assert not growing.job.running


def test_where_it_takes_longer_stars_come_more_rarely(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, (growing, _) = window.state, _growing(window)
    assert state is not None
    monkeypatch.setattr(new_stars, "arrange", lambda _: time.sleep(0.1))
    stars, known = growing.stars, state.world.galaxy

    def name(artist: int) -> None:
        new = Named(f"new {artist}", f"new {artist}", f"New {artist}")
        stars.take(Answer(Named("x", known.keys[artist], known.names[artist]), (new,), (new.id,)))
        stars.take(Answer(new, (), ()))

    stars.begin("Test", "")
    name(3)
    qtbot.waitUntil(lambda: stars.count == 1, timeout=_LONG)
    name(4)
    # A fifth of the time goes into it, and the search needs as long again.
    assert stars._wait.interval() >= 1000
    stars.end()


def test_it_pauses_goes_on_is_killed_and_goes_on(
    server: MusicServer, window: MainWindow, qtbot: QtBot
) -> None:
    state, (growing, strip) = window.state, _growing(window)
    assert state is not None
    before = state.world
    server.delay = 0.05
    growing.begin(_plan(server, 100))
    qtbot.waitUntil(lambda: growing.stars.count > 0, timeout=_LONG)
    strip.pause.click()
    qtbot.waitUntil(lambda: growing.stage == "paused", timeout=_LONG)
    asked = len(server.asked)
    qtbot.wait(200)
    assert len(server.asked) == asked
    strip.resume.click()
    qtbot.waitUntil(lambda: len(server.asked) > asked + 3, timeout=_LONG)
    os.kill(growing.job.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: growing.stage == "failed", timeout=_LONG)
    assert "ended from outside" in strip.problem.words.text()
    strip.resume.click()
    asked = len(server.asked)
    qtbot.waitUntil(lambda: len(server.asked) > asked + 3, timeout=_LONG)
    strip.stop.click()
    qtbot.waitUntil(lambda: strip.doing == "ended", timeout=_LONG)
    # Nobody was asked about twice.
    about = [path for path, _ in server.asked if path.endswith("/related")]
    assert len(about) <= len(set(about)) + 2  # but for answers in flight as it was ended
    strip.take_away.click()
    assert state.world is before
    assert strip.isHidden()


def test_while_a_service_is_not_there_that_is_said_and_it_can_be_stopped(
    window: MainWindow, qtbot: QtBot
) -> None:
    growing, strip = _growing(window)
    growing._base_url = "http://127.0.0.1:9"
    growing.begin(GrowthPlan(service=_DEEZER, seeds=("Anybody",), size=10))
    qtbot.waitUntil(lambda: "Deezer" in strip.progress.stage.text(), timeout=_LONG)
    assert not strip.re_form.isEnabled()
    strip.stop.click()
    qtbot.waitUntil(strip.isHidden, timeout=_LONG)
    assert not growing.growing


def test_closing_in_the_middle_leaves_nothing_behind(
    server: MusicServer, window: MainWindow, qtbot: QtBot, scratch: Path
) -> None:
    growing, _ = _growing(window)
    server.delay = 0.05
    growing.begin(_plan(server, 100))
    qtbot.waitUntil(lambda: growing.stars.count > 0, timeout=_LONG)
    pid = growing.job.pid
    window.close()
    assert not _runs(pid)
    assert not list(scratch.iterdir())


def test_another_galaxy_ends_it(
    server: MusicServer, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    from embedding.galaxy_file import save
    from tests.embedding.galaxies import galaxy

    growing, strip = _growing(window)
    server.delay = 0.05
    growing.begin(_plan(server, 100))
    qtbot.waitUntil(lambda: growing.stars.count > 0, timeout=_LONG)
    save(galaxy(30), tmp_path / "other.galaxy")
    window.open(str(tmp_path / "other.galaxy"))
    state = window.state
    assert state is not None
    qtbot.waitUntil(lambda: len(state.world) == 30, timeout=_LONG)
    assert not growing.growing
    assert not growing.job.running
    assert strip.isHidden()
    qtbot.wait(200)
    assert len(state.world) == 30


def test_a_rebuild_meanwhile_keeps_the_new_ones_at_the_edge(
    server: MusicServer, window: MainWindow, qtbot: QtBot
) -> None:
    state, (growing, strip) = window.state, _growing(window)
    assert state is not None
    assert window.rebuilding is not None
    server.delay = 0.05
    growing.begin(_plan(server, 100))
    qtbot.waitUntil(lambda: growing.stars.count > 3, timeout=_LONG)
    strip.pause.click()
    qtbot.waitUntil(lambda: growing.stage == "paused", timeout=_LONG)
    base = window.rebuilding.generations.present
    from galaxy_desktop.model.knobs import settings_of

    window.rebuilding.rebuild(settings_of({"dims": 5}, len(base)))
    rebuilt = window.rebuilding.generations
    qtbot.waitUntil(lambda: rebuilt.present is not base, timeout=_LONG)
    qtbot.waitUntil(lambda: growing.stars.count > 3, timeout=_LONG)
    assert np.array_equal(state.world.positions[: len(base)], rebuilt.present.positions)
    strip.re_form.click()
    qtbot.waitUntil(lambda: growing.stage == "paused" and strip.doing == "waiting", timeout=_LONG)
    assert len(rebuilt.present) > len(base) + 3
    growing.take_away()


def test_no_process_outlives_a_window_that_is_killed(server: MusicServer, tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from PyQt6.QtCore import QCoreApplication
from galaxy_desktop.jobs.crawl_job import CrawlJob
from galaxy_desktop.jobs.crawl_messages import CrawlRequest
app = QCoreApplication([])
job = CrawlJob()
job.answered.connect(lambda _: print(job.pid, flush=True))
job.start(CrawlRequest(source="deezer", seeds=({server.world.names[0]!r},), size=1000,
                       path=Path({str(tmp_path / "x.db")!r}), base_url={server.url!r}))
app.exec()
"""
    server.delay = 0.2
    window = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert window.stdout is not None
    with window.stdout:
        pid = int(window.stdout.readline())
        window.kill()
        window.wait()
    for _ in range(100):
        if not _runs(pid):
            break
        QTest.qWait(100)
    assert not _runs(pid)
