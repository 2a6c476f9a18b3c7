"""What is built, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from embedding.galaxy_file import load
from galaxy_desktop.jobs.rebuild_messages import Preview, Progress
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.ui.widgets.rebuild_bench import OTHER, Bench


def test_while_the_room_is_open_the_process_stands_by(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(bench.job.prepared))
    request = bench.job.prepared[0]
    assert request.input == request.like == str(bench.path)


def test_it_builds_from_the_graph_of_the_galaxy_that_is_open(
    bench: Bench, begin: Callable[..., None]
) -> None:
    begin()
    (request,) = bench.job.started
    assert request.input == request.like == str(bench.path)
    assert request.settings.p == 9
    assert bench.panel.foot.cancel.isVisible()


def test_a_file_that_is_gone_by_now_is_no_hindrance(
    bench: Bench, begin: Callable[..., None]
) -> None:
    bench.path.unlink()
    begin()
    assert load(bench.job.started[0].input).names == bench.first.galaxy.names


def test_of_fewer_artists_small_groups_are_left_out(
    bench: Bench, begin: Callable[..., None]
) -> None:
    begin(replace(OTHER, max_artists=10, min_component=2))
    assert bench.job.started[0].settings.min_component == 0


def test_progress_and_previews_are_shown(bench: Bench, begin: Callable[..., None]) -> None:
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


def test_the_end_reforms_the_world(bench: Bench, built: Callable[..., World]) -> None:
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


def test_undo_redo_and_throw_away(bench: Bench, built: Callable[..., World]) -> None:
    one = built(1)
    two = built(2, replace(OTHER, p=5.0))
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
    bench: Bench, built: Callable[..., World], begin: Callable[..., None]
) -> None:
    world = built()
    begin()
    assert bench.job.started[-1].like == world.path
    assert bench.job.started[-1].input == str(bench.path)


def test_what_was_left_out_is_said(bench: Bench, built: Callable[..., World]) -> None:
    note = "9 of 39 artists were left out: only the 30 most popular are kept (--max-artists)."
    bench.job.notes = (note,)
    built()
    assert bench.said[-1] == note.replace(" (--max-artists)", "")
