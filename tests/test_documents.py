"""The documents tell the truth: their commands, options, links and maps are there."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from embedding.cli import parser
from embedding.settings import BuildSettings
from galaxy_desktop.commands import arguments as arguments_of_the_window

REPO = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def _text(document: str) -> str:
    return (REPO / document).read_text("utf-8")


def _shell(document: str) -> str:
    return "".join(re.findall(r"```sh\n(.*?)```", _text(document), re.DOTALL))


def _engine_lines() -> list[list[str]]:
    lines = [shlex.split(line, comments=True) for line in _shell("README.md").splitlines()]
    return [words[1:] for words in lines if words and words[0].endswith("galaxy-embed")]


@pytest.mark.parametrize("arguments", _engine_lines(), ids=" ".join)
def test_command_lines_of_the_readme_are_understood(arguments: list[str]) -> None:
    assert callable(parser().parse_args(arguments).run)


def _window_lines() -> list[list[str]]:
    lines = [shlex.split(line, comments=True) for line in _shell("README.md").splitlines()]
    return [words[1:] for words in lines if words and words[0].endswith("galaxy-desktop")]


@pytest.mark.parametrize("arguments", _window_lines(), ids=" ".join)
def test_command_lines_of_the_window_are_understood(arguments: list[str]) -> None:
    arguments_of_the_window.parser().parse_args(arguments)


def test_the_readme_shows_every_use_of_the_window() -> None:
    shown = {word for arguments in _window_lines() for word in arguments if word.startswith("--")}
    assert {"--screenshot", "--tour", "--install-desktop-entry"} <= shown


def test_the_readme_shows_every_command() -> None:
    shown = dict.fromkeys(arguments[0] for arguments in _engine_lines())
    (commands,) = (
        action.choices for action in parser()._actions if isinstance(action.choices, dict)
    )
    assert shown.keys() == commands.keys()


def test_the_readme_lists_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(--[a-z-]+)` \| (\S+) \|", _text("README.md"), re.MULTILINE))
    settings = {f"--{f.name.replace('_', '-')}": str(f.default) for f in fields(BuildSettings)}
    del settings["--hs"]
    assert rows == {**settings, "--no-hs": "on"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_targets_named_in_documents_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", _text("Makefile"), re.MULTILINE))
    spans = " ".join(re.findall(r"`[^`\n]+`", _text(document)))
    named = set(re.findall(r"\bmake ([a-z]+)", _shell(document) + spans))
    assert named
    assert named <= targets


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", _text(document))
    assert [at for at in links if "://" not in at and not (REPO / at).exists()] == []


def test_the_map_shows_what_is_there() -> None:
    rows = _text("CONTRIBUTING.md").split("```")[1].splitlines()[1:]
    room = REPO
    for row in rows:
        name = row.split()[0]
        if not row.startswith(" "):
            room = REPO / name
            assert room.is_dir(), row
        elif "(to come)" not in row:
            if not row.startswith("   "):  # deeper stands what goes on from the row above
                assert (room / name).exists(), row
            for file in re.findall(r"\b\w+\.py\b", row):
                assert list(room.rglob(file)), row
