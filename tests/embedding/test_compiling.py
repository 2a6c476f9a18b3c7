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


class Reader:
    """Leaves as soon as it is told something."""

    def __init__(self) -> None:
        self.heard = threading.Event()
        self.finished = False

    def on_progress(self, _: Progress) -> None:
        self.heard.set()
        raise BrokenPipeError("nobody listens")

    def call(self, *, fails: bool) -> None:
        with announced(self.on_progress):
            assert self.heard.wait(10)
            if fails:
                raise ZeroDivisionError
            self.finished = True


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.setattr(compiling, "PATIENCE", 0.01)
    return Reader()


def test_what_the_listener_raises_comes_after_the_call(reader: Reader) -> None:
    # Warnings are errors: had the thread died of it, the unhandled exception would fail this test.
    with pytest.raises(BrokenPipeError, match="nobody listens"):
        reader.call(fails=False)
    assert reader.finished


def test_the_error_of_the_call_itself_goes_first(reader: Reader) -> None:
    with pytest.raises(ZeroDivisionError):
        reader.call(fails=True)
