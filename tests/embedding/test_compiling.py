"""What is said while a kernel compiles, and what happens when nobody can hear it."""

from __future__ import annotations

import threading

import pytest

from embedding import compiling
from embedding.compiling import announced
from embedding.progress import Progress


def test_a_quick_call_is_not_announced() -> None:
    told: list[Progress] = []
    with announced(told.append):
        pass
    assert told == []


def test_a_slow_call_is_announced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "PATIENCE", 0.01)
    told: list[Progress] = []
    heard = threading.Event()

    def on_progress(step: Progress) -> None:
        told.append(step)
        heard.set()

    with announced(on_progress):
        assert heard.wait(10)
    assert told == [Progress("compile", 0, 0)]


def broken_pipe(heard: threading.Event) -> compiling.OnProgress:
    def on_progress(_: Progress) -> None:
        heard.set()
        raise BrokenPipeError("nobody listens")

    return on_progress


def test_what_the_listener_raises_comes_after_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    # Warnings are errors: had the thread died of it, the unhandled exception would fail this test.
    monkeypatch.setattr(compiling, "PATIENCE", 0.01)
    heard = threading.Event()
    finished = False
    with pytest.raises(BrokenPipeError, match="nobody listens"), announced(broken_pipe(heard)):
        assert heard.wait(10)
        finished = True
    assert finished


def test_the_error_of_the_call_itself_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "PATIENCE", 0.01)
    heard = threading.Event()
    with pytest.raises(ZeroDivisionError), announced(broken_pipe(heard)):
        assert heard.wait(10)
        raise ZeroDivisionError
