"""`.ci/tests` with scripts in place of pytest: it fails where either half does, however it ends."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / ".ci" / "tests"

# Does what the variable of its half says. In Python: bash may miss a signal as a child of it ends.
PYTEST = f"""#!{sys.executable} -IS
import os, signal, sys, time
from pathlib import Path

half = "OTHERS" if any(word.startswith("--ignore=") for word in sys.argv) else "WINDOW"

def interrupted(*_):
    print(half, "is interrupted", flush=True)
    time.sleep(0.2)
    print(half, "leaves", flush=True)
    sys.exit(2)

signal.signal(signal.SIGINT, interrupted)
print(half, "begins:", sys.argv[-1], flush=True)
exec(os.environ[half])
print(half, "is done", flush=True)
"""
BUSY = "Path(half).touch(); time.sleep(30)"
FAILS = [
    "sys.exit(1)",
    "sys.exit(5)",
    "signal.signal(signal.SIGINT, signal.SIG_DFL); os.kill(os.getpid(), signal.SIGINT)",
    "os.kill(os.getpid(), signal.SIGKILL)",
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".ci").mkdir()
    shutil.copy(SCRIPT, tmp_path / ".ci")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTEST)
    python.chmod(0o755)
    return tmp_path


def _start(project: Path, others: str, window: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [".ci/tests", "-x"],
        cwd=project,
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(project), "OTHERS": others, "WINDOW": window},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_both_are_told_the_same_and_what_the_others_say_comes_last(project: Path) -> None:
    with _start(project, "print('odd', file=sys.stderr, flush=True)", "time.sleep(0.2)") as script:
        out, err = script.communicate(timeout=30)
    assert out.splitlines() == [
        *("WINDOW begins: -x", "WINDOW is done"),
        *("OTHERS begins: -x", "odd", "OTHERS is done"),
    ]
    assert (script.returncode, err) == (0, "")
    assert not list(project.glob("tmp.*"))


@pytest.mark.parametrize("end", FAILS)
@pytest.mark.parametrize("first", ["", "time.sleep(0.2)"])
@pytest.mark.parametrize("half", ["others", "window"])
def test_where_one_half_fails_both_do(project: Path, half: str, first: str, end: str) -> None:
    halves = {"others": "time.sleep(0.1)", "window": "time.sleep(0.1)", half: f"{first}\n{end}"}
    with _start(project, **halves) as script:
        out, _ = script.communicate(timeout=30)
    assert script.returncode == 1
    (other,) = {"OTHERS", "WINDOW"} - {half.upper()}
    assert f"{other} is done" in out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("busy", [("OTHERS", "WINDOW"), ("OTHERS",), ("WINDOW",)])
def test_a_signal_ends_in_order_what_is_busy(
    project: Path, busy: tuple[str, ...], number: signal.Signals
) -> None:
    others, window = (BUSY if half in busy else "" for half in ("OTHERS", "WINDOW"))
    with _start(project, others, window) as script:
        while not all((project / half).exists() for half in busy):
            time.sleep(0.01)
        script.send_signal(number)
        out, _ = script.communicate(timeout=30)
    assert script.returncode == 130
    for half in busy:
        said = [line for line in out.splitlines() if line.startswith(half)]
        assert said[1:] == [f"{half} is interrupted", f"{half} leaves"]
    assert not list(project.glob("tmp.*"))


def test_tests_that_are_started_deaf_to_ctrl_c_hear_it():
    code = "import signal; import tests.conftest; print(signal.getsignal(signal.SIGINT).__name__)"
    deaf = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", sys.executable, "-c", code]
    heard = subprocess.run(
        deaf, cwd=SCRIPT.parent.parent, capture_output=True, text=True, check=True, timeout=30
    )
    assert heard.stdout == "default_int_handler\n"
