"""The command galaxy-embed in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[2]


def environment(**more: str) -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(REPO), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **more}


def start(*argv: str | Path, **more: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "embedding", *map(str, argv)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment(), **more}
    return subprocess.Popen(command, **pipes)


def run(*argv: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    with start(*argv, **more) as process:
        out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(argv, process.returncode, out, err)
