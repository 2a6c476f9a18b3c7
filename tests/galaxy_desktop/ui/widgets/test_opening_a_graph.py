"""A graph that is opened is built as a galaxy is rebuilt."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from embedding.settings import BuildSettings
from galaxy_desktop.jobs.rebuild_messages import Preview, Progress
from galaxy_desktop.model.world import World
from tests.embedding.galaxies import galaxy
from tests.galaxy_desktop.ui.widgets.rebuild_bench import OTHER, Bench


def test_a_graph_is_built_and_opened(bench: Bench, qtbot: QtBot) -> None:
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
    bench.panel.wanted.emit(OTHER)
    qtbot.waitUntil(lambda: len(bench.job.started) == 2)
    assert bench.job.started[1].input == bench.state.world.path


def test_a_graph_that_is_thrown_away_leaves_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.rebuilding.opened.connect(lambda world: setattr(bench.state, "world", world))
    bench.rebuilding.open_graph("/data/related.csv")
    made = bench.job.finish(3)
    qtbot.waitUntil(lambda: not bench.rebuilding.building)
    with qtbot.waitSignal(bench.rebuilding.emptied):
        bench.panel.throw_away_requested.emit()
    bench.state.world = World(galaxy(30))
    assert not made.path.exists()


def test_a_graph_that_is_none_leaves_the_galaxy_and_its_knobs(bench: Bench) -> None:
    before = bench.panel.settings
    bench.rebuilding.open_graph("/data/holiday.jpg")
    bench.job.fail("/data/holiday.jpg: this is no graph; give another file.")
    assert bench.errors == ["/data/holiday.jpg: this is no graph; give another file."]
    assert bench.panel.settings == before
    assert bench.state.world is bench.first
