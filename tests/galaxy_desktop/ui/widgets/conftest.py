"""Every widget is tested in the dress that it is seen in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from embedding.settings import BuildSettings
from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.recent import Recents
from galaxy_desktop.model.storage import Places
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.averager_panel import AveragerPanel
from tests.galaxy_desktop.ui.widgets.averager import NAMES
from tests.galaxy_desktop.ui.widgets.long_name import LONG
from tests.galaxy_desktop.ui.widgets.rebuild_bench import OTHER, Bench
from tests.galaxy_desktop.worlds import world


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if theme.colours() is not theme.colours_of("lagoon") or not qapp.styleSheet():
        theme.apply(qapp)


@pytest.fixture
def six() -> World:
    """Return a world of six; the first is related to all others."""
    return world(
        [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [9, 9, 9], [2, 0, 0]],
        popularity=[99, 80, 60, 40, 20, 0],
        edges=[(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)],
        names=["Björk", "宇多田ヒカル", "فيروز", LONG, "<b>AC/DC</b> & 🎸", "x"],
        aliases=[("Bjork", "Björk Guðmundsdóttir"), (), (), (), (), ()],
        tags=[tuple(f"tag {i}" for i in range(30)), ("j-pop",), (), (), (), ()],
        title="Six artists",
        source="A test",
        licence="CC0-1.0",
    )


@pytest.fixture(name="here", scope="module")
def _here() -> World:
    return world(
        np.arange(42).reshape(14, 3),
        popularity=np.arange(14) * 7,
        names=NAMES,
        vectors=np.random.default_rng(5).normal(size=(14, 3)).astype(np.float32),
    )


@pytest.fixture(name="mix")
def _mix(here: World) -> Mix:
    return Mix(here)


@pytest.fixture(name="recents")
def _recents(tmp_path: Path) -> Recents:
    return Recents(Places.under(tmp_path), pytest.fail)


@pytest.fixture(name="panel")
def _panel(qtbot: QtBot, mix: Mix, recents: Recents) -> AveragerPanel:
    made = AveragerPanel(mix, recents)
    qtbot.addWidget(made)
    made.resize(320, 900)
    made.show()
    return made


@pytest.fixture(name="bench")
def _bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    qtbot.addWidget(made.panel)
    made.panel.resize(320, 700)
    made.panel.show()
    yield made
    made.background.wait()
    made.rebuilding.stop()


@pytest.fixture(name="begin")
def _begin(bench: Bench, qtbot: QtBot) -> Callable[..., None]:
    def begin(settings: BuildSettings = OTHER) -> None:
        count = len(bench.job.started)
        bench.panel.wanted.emit(settings)
        qtbot.waitUntil(lambda: len(bench.job.started) > count)

    return begin


@pytest.fixture(name="built")
def _built(bench: Bench, qtbot: QtBot, begin: Callable[..., None]) -> Callable[..., World]:
    def built(seed: int = 1, settings: BuildSettings = OTHER, **changes: Any) -> World:
        begin(settings)
        bench.job.finish(seed, **changes)
        qtbot.waitUntil(lambda: not bench.rebuilding.building)
        return bench.state.world

    return built
