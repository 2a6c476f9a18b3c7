"""The command as a process: signals, pipes, terminals, and what it imports."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from embedding import galaxy_file
from tests.embedding.asking import names
from tests.embedding.planted import planted, write_edges
from tests.embedding.processes import environment, run, start

LONG = ["--walks", "400", "--epochs", "400"]
HEAVY = ("numba", "gensim", "sklearn", "networkx", "node2vec", "PyQt6", "vispy")


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_edges(tmp_path_factory.mktemp("input") / "related.csv", planted(8, 15))


@pytest.fixture(scope="module")
def built(edges: Path) -> subprocess.CompletedProcess[bytes]:
    path = edges.parent / "music.galaxy"
    return run("build", edges, "-o", path, "--walks", "3", "--epochs", "1", "--workers", "2")


@pytest.fixture(scope="module")
def music(edges: Path, built: subprocess.CompletedProcess[bytes]) -> Path:
    assert built.returncode == 0, built.stderr
    return edges.parent / "music.galaxy"


def events(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


def test_piped_it_prints_the_result_and_no_progress(
    built: subprocess.CompletedProcess[bytes], music: Path
) -> None:
    assert built.stdout.decode().startswith(str(music))
    assert b"\x1b" not in built.stdout + built.stderr
    assert all(line.startswith(b"note: ") for line in built.stderr.splitlines())


@pytest.mark.parametrize(
    "argv",
    [
        ["info", "GALAXY"],
        ["average", "GALAXY", "bjork", "宇多田ヒカル"],
        ["path", "GALAXY", "Björk", "Artist 60"],
        ["search", "GALAXY", "artist"],
        ["--version"],
        ["build", "--help"],
    ],
)
def test_questions_import_nothing_heavy(music: Path, argv: list[str]) -> None:
    code = (
        "import sys; from embedding.cli import main; code = main(sys.argv[1:]); "
        f"print([m for m in {HEAVY} if m in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *(str(music) if a == "GALAXY" else a for a in argv)],
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, b"[]"), done.stderr
    assert done.stdout


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("stage", ["walks", "train"])
def test_a_signal_in_a_stage_stops_it_at_once(
    edges: Path, tmp_path: Path, number: int, code: int, stage: str
) -> None:
    output = tmp_path / "o.galaxy"
    output.write_bytes(b"the old one")
    options = LONG if stage == "train" else ["--walks", "10000", "--length", "1000"]
    with start("build", edges, "-o", output, "--progress", "json", *options) as process:
        for event in events(process):
            if event["event"] == "progress" and event["stage"].startswith(stage) and event["done"]:
                break
        else:
            pytest.fail("the stage never came")
        process.send_signal(number)
        sent = time.monotonic()
        rest = list(events(process))
        assert process.wait(30) == code
        assert time.monotonic() - sent < 3
        assert rest[-1] == {"event": "error", "message": "cancelled.", "cancelled": True}
    assert names(tmp_path) == ["o.galaxy"]
    assert output.read_bytes() == b"the old one"


def test_a_signal_at_any_moment_leaves_nothing_half_written(edges: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.galaxy"
    options = ["--walks", "3", "--epochs", "2", "--workers", "2", "--progress", "json"]
    lot = random.Random(7)
    codes = set()
    for _ in range(5):
        with start("build", edges, "-o", output, *options) as process:
            assert next(events(process))["stage"] == "read"
            time.sleep(lot.uniform(0, 1.5))
            process.send_signal(signal.SIGINT)
            last = list(events(process))[-1:]
            code = process.wait(30)
        codes.add(code)
        if last[0]["event"] == "done":  # the signal came too late to stop anything
            assert len(galaxy_file.load(output)) == 120
            output.unlink()
        else:
            assert (code, last[0]["cancelled"]) == (130, True)
        assert names(tmp_path) == []
    assert 130 in codes


def test_a_reader_that_leaves_is_no_error(music: Path) -> None:
    with start("search", music, "artist", "--count", "1000") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(30) == 141


def test_a_program_that_leaves_ends_the_build(edges: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.galaxy"
    with start("build", edges, "-o", output, "--progress", "json", *LONG) as process:
        next(events(process))
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(30) == 141
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert names(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_stdout_is_told(music: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("info", music, stdout=full)
    assert done.returncode == 2
    assert done.stderr == (
        b"galaxy-embed: the answer, or a temporary file, is not written"
        b" (No space left on device); make room for it or choose another place.\n"
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_names_in_any_encoding(music: Path, encoding: str) -> None:
    more = {"env": environment(PYTHONIOENCODING=encoding)}
    done = run("search", music, "宇多田", **more)
    assert (done.returncode, done.stderr) == (0, b"")
    done = run("search", music, "宇多田", "--json", **more)
    assert json.loads(done.stdout.decode(encoding))["results"][0]["name"] == "宇多田ヒカル"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals of our own here")
def test_a_terminal_gets_bars_and_is_left_tidy(edges: Path, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    environ = environment(TERM="xterm", COLUMNS="100")
    argv = ["build", edges, "-o", tmp_path / "o.galaxy", "--walks", "3", "--epochs", "1"]
    with start(*argv, stderr=theirs, env=environ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says so when the last one has closed it
                break
            if not part:
                break
            shown += part
        out, _ = process.communicate(timeout=30)
    os.close(ours)
    assert process.returncode == 0
    assert "Walking" in shown.decode()
    assert shown.decode().rindex("\x1b[?25h") > shown.decode().rindex("\x1b[?25l")
    assert b"\x1b" not in out


@pytest.mark.parametrize(("argv", "code"), [(["--version"], 0), (["info", "no.galaxy"], 2)])
def test_it_leaves_after_threads_and_handlers(argv: list[str], code: int) -> None:
    program = (
        "import atexit, sys, threading, time; from embedding import cli; from embedding.cli import"
        " main; late = lambda:"
        " (threading.main_thread().join(), time.sleep(0.2), print('thread'));"
        " cli.main = lambda: (atexit.register(print, 'handler'),"
        " threading.Thread(target=late).start(), main())[2]; cli.command()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *argv],
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code
    assert done.stdout.split()[-2:] == [b"thread", b"handler"]


def test_without_arguments_the_code_is_two() -> None:
    assert run().returncode == 2
