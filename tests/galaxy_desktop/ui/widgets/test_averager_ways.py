"""How artists come into the averager, and what it led to gets out of it."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QMimeData, QPoint, Qt
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.recent import Recents
from galaxy_desktop.ui.artist_drag import Dragged, dragged_in, mime_of
from galaxy_desktop.ui.averager_panel import AveragerPanel
from tests.galaxy_desktop.ui.widgets.averager import NAMES, drop, fill


def test_popularity_by_words_and_by_hand(panel: AveragerPanel, qtbot: QtBot) -> None:
    fill(panel, 0, 1)
    fame = panel.fame
    qtbot.mouseClick(fame.hide_well_known, Qt.MouseButton.LeftButton)
    panel.refresh()
    low, high = panel.mix.recipe.fame
    assert low == 0
    assert 0 < high < 100
    assert fame.hide_well_known.isChecked()
    assert fame.numbers.text() == f"0–{high}"
    qtbot.mouseClick(fame.hide_obscure, Qt.MouseButton.LeftButton)
    panel.refresh()
    assert panel.mix.recipe.fame[0] > 0
    assert panel.mix.recipe.fame[1] == high
    for chip in (fame.hide_obscure, fame.hide_well_known):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        panel.refresh()
    assert panel.mix.recipe.fame == (0, 100)
    assert not fame.hide_obscure.isChecked()
    slider = fame.slider
    end = QPoint(slider.width() - 8, slider.height() // 2)
    middle = QPoint(slider.width() // 2, slider.height() // 2)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=end)
    qtbot.mouseMove(slider, middle)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=middle)
    assert panel.mix.recipe.fame[0] == 0
    assert abs(panel.mix.recipe.fame[1] - 50) <= 2
    slider.low.setValue(90)
    assert panel.mix.recipe.fame == (slider.high.value(), slider.high.value())


def test_a_name_is_dropped_on_the_panel_or_on_another(panel: AveragerPanel) -> None:
    assert drop(panel.viewport(), mime_of(Dragged(0, NAMES[0])))
    assert drop(panel.viewport(), mime_of(Dragged(99, NAMES[1])))
    panel.refresh()
    assert [panel.mix.artist(i) for i in range(2)] == [0, 1]
    rows = panel.ingredients.rows
    assert drop(rows[1], mime_of(Dragged(2, NAMES[2])))
    assert [panel.mix.artist(i) for i in range(2)] == [0, 2]
    assert drop(rows[0], mime_of(Dragged(2, NAMES[2])))
    assert [panel.mix.artist(i) for i in range(2)] == [2, 0]


def test_what_is_no_artist_is_not_taken(panel: AveragerPanel, qtbot: QtBot) -> None:
    text = QMimeData()
    text.setText("Björk")
    assert not drop(panel.viewport(), text)
    broken = QMimeData()
    for content in (b"", b"[", b"[1]", b'["a", "b"]', b"\xff", b"7", b"[1, 2]"):
        broken.setData("application/x-galaxy-artist", content)
        assert dragged_in(broken) is None
        assert not drop(panel.viewport(), broken)
    with qtbot.waitSignal(panel.said) as said:
        drop(panel.viewport(), mime_of(Dragged(3, "Nobody")))
    assert said.args == ["Nobody is not in this galaxy."]
    assert not panel.mix.ingredients


def test_recent_ones_come_back_by_a_click(
    panel: AveragerPanel, recents: Recents, qtbot: QtBot
) -> None:
    fill(panel, 0, 1)
    panel.mix.set_weight(0, 0.5)
    panel.keep_recent()
    before = panel.mix.recipe
    qtbot.mouseClick(panel.clear, Qt.MouseButton.LeftButton)
    panel.refresh()
    assert not panel.mix.ingredients
    assert [row.name for row in panel.recent.rows.rows] == ["Björk + 宇多田ヒカル"]
    panel.recent.rows.chosen.emit(0)
    assert panel.mix.recipe == before
    panel.recent.rows.setFocus()
    panel.recent.rows.step(1)
    qtbot.keyClick(panel.recent.rows, Qt.Key.Key_Delete)
    assert recents.all == ()
    assert not panel.recent.isVisible()


def test_what_leads_nowhere_is_not_kept(panel: AveragerPanel, recents: Recents) -> None:
    fill(panel, 0, 1)
    for place in range(2):
        panel.mix.set_weight(place, 0)
    panel.keep_recent()
    assert recents.all == ()


def test_the_names_are_copied_and_saved(panel: AveragerPanel, tmp_path: Path, qtbot: QtBot) -> None:
    fill(panel, 0, 1)
    with qtbot.waitSignal(panel.said):
        panel.save.copy()
    board = QGuiApplication.clipboard()
    assert board is not None
    names = [row.name for row in panel.results.rows]
    assert board.text().split("\n")[:-1] == names
    with qtbot.waitSignal(panel.said) as said:
        panel.save.save_as(tmp_path / "list.txt", "text")
    assert said.args == [f"The playlist is saved as {tmp_path / 'list.txt'}."]
    assert (tmp_path / "list.txt").read_text("utf-8").split("\n")[:-1] == names
    with qtbot.waitSignal(panel.failed) as failed:
        panel.save.save_as(tmp_path / "no" / "list.csv", "csv")
    assert failed.args[0].startswith("The playlist was not saved.")
