"""The distribution is what its metadata says."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import entry_points, packages_distributions, version
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_installed_version_is_the_one_here() -> None:
    assert version("galaxy-desktop") == PROJECT["version"]


@pytest.mark.parametrize("command", ["galaxy-embed", "galaxy-desktop"])
def test_commands_say_their_version(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (script,) = entry_points(group="console_scripts", name=command)
    monkeypatch.setattr(sys, "argv", [command, "--version"])
    try:
        code = script.load()()
    except SystemExit as leaving:
        code = leaving.code
    assert not code
    assert PROJECT["version"] in capsys.readouterr().out


def test_all_that_is_imported_is_depended_on() -> None:
    imported = {
        name.partition(".")[0]
        for package in ("embedding", "galaxy_desktop")
        for source in (REPO / package).rglob("*.py")
        for name in _imports(ast.parse(source.read_text("utf-8")))
    }
    third_party = imported - sys.stdlib_module_names - {"embedding", "galaxy_desktop"}
    homes = packages_distributions()
    distributions = {homes.get(name, [name])[0].lower() for name in third_party}
    named = {re.split(r"[<>=!; ]", line)[0].lower() for line in PROJECT["dependencies"]}
    assert "numpy" in distributions
    assert distributions <= named


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
