"""A crawl as the window has it: every way it may end, and no process that outlives its owner."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import QObject
from pytestqt.qtbot import QtBot

from galaxy_desktop.jobs import crawl_job
from galaxy_desktop.jobs.crawl_job import CrawlJob
from galaxy_desktop.jobs.crawl_messages import CrawlEnd, CrawlProgress, CrawlRequest
from galaxy_desktop.model.growth import Answer, Named
from tests.galaxy_desktop.crawls import ENDLESS, fake_crawl

REQUEST = CrawlRequest(
    source="test", seeds=("-Artist 0", "宇多田"), size=100, path=Path("my crawl.db")
)


class Heard(QObject):
    """All that a job says, in order."""

    def __init__(self, job: CrawlJob) -> None:
        super().__init__(job)
        self.job = job
        self.said: list[tuple[str, Any]] = []
        job.progressed.connect(lambda it: self.said.append(("progressed", it)))
        job.answered.connect(lambda it: self.said.append(("answered", it)))
        job.noted.connect(lambda it: self.said.append(("noted", it)))
        job.ended.connect(lambda it: self.said.append(("ended", it)))

    def of(self, kind: str) -> list[Any]:
        return [it for name, it in self.said if name == kind]


@pytest.fixture
def make_job(qapp: object, tmp_path: Path) -> Iterator[Callable[..., Heard]]:
    assert qapp
    made: list[Heard] = []

    def make(body: str = ENDLESS) -> Heard:
        made.append(Heard(CrawlJob(command=fake_crawl(tmp_path, body))))
        return made[-1]

    yield make
    for heard in made:
        heard.job.close()
        heard.job.deleteLater()
    for asked in _asked(tmp_path):
        assert not _runs(asked["pid"])


def _asked(folder: Path) -> list[dict[str, Any]]:
    """Return how each process was called."""
    kept = folder / "asked.jsonl"
    return [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _end(heard: Heard, qtbot: QtBot) -> CrawlEnd:
    qtbot.waitUntil(lambda: bool(heard.of("ended")), timeout=20_000)
    (end,) = heard.of("ended")
    assert isinstance(end, CrawlEnd)
    assert not heard.job.running
    return end


def test_answers_come_as_they_are_given(
    make_job: Callable[..., Heard], qtbot: QtBot, tmp_path: Path
) -> None:
    heard = make_job()
    heard.job.start(REQUEST)
    qtbot.waitUntil(lambda: len(heard.of("answered")) == 2, timeout=20_000)
    first, second = heard.of("answered")

    def named(name: str) -> Named:
        return Named(name, f"key of {name}", name, 1000)

    both = (named("New 1"), named("New 2"))
    assert first == Answer(named("Artist 0"), both, ("New 1", "New 2"))
    assert second.related == ("New 3", "New 2")
    assert heard.of("progressed")[-1] == CrawlProgress(1, 100, 4, 60.0, 99.0)
    heard.job.stop()
    heard.job.stop()
    assert _end(heard, qtbot) == CrawlEnd("stopped", "", 2, 5)
    (asked,) = _asked(tmp_path)
    assert asked["arguments"] == [
        *("--source", "test", "--max-artists", "100", "--seed=-Artist 0", "--seed=宇多田"),
        *("--progress", "json", "--while-stdin", "-o", "my crawl.db"),
    ]
    assert not asked["key"]


def test_why_nothing_goes_on_and_until_when(make_job: Callable[..., Heard], qtbot: QtBot) -> None:
    heard = make_job(
        "say('wait', seconds=8.2, why='Test cannot be reached')\nfound('a', 'b')\ndone('limit')\n"
    )
    heard.job.start(REQUEST)
    _end(heard, qtbot)
    waits = [progress.waiting for progress in heard.of("progressed")]
    assert "Test cannot be reached; trying again in 8 seconds" in waits
    assert waits[-1] == ""  # it has answered


def test_it_goes_on_where_it_was(
    make_job: Callable[..., Heard], qtbot: QtBot, tmp_path: Path
) -> None:
    heard = make_job()
    heard.job.start(REQUEST)
    heard.job.stop()
    _end(heard, qtbot)
    heard.said.clear()
    heard.job.start(replace(REQUEST, base_url="http://127.0.0.1:9"), resume=True)
    qtbot.waitUntil(lambda: bool(heard.of("answered")), timeout=20_000)
    arguments = _asked(tmp_path)[-1]["arguments"]
    assert "--resume" in arguments
    assert not any(each.startswith("--seed") for each in arguments)
    assert arguments[arguments.index("--base-url") + 1] == "http://127.0.0.1:9"


def test_a_key_goes_by_the_environment_alone(
    make_job: Callable[..., Heard], qtbot: QtBot, tmp_path: Path
) -> None:
    heard = make_job("done('limit')\n")
    heard.job.start(replace(REQUEST, key="0123secret"))
    assert _end(heard, qtbot).why == "limit"
    (asked,) = _asked(tmp_path)
    assert asked["key"] == "0123secret"
    assert "0123secret" not in " ".join(asked["arguments"])


def test_a_process_that_is_killed_is_no_fault_of_the_window(
    make_job: Callable[..., Heard], qtbot: QtBot
) -> None:
    heard = make_job()
    heard.job.start(REQUEST)
    qtbot.waitUntil(lambda: bool(heard.of("answered")), timeout=20_000)
    os.kill(heard.job.pid, signal.SIGKILL)
    end = _end(heard, qtbot)
    assert end.why == "lost"
    assert "what it found is kept" in end.message


def test_one_that_hears_nothing_is_ended_all_the_same(
    make_job: Callable[..., Heard], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawl_job, "PATIENCE", 50)
    heard = make_job("found('a', 'b')\nwhile True:\n    time.sleep(9)\n")
    heard.job.start(REQUEST)
    qtbot.waitUntil(lambda: bool(heard.of("answered")), timeout=20_000)
    pid = heard.job.pid
    heard.job.stop()
    assert _end(heard, qtbot).why == "stopped"
    assert not _runs(pid)


@pytest.mark.parametrize(
    ("body", "why", "message"),
    [
        ("done('service', message='Test does not answer; try later.')", "service", "Test does not"),
        ("say('error', message='The disk is full.'); sys.exit(2)", "failed", "The disk is full."),
        ("print('Killed by a fool', file=sys.stderr); sys.exit(1)", "lost", "Killed by a fool"),
        ("say('found', of=3, artists=None, related=[])", "failed", "cannot be read"),
        ("done('for no reason at all')", "failed", "cannot be read"),
        ("print('{\"event\": 3}'); print('no json'); done('nothing left')", "nothing left", ""),
    ],
)
def test_every_end_is_told_once(
    make_job: Callable[..., Heard], qtbot: QtBot, body: str, why: str, message: str
) -> None:
    heard = make_job(body + "\n")
    heard.job.start(REQUEST)
    end = _end(heard, qtbot)
    assert end.why == why
    assert message in end.message
    assert bool(end.message) == bool(message)


def test_what_cannot_be_started_is_said(qtbot: QtBot) -> None:
    heard = Heard(CrawlJob(command=("/nowhere/at/all",)))
    heard.job.start(REQUEST)
    assert "no process could be started" in _end(heard, qtbot).message
    heard.job.deleteLater()


def test_it_ends_with_a_window_that_is_killed(tmp_path: Path) -> None:
    command = fake_crawl(tmp_path)
    owner = f"""\
    from pathlib import Path
    from PyQt6.QtCore import QCoreApplication
    from galaxy_desktop.jobs.crawl_job import CrawlJob
    from galaxy_desktop.jobs.crawl_messages import CrawlRequest
    app = QCoreApplication([])
    job = CrawlJob(command={command!r})
    job.answered.connect(lambda _: print("answered", flush=True))
    job.start(CrawlRequest(source="test", seeds=("x",), size=9, path=Path("x.db")))
    app.exec()
    """
    window = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(owner)], stdout=subprocess.PIPE, text=True
    )
    assert window.stdout is not None
    with window.stdout:
        assert window.stdout.readline() == "answered\n"
        window.kill()
        window.wait()
    (asked,) = _asked(tmp_path)
    until = time.monotonic() + 10
    while _runs(asked["pid"]) and time.monotonic() < until:
        time.sleep(0.02)
    assert not _runs(asked["pid"])
