"""The dialog about a growth: what it says, and that nothing happens before Grow."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from galaxy_desktop.jobs.services import services
from galaxy_desktop.model.growth_plan import MOST_SEEDS
from galaxy_desktop.ui.grow_dialog import GrowDialog
from tests.galaxy_desktop.ui.widgets.long_name import LONG

_PLAIN = Qt.KeyboardModifier.NoModifier
BRAINZ, DEEZER, LASTFM = range(3)


@pytest.fixture
def dialog(qtbot: QtBot) -> GrowDialog:
    made = GrowDialog(services(), ("Björk",))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def wanted(dialog: GrowDialog) -> list[tuple[Any, str]]:
    heard: list[tuple[Any, str]] = []
    dialog.wanted.connect(lambda plan, key: heard.append((plan, key)))
    return heard


def test_it_says_what_is_asked_of_whom_and_for_how_long(dialog: GrowDialog) -> None:
    assert "ListenBrainz is sent up to 1,051 requests" in dialog.asks.text()
    assert "18 minutes" in dialog.takes.text()
    assert "CC0-1.0" in dialog.licence.text()
    dialog.services.current = DEEZER
    dialog.sizes.setCurrentIndex(dialog.sizes.count() - 1)
    assert "Deezer is sent up to 100,001 requests" in dialog.asks.text()
    assert "Deezer" in dialog.terms.text()
    assert "Deezer's terms" in dialog.licence.text()
    assert dialog.sizes.currentText() == "100,000 artists, 3 hours"


def test_enter_grows_from_the_artist_it_was_opened_on(
    dialog: GrowDialog, wanted: list[tuple[Any, str]]
) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return, _PLAIN)
    ((plan, key),) = wanted
    assert (plan.service.name, plan.seeds, plan.size, key) == ("listenbrainz", ("Björk",), 1000, "")
    assert dialog.isHidden()


def test_seeds_are_typed_added_and_removed(
    dialog: GrowDialog, wanted: list[tuple[Any, str]]
) -> None:
    seeds = dialog.seeds
    seeds.field.setText("Tyler, The Creator")
    QTest.keyClick(seeds.field, Qt.Key.Key_Return, _PLAIN)
    assert not wanted
    assert tuple(seeds.names) == ("Björk", "Tyler, The Creator")
    seeds.field.setText("  BTS ")
    assert len(seeds.names) == 3
    seeds.chips[0].click()
    assert list(seeds.names) == ["Tyler, The Creator", "BTS"]
    seeds.field.clear()
    QTest.keyClick(seeds.field, Qt.Key.Key_Backspace, _PLAIN)
    assert not seeds.names
    assert not dialog.grow.isEnabled()
    seeds.set_names([f"Artist {k}" for k in range(MOST_SEEDS + 3)])
    assert len(seeds.names) == MOST_SEEDS
    assert not seeds.field.isEnabled()


def test_last_fm_needs_a_key_that_is_not_shown(
    dialog: GrowDialog, wanted: list[tuple[Any, str]]
) -> None:
    asked: list[str] = []
    dialog.key_in_question.connect(asked.append)
    dialog.services.current = LASTFM
    assert asked == ["lastfm"]
    assert not dialog.grow.isEnabled()
    dialog.show_key("lastfm", kept=False, keyring=False)
    assert "forgotten" in dialog.key_hint.text()
    dialog.key.setText("s3cret")
    assert dialog.key.displayText() != "s3cret"
    dialog.grow.click()
    assert wanted[0][1] == "s3cret"


def test_a_key_that_is_kept_need_not_be_typed(
    dialog: GrowDialog, wanted: list[tuple[Any, str]]
) -> None:
    dialog.services.current = LASTFM
    dialog.show_key("lastfm", kept=True, keyring=True)
    assert "keyring" in dialog.key_hint.text()
    dialog.grow.click()
    assert wanted[0][1] == ""


def test_a_key_goes_to_nobody_else(dialog: GrowDialog, wanted: list[tuple[Any, str]]) -> None:
    dialog.services.current = LASTFM
    dialog.key.setText("s3cret")
    dialog.services.current = DEEZER
    dialog.grow.click()
    assert wanted[0][1] == ""


def test_any_name_fits(dialog: GrowDialog) -> None:
    dialog.seeds.set_names([LONG, "<b>AC/DC</b> & 🎸", "فيروز"])
    assert dialog.seeds.names[0] == LONG
    wide = dialog.width()
    assert all(chip.sizeHint().width() < wide for chip in dialog.seeds.chips)


def test_tab_goes_from_top_to_bottom(dialog: GrowDialog, qtbot: QtBot) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.seeds.chips[0].setFocus()
    seen = []
    for _ in range(6):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.mapTo(dialog, focused.rect().topLeft()).y())
        QTest.keyClick(focused, Qt.Key.Key_Tab, _PLAIN)
    assert seen == sorted(seen)
