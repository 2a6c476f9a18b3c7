"""The distribution is what its metadata says."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import entry_points, packages_distributions, version
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_installed_version_is_the_one_here() -> None:
    assert version("galaxy-desktop") == PROJECT["version"]


@pytest.mark.parametrize("command", ["galaxy-embed", "galaxy-desktop"])
def test_commands_say_their_version(command: str) -> None:
    """Each in a process of its own, which is what a command takes itself to be."""
    (script,) = entry_points(group="console_scripts", name=command)
    program = f"import sys, {script.module} as home; sys.exit(home.{script.attr}())"
    done = subprocess.run(
        [sys.executable, "-c", program, "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert PROJECT["version"] in done.stdout


def test_all_that_is_imported_is_depended_on() -> None:
    imported = {
        name.partition(".")[0]
        for package in ("embedding", "galaxy_desktop")
        for source in (REPO / package).rglob("*.py")
        for name in _imports(ast.parse(source.read_text("utf-8")))
    }
    third_party = imported - sys.stdlib_module_names - {"embedding", "galaxy_desktop"}
    homes = packages_distributions()
    named = {re.split(r"[<>=!; ]", line)[0].lower() for line in PROJECT["dependencies"]}
    assert "numpy" in third_party
    # Several distributions make up some packages, PyQt6 for one.
    strangers = {
        name for name in third_party if named.isdisjoint(map(str.lower, homes.get(name, [name])))
    }
    assert strangers == set()


def _imports(tree: ast.AST) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return names


def test_every_dependency_has_a_lower_bound() -> None:
    extras = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *extras["test"], *extras["bench"]]
    assert [line for line in lines if ">=" not in line] == []


def test_the_wheel_brings_the_atlas_the_icon_and_the_style(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(REPO)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        # Where galaxy_desktop.model.atlas looks for it.
        shipped = archive.read("galaxy_desktop/assets/atlas.galaxy")
        assert b"CC0 1.0 Universal" in archive.read("galaxy_desktop/assets/LICENSE")
        icon = archive.read("galaxy_desktop/assets/icon.svg")
        assert b"QPushButton" in archive.read("galaxy_desktop/ui/theme.qss")
    assert icon == (REPO / "assets" / "icon.svg").read_bytes()
    assert shipped == (REPO / "assets" / "atlas.galaxy").read_bytes()


def test_the_source_distribution_brings_the_text_of_the_atlas(tmp_path: Path) -> None:
    from hatchling.builders.sdist import SdistBuilder

    (sdist,) = SdistBuilder(str(REPO)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    text = {f"assets/atlas/{path.name}" for path in (REPO / "assets" / "atlas").iterdir()}
    assert text | {"assets/atlas.galaxy", "assets/icon.svg"} <= names
