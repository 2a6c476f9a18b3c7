"""The benchmark's own rebuild hears of every end, whoever tells it."""

from __future__ import annotations

import pytest
from PyQt6.QtWidgets import QApplication

from embedding.settings import BuildSettings
from galaxy_desktop.ui.main_window import MainWindow
from tests.benchmarks import rebuilt
from tests.benchmarks.rebuilt import Rebuilt
from tests.benchmarks.window_jobs import Driver


@pytest.fixture
def measured(window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Rebuilt:
    monkeypatch.setattr(rebuilt, "LONGEST", 20.0)
    return Rebuilt(Driver(qapp, window), BuildSettings(walks=1, length=5, epochs=1))


def test_it_is_cancelled_before_its_job_has_begun(measured: Rebuilt) -> None:
    measured.start()
    assert not measured.job.running
    assert measured.cancel() > 0
    assert measured.seen.end == "cancelled"


def test_it_is_cancelled_while_its_galaxy_is_read(measured: Rebuilt) -> None:
    taken: list[float] = []
    measured.job.done.connect(lambda _: taken.append(measured.cancel()))
    measured.start()
    measured.driver.until(lambda: bool(taken), "a finished galaxy")
    assert taken[0] > 0
    assert measured.seen.end == "cancelled"
