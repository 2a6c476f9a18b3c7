"""The command line as a whole: help, and errors of every kind in one line."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from embedding import cli, galaxy_file
from embedding.readers import FORMATS
from tests.embedding.asking import Ask, names, sentence


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


def test_a_program_hears_of_errors(ask: Ask, tmp_path: Path) -> None:
    answer = ask("build", tmp_path / "no.csv", "-o", tmp_path / "x.galaxy", "--progress", "json")
    assert answer.code == 2
    assert answer.events[-1]["event"] == "error"
    assert "no.csv" in answer.events[-1]["message"]
    answer = ask("build", "x", "-o", "y", "--progress=json", "--p", "many")
    assert answer.events[-1]["event"] == "error"


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


def test_output_without_stdout(music: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["info", str(music)]) == 0
