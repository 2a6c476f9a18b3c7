"""A rebuild as the window has it: real processes, and every way they may end."""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from embedding.galaxy_file import load
from embedding.settings import BuildSettings
from galaxy_desktop.jobs.embed_process import COMMAND
from galaxy_desktop.jobs.rebuild_job import RebuildJob
from galaxy_desktop.jobs.rebuild_messages import Done, Preview, Progress, RebuildRequest
from tests.embedding.planted import planted, write_edges
from tests.galaxy_desktop.rebuilds import Heard

SHORT = BuildSettings(walks=4, epochs=2, workers=2)
LONG = BuildSettings(walks=400, epochs=400, workers=2)


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))


@pytest.fixture
def make_job(qapp: object, tmp_path: Path) -> Iterator[Callable[..., Heard]]:
    assert qapp
    made: list[Heard] = []

    def make(command: Sequence[str] = COMMAND) -> Heard:
        made.append(Heard(RebuildJob(command=command)))
        return made[-1]

    yield make
    for heard in made:
        pid = heard.pid
        heard.job.stop()
        assert not pid or not _runs(pid)
        heard.job.deleteLater()
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> RebuildRequest:
    edges = write_edges(tmp_path_factory.mktemp("input") / "related.csv", planted(8, 15))
    return RebuildRequest(input=str(edges), settings=SHORT)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _wait(qtbot: QtBot, happened: Callable[[], Any]) -> None:
    qtbot.waitUntil(lambda: bool(happened()), timeout=60_000)


def test_it_shows_a_galaxy_come_about_and_gives_it(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot, tmp_path: Path
) -> None:
    heard = make_job()
    heard.job.prepare(request_)
    heard.job.start(replace(request_, title="Eight"))
    assert heard.job.running
    _wait(qtbot, lambda: heard.ends)
    assert heard.ends == ["done"], heard.said[-1]
    assert not heard.job.running
    assert [name for name, _ in heard.said][-1] == "done"
    (done,) = heard.of("done")
    assert isinstance(done, Done)
    built = load(done.path)
    assert (built.title, len(built), built.edges) == ("Eight", done.artists, done.relations)
    assert (built.quality, built.settings) == (done.quality, done.settings)
    assert done.settings == SHORT.as_dict()
    assert done.seconds > 0
    previews: list[Preview] = heard.of("previewed")
    assert previews[-1].share == 1
    np.testing.assert_array_equal(previews[-1].positions, built.positions)
    assert {id(preview.keys) for preview in previews} == {id(previews[0].keys)}
    assert list(previews[0].keys) == built.keys
    steps: list[Progress] = heard.of("progressed")
    assert [step.share for step in steps] == sorted(step.share for step in steps)
    assert steps[-1].share == pytest.approx(1)

    # The next galaxy is like that one; both are there until the end.
    heard.job.start(replace(request_, like=str(done.path)))
    _wait(qtbot, lambda: len(heard.ends) == 2)
    other = heard.of("done")[1]
    assert done.path.exists()
    np.testing.assert_allclose(load(other.path).positions, built.positions, atol=1e-5)
    assert sorted(path.suffix for path in done.path.parent.iterdir()) == [".galaxy", ".galaxy"]

    # What stands by can be given back; the galaxies stay.
    pid = heard.pid
    heard.job.rest()
    assert not _runs(pid)
    assert other.path.exists()
    heard.job.stop()
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("after", ["nothing", "train"])
def test_a_cancel_is_one_word_and_the_next_start_works(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot, after: str
) -> None:
    heard = make_job()
    heard.job.start(replace(request_, settings=LONG))
    if after == "train":
        _wait(qtbot, lambda: heard.of("previewed"))
    heard.job.cancel()
    heard.job.cancel()
    _wait(qtbot, lambda: heard.ends)
    heard.job.cancel()
    heard.job.start(request_)
    _wait(qtbot, lambda: len(heard.ends) == 2)
    assert heard.ends == ["cancelled", "done"]


def test_a_start_takes_the_place_of_the_one_before(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot
) -> None:
    heard = make_job()
    heard.job.start(replace(request_, settings=LONG))
    _wait(qtbot, lambda: heard.of("previewed"))
    heard.job.start(replace(request_, settings=LONG))
    heard.job.start(request_)
    count = len(heard.of("previewed"))
    _wait(qtbot, lambda: heard.ends)
    qtbot.wait(100)
    assert heard.ends == ["done"]
    assert heard.of("done")[0].settings == SHORT.as_dict()
    assert len({id(preview.keys) for preview in heard.of("previewed")[count:]}) == 1


def test_what_cannot_be_built_is_the_sentence_that_the_engine_has(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot, tmp_path: Path
) -> None:
    heard = make_job()
    heard.job.start(replace(request_, input=str(tmp_path / "no.csv")))
    _wait(qtbot, lambda: heard.ends)
    assert heard.of("failed") == [
        f"{tmp_path}/no.csv: there is no such file or folder; check how it is spelled."
    ]
    heard.job.start(request_)
    _wait(qtbot, lambda: len(heard.ends) == 2)
    assert heard.ends == ["failed", "done"]


def test_killed_at_fifty_random_moments_it_says_so_once_and_goes_on(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot, tmp_path: Path
) -> None:
    lot = random.Random(50)
    killed = 0
    for turn in range(10):
        team = [make_job() for _ in range(5)]  # side by side: each has to start anew
        hands = []
        for heard in team:
            heard.job.start(replace(request_, settings=replace(SHORT, epochs=400)))
            pid = heard.pid
            hand = QTimer()
            hand.setSingleShot(True)
            hand.timeout.connect(lambda pid=pid: os.kill(pid, signal.SIGKILL))
            # From the start of the process to the end of the training.
            hand.start(int(lot.uniform(0, 1) ** 2 * 3000))
            hands.append(hand)
        _wait(qtbot, lambda team=team: all(heard.ends for heard in team))
        for heard in team:
            assert heard.ends in (["failed"], ["done"])
            killed += heard.ends == ["failed"]
            assert len(heard.of("failed")) < 2
            for sentence in heard.of("failed"):
                assert sentence == "The rebuild was ended from outside; start it again."
            scratch = heard.job._scratch
            assert scratch is not None
            assert not [path for path in scratch.path.iterdir() if path.is_dir()]
        last = team[-1]
        if turn in (0, 9):
            last.said.clear()
            last.job.start(request_)
            _wait(qtbot, lambda last=last: last.ends)
            assert last.ends == ["done"]
        for hand in hands:
            hand.stop()
        for heard in team:
            heard.job.stop()
        assert list((tmp_path / "tmp").iterdir()) == []
    assert killed > 40


def test_a_full_disk_is_one_sentence_and_what_was_finished_stays(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot
) -> None:
    resource = pytest.importorskip("resource")
    heard = make_job()
    heard.job.start(request_)
    _wait(qtbot, lambda: heard.ends)
    resource.prlimit(heard.pid, resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
    heard.job.start(request_)
    _wait(qtbot, lambda: len(heard.ends) == 2)
    assert heard.ends == ["done", "failed"]
    assert "grows larger than is allowed" in heard.of("failed")[0]
    load(heard.of("done")[0].path)


def test_without_a_place_for_temporary_files_nothing_is_built(
    make_job: Callable[..., Heard],
    request_: RebuildRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard = make_job()
    with monkeypatch.context() as nowhere:
        nowhere.setattr(tempfile, "tempdir", str(tmp_path / "no"))
        heard.job.start(request_)
    assert heard.ends == ["failed"]
    assert "temporary files" in heard.of("failed")[0]


def test_a_folder_that_somebody_cleaned_up_is_made_anew(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot
) -> None:
    heard = make_job()
    heard.job.prepare(request_)
    scratch = heard.job._scratch
    assert scratch is not None
    scratch.remove()
    heard.job.start(request_)
    _wait(qtbot, lambda: heard.ends)
    assert heard.ends == ["done"]


def test_a_program_that_is_not_there_is_one_sentence(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot, tmp_path: Path
) -> None:
    heard = make_job([str(tmp_path / "no-program")])
    heard.job.prepare(request_)
    qtbot.wait(50)
    assert heard.said == []
    heard.job.start(request_)
    _wait(qtbot, lambda: heard.ends)
    assert heard.of("failed") == [
        "The rebuild was ended from outside (no process could be started for it); start it again."
    ]


_PLAYER = """\
import json, sys, time
import numpy as np
from pathlib import Path
def say(event, **more):
    print(json.dumps({"event": event, "run": run, **more}), flush=True)
def raw(data):
    sys.stdout.buffer.write(data); sys.stdout.buffer.flush()
for line in sys.stdin:
    asked = json.loads(line).get("build")
    if asked is None:
        continue
    run, folder = asked["run"], Path(asked["previews"])
"""


def _play(tmp_path: Path, acts: str) -> list[str]:
    """Return a command that answers a build by `acts`."""
    program = tmp_path / "play.py"
    program.write_text(_PLAYER + textwrap.indent(textwrap.dedent(acts), "    "))
    return [sys.executable, str(program)]


DONE = (
    'say("done", path="x.galaxy", artists=2, relations=1, quality={}, settings={}, notes=[],'
    ' title="", seconds=1)'
)


@pytest.mark.parametrize("compiles", [False, True])
def test_how_long_the_shape_took_is_told_but_not_of_a_build_that_compiled(
    make_job: Callable[..., Heard],
    request_: RebuildRequest,
    qtbot: QtBot,
    tmp_path: Path,
    compiles: bool,
) -> None:
    acts = f"""\
        time.sleep(0.4)
        say("artists", path="nowhere", count=2)
        say("progress", stage={"compile" if compiles else "walks"!r}, done=0, total=1)
        time.sleep(0.2)
        say("preview", path="nowhere", share=1)
        time.sleep(0.4)
        {DONE}
        """
    heard = make_job(_play(tmp_path, acts))
    # Whether the previews can be read is another matter.
    heard.job._give_up = lambda _: None  # type: ignore[method-assign]
    heard.job.start(request_)
    _wait(qtbot, lambda: heard.ends)
    (done,) = heard.of("done")
    assert (done.shaped == 0) == compiles
    if not compiles:
        assert 0.15 < done.shaped <= done.seconds - 0.7


def test_broken_lines_and_half_ones_do_no_harm(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot, tmp_path: Path
) -> None:
    acts = f"""\
        raw(b"what?\\n[1]\\n{{\\n\\xff\\xfe\\n\\n{{}}\\n" + b"[" * 100000 + b"\\n")
        raw(b'{{"event": 7}}\\n{{"event": "new things", "run": 1}}\\n')
        raw(b'{{"event": "error", "message": "of no run"}}\\n')
        say("progress", stage="walks", done=1, total=2)
        raw(b'{{"event": "progress", "ru')
        time.sleep(0.2)
        raw(b'n": 1, "stage": "walks", "done": 2, "total": 2}}\\n')
        {DONE}
        {DONE}
        """
    heard = make_job(_play(tmp_path, acts))
    heard.job.start(request_)
    _wait(qtbot, lambda: heard.ends)
    qtbot.wait(100)
    assert [name for name, _ in heard.said] == ["progressed", "progressed", "done"]


@pytest.mark.parametrize(
    "acts",
    [
        'say("progress", stage="walks")',
        'say("progress", stage="walks", done="one", total=2)',
        'say("progress", stage=None, done=1, total=2)',
        'say("artists", path="no-such-file", count=2)',
        'say("artists", path=3, count=2)',
        'say("artists", count=2)',
        'folder.mkdir(); (folder / "a").write_text("no"); say("artists", path=str(folder / "a"), '
        "count=2)",
        'folder.mkdir(); (folder / "a").write_text("[1]"); say("artists", path=str(folder / "a"),'
        " count=1)",
        'say("done", path="x")',
        'say("done", path="x", artists=1, relations=1, quality=3, settings={}, notes=7)',
        'say("error")',
        'say("preview", path="x")',
        """\
        folder.mkdir(); (folder / "a").write_text('["x"]')
        say("artists", path=str(folder / "a"), count=1)
        say("preview", path=str(folder / "none.npy"), share=0.5)
        """,
        """\
        folder.mkdir(); (folder / "a").write_text('["x"]')
        say("artists", path=str(folder / "a"), count=1)
        np.save(folder / "p.npy", np.full((1, 3), np.nan, "f4"))
        say("preview", path=str(folder / "p.npy"), share=0.5)
        """,
    ],
)
def test_an_answer_that_cannot_be_read_ends_it_with_one_sentence(
    make_job: Callable[..., Heard],
    request_: RebuildRequest,
    qtbot: QtBot,
    tmp_path: Path,
    acts: str,
) -> None:
    heard = make_job(_play(tmp_path, acts))
    heard.job.start(request_)
    _wait(qtbot, lambda: heard.ends)
    qtbot.wait(20)
    assert heard.ends == ["failed"]
    assert "cannot be read" in heard.of("failed")[0]


def test_what_it_complains_of_as_it_dies_is_told(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot, tmp_path: Path
) -> None:
    heard = make_job(_play(tmp_path, 'sys.exit("x" * 100_000 + chr(10) + "no more memory")'))
    heard.job.start(request_)
    _wait(qtbot, lambda: heard.ends)
    assert heard.of("failed") == [
        "The rebuild was ended from outside (no more memory); start it again."
    ]


def test_one_that_does_not_hear_is_cancelled_all_the_same(
    make_job: Callable[..., Heard], request_: RebuildRequest, qtbot: QtBot, tmp_path: Path
) -> None:
    acts = 'say("progress", stage="walks", done=0, total=1); time.sleep(99)'
    heard = make_job(_play(tmp_path, acts))
    heard.job.start(request_)
    _wait(qtbot, lambda: heard.said)
    pid = heard.pid
    heard.job.cancel()
    _wait(qtbot, lambda: heard.ends)
    assert heard.ends == ["cancelled"]
    assert not _runs(pid)
