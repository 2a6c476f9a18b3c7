"""Threads rest between two pieces of work; the window's own never does."""

from __future__ import annotations

import threading

import pytest

from galaxy_desktop.model import stepping_aside


def test_only_other_threads_step_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    rested: list[tuple[str, float]] = []

    def rest(seconds: float) -> None:
        rested.append((threading.current_thread().name, seconds))

    monkeypatch.setattr(stepping_aside.time, "sleep", rest)
    stepping_aside.step_aside()
    worker = threading.Thread(target=stepping_aside.step_aside, name="worker")
    worker.start()
    worker.join()
    assert rested == [("worker", stepping_aside.PAUSE)]
