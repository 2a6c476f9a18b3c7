"""What lies over the galaxy: cheat sheet, welcome, messages, the line at the edge; and About."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PyQt6.QtCore import QEvent, QSize, Qt
from PyQt6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.actions import ACTIONS, GROUPS
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.touring import Touring
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import toasts
from galaxy_desktop.ui.about import About
from galaxy_desktop.ui.cheat_sheet import CheatSheet, readable
from galaxy_desktop.ui.hud import Hud
from galaxy_desktop.ui.toasts import Toast, Toasts
from galaxy_desktop.ui.welcome import Welcome
from tests.galaxy_desktop.worlds import world


@pytest.fixture(name="over")
def _over(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    made.activateWindow()
    return made


def _texts(widget: QWidget) -> list[str]:
    return [found.text() for found in widget.findChildren(QLabel)]


def test_the_cheat_sheet_tells_every_action(over: QWidget) -> None:
    texts = _texts(CheatSheet(over))
    for action in ACTIONS:
        assert action.sentence.rstrip(".") in texts
        assert readable(action.keys[0]) in texts
    assert {group.upper() for group in GROUPS} <= set(texts)


@pytest.mark.parametrize(
    ("key", "printed"),
    [("Ctrl+F", "Ctrl F"), ("+", "+"), ("Ctrl++", "Ctrl +"), ("Alt+Left", "Alt ←"), ("/", "/"),
     ("Return", "Enter"), ("Shift+Drag", "Shift Drag"), ("Ctrl+,", "Ctrl ,")],
)  # fmt: skip
def test_keys_are_told_as_they_are_printed(key: str, printed: str) -> None:
    assert readable(key) == printed


def test_escape_and_the_button_close_a_panel_once(over: QWidget, qtbot: QtBot) -> None:
    sheet = CheatSheet(over)
    for close in (
        lambda: qtbot.keyClick(sheet, Qt.Key.Key_Escape),
        lambda: qtbot.mouseClick(sheet.close_button, Qt.MouseButton.LeftButton),
        sheet.toggle,
    ):
        sheet.toggle()
        assert sheet.isVisible()
        with qtbot.waitSignal(sheet.closed):
            close()
        assert not sheet.isVisible()
    with qtbot.assertNotEmitted(sheet.closed):
        sheet.close_panel()


def test_a_panel_stays_in_the_middle_and_within(over: QWidget) -> None:
    sheet = CheatSheet(over)
    sheet.open()
    for size in (QSize(1000, 760), QSize(500, 300), QSize(3000, 700)):
        over.resize(size)
        assert over.rect().contains(sheet.geometry())
        middle = sheet.geometry().center() - over.rect().center()
        assert abs(middle.x()) <= 1
        assert abs(middle.y()) <= 1


def test_where_there_is_room_the_cheat_sheet_is_seen_as_a_whole(
    over: QWidget, qtbot: QtBot
) -> None:
    over.resize(1200, 1400)
    sheet = CheatSheet(over)
    sheet.open()
    area = sheet.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    assert bar is not None
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert sheet.height() < 1200, sheet.height()


@pytest.mark.parametrize("wide", [420, 560, 760, 1200])
def test_no_sentence_of_the_cheat_sheet_is_squeezed(over: QWidget, qtbot: QtBot, wide: int) -> None:
    over.resize(wide, 500)
    sheet = CheatSheet(over)
    sheet.open()
    (words,) = (each for each in sheet.findChildren(QLabel) if each.text() == "Move the galaxy")
    qtbot.waitUntil(lambda: words.width() >= 60)


def test_the_arrows_scroll_the_cheat_sheet(over: QWidget, qtbot: QtBot) -> None:
    over.resize(700, 300)
    sheet = CheatSheet(over)
    sheet.open()
    before = sheet.grab().toImage()
    qtbot.keyClick(sheet, Qt.Key.Key_PageDown)
    assert sheet.grab().toImage() != before
    qtbot.keyClick(sheet, Qt.Key.Key_PageUp)
    assert sheet.grab().toImage() == before


def test_the_welcome_says_what_is_seen_and_has_one_button(
    over: QWidget, six: World, qtbot: QtBot
) -> None:
    welcome = Welcome(over, six)
    welcome.open()
    assert any("one of 6 artists" in text for text in _texts(welcome))
    welcome.show_world(world([[0, 0, 0]], edges=[(0, 0)]))
    assert any("Every star is an artist." in text for text in _texts(welcome))
    qtbot.waitUntil(welcome.go.hasFocus)
    with qtbot.waitSignal(welcome.closed):
        qtbot.keyClick(welcome.go, Qt.Key.Key_Space)
    assert not welcome.isVisible()


@pytest.mark.parametrize("room", [(1000, 760), (480, 290), (330, 400), (260, 320)])
def test_nothing_of_the_welcome_is_cut(over: QWidget, six: World, room: tuple[int, int]) -> None:
    over.resize(*room)
    welcome = Welcome(over, six)
    welcome.open()
    QApplication.processEvents()
    for found in welcome.findChildren(QLabel):
        if found.isVisible() and found.wordWrap():
            assert found.height() >= found.heightForWidth(found.width()), found.text()
    # What must be pressed is seen, and what is to be read scrolls between the two.
    words = welcome.findChild(QScrollArea)
    assert words is not None
    parts = [welcome.close_button.geometry(), words.geometry(), welcome.go.geometry()]
    assert all(welcome.rect().contains(part) for part in parts)
    assert parts[0].bottom() <= parts[1].top()
    assert parts[1].bottom() < parts[2].top()
    assert words.height() >= 30


def test_where_there_is_room_the_welcome_does_not_scroll(
    over: QWidget, six: World, qtbot: QtBot
) -> None:
    welcome = Welcome(over, six)
    welcome.open()
    area = welcome.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    assert bar is not None
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    over.resize(420, 300)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(welcome, Qt.Key.Key_PageDown)
    assert bar.value() > 0


@pytest.fixture(name="messages")
def _messages(over: QWidget) -> Iterator[Toasts]:
    made = Toasts(over)
    yield made
    made.clear()


def _toasts(messages: Toasts) -> list[Toast]:
    return [toast for toast in messages.findChildren(Toast) if not toast.isHidden()]


def test_a_window_that_is_taken_apart_moves_nothing_any_more(
    over: QWidget, six: World, messages: Toasts
) -> None:
    hud, welcome = Hud(AppState(six), over), Welcome(over, six)
    hud.note("Speed 144%")
    welcome.open()
    messages.say("One.")
    place = hud.pos()
    hud.close_down()
    messages.close_down()
    assert messages.sentences == []
    over.resize(700, 500)
    assert hud.pos() == place
    # What neither follows tells them nothing, not even of its end.
    filtered: list[QEvent] = []
    for follower in (hud, messages):
        follower.eventFilter = lambda _, event: bool(filtered.append(event))  # type: ignore[assignment,method-assign]
    over.resize(800, 600)
    welcome.close_panel()
    QApplication.processEvents()
    assert not filtered


def test_messages_are_stacked_at_the_lower_edge(messages: Toasts, over: QWidget) -> None:
    messages.say("One.")
    one = messages.height()
    messages.say("Two. " * 60, error=True)
    assert messages.sentences == ["One.", "Two. " * 60]
    assert messages.height() > 2 * one
    for size in (QSize(1000, 760), QSize(300, 760)):
        over.resize(size)
        assert over.rect().contains(messages.geometry())


def test_a_message_goes_by_itself_and_an_error_later(
    messages: Toasts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toasts, "SHOWN_MS", 1)
    monkeypatch.setattr(toasts, "_PER_LETTER_MS", 0)
    messages.say("That failed.", error=True)
    messages.say("Done.")
    qtbot.waitUntil(lambda: messages.sentences == ["That failed."])
    (left,) = _toasts(messages)
    assert left.remaining_ms > 10_000


def test_a_message_stays_under_the_cursor(messages: Toasts) -> None:
    messages.say("Read me.")
    (toast,) = _toasts(messages)
    assert toast.remaining_ms > 0
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.remaining_ms > 0


def test_a_message_is_closed_by_its_button(messages: Toasts, qtbot: QtBot) -> None:
    messages.say("One.")
    messages.say("Two.")
    qtbot.mouseClick(_toasts(messages)[0].close_button, Qt.MouseButton.LeftButton)
    assert messages.sentences == ["Two."]
    qtbot.mouseClick(_toasts(messages)[0].close_button, Qt.MouseButton.LeftButton)
    assert not messages.isVisible()


def test_the_same_again_is_said_once_and_many_are_few(messages: Toasts) -> None:
    for sentence in ("One.", "One.", "Two.", "Three.", "Four.", "Five.", ""):
        messages.say(sentence)
    assert messages.sentences == ["Two.", "Three.", "Four.", "Five."]


def test_a_message_is_text_that_can_be_selected(messages: Toasts) -> None:
    messages.say("<b>bold</b>")
    (toast,) = _toasts(messages)
    (words,) = toast.findChildren(QLabel)
    assert words.textFormat() == Qt.TextFormat.PlainText
    assert words.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_the_line_at_the_edge_is_shown_where_the_settings_say_so(over: QWidget, six: World) -> None:
    state = AppState(six)
    hud = Hud(state, over)
    assert not hud.isVisible()
    state.settings = replace(state.settings, show_speed=True)
    assert hud.isVisible()
    state.mode = "fly"
    hud.set_speed(0.0213)
    hud.set_frames(59.7)
    assert hud.text == "Fly   0.0213 R/s   60 frames/s"
    assert over.rect().contains(hud.geometry())
    hud.set_speed(None)
    hud.set_frames(None)
    assert hud.text == "Fly"
    over.resize(800, 500)
    assert hud.geometry().bottom() < 500
    assert hud.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_what_was_set_is_shown_for_a_moment(over: QWidget, six: World, qtbot: QtBot) -> None:
    hud = Hud(AppState(six), over)
    hud.set_frames(60)
    hud.note("Speed 150%")
    assert hud.isVisible()
    assert hud.text == "Speed 150%"
    assert over.rect().contains(hud.geometry())
    qtbot.waitUntil(lambda: not hud.isVisible(), timeout=10_000)


def test_the_line_says_how_far_a_tour_is(over: QWidget, six: World) -> None:
    state = AppState(six)
    hud = Hud(state, over)
    state.touring = Touring((4, 2, 3), 1)
    assert hud.isVisible()
    assert hud.text == f"Artist 2 of 3: {six.galaxy.names[2]}   Esc ends the flight"
    assert over.rect().contains(hud.geometry())
    hud.note("Speed 150%")
    assert hud.text == "Speed 150%"
    hud.note("")
    assert hud.text.startswith("Artist 2 of 3")
    state.touring = None
    assert not hud.isVisible()


def test_about_tells_versions_sources_and_licences(qtbot: QtBot, six: World) -> None:
    about = About(six, "llvmpipe")
    qtbot.addWidget(about)
    assert about.details.text().splitlines() == [
        "Galaxy: Six artists, 6 artists",
        "Source: A test",
        "Licence of the data: CC0-1.0",
        "Licence of the program: GPL 3.0 or later",
        "Drawn by: llvmpipe",
    ]


@pytest.mark.parametrize(
    ("size", "place"), [((900, 900), "below"), ((320, 370), "later")], ids=["roomy", "tight"]
)
def test_a_message_never_covers_an_open_panel(
    qtbot: QtBot, size: tuple[int, int], place: str
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(*size)
    over.show()
    messages, welcome = Toasts(over), Welcome(over, world(20 * [(0, 0, 0)]))
    welcome.open()
    messages.say("A sentence of some words.")
    (toast,) = messages.findChildren(Toast)
    assert not (messages.isVisible() and messages.geometry().intersects(welcome.geometry()))
    assert messages.isVisible() == (place == "below")
    assert (toast.remaining_ms > 0) == (place == "below")
    welcome.close_panel()
    qtbot.waitUntil(messages.isVisible)
    assert toast.remaining_ms > 4000
