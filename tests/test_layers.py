"""Who imports whom: the contracts notice what they forbid, and light modules stay light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("where", "forbidden"),
    [
        ("embedding/intruder.py", "import galaxy_desktop.app"),
        ("embedding/intruder.py", "from vispy import gloo"),
        ("galaxy_desktop/model/__init__.py", "import PyQt6.QtCore"),
        ("galaxy_desktop/scene/intruder.py", "import galaxy_desktop.jobs"),
        ("galaxy_desktop/ui/intruder.py", "import galaxy_desktop.app"),
    ],
)
def test_a_broken_layer_is_noticed(tmp_path: Path, where: str, forbidden: str) -> None:
    project = (REPO / "pyproject.toml").read_text("utf-8")
    (tmp_path / "pyproject.toml").write_text(project, "utf-8")
    for room in ("embedding", "galaxy_desktop", *(f"galaxy_desktop/{r}" for r in _ROOMS)):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    (tmp_path / "galaxy_desktop" / "app.py").touch()
    assert _lint(tmp_path).returncode == 0

    (tmp_path / where).write_text(f"{forbidden}\n")
    done = _lint(tmp_path)
    assert done.returncode == 1
    assert f"is not allowed to import {forbidden.split()[1].removesuffix('.QtCore')}" in done.stdout


_ROOMS = ("model", "scene", "jobs", "ui")


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "from importlinter.cli import lint_imports_command as lint; lint()"
    arguments = [sys.executable, "-c", code, "--no-logo", "--no-cache"]
    return subprocess.run(arguments, capture_output=True, text=True, cwd=folder, check=False)


@pytest.mark.parametrize(
    "code",
    [
        "import embedding.galaxy_file, embedding.averaging",
        "import embedding.cli; embedding.cli.parser()",
        "import galaxy_desktop.app",
    ],
)
def test_what_opens_a_galaxy_imports_nothing_heavy(code: str) -> None:
    heavy = {"numba", "gensim", "sklearn", "networkx", "node2vec", "vispy", "PyQt6"}
    assert _packages_after(code) & heavy == set()


def test_importing_the_engine_is_free() -> None:
    assert _packages_after("import embedding") & {"numpy", "scipy"} == set()


def _packages_after(code: str) -> set[str]:
    """Return the top-level packages that a fresh interpreter holds after running `code`."""
    code += "\nimport sys\nprint(*{name.partition('.')[0] for name in sys.modules})"
    arguments = [sys.executable, "-c", code]
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=REPO, check=True)
    return set(done.stdout.split())
