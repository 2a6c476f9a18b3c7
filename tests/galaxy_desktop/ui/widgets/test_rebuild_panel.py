"""The rebuild's room: its knobs, its shapes, its figures, with the keyboard as with the mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from embedding.settings import BuildSettings
from galaxy_desktop.model.figures import compare
from galaxy_desktop.model.knobs import KNOBS, knob
from galaxy_desktop.model.live import live_artists
from galaxy_desktop.model.pace import Pace
from galaxy_desktop.model.presets import PRESETS
from galaxy_desktop.ui.progress_line import time_left
from galaxy_desktop.ui.rebuild_panel import RebuildPanel

_BUILT = BuildSettings(p=1.6, q=0.5, walks=8, length=40, window=10, seed=8)
_FIGURES = {"connection_ratio": 0.09, "recall_at_20": 0.7, "bowl_index": 0.1}


@pytest.fixture(name="panel")
def _panel(qtbot: QtBot) -> RebuildPanel:
    made = RebuildPanel()
    qtbot.addWidget(made)
    made.resize(320, 700)
    made.show_built(_BUILT, 40_000)
    made.show()
    QApplication.setActiveWindow(made)
    return made


def test_it_shows_how_the_galaxy_was_built_and_says_nothing(
    panel: RebuildPanel, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(panel.let_go), qtbot.assertNotEmitted(panel.wanted):
        panel.show_built(replace(_BUILT, max_artists=500), 40_000)
    for each in KNOBS:
        assert panel.rows[each.name].field.text() == each.show(getattr(panel.settings, each.name))
    assert panel.rows["max_artists"].field.text() == "500"
    assert not panel.as_it_is.isEnabled()


def test_no_more_artists_than_there_are(panel: RebuildPanel) -> None:
    assert panel.settings.max_artists == 40_000
    slider = panel.rows["max_artists"].slider
    slider.setValue(slider.maximum())
    assert panel.settings.max_artists == 40_000


def test_a_drag_changes_all_the_while_and_lets_go_once(panel: RebuildPanel) -> None:
    slider = panel.rows["q"].slider
    gone: list[BuildSettings] = []
    panel.let_go.connect(gone.append)
    middle = slider.height() // 2
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(10, middle))
    for x in (30, 60, slider.width() - 9):
        QTest.mouseMove(slider, QPoint(x, middle))
    assert not gone
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 9, middle))
    assert len(gone) == 1
    assert gone[0] == panel.settings
    assert gone[0].q > 5
    assert replace(gone[0], q=0.5) == _BUILT_OF_40_000


_BUILT_OF_40_000 = replace(_BUILT, max_artists=40_000)


@pytest.mark.parametrize(("key", "value"), [(Qt.Key.Key_Right, 6), (Qt.Key.Key_Left, 4)])
def test_the_arrow_keys_turn_a_knob(
    panel: RebuildPanel, qtbot: QtBot, key: Qt.Key, value: int
) -> None:
    slider = panel.rows["epochs"].slider
    slider.setFocus()
    with qtbot.waitSignal(panel.let_go):
        QTest.keyClick(slider, key)
    assert panel.settings.epochs == value


def test_a_number_is_typed(panel: RebuildPanel, qtbot: QtBot) -> None:
    field = panel.rows["p"].field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "7.25")
    assert panel.settings.p == 1.6
    with qtbot.waitSignal(panel.let_go):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.settings.p == 7.25
    assert panel.rows["p"].slider.value() == knob("p").place(7.25)
    with qtbot.waitSignal(panel.let_go):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert panel.settings.p > 7.25


def test_what_is_no_number_is_refused_and_the_value_stays(
    panel: RebuildPanel, qtbot: QtBot
) -> None:
    field = panel.rows["walks"].field
    field.setFocus()
    field.selectAll()
    with qtbot.assertNotEmitted(panel.let_go):
        QTest.keyClicks(field, "many")
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.foot.problem.isVisible()
    assert panel.foot.problem.words.text().startswith("Walks: “many” is no number")
    assert field.property("wrong")
    panel.rows["epochs"].field.setFocus()
    assert field.text() == "8"
    assert not field.property("wrong")
    assert panel.settings == _BUILT_OF_40_000


def test_what_was_refused_is_forgotten_once_a_good_value_is_typed(panel: RebuildPanel) -> None:
    field = panel.rows["epochs"].field
    for text, wrong in (("0", True), ("5", False), ("0.5", True), ("7", False)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert panel.foot.problem.isVisible() == wrong
    # Why a build failed stays.
    panel.foot.show_failed("The disk is full; make room there.")
    panel.rows["epochs"].slider.setValue(0)
    assert panel.foot.problem.isVisible()


def test_before_a_rebuild_one_can_read_how_long_it_takes(panel: RebuildPanel) -> None:
    panel.foot.rebuild.setFocus()
    said = panel.foot.help.text()
    assert said.startswith("Builds 40,000 artists")
    panel.rows["max_artists"].slider.setFocus()
    assert panel.foot.help.text() != said
    panel.rows["max_artists"].slider.setValue(0)
    panel.foot.rebuild.setFocus()
    assert "100 artists" in panel.foot.help.text()
    assert panel.foot.help.text().endswith("about 1 second.")


def test_live_takes_as_many_artists_as_are_soon_finished(panel: RebuildPanel, qtbot: QtBot) -> None:
    few = live_artists(_BUILT, 40_000)
    assert few < 10_000
    with qtbot.assertNotEmitted(panel.let_go):
        panel.foot.live.setChecked(True)
    assert panel.settings == replace(_BUILT, max_artists=few)
    assert f"{few:,} best known artists" in panel.foot.status.text()
    # Whatever was built before or is chosen: not all of them by accident.
    panel.show_built(_BUILT_OF_40_000, 40_000)
    assert panel.rows["max_artists"].field.text() == f"{few:,}"
    panel.as_it_is.click()
    assert panel.settings.max_artists == few
    # Another galaxy has another number.
    panel.show_built(replace(_BUILT, walks=2), 30_000)
    assert few < panel.settings.max_artists < 30_000


def test_after_live_it_is_all_artists_again_unless_the_user_chose(panel: RebuildPanel) -> None:
    few = live_artists(_BUILT, 40_000)
    panel.foot.live.setChecked(True)
    panel.show_built(replace(_BUILT, p=2.0, max_artists=few), 40_000)
    panel.foot.live.setChecked(False)
    assert panel.settings == replace(_BUILT, p=2.0, max_artists=40_000)
    assert "40,000" in panel.foot.status.text()
    panel.foot.live.setChecked(True)
    slider = panel.rows["max_artists"].slider
    slider.setValue(slider.maximum())
    panel.show_built(panel.settings, 40_000)
    assert panel.settings.max_artists == 40_000
    slider.setValue(0)
    panel.foot.live.setChecked(False)
    assert panel.settings.max_artists == 100


def test_live_keeps_its_word_on_a_slow_machine_from_the_next_build_on(panel: RebuildPanel) -> None:
    few = live_artists(_BUILT, 40_000)
    panel.foot.live.setChecked(True)
    live = panel.settings
    assert panel.learn(live, few, 0.0) == ""
    assert panel.learn(live, few, 4.2) == ""
    panel.show_built(live, 40_000)
    assert panel.settings.max_artists == few
    panel.pace = Pace()
    fewer = live_artists(_BUILT, 40_000, Pace().after(live, few, 12.0))
    assert f"takes the {fewer:,} best known" in panel.learn(live, few, 12.0)
    panel.show_built(live, 40_000)
    assert panel.settings.max_artists == fewer < few / 2


def test_live_takes_more_on_a_quick_machine_when_it_is_switched_on_again(
    panel: RebuildPanel,
) -> None:
    few = live_artists(_BUILT, 40_000)
    panel.foot.live.setChecked(True)
    assert panel.learn(panel.settings, few, 1.0) == ""
    panel.show_built(panel.settings, 40_000)
    assert panel.settings.max_artists == few
    panel.foot.live.setChecked(False)
    panel.foot.live.setChecked(True)
    assert 3 * few < panel.settings.max_artists < 40_000


def test_live_says_so_where_it_takes_them_all(panel: RebuildPanel) -> None:
    panel.show_built(replace(_BUILT, walks=1, epochs=1), 40_000)
    panel.foot.live.setChecked(True)
    assert panel.settings.max_artists == 40_000
    said = "Live takes 40,000 artists: their shape is finished in about 2 seconds."
    assert panel.foot.status.text() == said


def test_as_many_as_the_user_chose_stay(panel: RebuildPanel) -> None:
    panel.foot.live.setChecked(True)
    slider = panel.rows["max_artists"].slider
    slider.setValue(slider.maximum())
    assert panel.learn(panel.settings, 40_000, 300.0) == ""
    panel.show_built(panel.settings, 40_000)
    assert panel.settings.max_artists == 40_000


def test_how_long_it_takes_is_said_by_what_was_seen(panel: RebuildPanel) -> None:
    panel.foot.rebuild.setFocus()
    before = panel.foot.help.text()
    panel.learn(panel.settings, 40_000, 14.0)
    panel.presets[PRESETS[0].title].setFocus()
    panel.foot.rebuild.setFocus()
    assert panel.foot.help.text() != before
    assert panel.foot.help.text().endswith("about 15 seconds.")


def test_another_seed(panel: RebuildPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.let_go):
        panel.rows["seed"].again.click()
    assert panel.settings.seed == 9


@pytest.mark.parametrize("preset", PRESETS, ids=lambda p: p.title)
def test_a_shape_sets_the_knobs(panel: RebuildPanel, qtbot: QtBot, preset: object) -> None:
    chip = panel.presets[preset.title]  # type: ignore[attr-defined]
    with qtbot.waitSignal(panel.let_go) as caught:
        chip.click()
    assert caught.args == [panel.settings]
    assert panel.settings == preset.apply(_BUILT_OF_40_000)  # type: ignore[attr-defined]
    assert [title for title, each in panel.presets.items() if each.isChecked()] == [chip.text()]
    # Again it stays on; it is no switch.
    with qtbot.assertNotEmitted(panel.let_go):
        chip.click()
    assert chip.isChecked()
    with qtbot.waitSignal(panel.let_go):
        panel.as_it_is.click()
    assert panel.settings == _BUILT_OF_40_000
    assert not chip.isChecked()


def test_every_control_says_what_it_does_to_the_keyboard_too(panel: RebuildPanel) -> None:
    panel.show_figures(compare(_FIGURES, _FIGURES | {"bowl_index": 0.5}))
    panel.foot.show_row(undo=True, redo=True, unkept=True)
    seen, said = [], set[str]()
    for part in panel.findChildren(QWidget):
        reached = part.isVisible() and part.isEnabled()
        if reached and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            part.setFocus(Qt.FocusReason.TabFocusReason)
            assert part.hasFocus()
            seen.append(part)
            said.add(panel.foot.help.text())
            assert part.accessibleName() or (isinstance(part, QPushButton) and part.text())
    for each in (*KNOBS, *PRESETS):
        assert each.sentence in said
    assert any("bowl" in sentence for sentence in said)
    assert len(seen) > 25


def test_tab_goes_from_top_to_bottom(panel: RebuildPanel) -> None:
    panel.show_figures(compare(_FIGURES, _FIGURES))
    panel.foot.show_row(undo=True, redo=True, unkept=True)
    first = panel.presets["Filaments"]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    way = [first.focusWidget()]
    while True:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            break
        way.append(QApplication.focusWidget())
    knobs = [part for row in panel.rows.values() for part in row.parts]
    foot = panel.foot
    assert way == [
        *(*panel.presets.values(), *knobs, *panel.figures.rows),
        *(foot.keep, foot.throw_away, foot.live, foot.undo, foot.redo, foot.rebuild),
    ]


def test_the_cursor_reads_a_sentence_and_leaves_the_one_of_the_keyboard(
    panel: RebuildPanel,
) -> None:
    panel.rows["p"].field.setFocus(Qt.FocusReason.TabFocusReason)
    panel.foot.explain(knob("q").sentence)
    assert panel.foot.help.text() == knob("q").sentence
    panel.foot.explain("")
    assert panel.foot.help.text() == knob("p").sentence


def test_no_sentence_moves_what_is_above(panel: RebuildPanel, qtbot: QtBot) -> None:
    high = panel.foot.help.height()
    for each in (*KNOBS, *PRESETS):
        panel.foot.explain(each.sentence)
        qtbot.wait(1)
        assert panel.foot.help.height() == high, each.sentence


def test_rebuild_becomes_cancel_and_the_keyboard_stays(panel: RebuildPanel, qtbot: QtBot) -> None:
    foot = panel.foot
    foot.rebuild.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(panel.wanted) as caught:
        QTest.keyClick(foot.rebuild, Qt.Key.Key_Space)
    assert caught.args == [panel.settings]
    foot.show_progress("Walking", 0.4, 12.0)
    assert foot.progress.stage.text() == "Walking"
    assert foot.progress.left.text() == "about 10 s left"
    assert foot.progress.bar.share == 0.4
    assert foot.cancel.hasFocus()
    assert not foot.rebuild.isVisible()
    with qtbot.waitSignal(panel.cancel_requested):
        QTest.keyClick(foot.cancel, Qt.Key.Key_Space)
    foot.show_failed("This went wrong.")
    assert foot.rebuild.hasFocus()
    assert foot.problem.words.text() == "This went wrong."
    assert not foot.progress.isVisible()


def test_whoever_presses_a_button_twice_presses_no_other(panel: RebuildPanel, qtbot: QtBot) -> None:
    foot = panel.foot

    def places() -> list[int]:
        qtbot.wait(1)
        parts = (foot.live, foot.undo, foot.redo, foot.rebuild)
        return [part.mapTo(panel, part.rect().center()).y() for part in parts]

    before = places()
    # Redo, and the galaxy that is shown now is in no file: one can keep it or throw it away.
    foot.show_row(undo=True, redo=True, unkept=True)
    assert foot.throw_away.isVisible()
    assert places() == before


def test_old_and_new_side_by_side(panel: RebuildPanel, qtbot: QtBot) -> None:
    assert not panel.figures.isVisible()
    panel.show_figures(compare(_FIGURES, _FIGURES | {"bowl_index": 0.5}), reveal=True)
    assert [row.title.text() for row in panel.figures.rows] == [
        *("Connection ratio", "Recall at 20", "Bowl index")
    ]
    row = panel.figures.rows[2]
    assert row.accessibleName() == "Bowl index: 0.100 before, 0.500 now, worse"
    qtbot.waitUntil(lambda: row.visibleRegion().boundingRect() == row.rect())
    panel.show_figures([])
    assert not panel.figures.isVisible()


def test_the_row_of_galaxies(panel: RebuildPanel, qtbot: QtBot) -> None:
    foot = panel.foot
    assert not foot.undo.isEnabled()
    assert not foot.keep.isVisible()
    foot.show_row(undo=True, redo=False, unkept=True)
    assert foot.undo.isEnabled()
    assert not foot.redo.isEnabled()
    for part, signal in (
        (foot.undo, panel.undo_requested),
        (foot.keep, panel.keep_requested),
        (foot.throw_away, panel.throw_away_requested),
    ):
        with qtbot.waitSignal(signal):
            part.click()


@pytest.mark.parametrize("width", [280, 320, 480])
def test_it_fits_the_sidebar_at_any_width(panel: RebuildPanel, qtbot: QtBot, width: int) -> None:
    panel.resize(width, 700)
    panel.show_figures(compare(_FIGURES, _FIGURES))
    panel.foot.show_row(undo=True, redo=True, unkept=True)
    panel.foot.show_progress("a-file-with-a-very-long-name " * 3 + "walking", 0.5, 300.0)
    qtbot.wait(1)
    assert panel.minimumSizeHint().width() <= width
    assert panel.width() == width
    for part in panel.findChildren(QWidget):
        if part.isVisible():
            left = part.mapTo(panel, QPoint(0, 0)).x()
            assert left >= 0
            assert left + part.width() <= width, part


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, ""),
        (0.2, "nearly done"),
        (4.4, "about 4 s left"),
        (33, "about 35 s left"),
        (100, "about 2 min left"),
        (7200, "about 2 h left"),
    ],
)
def test_time_is_said_as_people_say_it(seconds: float | None, said: str) -> None:
    assert time_left(seconds) == said
