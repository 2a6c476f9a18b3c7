"""What the averager lists: results and the stops of a path, by mouse and keyboard."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.touring import Touring
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.averager_panel import AveragerPanel
from tests.galaxy_desktop.ui.widgets.averager import fill, stops
from tests.galaxy_desktop.worlds import world


def test_results_fly_hover_and_become_ingredients(panel: AveragerPanel, qtbot: QtBot) -> None:
    fill(panel, 0, 1)
    rows, port = panel.results, panel.results.viewport()
    model = rows.model()
    assert model is not None
    place = rows.visualRect(model.index(1, 0))
    with qtbot.waitSignal(panel.fly_requested) as asked:
        qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=place.center())
    assert asked.args == [rows.rows[1].artist]
    with qtbot.waitSignal(panel.hovered) as over:
        rows.hovered.emit(3)
    assert over.args == [3]
    wanted = rows.rows[1].artist
    plus = QPoint(place.right() - theme.UNIT - 6, place.center().y())
    with qtbot.assertNotEmitted(panel.fly_requested):
        qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=plus)
    assert panel.mix.artist(2) == wanted


def test_more_results_are_a_click_away(panel: AveragerPanel, qtbot: QtBot) -> None:
    big = world(np.arange(90).reshape(30, 3))
    panel.mix.world = big
    fill(panel, 0, 1)
    assert len(panel.results.rows) == 10
    for text, count in (("Show more", 28), ("Show fewer", 10)):
        assert panel.more.text() == text
        qtbot.mouseClick(panel.more, Qt.MouseButton.LeftButton)
        panel.refresh()
        assert len(panel.results.rows) == count


def test_who_reads_the_results_by_keyboard_stays_at_the_place(
    panel: AveragerPanel, qtbot: QtBot
) -> None:
    fill(panel, 0, 1)
    panel.activateWindow()
    panel.results.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(panel.results.hasFocus)
    panel.results.step(2)
    here = panel.results.currentIndex().row()
    panel.mix.set_weight(0, 0.3)
    panel.refresh()
    assert panel.results.currentIndex().row() == here > 0


def test_a_path_is_listed_with_every_match_and_its_leaps(
    panel: AveragerPanel, qtbot: QtBot
) -> None:
    # A fan of directions with a gap in it.
    angles = np.radians([0, 5, 10, 15, 20, 60, 65, 70])
    fan = world(
        np.arange(24).reshape(8, 3),
        names=[f"{angle:.0f}" for angle in np.degrees(angles)],
        vectors=np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32),
    )
    panel.mix.world = fan
    fill(panel, 0, 7)
    qtbot.mouseClick(panel.question.at(1), Qt.MouseButton.LeftButton)
    panel.length.setValue(8)
    panel.refresh()
    way = panel.mix.answer.path
    assert way is not None
    rows = stops(panel)
    assert [stop.artist for stop in rows] == list(range(8))
    assert [stop.detail for stop in rows] == [
        "Here it begins",
        *["99% match"] * 4,
        "A leap: 59% match",
        *["99% match"] * 2,
    ]
    assert [stop.leap_before for stop in rows] == [i == 5 for i in range(8)]
    assert [stop.leap_after for stop in rows] == [i == 4 for i in range(8)]
    assert panel.summary.text() == "7 steps"
    assert panel.about.text() == "The music makes a leap, the largest from 20 to 60 (59% match)."
    assert panel.tour.isVisible()
    assert [row.role.text() for row in panel.ingredients.rows] == ["From", "To"]
    assert not panel.ingredients.rows[0].slider.isVisible()
    with qtbot.assertNotEmitted(panel.path.tooled):
        panel.path.setFocus()
        panel.path.step(-9)
        qtbot.keyClick(panel.path, Qt.Key.Key_Plus)


def test_a_flight_along_the_path_shows_where_it_is(panel: AveragerPanel, qtbot: QtBot) -> None:
    fill(panel, 0, 1)
    panel.mix.ask("path")
    panel.refresh()
    with qtbot.waitSignal(panel.tour_requested):
        qtbot.mouseClick(panel.tour, Qt.MouseButton.LeftButton)
    panel.show_touring(Touring(panel.mix.answer.artists, 2))
    panel.refresh()
    assert [stop.here for stop in stops(panel)] == [i == 2 for i in range(8)]
    assert panel.tour.text() == "Stop here"
    panel.show_touring(None)
    panel.refresh()
    assert not any(stop.here for stop in stops(panel))
    assert panel.tour.text() == "Fly the path"
