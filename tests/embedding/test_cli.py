"""The commands, within this process: what they print, and what they say of bad input."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from embedding import cli, galaxy_file
from embedding.readers import FORMATS
from embedding.settings import BuildSettings
from tests.embedding.planted import planted, write_edges

QUICK = ["--walks", "4", "--epochs", "2", "--workers", "1"]


class Answer(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Ask = Callable[..., Answer]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def run(*argv: str | Path) -> Answer:
        code = cli.main([str(each) for each in argv])
        return Answer(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_edges(tmp_path_factory.mktemp("input") / "related.csv", planted())


@pytest.fixture(scope="module")
def music(edges: Path) -> Path:
    path = edges.parent / "music.galaxy"
    assert cli.main(["build", str(edges), "-o", str(path), *QUICK, "--title", "Planted"]) == 0
    return path


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def sentence(answer: Answer) -> str:
    """Return the one line of an error, having checked that it is one, and nothing else."""
    assert answer.code == 2
    assert answer.out == ""
    (line,) = answer.err.splitlines()
    assert line.startswith("galaxy-embed: ")
    assert line.endswith(".")
    return line.removeprefix("galaxy-embed: ")


def test_without_arguments_it_helps(ask: Ask) -> None:
    answer = ask()
    assert (answer.code, answer.out) == (2, "")
    for command in ("build", "info", "search", "average", "path", "sweep", "export"):
        assert re.search(rf"^ +{command} ", answer.err, re.MULTILINE)


def test_version(ask: Ask) -> None:
    assert re.fullmatch(r"galaxy-embed \S.*\n", ask("--version").out)


@pytest.mark.parametrize(
    "command", ["build", "info", "search", "average", "path", "sweep", "export"]
)
def test_help_ends_with_an_example(ask: Ask, command: str) -> None:
    answer = ask(command, "--help")
    assert answer.code == 0
    assert f"example:\n  galaxy-embed {command} " in answer.out


@pytest.mark.parametrize("command", ["build", "sweep"])
def test_help_tells_every_format(ask: Ask, command: str) -> None:
    out = ask(command, "--help").out
    for name, text in FORMATS.items():
        assert f"{name:<9} {text}" in out


def test_every_setting_is_an_option_that_reaches_the_build(ask: Ask, edges: Path) -> None:
    given = {
        "--p": "1.6", "--q": "0.1", "--walks": "3", "--length": "6", "--window": "3",
        "--epochs": "1", "--dims": "3", "--averager-dims": "5", "--negative": "2",
        "--alpha": "0.03", "--min-alpha": "0.001", "--sample": "0.01", "--seed": "9",
        "--max-artists": "80", "--min-component": "2", "--engine": "own", "--workers": "2",
        "--replicas": "2", "--lengths": "log",
    }  # fmt: skip
    output = edges.parent / "all.galaxy"
    options = [word for pair in given.items() for word in pair]
    answer = ask("build", edges, "-o", output, "--json", "--no-hs", *options)
    settings = answer.json["settings"]
    assert settings == galaxy_file.load(output).settings
    assert settings.keys() == BuildSettings().as_dict().keys()
    assert settings.pop("hs") is False
    assert {f"--{k.replace('_', '-')}": str(v) for k, v in settings.items()} == given
    assert answer.json["artists"] <= 80


def test_build_summary(ask: Ask, edges: Path, tmp_path: Path) -> None:
    answer = ask("build", edges, "-o", tmp_path / "out.galaxy", *QUICK)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == str(tmp_path / "out.galaxy")
    assert re.match(r"  artists +90$", lines[1])
    assert re.search(
        r"connection ratio +0\.\d{3}   related artists are .* times closer", answer.out
    )
    assert re.search(r"time +\d+\.\d s$", answer.out)
    assert "note: The data does not say how popular" in answer.err
    assert names(tmp_path) == ["out.galaxy"]


def test_build_json(ask: Ask, edges: Path, tmp_path: Path) -> None:
    answer = ask("build", edges, "-o", tmp_path / "out.galaxy", "--json", *QUICK)
    assert answer.err == ""
    result = answer.json
    assert result["path"] == str(tmp_path / "out.galaxy")
    assert result["relations"] == planted().edges
    assert 0 < result["quality"]["connection_ratio"] < 1
    assert result["notes"]


def test_build_tells_a_program_what_it_does(ask: Ask, edges: Path, tmp_path: Path) -> None:
    previews = tmp_path / "previews"
    answer = ask(
        "build", edges, "-o", tmp_path / "out.galaxy", "--progress", "json",
        "--preview-dir", previews, *QUICK,
    )  # fmt: skip
    events = answer.events
    stages = list(dict.fromkeys(e["stage"] for e in events if e["event"] == "progress"))
    stages = [stage for stage in stages if stage != "compile"]
    assert stages == ["read", "walks", "train 4-D", "train 8-D", "project", "quality", "save"]
    shown = [e for e in events if e["event"] == "preview"]
    assert [e["epoch"] for e in shown] == [1, 2]
    for event in shown:
        positions = np.load(event["path"], allow_pickle=False)
        assert positions.shape == (90, 3)
        assert positions.dtype == np.float32
    (artists,) = [e for e in events if e["event"] == "artists"]
    galaxy = galaxy_file.load(tmp_path / "out.galaxy")
    assert json.loads(Path(artists["path"]).read_text("utf-8")) == galaxy.keys
    assert events[-1]["event"] == "done"
    assert events[-1]["path"] == str(tmp_path / "out.galaxy")
    assert events[-1]["quality"] == galaxy.quality


def test_a_program_hears_of_errors(ask: Ask, tmp_path: Path) -> None:
    answer = ask("build", tmp_path / "no.csv", "-o", tmp_path / "x.galaxy", "--progress", "json")
    assert answer.code == 2
    assert answer.events[-1]["event"] == "error"
    assert "no.csv" in answer.events[-1]["message"]
    answer = ask("build", "x", "-o", "y", "--progress=json", "--p", "many")
    assert answer.events[-1]["event"] == "error"


def test_title_source_and_licence_can_be_given(ask: Ask, edges: Path, tmp_path: Path) -> None:
    about = ["--title", "T", "--source", "S", "--licence", "L"]
    ask("build", edges, "-o", tmp_path / "out.galaxy", *QUICK, *about)
    card = ask("info", tmp_path / "out.galaxy", "--json").json
    assert (card["title"], card["source"], card["licence"]) == ("T", "S", "L")


def test_a_galaxy_is_built_anew_like_itself(ask: Ask, music: Path, tmp_path: Path) -> None:
    output = tmp_path / "again.galaxy"
    assert ask("build", music, "-o", output, "--like", music, *QUICK).code == 0
    before, after = galaxy_file.load(music), galaxy_file.load(output)
    assert after.names == before.names
    assert after.notes == before.notes
    np.testing.assert_allclose(after.positions, before.positions, atol=1e-4)


def test_link_auc_is_measured_when_asked(ask: Ask, edges: Path, tmp_path: Path) -> None:
    answer = ask("build", edges, "-o", tmp_path / "o.galaxy", "--link-auc", "--json", *QUICK)
    assert 0.5 < answer.json["quality"]["link_auc"] <= 1
    assert ask("info", tmp_path / "o.galaxy", "--json").json["quality"] == answer.json["quality"]


def test_info_card(ask: Ask, music: Path) -> None:
    answer = ask("info", music)
    assert answer.out.startswith("Planted\n")
    for words in ("artists           90", "times closer than others", "p 2.5   q 0.5   walks 4"):
        assert words in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 100


def test_info_json(ask: Ask, music: Path) -> None:
    card = ask("info", music, "--json").json
    assert card["artists"] == 90
    assert card["settings"]["p"] == 2.5
    assert set(card["quality"]) >= {"connection_ratio", "recall_at_20"}


def test_average(ask: Ask, music: Path) -> None:
    answer = ask("average", music, "bjork", "Artist 40", "--count", "4")
    lines = answer.out.splitlines()
    assert lines[0] == "Björk + Artist 40"
    assert re.fullmatch(r"These artists are \d+% similar\.", lines[1])
    assert "Björk ◂ ▸ Artist 40" in lines[3]
    assert len(lines) == 8
    assert re.match(r"1  \S.* \d+% .*[─█]{10}┼[─█]{10}$", lines[4])


def test_average_json(ask: Ask, music: Path) -> None:
    result = ask("average", music, "Björk", "宇多田ヒカル", "--json").json
    assert 0 <= result["similarity"] <= 1
    assert len(result["results"]) == 10
    matches = [each["match"] for each in result["results"]]
    assert matches == sorted(matches, reverse=True)
    assert not {"Björk", "宇多田ヒカル"} & {each["name"] for each in result["results"]}


def test_average_leans_with_the_weights(ask: Ask, music: Path) -> None:
    def lean(weights: str) -> float:
        answer = ask("average", music, "Björk", "Artist 80", "--weights", weights, "--json")
        return sum(each["lean"] for each in answer.json["results"])

    assert lean("5,1") > lean("1,5")


def test_average_minus(ask: Ask, music: Path) -> None:
    answer = ask("average", music, "Björk", "Artist 80", "--minus=-M-")
    assert answer.out.startswith("Björk + Artist 80 − -M-\n")
    assert "┼" not in answer.out


def test_average_of_the_little_known(ask: Ask, music: Path) -> None:
    answer = ask("average", music, "Björk", "Artist 80", "--popularity", "0-40", "--json")
    assert {each["popularity"] <= 40 for each in answer.json["results"]} == {True}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["Björk"], "at least two artists"),
        (["Björk", "Björk"], "given twice"),
        (["Björk", "Nobody At All"], 'no artist is called "Nobody At All"'),
        (["Björk", "-M-"], "unrecognized|missing"),
        (["Björk", "!!!", "--weights", "1"], "1 weight for 2 artists"),
        (["Björk", "!!!", "--weights", "1,nan"], "no list of numbers"),
        (["Björk", "!!!", "--weights=-1,-1"], "no weight is above 0"),
        (["Björk", "!!!", "--count", "51"], "from 1 to 50"),
        (["Björk", "!!!", "--popularity", "high"], "no range"),
        (["Björk", "!!!", "--popularity", "60-0"], "no popularity is from 60 to 0"),
    ],
)
def test_average_of_bad_input(ask: Ask, music: Path, options: list[str], words: str) -> None:
    assert re.search(words, sentence(ask("average", music, *options)))


def test_a_name_like_an_option_goes_behind_two_dashes(ask: Ask, music: Path) -> None:
    assert ask("average", music, "--", "-M-", "Björk").out.startswith("-M- + Björk\n")


def test_an_unknown_name_brings_suggestions(ask: Ask, music: Path) -> None:
    assert '"Björk"' in sentence(ask("path", music, "Bjrök", "!!!"))


def test_path(ask: Ask, music: Path) -> None:
    answer = ask("path", music, "Björk", "Artist 45", "--steps", "4")
    assert answer.out.startswith("Björk → Artist 45\n")
    assert [line[0] for line in answer.out.splitlines()[3:8]] == list("01234")
    result = ask("path", music, "Björk", "Artist 45", "--steps", "4", "--json").json
    names = [artist["name"] for artist in result["artists"]]
    assert (names[0], names[-1]) == ("Björk", "Artist 45")
    assert len(set(names)) == 5
    assert len(result["steps"]) == 4
    angles = [step["angle"] for step in result["steps"]]
    assert angles[result["largest_step"]] == max(angles)


def test_search(ask: Ask, music: Path) -> None:
    assert "Björk" in ask("search", music, "bjor").out
    results = ask("search", music, "Artist 4", "--json").json["results"]
    assert "Artist 40" in [each["name"] for each in results]
    assert ask("search", music, "宇多田").out.count("宇多田ヒカル") == 1


def test_search_without_results(ask: Ask, music: Path) -> None:
    answer = ask("search", music, "qqqqqqqqqqqqqqqq")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("No artist is called anything like")
    assert ask("search", music, "qqqqqqqqqqqqqqqq", "--json").json["results"] == []


@pytest.mark.parametrize("kind", ["word2vec", "csv", "graphml"])
def test_export(ask: Ask, music: Path, tmp_path: Path, kind: str) -> None:
    output = tmp_path / "out"
    answer = ask("export", music, "-o", output, "--format", kind)
    assert answer.code == 0
    assert names(tmp_path) == ["out"]
    assert "宇多田ヒカル".encode() in output.read_bytes()


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("", "is a folder"),
        ("missing/out.galaxy", "does not exist"),
        ("related.csv", "is part of what is read"),
        ("link.csv", "is part of what is read"),
        ("/dev/null", "is not an ordinary file"),
        ("related.csv/out.galaxy", "Not a directory"),
    ],
)
def test_an_output_that_is_no_good_is_found_before_the_work(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, words: str
) -> None:
    def no_work(*_: Any, **__: Any) -> None:
        pytest.fail("the work began")

    monkeypatch.setattr("embedding.pipeline.build", no_work)
    source = write_edges(tmp_path / "related.csv", planted())
    before = source.read_bytes()
    (tmp_path / "link.csv").hardlink_to(source)
    answer = ask("build", source, "-o", tmp_path / output)
    assert words in sentence(answer)
    assert source.read_bytes() == before


def test_the_folder_that_is_read_keeps_its_files(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text("id\n1\n")
    answer = ask("build", tmp_path, "-o", tmp_path / "nodes.csv")
    assert "is part of what is read" in sentence(answer)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--p", "0"], "--p: 0.0 is no good; give a number above 0"),
        (["--q", "-1"], "--q: -1.0 is no good"),
        (["--q", "nan"], "--q: nan is no good"),
        (["--dims", "0"], "--dims: 0 is no good; give a whole number from 3 to 512"),
        (["--dims", "many"], "--dims: 'many' is no whole number"),
        (["--dims", "100", "--averager-dims", "4"], "--dims: 100 dimensions are more than the 90"),
        (["--negative", "0", "--no-hs"], "nothing to train with"),
        (["--engine", "fast"], "choose own or reference"),
        (["--lengths", "long"], "choose plain or log"),
        (["--format", "docx"], "docx"),
        (["--like", "missing.galaxy"], "missing.galaxy: there is no such file"),
        (["--wal", "3"], "unrecognized arguments: --wal"),
        (["--progress", "loud"], "there is no 'loud'"),
    ],
)
def test_bad_options(ask: Ask, edges: Path, tmp_path: Path, options: list[str], words: str) -> None:
    assert words in sentence(ask("build", edges, "-o", tmp_path / "o.galaxy", *options))
    assert names(tmp_path) == []


@pytest.mark.parametrize("command", ["info", "search", "average", "path", "export"])
def test_what_is_no_galaxy(ask: Ask, tmp_path: Path, command: str) -> None:
    junk = tmp_path / "junk.galaxy"
    junk.write_bytes(bytes(range(256)) * 9)
    more = {
        "search": ["x"],
        "average": ["a", "b"],
        "path": ["a", "b"],
        "export": ["-o", str(tmp_path / "o.csv"), "--format", "csv"],
    }
    assert "junk.galaxy" in sentence(ask(command, junk, *more.get(command, [])))
    assert names(tmp_path) == ["junk.galaxy"]


def raising(error: BaseException) -> Callable[..., None]:
    def load(*_: Any) -> None:
        raise error

    return load


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (MemoryError(), 2, "not enough memory"),
        (
            OSError(28, "No space left on device", "x.galaxy"),
            2,
            "x.galaxy: this does not work (No space left on device); make room for",
        ),
        (ZeroDivisionError("boo"), 1, "fault of galaxy-embed (ZeroDivisionError: boo)"),
        (KeyboardInterrupt(), 130, "cancelled."),
    ],
)
def test_errors_of_all_kinds_are_one_line(
    ask: Ask,
    music: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    words: str,
) -> None:
    monkeypatch.delenv("GALAXY_DEBUG", raising=False)
    monkeypatch.setattr(galaxy_file, "load", raising(error))
    answer = ask("info", music)
    assert answer.code == code
    assert answer.err.count("\n") == 1
    assert words in answer.err


def test_debugging_shows_where(ask: Ask, music: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALAXY_DEBUG", "1")
    monkeypatch.setattr(galaxy_file, "load", raising(ZeroDivisionError()))
    assert "Traceback" in ask("info", music).err


def test_a_hostile_title_does_not_reach_the_terminal(ask: Ask, edges: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.galaxy"
    ask("build", edges, "-o", output, *QUICK, "--title", "\x1b]0;owned\x07")
    assert "\x1b" not in ask("info", output).out
    assert "\x1b" not in ask("info", tmp_path / "\x1b[31m").err


def test_sweep(ask: Ask, edges: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    grid = ["--p", "0.5,2.5", "--q", "0.5", "--epochs", "1", "--walks", "3", "--workers", "1"]
    answer = ask("sweep", edges, "-o", report, *grid, "--json")
    result = answer.json
    assert result["path"] == str(report)
    assert [each["settings"]["p"] for each in result["results"]] == [0.5, 2.5]
    assert "<html" in report.read_text("utf-8")
    again = ask("sweep", edges, "-o", report, *grid)
    assert "2 galaxies, 2 of them known from before" in again.out
    assert "--p: 0.0 is no good" in sentence(ask("sweep", edges, "-o", report, "--p", "0,1"))
    assert "no list of" in sentence(ask("sweep", edges, "-o", report, "--hs", "maybe"))


def test_output_without_stdout(music: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["info", str(music)]) == 0
