"""Runs a job in a child process and watches how much memory it and its own children hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from embedding.arrays import Array

REPO = Path(__file__).resolve().parents[2]
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class JobFailed(Exception):
    """A child ended without an answer; the message is the last thing that it said."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job gave.

    Attributes
    ----------
    figures : dict
        The plain values that the job returned, ``seconds`` among them.
    arrays : dict of str to ndarray
    wall : float
        Seconds from the start of the process to its end, imports included.
    peak : int
        Bytes: the most that the process held, or that it and its children were seen to hold.
    """

    figures: dict[str, Any]
    arrays: dict[str, Array]
    wall: float
    peak: int

    @property
    def seconds(self) -> float:
        """How long the work itself took."""
        return float(self.figures["seconds"])


def run_job(job: str, *, workers: int, python: str = sys.executable, **arguments: Any) -> Outcome:
    """Run ``module:function`` of `tests.benchmarks` in a new process and return what it gave.

    Parameters
    ----------
    job : str
        Such as ``"jobs:build"``.
    workers : int
        Threads that libraries inside may use; the job gets it as an argument too.
    python : str
        The interpreter, which may be that of another environment.
    **arguments
        Plain JSON values for the job.

    Raises
    ------
    JobFailed
    """
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
    environment = os.environ | dict.fromkeys(threads, str(workers)) | {"PYTHONHASHSEED": "0"}
    with tempfile.TemporaryDirectory(prefix="galaxy-bench-") as name:
        folder = Path(name)
        request = {"job": f"tests.benchmarks.{job}", "arguments": arguments | {"workers": workers}}
        (folder / "request.json").write_text(json.dumps(request), "utf-8")
        command = [python, "-m", "tests.benchmarks.child", name]
        said, wall, seen = _run_watched(command, environment, folder / "said.txt")
        if not (folder / "answer.json").exists():
            raise JobFailed(f"{job}: {_last_line(said)}")
        figures = json.loads((folder / "answer.json").read_text("utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            kept = {key: arrays[key] for key in arrays.files}
    return Outcome(figures, kept, wall, max(seen, figures["peak"]))


def _run_watched(
    command: list[str], environment: dict[str, str], log: Path
) -> tuple[str, float, int]:
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=REPO, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        watch = TreeMemory(process.pid)
        watch.start()
        try:
            process.wait()
        finally:
            process.kill()
            process.wait()
            wall = time.perf_counter() - started
            watch.stop()
    return log.read_text("utf-8", "replace"), wall, watch.peak


def _last_line(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "it was killed and said nothing; it may have run out of memory"


class TreeMemory(threading.Thread):
    """Adds up, twice a second, what a process and all below it hold (Linux; else 0).

    Of the processes below only what is theirs alone counts: what a fork shares with its parent
    would count twice.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(name="tree-memory", daemon=True)
        self.peak = 0
        self._pid, self._ended = pid, threading.Event()

    def run(self) -> None:
        """Look again and again until told to stop."""
        while not self._ended.wait(0.5):
            below = sum(_private(pid) for pid in _below(self._pid))
            self.peak = max(self.peak, _resident(self._pid) + below)

    def stop(self) -> None:
        """End the watch."""
        self._ended.set()
        self.join()


def _below(pid: int) -> list[int]:
    found = [pid]
    for parent in found:  # grows while it is walked
        for task in _listed(Path(f"/proc/{parent}/task")):
            found += [int(child) for child in _text(task / "children").split()]
    return found[1:]


def _resident(pid: int) -> int:
    fields = _text(Path(f"/proc/{pid}/statm")).split()
    return int(fields[1]) * PAGE if fields else 0


def _private(pid: int) -> int:
    lines = _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # it has just ended
        return []


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
