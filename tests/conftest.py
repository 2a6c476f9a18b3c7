"""What every test is held to: no thread outlives it, nothing unexpected is logged, no exit handler
has the last word."""

from __future__ import annotations

import logging
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

REPO = Path(__file__).resolve().parent.parent

# The machine's mood decides how long an example takes, so no example has a deadline; in CI the
# same examples come every time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# A shell without job control starts what is to run in the background deaf to Ctrl-C, and deaf are
# all whom that starts: programs that are told here to end by it would go on.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

_leave = os._exit
_process = os.getpid()


def _leave_if_failed(status: int) -> NoReturn:
    """Be `os._exit`: called with 0 as the process ends it would say that all tests passed."""
    assert status or os.getpid() != _process, "os._exit(0) is not for the process of the tests"
    _leave(status)


os._exit = _leave_if_failed


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data beside the checkout; skip where it is not there."""
    folder = REPO.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data (../shared/data) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def spotify(shared_data: Path) -> Path:
    return shared_data / "spotify_related_10k"


@pytest.fixture(scope="session")
def lastfm(shared_data: Path) -> Path:
    return shared_data / "lastfm_plays_hetrec2011"


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    # One that was told to stop may need a moment.
    deadline = time.monotonic() + 2
    while (leaked := _new_threads(before)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not leaked, f"threads outlive this test: {leaked}"


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    # tqdm, which node2vec draws with, keeps one monitor for the life of the process.
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before and type(thread).__name__ != "TMonitor"
    ]


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.levelname}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    records = _Records()
    loggers = [logging.getLogger(name) for name in ("embedding", "galaxy_desktop")]
    for logger in loggers:
        logger.addHandler(records)
    yield
    for logger in loggers:
        logger.removeHandler(records)
    patterns = [mark.args[0] for mark in request.node.iter_markers("expects_log")]
    unexpected = [line for line in records.lines if not any(re.search(p, line) for p in patterns)]
    assert not unexpected, f"unexpected in the log: {unexpected}"
    missing = [p for p in patterns if not any(re.search(p, line) for line in records.lines)]
    assert not missing, f"expected in the log, and not there: {missing}"
