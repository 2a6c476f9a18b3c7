"""The controller of a rebuild, with a job that does what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from embedding.galaxy_file import load, save
from embedding.settings import BuildSettings
from galaxy_desktop.jobs.rebuild_messages import Done, Preview, Progress, RebuildRequest
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.keeping import UnkeptDialog, file_name
from galaxy_desktop.ui.rebuild_panel import RebuildPanel
from galaxy_desktop.ui.rebuilding import Rebuilding
from tests.embedding.galaxies import galaxy

_OTHER = BuildSettings(p=9.0)


class _Job(QObject):
    progressed = pyqtSignal(object)
    previewed = pyqtSignal(object)
    done = pyqtSignal(object)
    failed = pyqtSignal(str)
    cancelled = pyqtSignal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.started: list[RebuildRequest] = []
        self.prepared: list[RebuildRequest] = []
        self.running = self.stopped = False
        self.notes: tuple[str, ...] = ()

    def prepare(self, request: RebuildRequest) -> None:
        self.prepared.append(request)

    def rest(self) -> None:
        pass

    def start(self, request: RebuildRequest) -> None:
        self.started.append(request)
        self.running = True

    def cancel(self) -> None:
        if self.running:
            self.running = False
            self.cancelled.emit()

    def stop(self) -> None:
        self.running, self.stopped = False, True

    def fail(self, sentence: str) -> None:
        self.running = False
        self.failed.emit(sentence)

    def finish(self, seed: int = 1, **changes: Any) -> Done:
        """Be done with a galaxy."""
        self.running = False
        settings = self.started[-1].settings.as_dict()
        path = self.folder / f"built-{seed}.galaxy"
        base = galaxy(30, seed=0)
        new = galaxy(30, seed=seed)
        made = {"positions": new.positions, "vectors": new.vectors, "title": base.title}
        save(replace(base, settings=settings, **(made | changes)), path)
        done = Done(path, 30, 60, {}, settings, self.notes, 1.5)
        self.done.emit(done)
        return done


class _Bench:
    """A controller, and all around it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "opened.galaxy"
        save(galaxy(30), self.path)
        self.state = AppState(World(load(self.path), str(self.path)))
        self.first = self.state.world
        self.panel = RebuildPanel()
        self.background = Background()
        self.errors: list[str] = []
        self.said: list[str] = []
        self.state.message.connect(self.said.append)
        self.job = _Job(folder)
        self.rebuilding = Rebuilding(
            self.state,
            self.panel,
            lambda path: World(load(path), path),
            self.background,
            self.errors.append,
            self.job,  # type: ignore[arg-type]
        )


@pytest.fixture(name="bench")
def _bench(qtbot: QtBot, tmp_path: Path) -> Iterator[_Bench]:
    made = _Bench(tmp_path)
    qtbot.addWidget(made.panel)
    made.panel.resize(320, 700)
    made.panel.show()
    yield made
    made.background.wait()
    made.rebuilding.stop()


@pytest.fixture(name="begin")
def _begin(bench: _Bench, qtbot: QtBot) -> Callable[..., None]:
    def begin(settings: BuildSettings = _OTHER) -> None:
        count = len(bench.job.started)
        bench.panel.wanted.emit(settings)
        qtbot.waitUntil(lambda: len(bench.job.started) > count)

    return begin


@pytest.fixture(name="built")
def _built(bench: _Bench, qtbot: QtBot, begin: Callable[..., None]) -> Callable[..., World]:
    def built(seed: int = 1, settings: BuildSettings = _OTHER, **changes: Any) -> World:
        begin(settings)
        bench.job.finish(seed, **changes)
        qtbot.waitUntil(lambda: not bench.rebuilding.building)
        return bench.state.world

    return built


def test_while_the_room_is_open_the_process_stands_by(bench: _Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(bench.job.prepared))
    request = bench.job.prepared[0]
    assert request.input == request.like == str(bench.path)


def test_it_builds_from_the_graph_of_the_galaxy_that_is_open(
    bench: _Bench, begin: Callable[..., None]
) -> None:
    begin()
    (request,) = bench.job.started
    assert request.input == request.like == str(bench.path)
    assert request.settings.p == 9
    assert bench.panel.foot.cancel.isVisible()


def test_a_file_that_is_gone_by_now_is_no_hindrance(
    bench: _Bench, begin: Callable[..., None]
) -> None:
    bench.path.unlink()
    begin()
    assert load(bench.job.started[0].input).names == bench.first.galaxy.names


def test_of_fewer_artists_small_groups_are_left_out(
    bench: _Bench, begin: Callable[..., None]
) -> None:
    begin(replace(_OTHER, max_artists=10, min_component=2))
    assert bench.job.started[0].settings.min_component == 0


def test_progress_and_previews_are_shown(bench: _Bench, begin: Callable[..., None]) -> None:
    begin()
    bench.job.progressed.emit(Progress("Walking", 0.25, 3.0))
    assert bench.panel.foot.progress.stage.text() == "Walking"
    assert bench.panel.foot.progress.bar.share == 0.25
    world = bench.first
    goal = world.positions[::-1].copy()
    keys = tuple(world.galaxy.keys)
    bench.job.previewed.emit(Preview(keys, goal, 0.5))
    assert bench.state.gliding.moving
    bench.state.pass_time(10)
    assert np.allclose(bench.state.places(list(range(30))), goal)
    assert bench.state.world is world


def test_the_end_reforms_the_world(bench: _Bench, built: Callable[..., World]) -> None:
    bench.state.selected = 7
    reformed: list[object] = []
    bench.state.world_reformed.connect(reformed.append)
    world = built()
    assert len(reformed) == 1
    assert world is not bench.first
    assert world.temporary
    assert world.galaxy.names is bench.first.galaxy.names
    assert bench.state.selected == 7
    assert bench.panel.settings.p == 9
    foot = bench.panel.foot
    assert foot.status.text().startswith("Built in 1.5 s.")
    assert foot.undo.isEnabled()
    assert foot.keep.isVisible()
    assert [row.title.text() for row in bench.panel.figures.rows] == ["Connection ratio"]


def test_undo_redo_and_throw_away(bench: _Bench, built: Callable[..., World]) -> None:
    one = built(1)
    two = built(2, replace(_OTHER, p=5.0))
    panel, state = bench.panel, bench.state
    panel.undo_requested.emit()
    assert state.world is one
    assert panel.settings.p == 9
    panel.undo_requested.emit()
    assert state.world is bench.first
    assert not panel.foot.undo.isEnabled()
    assert not panel.foot.keep.isVisible()
    panel.undo_requested.emit()
    panel.redo_requested.emit()
    panel.redo_requested.emit()
    assert state.world is two
    panel.throw_away_requested.emit()
    assert state.world is one
    assert not Path(two.path).exists()
    assert not panel.foot.redo.isEnabled()


def test_the_next_build_is_turned_like_what_is_shown_and_built_from_what_was_opened(
    bench: _Bench, built: Callable[..., World], begin: Callable[..., None]
) -> None:
    world = built()
    begin()
    assert bench.job.started[-1].like == world.path
    assert bench.job.started[-1].input == str(bench.path)


def test_in_live_mode_a_knob_starts_a_build_in_the_place_of_the_last(
    bench: _Bench, qtbot: QtBot
) -> None:
    row = bench.panel.rows["epochs"]
    row._step(1)
    assert not bench.rebuilding.building
    bench.panel.foot.live.setChecked(True)
    row._step(1)
    qtbot.waitUntil(lambda: len(bench.job.started) == 1)
    row._step(1)
    qtbot.waitUntil(lambda: len(bench.job.started) == 2)
    assert [each.settings.epochs for each in bench.job.started] == [7, 8]


def test_of_two_that_are_asked_for_at_once_only_the_last_is_shown(
    bench: _Bench, qtbot: QtBot, begin: Callable[..., None]
) -> None:
    begin()
    first = bench.job.finish(1)
    begin(replace(_OTHER, p=2.0))
    qtbot.waitUntil(lambda: not first.path.exists())
    assert bench.state.world is bench.first
    bench.job.finish(2)
    qtbot.waitUntil(lambda: not bench.rebuilding.building)
    assert bench.panel.settings.p == 2


@pytest.mark.parametrize("end", ["finish", "fail", "cancelled"])
def test_what_the_last_build_says_is_no_news_of_the_next(
    bench: _Bench, qtbot: QtBot, begin: Callable[..., None], end: str
) -> None:
    begin()
    # The next one is asked for, and the job has not heard of it yet.
    bench.panel.wanted.emit(replace(_OTHER, p=2.0))
    if end == "finish":
        bench.job.finish(1)
    elif end == "fail":
        bench.job.fail("The disk is full.")
    else:
        bench.job.cancel()
    assert bench.rebuilding.building
    qtbot.waitUntil(lambda: len(bench.job.started) == 2)
    bench.job.finish(2)
    qtbot.waitUntil(lambda: not bench.rebuilding.building)
    assert bench.panel.settings.p == 2
    assert len(bench.rebuilding.generations) == 2
    assert not bench.errors


def test_cancelled_while_the_next_is_on_its_way(bench: _Bench, begin: Callable[..., None]) -> None:
    begin()
    bench.panel.wanted.emit(replace(_OTHER, p=2.0))
    bench.panel.cancel_requested.emit()
    assert not bench.rebuilding.building
    assert not bench.job.running
    bench.background.wait()
    assert len(bench.job.started) == 1


def test_what_was_left_out_is_said(bench: _Bench, built: Callable[..., World]) -> None:
    note = "9 of 39 artists were left out: only the 30 most popular are kept (--max-artists)."
    bench.job.notes = (note,)
    built()
    assert bench.said[-1] == note.replace(" (--max-artists)", "")


@pytest.mark.parametrize("end", ["cancel", "fail"])
def test_what_comes_to_nothing_leaves_the_galaxy_as_it_was(
    bench: _Bench, begin: Callable[..., None], end: str
) -> None:
    begin()
    world = bench.first
    keys = tuple(world.galaxy.keys)
    bench.job.previewed.emit(Preview(keys, world.positions + 1, 0.5))
    bench.state.pass_time(10)
    if end == "cancel":
        bench.panel.cancel_requested.emit()
        assert bench.panel.foot.status.text() == "Cancelled. The galaxy is as it was."
        assert not bench.errors
    else:
        bench.job.fail("The disk is full.")
        assert bench.panel.foot.problem.words.text() == "The disk is full."
        assert bench.errors == ["The disk is full."]
    bench.state.pass_time(10)
    assert bench.state.world is world
    assert np.array_equal(bench.state.places(list(range(30))), world.positions)
    assert bench.panel.foot.rebuild.isVisible()
    # What the knobs were set to is still there to be changed a little.


def test_cancelled_before_the_process_heard_of_it(bench: _Bench) -> None:
    bench.panel.wanted.emit(_OTHER)
    bench.panel.cancel_requested.emit()
    assert not bench.rebuilding.building
    bench.background.wait()
    assert not bench.job.started


def test_a_galaxy_that_cannot_be_read_is_said(
    bench: _Bench, qtbot: QtBot, begin: Callable[..., None], tmp_path: Path
) -> None:
    begin()
    bad = tmp_path / "bad.galaxy"
    bad.write_bytes(b"")
    bench.job.running = False
    bench.job.done.emit(Done(bad, 1, 1, {}, {}, (), 1.0))
    qtbot.waitUntil(lambda: bool(bench.errors))
    assert "the file is empty" in bench.errors[0]
    assert bench.state.world is bench.first


def test_it_is_kept_with_its_settings(
    bench: _Bench, qtbot: QtBot, built: Callable[..., World], tmp_path: Path
) -> None:
    world = built()
    target = tmp_path / "mine.galaxy"
    made = Path(world.path)
    bench.rebuilding.keeping.ask_place = lambda _: str(target)
    bench.panel.keep_requested.emit()
    qtbot.waitUntil(lambda: not world.temporary)
    assert load(target).settings["p"] == 9
    assert np.array_equal(load(target).positions, world.positions)
    assert world.path == str(target)
    assert not made.exists()
    assert bench.said[-1] == f"The galaxy is kept as {target}."
    assert not bench.panel.foot.keep.isVisible()


def test_what_cannot_be_kept_stays_unkept_and_it_is_said(
    bench: _Bench, qtbot: QtBot, built: Callable[..., World], tmp_path: Path
) -> None:
    world = built()
    bench.rebuilding.keeping.ask_place = lambda _: str(tmp_path / "no" / "where.galaxy")
    bench.panel.keep_requested.emit()
    qtbot.waitUntil(lambda: bool(bench.errors))
    assert "the folder does not exist" in bench.errors[0]
    assert world.temporary
    assert bench.panel.foot.keep.isVisible()


def test_what_would_be_lost_is_asked_about(
    bench: _Bench, qtbot: QtBot, built: Callable[..., World], tmp_path: Path
) -> None:
    done: list[str] = []
    bench.rebuilding.settle(lambda: done.append("nothing to lose"))
    built()
    answers = {"stay": [], "lose": ["lose"], "keep": ["lose", "keep"]}
    for answer, expected in answers.items():
        bench.rebuilding.keeping.ask_unkept = lambda _, answer=answer: answer  # type: ignore[misc, return-value]
        bench.rebuilding.keeping.ask_place = lambda _: str(tmp_path / "kept.galaxy")
        bench.rebuilding.settle(lambda answer=answer: done.append(answer))  # type: ignore[misc]
        qtbot.waitUntil(lambda expected=expected: done == ["nothing to lose", *expected])
    assert not bench.state.world.temporary


def test_no_place_is_not_kept_and_nothing_follows(
    bench: _Bench, built: Callable[..., World]
) -> None:
    built()
    bench.rebuilding.keeping.ask_unkept = lambda _: "keep"
    bench.rebuilding.keeping.ask_place = lambda _: ""
    bench.rebuilding.settle(lambda: pytest.fail("it was not kept"))
    assert bench.state.world.temporary


def test_a_graph_is_built_and_opened(bench: _Bench, qtbot: QtBot) -> None:
    opened: list[World] = []
    bench.rebuilding.opened.connect(opened.append)
    bench.rebuilding.opened.connect(lambda world: setattr(bench.state, "world", world))
    bench.rebuilding.open_graph("/data/related.csv")
    (request,) = bench.job.started
    assert (request.input, request.like) == ("/data/related.csv", "")
    assert request.settings == BuildSettings()
    bench.job.progressed.emit(Progress("Walking", 0.25, 3.0))
    assert bench.panel.foot.progress.stage.text() == "related.csv: walking"
    bench.job.previewed.emit(Preview(("a", "b"), np.zeros((2, 3), np.float32), 0.5))
    assert not bench.state.gliding.moving
    bench.job.finish(3, title="")
    qtbot.waitUntil(lambda: not bench.rebuilding.building)
    assert opened == [bench.state.world]
    assert bench.state.world.galaxy.title == "related"
    assert bench.state.world.temporary
    assert len(bench.rebuilding.generations) == 1
    # It can be built again: from the graph that it holds.
    bench.panel.wanted.emit(_OTHER)
    qtbot.waitUntil(lambda: len(bench.job.started) == 2)
    assert bench.job.started[1].input == bench.state.world.path


def test_a_graph_that_is_thrown_away_leaves_nothing(bench: _Bench, qtbot: QtBot) -> None:
    bench.rebuilding.opened.connect(lambda world: setattr(bench.state, "world", world))
    bench.rebuilding.open_graph("/data/related.csv")
    made = bench.job.finish(3)
    qtbot.waitUntil(lambda: not bench.rebuilding.building)
    with qtbot.waitSignal(bench.rebuilding.emptied):
        bench.panel.throw_away_requested.emit()
    bench.state.world = World(galaxy(30))
    assert not made.path.exists()


def test_a_graph_that_is_none_leaves_the_galaxy_and_its_knobs(bench: _Bench) -> None:
    before = bench.panel.settings
    bench.rebuilding.open_graph("/data/holiday.jpg")
    bench.job.fail("/data/holiday.jpg: this is no graph; give another file.")
    assert bench.errors == ["/data/holiday.jpg: this is no graph; give another file."]
    assert bench.panel.settings == before
    assert bench.state.world is bench.first


def test_another_galaxy_ends_a_build_and_begins_anew(
    bench: _Bench, built: Callable[..., World], begin: Callable[..., None]
) -> None:
    made = built()
    begin()
    bench.state.world = other = World(galaxy(20, settings={"p": 3.0}))
    assert not bench.job.running
    assert not bench.rebuilding.building
    assert not Path(made.path).exists()
    assert bench.panel.settings.p == 3
    assert bench.panel.settings.max_artists == 20
    assert not bench.panel.foot.undo.isEnabled()
    assert bench.rebuilding.generations.present is other


def test_the_question_can_be_answered_in_three_ways(bench: _Bench, qtbot: QtBot) -> None:
    for name, answer in (("keep", "keep"), ("lose", "lose"), ("stay", "stay")):
        dialog = UnkeptDialog(bench.first)
        qtbot.addWidget(dialog)
        getattr(dialog, name).click()
        assert dialog.answer == answer
        assert dialog.result() == (
            QDialog.DialogCode.Rejected if name == "stay" else QDialog.DialogCode.Accepted
        )


def test_its_file_is_called_after_it() -> None:
    assert file_name(World(galaxy(3, title="The Atlas of Music!"))) == "the-atlas-of-music.galaxy"
    assert file_name(World(galaxy(3, title="..."))) == "galaxy.galaxy"
