"""Garbage is collected between Qt's events, in the window's thread, and nowhere else."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from galaxy_desktop.ui.collector import Collector

REPO = Path(__file__).resolve().parents[3]


class _Knot:
    """Known to nobody but itself."""

    def __init__(self, freed: Callable[[], object]) -> None:
        self.self = self
        weakref.finalize(self, freed).atexit = False


@pytest.fixture
def freed() -> list[threading.Thread]:
    """Return the threads in which something was collected."""
    return []


@pytest.fixture
def _collector(qapp: QApplication) -> Iterator[None]:
    # As the program is when it starts.
    gc.enable()
    made = Collector(qapp, every_ms=5)
    yield
    made.deleteLater()
    gc.unfreeze()


def _make(count: int) -> list[list[int]]:
    return [[i] for i in range(count)]


@pytest.mark.usefixtures("_collector")
def test_nothing_is_collected_while_something_runs(freed: list[threading.Thread]) -> None:
    _Knot(lambda: freed.append(threading.current_thread()))
    for work in (_make, lambda n: threading.Thread(target=_make, args=(n,))):
        made = work(200_000)
        if isinstance(made, threading.Thread):
            made.start()
            made.join()
    assert not freed


@pytest.mark.usefixtures("_collector")
def test_it_is_collected_in_the_thread_of_the_window(
    freed: list[threading.Thread], qtbot: QtBot
) -> None:
    _Knot(lambda: freed.append(threading.current_thread()))
    kept = _make(2000)
    qtbot.waitUntil(lambda: bool(freed))
    assert freed == [threading.main_thread()]
    assert len(kept) == 2000


@pytest.mark.usefixtures("_collector")
def test_what_grew_old_is_collected_too(freed: list[threading.Thread], qtbot: QtBot) -> None:
    knot = _Knot(lambda: freed.append(threading.current_thread()))
    for _ in range(2):
        gc.collect(1)
    del knot
    kept = []

    def collected() -> bool:
        kept.append(_make(1000))
        return bool(freed)

    qtbot.waitUntil(collected, timeout=20_000)


@pytest.mark.usefixtures("_collector")
def test_where_nothing_is_made_nothing_is_looked_through(qtbot: QtBot) -> None:
    gc.collect()
    seen: list[str] = []
    gc.callbacks.append(lambda phase, _info: seen.append(phase))
    try:
        qtbot.wait(100)
    finally:
        gc.callbacks.pop()
    assert not seen


@pytest.mark.usefixtures("_collector")
def test_from_its_beginning_only_it_collects() -> None:
    assert not gc.isenabled()
    assert gc.get_freeze_count()


_DRESS = """
import sys
from PyQt6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.collector import Collector

class Answering(QWidget):
    def changeEvent(self, event):
        self.made = [[i] for i in range(40)]
        super().changeEvent(event)

def let_go_of_one():
    widget = QWidget()
    column = QVBoxLayout(widget)
    for _ in range(6):
        button = QPushButton("x")
        button.clicked.connect(lambda: widget)
        column.addWidget(button)
    widget.itself = widget
    widget.ensurePolished()

app = QApplication(["test"])
theme.apply(app)
collector = Collector(app, every_ms=0)
answering = []
for _ in range(40):
    for _ in range(4):
        let_go_of_one()
    answering.append(Answering())
    answering[-1].ensurePolished()
for palette in ("ember", "lagoon") * 2:
    for _ in range(6):
        let_go_of_one()
    theme.apply(app, palette)
    app.processEvents()
# Some 1,300 were let go of.
assert len(app.allWidgets()) < 400, len(app.allWidgets())
print("all changed")
"""


def test_a_change_of_colours_survives_widgets_that_nobody_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the collector this process ends with a segmentation fault."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", _DRESS],
        capture_output=True,
        text=True,
        cwd=REPO,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "all changed\n"), done.stderr
