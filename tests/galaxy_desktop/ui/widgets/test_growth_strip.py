"""The strip at the foot of the sidebar: what it says, and which buttons make sense."""

from __future__ import annotations

import pytest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from galaxy_desktop.jobs.crawl_messages import CrawlProgress
from galaxy_desktop.ui.growth_strip import GrowthStrip


@pytest.fixture
def strip(qtbot: QtBot) -> GrowthStrip:
    made = GrowthStrip()
    qtbot.addWidget(made)
    made.resize(320, 140)
    made.begin("Growing from Björk", "ListenBrainz")
    return made


def _offered(strip: GrowthStrip) -> list[str]:
    return [each.text() for each in strip.findChildren(QPushButton) if not each.isHidden()]


def test_it_says_how_many_how_fast_and_how_long(strip: GrowthStrip) -> None:
    strip.show_asking(CrawlProgress(30, 100, 900, 58.2, 72.0), 412)
    assert strip.progress.stage.text() == "412 new artists, 58 asked a minute"
    assert strip.progress.left.text() == "about 70 s left"
    assert strip.progress.bar.share == 0.3
    assert _offered(strip) == ["Pause", "Re-form now", "Stop"]
    strip.show_asking(CrawlProgress(30, 100, waiting="ListenBrainz asks to wait"), 412)
    assert strip.progress.stage.text() == "ListenBrainz asks to wait"


def test_before_the_first_answer_nothing_can_be_re_formed(strip: GrowthStrip) -> None:
    assert not strip.re_form.isEnabled()
    assert strip.progress.stage.text() == "Looking for the first artist"


def test_the_buttons_follow_what_is_under_way(strip: GrowthStrip) -> None:
    strip.show_stopping()
    assert _offered(strip) == []
    strip.show_waiting("Paused.", new=True)
    assert _offered(strip) == ["Resume", "Re-form now", "Stop"]
    strip.show_waiting("It does not answer.", wrong=True, new=False)
    assert not strip.problem.isHidden()
    assert not strip.re_form.isEnabled()
    strip.show_ended("Stopped.")
    assert _offered(strip) == ["Re-form now", "Take away"]
    strip.show_building("Walking", 0.4, None)
    assert _offered(strip) == ["Cancel"]
    strip.show_grown("It has grown.")
    assert _offered(strip) == ["Undo", "Close"]


def test_the_keyboard_stays_among_its_buttons(strip: GrowthStrip, qtbot: QtBot) -> None:
    strip.activateWindow()
    qtbot.waitUntil(strip.isActiveWindow)
    strip.pause.setFocus()
    strip.show_waiting("Paused.", new=True)
    assert QApplication.focusWidget() is strip.resume


def test_each_button_says_what_it_does(strip: GrowthStrip) -> None:
    for made in strip.findChildren(QPushButton):
        assert made.accessibleDescription()
