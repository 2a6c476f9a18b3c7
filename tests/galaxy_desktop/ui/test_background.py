from __future__ import annotations

import io
import json
import os
import signal
import threading

import pytest
from pytestqt.qtbot import QtBot

from embedding.errors import InputError
from galaxy_desktop.model.state import AppState
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.event_log import EventLog, process_age
from galaxy_desktop.ui.signals import Signals
from tests.galaxy_desktop.worlds import world


def test_work_is_done_elsewhere_and_its_result_comes_here(qtbot: QtBot) -> None:
    background = Background()
    found: list[tuple[int, int]] = []
    background.start(
        threading.get_ident, lambda there: found.append((there, threading.get_ident())), print
    )
    qtbot.waitUntil(lambda: bool(found))
    assert found[0][0] != threading.get_ident() == found[0][1]
    background.wait()


def test_what_a_user_can_mend_is_told(qtbot: QtBot) -> None:
    def work() -> None:
        raise InputError("it is broken", where="a.galaxy")

    background = Background()
    said: list[str] = []
    background.start(work, print, said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["a.galaxy: it is broken."]
    background.wait()


@pytest.mark.expects_log("work in the background failed")
def test_a_mistake_is_logged_and_told(qtbot: QtBot) -> None:
    background = Background()
    said: list[str] = []
    background.start(lambda: 1 // 0, print, said.append)
    qtbot.waitUntil(lambda: bool(said))
    background.wait()


def test_after_the_end_nothing_comes_back(qtbot: QtBot) -> None:
    background = Background()
    found: list[int] = []
    background.start(lambda: 1, found.append, print)
    background.wait()
    qtbot.wait(50)
    assert not found


def test_a_signal_wakes_the_loop(qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGTERM)
    heard: list[int] = []
    signals = Signals(heard.append)
    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.waitUntil(lambda: heard == [signal.SIGTERM])
    signals.close()
    assert signal.getsignal(signal.SIGTERM) is before


def test_events_are_lines_of_json() -> None:
    file = io.StringIO()
    state = AppState(world([[0, 0, 0], [1, 0, 0]]))
    log = EventLog(file)
    log.follow(state)
    state.selected = 1
    state.mode = "fly"
    log.seen("still", state)
    lines = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["opened", "selected", "mode", "still"]
    assert lines[1]["name"] == "Artist 1"
    assert all(0 <= line["t"] <= process_age() + 0.1 for line in lines)
