"""A process that builds on request: the same galaxies, and nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embedding import pipeline
from embedding.drafting import is_worth_it
from embedding.errors import InputError
from embedding.galaxy_file import load, save
from embedding.graph import ArtistGraph
from embedding.progress import CancelToken, silent
from embedding.serving import previews
from embedding.serving.requests import Request, parse
from embedding.serving.workshop import Workshop
from embedding.settings import BuildSettings
from tests.embedding.galaxies import galaxy
from tests.embedding.planted import planted, write_edges
from tests.embedding.test_cli_process import environment

QUICK = {"walks": 4, "epochs": 3, "workers": 2}
LONG = {"walks": 400, "epochs": 400, "workers": 2}


class Served:
    """A process that serves, and its answers."""

    def __init__(self, *arguments: str, **more: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "embedding", "serve", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(SOURCE_DATE_EPOCH="0"),
            **more,
        )

    def say(self, *lines: str | bytes | dict[str, Any]) -> None:
        assert self.process.stdin is not None
        for line in lines:
            data = json.dumps(line) if isinstance(line, dict) else line
            self.process.stdin.write(data.encode() if isinstance(data, str) else data)
            self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "it has ended"
        return dict(json.loads(line))

    def until(self, *events: str, run: int | None = None) -> list[dict[str, Any]]:
        """Hear until one of these events; return all that was heard."""
        heard = [self.hear()]
        while heard[-1]["event"] not in events or (run is not None and heard[-1].get("run") != run):
            heard.append(self.hear())
        return heard

    def close(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(30)


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    made: list[Served] = []

    def start(*arguments: str, **more: Any) -> Served:
        made.append(Served(*arguments, **more))
        return made[-1]

    yield start
    for one in made:
        one.process.kill()
        one.process.wait()
        for pipe in (one.process.stdin, one.process.stdout, one.process.stderr):
            assert pipe is not None
            with suppress(OSError):  # what was not sent can no longer be
                pipe.close()


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


def asked(run: int, edges: Path, to: Path, **more: Any) -> dict[str, Any]:
    build = {"run": run, "input": str(edges), "output": str(to), "settings": QUICK}
    return {"build": build | more}


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


@pytest.mark.parametrize("turned", [True, False])
def test_previews_come_nearer_and_end_where_the_galaxy_stands(like: Path, turned: bool) -> None:
    graph, settings = planted(8, 15), BuildSettings(walks=10, epochs=4, workers=2)
    seen: list[tuple[float, Any]] = []
    built = pipeline.build(
        graph,
        settings,
        on_training=lambda share, positions: seen.append((share, positions())),
        earlier=load(like) if turned else None,
        drafting=True,
    )
    plain = pipeline.build(graph, settings, earlier=load(like) if turned else None)
    np.testing.assert_array_equal(built.positions, plain.positions)
    np.testing.assert_array_equal(built.vectors, plain.vectors)
    assert seen[0][0] == 0
    assert [share for share, _ in seen] == sorted(share for share, _ in seen)
    np.testing.assert_array_equal(seen[-1][1], built.positions)
    if turned:
        away = [float(((places - built.positions) ** 2).mean()) for _, places in seen]
        assert away[0] > away[len(away) // 2] > away[-2] > away[-1] == 0
        # Each is turned as far as it can be towards what was on the screen.
        for _, places in seen:
            mixed = places.T @ load(like).positions
            np.testing.assert_allclose(mixed, mixed.T, atol=1e-3)


BAD = [
    b"",
    b"hello",
    b"\xff\xfe",
    b"[" * 100_000,
    b"[]",
    b"null",
    b"7",
    b"{}",
    b'{"cancel": 1}',
    b'{"cancel": false}',
    b'{"cancel": true, "build": {}}',
    b'{"build": 3}',
    b'{"build": {}}',
    b'{"build": {"input": "x"}}',
    b'{"build": {"input": "", "output": "y"}}',
    b'{"build": {"input": "a\\u0000b", "output": "y"}}',
    b'{"build": {"input": null, "output": "y"}}',
    b'{"build": {"input": ["x"], "output": "y"}}',
    b'{"build": {"input": "x", "output": "y", "outptu": 3}}',
    b'{"build": {"input": "x", "output": "y", "run": "1"}}',
    b'{"build": {"input": "x", "output": "y", "run": true}}',
    b'{"build": {"input": "x", "output": "y", "like": 4}}',
    b'{"build": {"input": "x", "output": "y", "settings": []}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"pp": 1}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"p": "1"}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"p": NaN}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"hs": 1}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"lengths": []}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"engine": {}}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"walks": 1e9}}}',
    b'{"prepare": {"input": "x", "output": "y"}}',
    b'{"prepare": {}}',
    b'{"build": {"input": "' + b"x" * (1 << 20) + b'", "output": "y"}}',
]


def test_what_is_no_request_is_told_in_a_line_and_the_next_one_is_heard(
    serve: Callable[..., Served], edges: Path, tmp_path: Path
) -> None:
    one = serve()
    one.say(*BAD, asked(3, edges, tmp_path / "o.galaxy"))
    heard = one.until("done")
    bad = [event for event in heard if event["event"] == "error"]
    assert len(bad) == len(BAD) - 1  # an empty line is nothing at all
    for event in bad:
        assert event.keys() == {"event", "message"}
        assert "\n" not in event["message"]
        assert event["message"].endswith(".")
    assert one.close() == 0


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"settings": {"walks": 0}}, "--walks"),
        ({"settings": {"pp": 0}}, "build.settings"),
        ({"like": 3}, "build.like"),
        ({"input": ""}, "build.input"),
        ({"inputs": ["c"]}, "build.inputs"),
        ({"run": -1}, "build.run"),
    ],
)
def test_a_bad_request_is_told_by_what_is_wrong_with_it(given: dict[str, Any], named: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(json.dumps({"build": {"input": "a", "output": "b", **given}}).encode())
    assert caught.value.where == named


def test_a_request_is_what_was_asked_for() -> None:
    assert parse(b' {"cancel": true}\n') is None
    assert parse(b'{"prepare": {"input": "a", "like": null}}') == Request(
        inputs=(Path("a"),), settings=BuildSettings()
    )
    several = parse(b'{"prepare": {"inputs": ["a", "b"]}}')
    assert several == Request(inputs=(Path("a"), Path("b")), settings=BuildSettings())
    for bad in (b"[]", b'"a"', b"[3]", b'["a", ""]'):
        with pytest.raises(InputError, match=r"prepare\.inputs"):
            parse(b'{"prepare": {"inputs": %b}}' % bad)
    about = {"output": "b", "previews": "c", "like": "d", "format": "edges", "run": 4, "title": ""}
    asks = {"input": "a", **about, "settings": {"p": 2, "hs": False}}
    assert parse(json.dumps({"build": asks}).encode()) == Request(
        inputs=(Path("a"),),
        output=Path("b"),
        previews=Path("c"),
        like=Path("d"),
        format="edges",
        run=4,
        title="",
        settings=BuildSettings(p=2, hs=False),
    )


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


def test_what_is_read_is_read_again_only_once_it_has_changed(tmp_path: Path) -> None:
    path = write_edges(tmp_path / "related.csv", planted(4, 15))
    request = Request(inputs=(path,), settings=BuildSettings(walks=2, length=5))
    workshop, token = Workshop(), CancelToken()

    def graph(**more: int) -> ArtistGraph:
        asks = replace(request, settings=replace(request.settings, **more))
        return workshop.graph(asks, silent, token)

    first = graph()
    walks = workshop.walk(first, request.settings, silent, token)
    assert graph(epochs=9) is first
    assert workshop.has_walks(replace(request.settings, epochs=9, window=2))
    assert workshop.walk(first, request.settings, silent, token) is walks
    for other in ({"p": 9.0}, {"q": 9.0}, {"walks": 3}, {"length": 6}, {"seed": 2}):
        assert not workshop.has_walks(replace(request.settings, **other))
    fewer = graph(max_artists=40)
    assert len(fewer) <= 40
    assert not workshop.has_walks(request.settings)
    write_edges(path, planted(5, 15))
    assert len(graph()) == 75


def test_a_draft_is_for_builds_that_take_their_time() -> None:
    assert is_worth_it(40_000, BuildSettings())
    assert not is_worth_it(9_000, BuildSettings())
    assert not is_worth_it(40_000, BuildSettings(engine="reference"))


def test_previews_rest_between_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from embedding.terminal import Display

    told: list[dict[str, Any]] = []

    class Heard(Display):
        def event(self, event: str, **fields: Any) -> None:
            assert event in ("artists", "preview")
            told.append(fields)

    clock = [100.0]
    monkeypatch.setattr(previews.time, "monotonic", lambda: clock[0])
    shown = previews.Previews(tmp_path / "p", ["a", "b"], Heard(), first=0.1)

    def places() -> Any:
        clock[0] += 0.3  # a large galaxy
        return np.zeros((2, 3), np.float32)

    for k in range(101):
        shown.watch(k / 100, places)
        clock[0] += 0.1
    shares = [fields["share"] for fields in told[1:]]
    assert shares[:2] == [0, 0.1]
    assert shares[-1] == 1
    assert np.diff(shares[1:-1]).min() >= 0.3 / previews.BUSY / 10 / 10 - 0.01
