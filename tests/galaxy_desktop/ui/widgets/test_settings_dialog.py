"""Every setting has a control that shows it, changes it at once, and can be taken back."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.look import Look
from galaxy_desktop.model.settings import ALLOWED, LOOK_ALLOWED, Settings, Span
from galaxy_desktop.ui.settings_dialog import SettingsDialog
from galaxy_desktop.ui.settings_rows import ChoiceRow, SliderRow, SwitchRow

_OTHER = Settings(
    Look("ember", "reinhard", 2.0, 0.5, 1.5, 0.25, 0.5, 1.25),
    rotate=False,
    reduced_motion=True,
    invert_y=True,
    mouse_speed=0.5,
    speed=3.0,
    adaptive_speed=False,
    fov=90.0,
    quality="full",
    show_speed=True,
    welcomed=True,
)
_SPANS = {k: v for k, v in {**LOOK_ALLOWED, **ALLOWED}.items() if isinstance(v, Span)}


@pytest.fixture(name="dialog")
def _dialog(qtbot: QtBot) -> SettingsDialog:
    made = SettingsDialog(Settings(welcomed=True))
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_setting_has_a_control(dialog: SettingsDialog) -> None:
    # That the welcome was read is nothing to choose.
    for name in [*LOOK_ALLOWED, *(set(ALLOWED) - {"welcomed"})]:
        assert dialog.row(name)
    names = {f.name for f in (*fields(Settings), *fields(Look))}
    assert names == {*LOOK_ALLOWED, *ALLOWED, "look"}


def test_what_is_chosen_elsewhere_is_shown_and_says_nothing(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(dialog.changed):
        dialog.show_settings(_OTHER)
    for name in [*LOOK_ALLOWED, *ALLOWED]:
        value = getattr(_OTHER.look if name in LOOK_ALLOWED else _OTHER, name)
        if name == "welcomed":
            continue
        row = dialog.row(name)
        match row:
            case SliderRow():
                assert row.value() == pytest.approx(value, rel=0.03), name
            case SwitchRow():
                assert row.switch.isChecked() is value, name
            case ChoiceRow():
                assert row.tabs.at(row.tabs.current).isChecked(), name
    assert dialog.settings == _OTHER


@pytest.mark.parametrize(
    "name", [k for k, v in {**LOOK_ALLOWED, **ALLOWED}.items() if isinstance(v, Span)]
)
def test_a_slider_reaches_both_ends_and_the_default(dialog: SettingsDialog, name: str) -> None:
    row = dialog.row(name)
    assert isinstance(row, SliderRow)
    span = _SPANS[name]
    for place, end in ((0, span.low), (row.slider.maximum(), span.high)):
        row.slider.setValue(place)
        assert row.value() == pytest.approx(end)
    default = getattr(Look() if name in LOOK_ALLOWED else Settings(), name)
    row.set_value(default)
    assert row.value() == pytest.approx(default)


@pytest.mark.parametrize("name", ["exposure", "star_size", "mouse_speed", "speed"])
def test_a_factor_of_one_is_in_the_middle(dialog: SettingsDialog, name: str) -> None:
    row = dialog.row(name)
    assert isinstance(row, SliderRow)
    row.slider.setValue(row.slider.maximum() // 2)
    assert row.value() == 1
    assert row.value_label.text() == "100%"


def test_a_change_is_told_at_once_and_changes_nothing_else(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    fov, bloom, invert = (dialog.row(name) for name in ("fov", "bloom", "invert_y"))
    assert isinstance(fov, SliderRow)
    assert isinstance(bloom, SliderRow)
    assert isinstance(invert, SwitchRow)
    expected = Settings(welcomed=True)
    with qtbot.waitSignal(dialog.changed) as changed:
        fov.slider.setValue(fov.slider.value() + 15)
    expected = replace(expected, fov=75.0)
    assert changed.args == [expected]
    assert fov.value_label.text() == "75°"
    with qtbot.waitSignal(dialog.changed) as changed:
        bloom.slider.setValue(0)
    expected = replace(expected, look=replace(expected.look, bloom=0.0))
    assert changed.args == [expected]
    with qtbot.waitSignal(dialog.changed) as changed:
        invert.switch.click()
    assert changed.args == [replace(expected, invert_y=True)]


def test_a_palette_is_chosen(dialog: SettingsDialog, qtbot: QtBot) -> None:
    row = dialog.row("palette")
    assert isinstance(row, ChoiceRow)
    with qtbot.waitSignal(dialog.changed) as changed:
        qtbot.mouseClick(row.tabs.at(2), Qt.MouseButton.LeftButton)
    assert changed.args[0].look.palette == "ember"


def test_cancel_gives_back_what_there_was(dialog: SettingsDialog, qtbot: QtBot) -> None:
    before = dialog.settings
    dialog.row("bloom").changed.emit(0.5)
    dialog.row("rotate").changed.emit(False)
    with qtbot.waitSignal(dialog.changed) as changed:
        qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert changed.args == [before]
    assert not dialog.isVisible()


def test_escape_is_cancel_and_done_is_not(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.row("bloom").changed.emit(0.5)
    with qtbot.assertNotEmitted(dialog.changed):
        qtbot.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    assert dialog.settings.look.bloom == 0.5
    dialog.show()
    dialog.row("bloom").changed.emit(1.5)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.settings.look.bloom == 0.5


def test_reset_gives_the_defaults_but_no_second_welcome(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    dialog.show_settings(_OTHER)
    with qtbot.waitSignal(dialog.changed) as changed:
        qtbot.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)
    assert changed.args == [Settings(welcomed=True)]
    with qtbot.assertNotEmitted(dialog.changed):
        qtbot.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)


def test_reduced_motion_rules_rotation_out(dialog: SettingsDialog) -> None:
    assert dialog.row("rotate").isEnabled()
    dialog.row("reduced_motion").changed.emit(True)
    assert not dialog.row("rotate").isEnabled()


def test_a_click_on_a_slider_goes_there(dialog: SettingsDialog, qtbot: QtBot) -> None:
    row = dialog.row("connections")
    assert isinstance(row, SliderRow)
    dialog.show()
    slider = row.slider
    for x, value in ((0, 0.0), (slider.width() - 1, 1.0), (slider.width() // 2, 0.5)):
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, slider.height() // 2))
        assert row.value() == pytest.approx(value, abs=0.05)


def test_the_wheel_changes_no_setting_in_passing(dialog: SettingsDialog) -> None:
    row = dialog.row("bloom")
    assert isinstance(row, SliderRow)
    here = QPointF(5, 5)
    wheel = QWheelEvent(
        here, here, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(row.slider, wheel)
    assert row.value() == 1


def test_by_keyboard_alone(dialog: SettingsDialog, qtbot: QtBot) -> None:
    row = dialog.row("bloom")
    assert isinstance(row, SliderRow)
    with qtbot.waitSignal(dialog.changed):
        qtbot.keyClick(row.slider, Qt.Key.Key_Right)
    switch = dialog.row("invert_y")
    assert isinstance(switch, SwitchRow)
    with qtbot.waitSignal(dialog.changed):
        qtbot.keyClick(switch.switch, Qt.Key.Key_Space)
    assert dialog.settings.invert_y
