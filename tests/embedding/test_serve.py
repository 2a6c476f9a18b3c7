"""A process that builds on request: the same galaxies, and nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from embedding.galaxy_file import load, save
from tests.embedding.galaxies import galaxy
from tests.embedding.planted import planted, write_edges
from tests.embedding.processes import environment
from tests.embedding.served import LONG, QUICK, Served, asked


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_edges(tmp_path_factory.mktemp("input") / "related.csv", planted(8, 15))


@pytest.fixture(scope="module")
def like(edges: Path) -> Path:
    """Return a galaxy of the same artists, turned otherwise than any would come out."""
    rng = np.random.default_rng(5)
    shown = galaxy(120, full=False)
    graph = planted(8, 15)
    places = rng.normal(size=(120, 3)).astype(np.float32)
    path = edges.parent / "like.galaxy"
    save(replace(shown, names=graph.names, positions=places), path)
    return path


def test_it_builds_what_build_builds_bit_for_bit_and_shows_how(
    serve: Callable[..., Served], edges: Path, like: Path, tmp_path: Path
) -> None:
    one = serve("--nice", "3")
    folder = tmp_path / "previews"
    one.say({"prepare": {"input": str(edges), "like": str(like), "run": 7}})
    assert one.until("ready")[-1] == {"event": "ready", "run": 7}
    about = {"like": str(like), "previews": str(folder)}
    one.say(asked(1, edges, tmp_path / "first.galaxy", **about))
    heard = one.until("done", "error")
    assert heard[-1]["event"] == "done", heard[-1]
    assert {event["run"] for event in heard} == {1}
    # The walks, the graph and the other galaxy are there already.
    one.say(asked(2, edges, tmp_path / "again.galaxy", **about))
    again = one.until("done", "error")
    assert "walks" not in {event.get("stage") for event in again}
    assert one.close() == 0

    options = [f"--{name}={value}" for name, value in QUICK.items()]
    command = [sys.executable, "-m", "embedding", "build", str(edges), *options]
    command += ["-o", str(tmp_path / "plain.galaxy"), "--like", str(like)]
    subprocess.run(command, env=environment(SOURCE_DATE_EPOCH="0"), check=True, capture_output=True)
    plain = (tmp_path / "plain.galaxy").read_bytes()
    assert (tmp_path / "first.galaxy").read_bytes() == plain
    assert (tmp_path / "again.galaxy").read_bytes() == plain

    built = load(tmp_path / "plain.galaxy")
    told = {event["event"]: event for event in heard}
    lines = Path(told["artists"]["path"]).read_text("utf-8").splitlines()
    assert [key for line in lines for key in json.loads(line)] == built.keys
    assert told["artists"]["count"] == len(built) == told["done"]["artists"]
    assert told["done"]["quality"] == built.quality
    shown = [event for event in heard if event["event"] == "preview"]
    shares = [event["share"] for event in shown]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    np.testing.assert_array_equal(np.load(shown[-1]["path"]), built.positions)


def test_a_new_request_takes_the_place_of_the_one_before(
    serve: Callable[..., Served], edges: Path, tmp_path: Path
) -> None:
    one = serve()
    one.say(asked(1, edges, tmp_path / "1.galaxy", settings=LONG))
    one.until("progress", run=1)
    one.say(*(asked(k, edges, tmp_path / f"{k}.galaxy", settings=LONG) for k in (2, 3)))
    one.say(asked(4, edges, tmp_path / "4.galaxy"))
    ends = {event["run"]: event for event in one.until("done") if event["event"] != "progress"}
    for run in (1, 2, 3):
        assert ends[run] == {
            "event": "error", "run": run, "message": "cancelled.", "cancelled": True,
        }  # fmt: skip
    assert ends[4]["event"] == "done"
    assert [path.name for path in tmp_path.iterdir()] == ["4.galaxy"]


def test_a_cancel_ends_it_and_a_second_one_is_nothing(
    serve: Callable[..., Served], edges: Path, tmp_path: Path
) -> None:
    one = serve()
    one.say(asked(1, edges, tmp_path / "1.galaxy", settings=LONG))
    while one.hear().get("stage") != "train 4-D":
        pass
    one.say({"cancel": True}, {"cancel": True})
    assert one.until("error")[-1]["cancelled"]
    one.say({"cancel": True}, asked(2, edges, tmp_path / "2.galaxy"))
    assert one.until("done")[-1]["run"] == 2


@pytest.mark.parametrize("after", ["start", "train 4-D"])
def test_it_ends_with_its_owner_and_removes_what_is_the_owners(
    serve: Callable[..., Served], edges: Path, tmp_path: Path, after: str
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    one = serve("--scratch", str(scratch))
    if after != "start":
        folder = str(scratch / "previews")
        one.say(asked(1, edges, scratch / "o.galaxy", settings=LONG, previews=folder))
        while one.hear().get("stage") != after:
            pass
    assert one.close() == 0
    assert list(tmp_path.iterdir()) == []


def test_it_ends_when_its_owner_is_killed(edges: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    build = asked(1, edges, scratch / "o.galaxy", settings=LONG, previews=str(scratch / "previews"))
    owner = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-m', 'embedding', 'serve',"
        " '--scratch', sys.argv[1]], stdin=-1, stdout=-1); print(p.pid, flush=True);"
        " p.stdin.write(sys.argv[2].encode() + b'\\n'); p.stdin.flush();"
        " [print(line.decode(), end='', flush=True) for line in p.stdout]"
    )
    command = [sys.executable, "-c", owner, str(scratch), json.dumps(build)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment(), **pipes) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        child = int(process.stdout.readline())
        for line in process.stdout:
            if json.loads(line).get("stage", "").startswith("train"):
                break
        process.kill()
        assert process.stderr.read() == b""  # until the last one that has it is gone
    _wait_until(lambda: not _runs(child))
    assert list(tmp_path.iterdir()) == []


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that nobody has fetched is over, too.
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def _wait_until(happened: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(600):
        if happened():
            return
        waiting.wait(0.05)
    pytest.fail("it never happened")


def test_a_signal_ends_it_too(serve: Callable[..., Served], edges: Path, tmp_path: Path) -> None:
    one = serve("--scratch", str(tmp_path / "scratch"))
    one.say(asked(1, edges, tmp_path / "o.galaxy", settings=LONG))
    one.until("progress")
    one.process.send_signal(signal.SIGTERM)
    assert one.process.wait(30) == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_sentence_and_the_next_build_works(
    serve: Callable[..., Served], edges: Path, tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource")

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))

    one = serve(preexec_fn=little_room)
    folder = tmp_path / "previews"
    one.say(asked(1, edges, tmp_path / "1.galaxy", previews=str(folder)))
    for run, at in ((1, folder), (2, tmp_path / "2.galaxy")):
        (error,) = [e for e in one.until("done", "error") if e["event"] in ("done", "error")]
        assert error["message"].startswith(str(at))
        assert error["message"].count("grows larger than is allowed") == 1
        if run == 1:
            one.say(asked(2, edges, tmp_path / "2.galaxy"))
    resource.prlimit(one.process.pid, resource.RLIMIT_FSIZE, (10**9, resource.RLIM_INFINITY))
    one.say(asked(3, edges, tmp_path / "3.galaxy"))
    assert one.until("done", "error")[-1]["event"] == "done"


def test_a_place_that_is_none_is_one_sentence(
    serve: Callable[..., Served], edges: Path, tmp_path: Path
) -> None:
    one, nowhere = serve(), str(tmp_path / "no" / "such")
    for run, what in enumerate(("output", "previews", "input", "like")):
        one.say(asked(run, edges, tmp_path / "o.galaxy", **{what: nowhere}))
        error = one.until("done", "error", run=run)[-1]
        assert error["event"] == "error"
        assert error["message"].startswith(nowhere)
