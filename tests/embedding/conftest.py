"""The command galaxy-embed, and a small galaxy that it built."""

from __future__ import annotations

from pathlib import Path

import pytest

from embedding import cli
from tests.embedding.asking import QUICK, Answer, Ask
from tests.embedding.planted import planted, write_edges


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
