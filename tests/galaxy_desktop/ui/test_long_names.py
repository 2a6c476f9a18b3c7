"""Two hundred artists whose names are books: nothing measures, paints or keeps all of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFontMetrics, QFontMetricsF, QTextLayout
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.shown_text import MOST
from galaxy_desktop.model.storage import Places
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.labels import NameLabel
from galaxy_desktop.ui.main_window import MainWindow
from galaxy_desktop.ui.search_box import SearchBox
from tests.galaxy_desktop.worlds import world

LETTERS = 100_000
SCRIPTS = ("lorem ipsum dolor ", "x", "周深宇多田", "أم كلثوم ")


def library() -> World:
    rng = np.random.default_rng(1)
    names = [f"Artist {k}" for k in range(2000)]
    for k in range(0, 2000, 10):
        script = SCRIPTS[k // 10 % len(SCRIPTS)]
        names[k] = f"{k} {script * (LETTERS // len(script))}"
    popularity = rng.integers(0, 90, 2000)
    popularity[::10] = 99
    return world(
        rng.normal(size=(2000, 3)),
        popularity,
        edges=[(int(a), int(b)) for a, b in rng.integers(0, 2000, (4000, 2)) if a != b],
        names=names,
        aliases=[(name[::-1],) for name in names],
        tags=[(name[-200:] if k % 20 else name, "all") for k, name in enumerate(names)],
        title="T" * LETTERS,
    )


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of all texts that Qt is given to measure or to lay out."""
    lengths: list[int] = []

    def note(of: type, name: str) -> None:
        whole: Callable[..., Any] = getattr(of, name)

        def noting(*arguments: Any) -> Any:
            lengths.extend(len(each) for each in arguments if isinstance(each, str))
            return whole(*arguments)

        monkeypatch.setattr(of, name, noting)

    for metrics in (QFontMetrics, QFontMetricsF):
        for name in ("horizontalAdvance", "elidedText", "boundingRect"):
            note(metrics, name)
    note(QTextLayout, "__init__")
    return lengths


@pytest.fixture
def window(qtbot: QtBot, places: Places) -> Iterator[MainWindow]:
    made = MainWindow(places, lambda _: library())
    made.keeper.show(made)
    first: Future[World] = Future()
    first.set_result(library())
    made.begin(first)
    qtbot.waitUntil(lambda: made.content is not None and made.content.ready, timeout=20_000)
    yield made
    made.close()
    made.deleteLater()


def test_names_that_are_books_are_cut_before_anything_looks_at_them(
    measured: list[int], window: MainWindow, qtbot: QtBot
) -> None:
    content, state = window.content, window.state
    assert content is not None
    assert state is not None

    def rest() -> None:
        qtbot.waitUntil(lambda: not content.explorer.loop.running, timeout=20_000)
        for widget in [window, *window.findChildren(QWidget)]:
            texts = [widget.toolTip(), widget.accessibleName(), widget.windowTitle()]
            if isinstance(widget, QLabel | NameLabel):
                texts.append(widget.text())
            assert max(map(len, texts)) <= 2100, widget

    state.selected = 40
    rest()
    assert content.sidebar.card.name.text().endswith("…")
    (box,) = (box for box in window.findChildren(SearchBox) if box is content.sidebar.search)
    for typed in ("4", "lorem", "xxxxxxy", "周深", "T" * LETTERS, "40 lorem ipsum"):
        box.open()
        box.set_query(typed)
        rest()
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    rest()
    assert state.selected == 40
    for hovered in (50, 60, 70, None):
        state.hovered = hovered
        rest()
    content.navigator.fly_to(30)
    rest()
    for button in window.findChildren(type(content.sidebar.card.bookmark)):
        if button is content.sidebar.card.bookmark:
            button.click()
    rest()
    assert len(measured) > 500
    assert max(measured) <= MOST + 100
