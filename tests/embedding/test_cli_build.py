"""The commands that build: what they print, and what they say of bad input."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embedding import galaxy_file
from embedding.settings import BuildSettings
from tests.embedding.asking import QUICK, Ask, names, sentence
from tests.embedding.planted import planted, write_edges


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
