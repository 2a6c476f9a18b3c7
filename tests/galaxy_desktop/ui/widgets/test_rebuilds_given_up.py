"""A build that is cancelled, fails, or gives way to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from galaxy_desktop.jobs.rebuild_messages import Done, Preview
from galaxy_desktop.model.world import World
from tests.embedding.galaxies import galaxy
from tests.galaxy_desktop.ui.widgets.rebuild_bench import OTHER, Bench


def test_in_live_mode_a_knob_starts_a_build_in_the_place_of_the_last(
    bench: Bench, qtbot: QtBot
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
    bench: Bench, qtbot: QtBot, begin: Callable[..., None]
) -> None:
    begin()
    first = bench.job.finish(1)
    begin(replace(OTHER, p=2.0))
    qtbot.waitUntil(lambda: not first.path.exists())
    assert bench.state.world is bench.first
    bench.job.finish(2)
    qtbot.waitUntil(lambda: not bench.rebuilding.building)
    assert bench.panel.settings.p == 2


@pytest.mark.parametrize("end", ["finish", "fail", "cancelled"])
def test_what_the_last_build_says_is_no_news_of_the_next(
    bench: Bench, qtbot: QtBot, begin: Callable[..., None], end: str
) -> None:
    begin()
    # The next one is asked for, and the job has not heard of it yet.
    bench.panel.wanted.emit(replace(OTHER, p=2.0))
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


def test_cancelled_while_the_next_is_on_its_way(bench: Bench, begin: Callable[..., None]) -> None:
    begin()
    bench.panel.wanted.emit(replace(OTHER, p=2.0))
    bench.panel.cancel_requested.emit()
    assert not bench.rebuilding.building
    assert not bench.job.running
    bench.background.wait()
    assert len(bench.job.started) == 1


def test_cancelled_before_the_process_heard_of_it(bench: Bench) -> None:
    bench.panel.wanted.emit(OTHER)
    bench.panel.cancel_requested.emit()
    assert not bench.rebuilding.building
    bench.background.wait()
    assert not bench.job.started


@pytest.mark.parametrize("end", ["cancel", "fail"])
def test_what_comes_to_nothing_leaves_the_galaxy_as_it_was(
    bench: Bench, begin: Callable[..., None], end: str
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


def test_a_galaxy_that_cannot_be_read_is_said(
    bench: Bench, qtbot: QtBot, begin: Callable[..., None], tmp_path: Path
) -> None:
    begin()
    bad = tmp_path / "bad.galaxy"
    bad.write_bytes(b"")
    bench.job.running = False
    bench.job.done.emit(Done(bad, 1, 1, {}, {}, (), 1.0))
    qtbot.waitUntil(lambda: bool(bench.errors))
    assert "the file is empty" in bench.errors[0]
    assert bench.state.world is bench.first


def test_another_galaxy_ends_a_build_and_begins_anew(
    bench: Bench, built: Callable[..., World], begin: Callable[..., None]
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
