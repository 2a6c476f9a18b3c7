"""The command galaxy-embed: within this process, one that serves, and what they built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from embedding import cli
from tests.embedding.asking import QUICK, Answer, Ask
from tests.embedding.planted import planted, write_edges
from tests.embedding.served import Served


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def run(*argv: str | Path) -> Answer:
        code = cli.main([str(each) for each in argv])
        return Answer(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_edges(tmp_path_factory.mktemp("input") / "related.csv", planted())


@pytest.fixture(scope="session")
def music(edges: Path) -> Path:
    path = edges.parent / "music.galaxy"
    assert cli.main(["build", str(edges), "-o", str(path), *QUICK, "--title", "Planted"]) == 0
    return path


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
