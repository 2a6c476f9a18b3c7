"""The command as a process: killed, stopped, watched, and kept from doing it twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from embedding.galaxy_file import load
from embedding.readers import read_graph
from embedding.sources import database
from tests.embedding.processes import environment, run
from tests.embedding.sources.music_server import KEY, MusicServer
from tests.embedding.sources.music_world import music_world
from tests.embedding.sources.test_spider import content

KILLS = int(os.environ.get("GALAXY_KILLS", "3"))
"""How often the crawl is killed: 50 for the whole truth."""

ASKED = 60 * KILLS

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    with ExitStack() as stack:

        def begin(*argv: str | Path, **source: Any) -> subprocess.Popen[str]:
            return stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.embedding.sources.fake_crawl", "crawl"]
                    + [str(each) for each in argv],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                    env=environment(FAKE_SOURCE=json.dumps(source)),
                )
            )

        yield begin


def events(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


def until(process: subprocess.Popen[str], event: str) -> dict[str, Any]:
    return next(each for each in events(process) if each["event"] == event)


def test_killed_at_any_moment_it_goes_on_to_the_same_graph(tmp_path: Path) -> None:
    straight, broken = tmp_path / "straight.db", tmp_path / "broken.db"
    wanted = ["--seed", "Radiohead", "--seed", "Björk", "--max-artists", str(ASKED)]

    def crawling(path: Path, *more: str) -> list[str]:
        command = [sys.executable, "-m", "embedding", "crawl", "--source", "listenbrainz"]
        return [*command, "--base-url", server.url, *wanted, *more, "-o", str(path)]

    def whole(path: Path, *more: str) -> None:
        done = subprocess.run(crawling(path, *more), env=environment(), capture_output=True)
        assert done.returncode == 0, done.stderr

    rng, killed, cut_short = random.Random(2), 0, 0
    with MusicServer(music_world(3 * ASKED)) as server:
        whole(straight)
        # So slow that all the kills together take about as long as the crawl.
        server.delay = 0.5 * KILLS / ASKED
        while killed < KILLS:
            with subprocess.Popen(
                crawling(broken, "--resume"), env=environment(), stderr=subprocess.DEVNULL
            ) as one:
                asked = len(server.asked)
                try:
                    # How long a process takes to begin depends on the machine.
                    while len(server.asked) == asked and one.poll() is None:
                        time.sleep(0.01)
                    assert one.wait(rng.uniform(0, 0.9)) == 0
                    break
                except subprocess.TimeoutExpired:
                    one.kill()
                    killed += 1
            cut_short += visits(broken) not in (0, ASKED)
        server.delay = 0
        whole(broken, "--resume")
    assert cut_short >= KILLS // 2
    assert content(broken) == content(straight)
    one_graph, other = read_graph(broken), read_graph(straight)
    assert (one_graph.keys, one_graph.indices.tolist()) == (other.keys, other.indices.tolist())
    assert one_graph.weights is not None
    assert other.weights is not None
    assert one_graph.weights.tolist() == other.weights.tolist()
    print(f"{killed} kills, {cut_short} of them half-way")


def visits(path: Path) -> int:
    """Return how many artists have had their turn in a file that nobody has open."""
    if not path.exists() or not path.stat().st_size:
        return 0
    with closing(database.open_for_reading(path)) as connection:
        (count,) = connection.execute("SELECT count(visit) FROM artist").fetchone()
        return int(count)


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "stdin"])
def test_told_to_stop_it_stops_with_what_it_has(start: Start, tmp_path: Path, how: str) -> None:
    path = tmp_path / "music.db"
    one = start("--seed", "Artist 0", "--while-stdin", "--progress", "json", "-o", path, delay=0.02)
    until(one, "found")
    until(one, "found")
    if how == "stdin":
        assert one.stdin is not None
        one.stdin.close()
    else:
        one.send_signal(getattr(signal, how))
    done = until(one, "done")
    assert one.wait(10) == 0
    assert (done["why"], done["path"]) == ("stopped", str(path))
    assert done["asked"] >= 2
    assert [each.name for each in tmp_path.iterdir()] == ["music.db"]
    assert read_graph(path).edges


def test_two_crawls_on_one_file_are_refused_until_the_first_is_gone(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "music.db"
    one = start("--seed", "Artist 0", "--progress", "json", "-o", path, delay=0.05)
    until(one, "found")
    link = tmp_path / "link.db"
    link.symlink_to(path)
    for name in (path, link):
        two = start("--resume", "-o", name)
        _, error = two.communicate(timeout=20)
        assert two.returncode == 2
        assert error == (
            f"galaxy-embed: {name}: another crawl is writing to this file; wait until it ends,"
            " or stop it.\n"
        )
    # Whoever only looks is let in.
    assert read_graph(path).edges
    one.kill()
    one.wait(10)
    three = start("--resume", "--max-artists", "5", "-o", path)
    assert three.wait(20) == 0, three.stderr and three.stderr.read()


def test_a_key_is_in_no_file_and_no_line(tmp_path: Path) -> None:
    with MusicServer(music_world(60)) as server:
        # The search and the first answer are good; then come faults, and in the end a refusal.
        server.script = ["", "", "", "html", "no json", "gone", "bomb", "redirect"]
        done = run(
            *("crawl", "--source", "lastfm", "--base-url", server.url, "--progress", "json"),
            *("--seed", server.world.names[0], "--max-requests", "20", "-o", tmp_path / "a.db"),
            env=environment(
                LASTFM_API_KEY=KEY, HOME=str(tmp_path), HTTPX_LOG_LEVEL="trace", PYTHONDEVMODE="1"
            ),
        )
        assert all(query["api_key"] == KEY for _, query in server.asked)
        assert not server.script
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert tmp_path / "a.db" in files
    assert b'"found"' in done.stdout
    for held in (done.stdout, done.stderr, *(path.read_bytes() for path in files)):
        assert KEY.encode() not in held


def test_what_was_crawled_is_built(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "music.db"
    assert start("--seed", "Artist 0", "--max-artists", "60", "-o", path).wait(30) == 0
    target = tmp_path / "music.galaxy"
    built = run("build", path, "-o", target, "--walks", "3", "--epochs", "1")
    assert built.returncode == 0, built.stderr
    galaxy = load(target)
    today = time.strftime("%Y-%m-%d", time.gmtime())
    assert galaxy.source.startswith("Fake, asked ")
    assert today in galaxy.source
    assert galaxy.licence == "CC0-1.0"
    shown = run("info", target).stdout.decode()
    for said in ("Fake, asked", "CC0-1.0", "Invented for a test: do with it what you like."):
        assert said in shown
