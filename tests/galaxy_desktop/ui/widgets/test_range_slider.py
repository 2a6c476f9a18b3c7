"""A range is moved by its two handles, wherever they are."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from galaxy_desktop.ui.range_slider import RangeSlider

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(name="slider")
def _slider(qtbot: QtBot) -> RangeSlider:
    made = RangeSlider("At least", "At most")
    qtbot.addWidget(made)
    # 2 pixels a number; a value lies at 8 + 2 times itself.
    made.resize(216, 24)
    made.show()
    return made


def _drag(slider: RangeSlider, start: int, *to: int) -> tuple[int, int]:
    QTest.mousePress(slider, _LEFT, pos=QPoint(8 + 2 * start, 12))
    for value in to:
        QTest.mouseMove(slider, QPoint(8 + 2 * value, 12))
    QTest.mouseRelease(slider, _LEFT, pos=QPoint(8 + 2 * (to or (start,))[-1], 12))
    return slider.range


def test_the_nearer_handle_goes_with_the_mouse_and_no_further_than_the_other(
    slider: RangeSlider,
) -> None:
    assert _drag(slider, 10) == (10, 100)
    assert _drag(slider, 90, 70, 60) == (10, 60)
    assert _drag(slider, 12, 80) == (60, 60)


@pytest.mark.parametrize("low", [49, 50])
@pytest.mark.parametrize("grip", [47, 48, 50, 51, 52])
def test_of_handles_on_each_other_the_way_of_the_mouse_tells_which(
    slider: RangeSlider, low: int, grip: int
) -> None:
    slider.set_range(low, 50)
    assert _drag(slider, grip) == (low, 50)
    assert _drag(slider, grip, grip + 1, 80) == (low, 80)
    slider.set_range(low, 50)
    assert _drag(slider, grip, grip - 1, 20) == (20, 50)
