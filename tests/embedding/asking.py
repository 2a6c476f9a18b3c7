"""The command galaxy-embed asked within this process: what it answers, and with which code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

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
