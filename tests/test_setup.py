"""The set-up scripts, with everything they call replaced by scripts that write down the call."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

CI = Path(__file__).resolve().parent.parent / ".ci"

# Stands for every python: says its version, makes a .venv of itself, and notes each pip call.
PYTHON = """#!/bin/bash
case "$*" in
  *version_info*) echo "{version}" ;;
  "-m venv .venv")
    echo "venv {version}" >>"$CALLS"
    mkdir -p .venv/bin && cp "$0" .venv/bin/python && echo "$PWD/.venv" >.venv/bin/activate ;;
  "-m pip "*) echo "pip ${{!#}}" >>"$CALLS" ;;
  -V) echo "{version}" ;;
esac
"""


class Machine:
    """A folder with the scripts in it, and a PATH that holds only what the test puts there."""

    def __init__(self, folder: Path) -> None:
        self.bin, self.calls = folder / "bin", folder / "calls"
        self.project = folder / "project"
        self.bin.mkdir()
        shutil.copytree(CI, self.project / ".ci")
        (self.project / "pyproject.toml").write_text("first")
        tools = "bash sh env sed tr cksum cat cp rm mkdir mktemp tail dirname grep flock"
        for name in tools.split():
            at = shutil.which(name)
            assert at is not None
            (self.bin / name).symlink_to(at)
        self.tool("id", "echo 1000")

    def tool(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(script if script.startswith("#!") else f"#!/bin/bash\n{script}\n")
        path.chmod(0o755)

    def python(self, name: str, version: str) -> None:
        self.tool(name, PYTHON.format(version=version))

    def installed(self, *packages: str) -> None:
        lines = "".join(f"echo 'installed {package}  '\n" for package in packages)
        self.tool("dpkg-query", lines + "echo 'config-files libremoved  '")

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        self.calls.write_text("")
        environment = {"PATH": str(self.bin), "CALLS": str(self.calls), **environment}
        return subprocess.run(
            words, cwd=self.project, env=environment, capture_output=True, text=True, check=False
        )

    def called(self) -> list[str]:
        return self.calls.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_nothing_is_done_where_all_packages_are_there(machine: Machine) -> None:
    machine.installed("libone", "libtwo0t64 libtwo0 (= 2.1), libother")
    done = machine.run(".ci/system-packages", "libone", "libtwo0")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_rights_the_one_line_is_printed(machine: Machine) -> None:
    machine.installed("libone")
    machine.tool("sudo", "exit 1")  # would ask for a password
    machine.tool("apt-get", 'echo "apt $*" >>"$CALLS"')
    done = machine.run(".ci/system-packages", "libone", "libtwo", "libremoved")
    assert done.returncode == 1
    line = (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libtwo libremoved"
    )
    assert [text.strip() for text in done.stderr.splitlines()][1:] == [line]
    assert machine.called() == []


@pytest.mark.parametrize("rights", ["root", "sudo"])
def test_with_rights_what_is_missing_is_installed(machine: Machine, rights: str) -> None:
    machine.installed("libone")
    machine.tool("apt-get", 'echo "apt ${!#}" >>"$CALLS"')
    if rights == "root":
        machine.tool("id", "echo 0")
    else:
        machine.tool("sudo", 'shift; echo "sudo $1" >>"$CALLS"; exec "$@"')
        machine.tool("true", "exit 0")
    done = machine.run(".ci/system-packages", "libone", "libtwo")
    assert done.returncode == 0
    apt = [call for call in machine.called() if call.startswith("apt")]
    assert apt == ["apt update", "apt libtwo"]


def test_what_apt_complains_about_is_shown(machine: Machine) -> None:
    machine.installed()
    machine.tool("id", "echo 0")
    machine.tool("apt-get", "echo 'E: no such package'; exit 100")
    done = machine.run(".ci/system-packages", "libone")
    assert done.returncode == 1
    assert "E: no such package" in done.stderr
    assert "apt-get install -y --no-install-recommends libone" in done.stderr


def test_no_debian_is_left_alone(machine: Machine) -> None:
    assert machine.run(".ci/system-packages", "libone").returncode == 0


def test_the_second_run_does_nothing(machine: Machine) -> None:
    machine.python("python3", "python3.11")
    assert machine.run(".ci/setup", "test").returncode == 0
    assert machine.called() == ["venv python3.11", "pip .[test]"]
    done = machine.run(".ci/setup", "test")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.called() == []


def test_a_changed_project_is_installed_again(machine: Machine) -> None:
    machine.python("python3", "python3.11")
    machine.run(".ci/setup", "test")
    (machine.project / "pyproject.toml").write_text("second")
    machine.run(".ci/setup", "test")
    assert machine.called() == ["pip .[test]"]
    machine.run(".ci/setup", "test,bench")
    assert machine.called() == ["pip .[test,bench]"]


def test_a_moved_project_gets_a_new_venv(machine: Machine) -> None:
    machine.python("python3", "python3.11")
    machine.run(".ci/setup", "test")
    machine.project = machine.project.rename(machine.project.with_name("elsewhere"))
    machine.run(".ci/setup", "test")
    assert machine.called() == ["venv python3.11", "pip .[test]"]


def test_a_failed_install_is_tried_again(machine: Machine) -> None:
    script = PYTHON.format(version="python3.11")
    machine.tool("python3", script.replace('"-m pip "*)', '"-m pip "*) exit 7 ;; none)'))
    assert machine.run(".ci/setup", "test").returncode == 7
    machine.python("python3", "python3.11")
    shutil.copy(machine.bin / "python3", machine.project / ".venv/bin/python")
    machine.run(".ci/setup", "test")
    assert machine.called() == ["pip .[test]"]


def test_the_interpreter_that_fits_is_chosen(machine: Machine) -> None:
    machine.python("python3", "python3.14")
    machine.python("python3.12", "python3.12")
    machine.run(".ci/setup", "test")
    assert machine.called()[0] == "venv python3.12"
    # What .venv has stays, until another one is asked for.
    machine.python("python3", "python3.13")
    machine.run(".ci/setup", "test")
    assert machine.called() == []
    machine.run(".ci/setup", "test", PYTHON="python3")
    assert machine.called()[0] == "venv python3.13"


@pytest.mark.parametrize("version", ["python3.10", "python3.14"])
def test_without_one_that_fits_it_says_so(machine: Machine, version: str) -> None:
    machine.python("python3", version)
    done = machine.run(".ci/setup", "test")
    assert done.returncode == 1
    assert version in done.stderr
    assert "PYTHON=" in done.stderr
    assert machine.called() == []


def test_missing_window_libraries_stop_nothing(machine: Machine) -> None:
    machine.python("python3", "python3.11")
    machine.installed()
    done = machine.run(".ci/setup", "test")
    assert done.returncode == 0
    assert "apt-get install" in done.stderr
    assert machine.called() == ["venv python3.11", "pip .[test]"]


def test_the_venv_package_is_asked_for_in_the_same_line(machine: Machine) -> None:
    script = PYTHON.format(version="python3.11").replace("-V)", "*ensurepip*) exit 1 ;;\n  -V)")
    machine.tool("python3", script)
    machine.installed()
    done = machine.run(".ci/setup", "test")
    assert done.returncode == 1
    (line,) = [text for text in done.stderr.splitlines() if "apt-get install" in text]
    assert "libegl1" in line
    assert "xvfb" in line
    assert "python3.11-venv" in line
    assert machine.called() == []


def test_a_display_that_is_there_is_used(machine: Machine) -> None:
    machine.tool("Xvfb", 'echo Xvfb >>"$CALLS"')
    machine.tool("show", 'echo "on $DISPLAY"; exit 3')
    done = machine.run(".ci/with-display", "show", DISPLAY=":7")
    assert (done.returncode, done.stdout) == (3, "on :7\n")
    assert machine.called() == []


def test_without_a_display_a_virtual_one_stands_in_and_ends(machine: Machine) -> None:
    (machine.bin / "sleep").symlink_to(shutil.which("sleep") or "")
    machine.tool("Xvfb", 'echo $$ >>"$CALLS"; echo 5; exec 1>&-; exec sleep 60')
    machine.tool("show", 'echo "on $DISPLAY"; exit 3')
    done = machine.run(".ci/with-display", "show")
    assert done.returncode == 3
    assert done.stdout.endswith("on :5\n")
    (pid,) = machine.called()
    with pytest.raises(ProcessLookupError):
        _wait_for_end(int(pid))


def _wait_for_end(pid: int) -> None:
    for _ in range(200):
        os.kill(pid, 0)
        time.sleep(0.01)
