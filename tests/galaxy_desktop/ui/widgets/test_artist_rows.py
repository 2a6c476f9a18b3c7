"""Rows of artists: chosen and hovered by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QImage, QMouseEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from galaxy_desktop.ui.artist_rows import ArtistRows, Row, row_height
from tests.galaxy_desktop.ui.widgets.long_name import LONG

_ROWS = [Row(30, "Björk", 0.9), Row(10, "宇多田ヒカル", 0.5, warning="Far."), Row(20, LONG, 0.0)]


@pytest.fixture(name="rows")
def _rows(qtbot: QtBot) -> ArtistRows:
    made = ArtistRows()
    qtbot.addWidget(made)
    made.resize(288, 300)
    made.show_rows(_ROWS)
    made.show()
    return made


def _middle(rows: ArtistRows, row: int) -> QPoint:
    model = rows.model()
    assert model is not None
    return rows.visualRect(model.index(row, 0)).center()


def _move(rows: ArtistRows, place: QPoint) -> None:
    """Move the cursor over the rows, wherever the real one is."""
    none, point = Qt.MouseButton.NoButton, QPointF(place)
    keys = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, point, point, none, none, keys)
    QApplication.sendEvent(rows.viewport(), event)


def test_a_click_chooses(rows: ArtistRows, qtbot: QtBot) -> None:
    port = rows.viewport()
    with qtbot.waitSignal(rows.chosen) as chosen:
        qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=_middle(rows, 1))
    assert chosen.args == [10]


def test_a_right_click_does_not(rows: ArtistRows, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(rows.chosen):
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.RightButton, pos=_middle(rows, 1))


def test_what_is_under_the_cursor_is_told_once_and_taken_back(rows: ArtistRows) -> None:
    told: list[object] = []
    rows.hovered.connect(told.append)
    for place in (_middle(rows, 0), _middle(rows, 0) + QPoint(3, 1), _middle(rows, 2)):
        _move(rows, place)
    QApplication.sendEvent(rows, QEvent(QEvent.Type.Leave))
    assert told == [30, 20, None]


def test_new_rows_take_back_what_was_hovered(rows: ArtistRows, qtbot: QtBot) -> None:
    _move(rows, _middle(rows, 0))
    with qtbot.waitSignal(rows.hovered) as hovered:
        rows.show_rows(())
    assert hovered.args == [None]


def test_by_keyboard_alone(rows: ArtistRows, qtbot: QtBot) -> None:
    told: list[object] = []
    rows.hovered.connect(told.append)
    rows.activateWindow()
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(rows.hasFocus)
    # What Enter would choose is seen.
    assert [place.row() for place in rows.selectedIndexes()] == [0]
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert told == [30, 10]
    with qtbot.waitSignal(rows.chosen) as chosen:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert chosen.args == [10]


def test_steps_stop_at_the_ends(rows: ArtistRows) -> None:
    assert [rows.step(by) for by in (1, 1, 5, 1, -9)] == [30, 10, 20, 20, 30]
    rows.show_rows(())
    assert rows.step(1) is None


def test_it_is_as_high_as_its_rows(rows: ArtistRows) -> None:
    assert rows.sizeHint().height() == 3 * row_height(False)
    rows.show_rows([Row(0, "a", detail="b")])
    assert rows.sizeHint().height() == row_height(True) > row_height(False)


def test_only_a_row_with_a_warning_has_a_tooltip(rows: ArtistRows) -> None:
    model = rows.model()
    assert model is not None
    tips = [model.index(i, 0).data(Qt.ItemDataRole.ToolTipRole) for i in range(3)]
    assert tips == ["", "Far.", ""]


def _drawn(rows: ArtistRows, row: Row) -> QImage:
    rows.show_rows([row])
    rows.resize(288, row_height(False))
    return rows.grab().toImage()


def test_what_is_to_be_seen_is_seen(rows: ArtistRows) -> None:
    plain = _drawn(rows, Row(0, "Björk", 0.5))
    assert _drawn(rows, Row(0, "Björk", 0.5)) == plain
    for other in (
        Row(0, "Björk", 0.9),
        Row(0, "Björk", 0.5, bright=((0, 3),)),
        Row(0, "Björk", 0.5, warning="Far."),
        Row(0, "Björk", 0.5, aside="art pop"),
    ):
        assert _drawn(rows, other) != plain


@pytest.mark.parametrize("name", ["", "🎸👩‍🎤" * 40, "فيروز", LONG, "\ud800", "a\nb"])
def test_any_name_is_drawn(rows: ArtistRows, name: str) -> None:
    assert not _drawn(rows, Row(0, name, 1.0, bright=((0, 1), (2, 3)))).isNull()
