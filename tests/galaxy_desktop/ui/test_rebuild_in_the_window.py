"""The rebuild in the window, with the real process on small graphs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from embedding.galaxy_file import load
from embedding.settings import BuildSettings
from galaxy_desktop.model.pace import Pace
from galaxy_desktop.ui.main_window import MainWindow
from galaxy_desktop.ui.rebuild_panel import REBUILD, RebuildPanel
from galaxy_desktop.ui.rebuilding import Rebuilding

_LONG = 60_000


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder for temporary files; after the test nothing is in it."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def _rebuilding(window: MainWindow) -> Rebuilding:
    assert window.rebuilding is not None
    return window.rebuilding


def _panel(window: MainWindow) -> RebuildPanel:
    panel = _rebuilding(window).parent()
    assert isinstance(panel, RebuildPanel)
    return panel


def _drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    move, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(9, 9), move, data, left, Qt.KeyboardModifier.NoModifier))


def _finish(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: _rebuilding(window).building, timeout=_LONG)
    qtbot.waitUntil(lambda: not _rebuilding(window).building, timeout=_LONG)


def _rebuild(window: MainWindow, qtbot: QtBot) -> None:
    """Rebuild the galaxy, by hand."""
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    panel = _panel(window)
    assert window.content is not None
    assert window.content.sidebar.room == REBUILD
    panel.presets["Fog"].click()
    QTest.mouseClick(panel.foot.rebuild, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    _finish(window, qtbot)


def test_the_galaxy_is_rebuilt_undone_and_kept(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, scratch: Path
) -> None:
    state = window.state
    assert state is not None
    before = state.world
    state.selected = 5
    name = before.galaxy.names[5]
    _rebuild(window, qtbot)
    assert not window.sentences
    built = state.world
    assert built.galaxy.settings["dims"] == 16
    assert state.selected is not None
    assert built.galaxy.names[state.selected] == name
    assert "(not kept yet)" in window.windowTitle()
    foot = _panel(window).foot
    foot.undo.click()
    assert state.world is before
    assert "(not kept yet)" not in window.windowTitle()
    foot.redo.click()
    assert state.world is built
    _rebuilding(window).keeping.ask_place = lambda _: str(tmp_path / "kept.galaxy")
    foot.keep.click()
    qtbot.waitUntil(lambda: not built.temporary)
    kept = load(tmp_path / "kept.galaxy")
    assert np.array_equal(kept.positions, built.positions)
    assert kept.settings["window"] == 1
    window.close()
    assert not list(scratch.iterdir())
    # The next start goes on there.
    assert window.keeper.session.last_file == str(tmp_path / "kept.galaxy")


def test_how_quick_the_machine_is_is_known_at_the_next_start(
    open_window: Callable[[], MainWindow],
) -> None:
    first = open_window()
    _panel(first).learn(BuildSettings(), 10_000, 2.0)
    learned = _panel(first).pace
    assert learned != Pace()
    first.close()
    assert _panel(open_window()).pace == learned


def test_a_folder_is_dropped_built_and_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "ring"
    place.mkdir()
    nodes = "".join(f"{k},Artist {k},50\n" for k in range(40))
    (place / "nodes.csv").write_text(f"id,name,popularity\n{nodes}")
    edges = "".join(f"{k},{(k + d) % 40}\n" for k in range(40) for d in (1, 2))
    (place / "edges.csv").write_text(f"source,target\n{edges}")
    _drop(window, place)
    _finish(window, qtbot)
    assert window.state is not None
    world = window.state.world
    assert sorted(world.galaxy.names) == sorted(f"Artist {k}" for k in range(40))
    assert window.sentences == list(world.galaxy.notes)
    assert window.windowTitle().startswith("ring (not kept yet)")
    assert world.temporary


def test_what_is_no_graph_is_said_as_the_engine_says_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    bad = tmp_path / "holiday.jpg"
    bad.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    state = window.state
    assert state is not None
    world = state.world
    _drop(window, bad)
    _finish(window, qtbot)
    (said,) = window.sentences
    assert str(bad) in said
    assert said.count(". ") == 0
    assert _panel(window).foot.problem.words.text() == said
    assert state.world is world
    assert _panel(window).settings.max_artists == len(world)


def test_of_several_files_none_is_taken(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    _drop(window, tmp_path / "a.csv", tmp_path / "b.csv")
    qtbot.wait(10)
    assert not _rebuilding(window).building


def test_closing_asks_about_what_would_be_lost(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, scratch: Path
) -> None:
    _rebuild(window, qtbot)
    keeping = _rebuilding(window).keeping
    keeping.ask_unkept = lambda _: "stay"
    assert not window.close()
    assert window.isVisible()
    window.open(str(tmp_path / "other.galaxy"))
    qtbot.wait(10)
    assert not window.sentences
    keeping.ask_unkept = lambda _: "keep"
    keeping.ask_place = lambda _: str(tmp_path / "kept.galaxy")
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert load(tmp_path / "kept.galaxy").settings["dims"] == 16
    assert not list(scratch.iterdir())


def test_once_a_galaxy_is_given_up_the_window_ends_as_ever(
    window: MainWindow, qtbot: QtBot, scratch: Path
) -> None:
    _rebuild(window, qtbot)
    _rebuilding(window).keeping.ask_unkept = lambda _: "lose"
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not window.isVisible()
    assert not list(scratch.iterdir())


def test_closing_in_the_middle_leaves_no_process_and_no_file(
    window: MainWindow, qtbot: QtBot, scratch: Path
) -> None:
    panel, rebuilding = _panel(window), _rebuilding(window)
    assert window.content is not None
    window.content.sidebar.show_room(REBUILD)
    panel.rows["epochs"].field.setText("9000")
    panel.rows["epochs"].field.setModified(True)
    panel.rows["epochs"].field.editingFinished.emit()
    panel.foot.rebuild.click()
    qtbot.waitUntil(lambda: panel.foot.progress.bar.share > 0, timeout=_LONG)
    process = rebuilding._job._process
    assert process is not None
    pid = process.pid
    assert pid
    window.close()
    assert not list(scratch.iterdir())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_cancelled_the_galaxy_is_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    panel, state = _panel(window), window.state
    assert state is not None
    assert window.content is not None
    window.content.sidebar.show_room(REBUILD)
    world = state.world
    panel._choose(lambda settings: settings)
    panel.rows["epochs"]._take(9000)
    panel.foot.rebuild.click()
    qtbot.waitUntil(lambda: state.gliding.displaced, timeout=_LONG)
    panel.foot.cancel.click()
    qtbot.waitUntil(lambda: not _rebuilding(window).building, timeout=_LONG)
    assert panel.foot.status.text() == "Cancelled. The galaxy is as it was."
    qtbot.waitUntil(lambda: not state.gliding.displaced, timeout=_LONG)
    assert state.world is world
    # What was turned is still turned.
    assert panel.settings.epochs == 9000
