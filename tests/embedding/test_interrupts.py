"""Signals: the first one cancels, and long work never keeps the main thread from hearing it."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator

import pytest

from embedding import interrupts
from embedding.interrupts import Abandoned, Interrupted, Interrupts
from embedding.progress import Cancelled


@pytest.fixture(autouse=True)
def _handlers_come_back() -> Iterator[None]:
    before = [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)]
    yield
    assert [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)] == before


def later(number: int) -> None:
    main = threading.main_thread().ident
    assert main is not None
    threading.Timer(0.05, signal.pthread_kill, (main, number)).start()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_short_work_is_interrupted_where_it_stands(number: int, code: int) -> None:
    with Interrupts() as heard:
        later(number)
        with pytest.raises(Interrupted):
            time.sleep(5)
    assert (heard.exit_code, heard.token.cancelled) == (code, True)


def test_long_work_sees_the_token() -> None:
    with Interrupts() as heard:

        def work() -> None:
            for _ in range(500):
                heard.token.check()
                time.sleep(0.01)

        later(signal.SIGTERM)
        with pytest.raises(Cancelled):
            heard.run(work)
    assert heard.exit_code == 143


def test_deaf_work_is_abandoned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupts, "GRACE", 0.1)
    free = threading.Event()
    with Interrupts() as heard:
        later(signal.SIGINT)
        start = time.monotonic()
        with pytest.raises(Abandoned):
            heard.run(lambda: free.wait(5))
    assert time.monotonic() - start < 2
    free.set()


def test_work_gives_what_it_returns_and_raises() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    with Interrupts() as heard:
        assert heard.run(lambda: 7) == 7
        with pytest.raises(ZeroDivisionError):
            heard.run(broken)


def test_what_is_held_is_not_interrupted() -> None:
    with Interrupts() as heard:
        heard.hold()
        signal.raise_signal(signal.SIGINT)
        assert heard.token.cancelled


def test_the_second_signal_kills() -> None:
    with Interrupts() as heard:
        heard.hold()
        signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_an_ignored_signal_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupts() as heard:
            signal.raise_signal(signal.SIGINT)
            assert not heard.token.cancelled
    finally:
        signal.signal(signal.SIGINT, before)


def test_works_outside_the_main_thread() -> None:
    results = []

    def thread() -> None:
        with Interrupts() as heard:
            results.append(heard.run(lambda: 3))

    worker = threading.Thread(target=thread)
    worker.start()
    worker.join(5)
    assert results == [3]
