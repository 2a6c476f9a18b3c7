"""The command from a cold start: the first build ever, and every one after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.measure import REPO, JobFailed
from tests.benchmarks.report import Goal

NAME = "start"
WORKERS = 2  # as the goal says
ABOUT = "galaxy-embed build of 10,000 artists as a fresh process, numba's cache warm and empty"


def main(bench: Bench) -> None:
    """Build with an empty cache, then three times with what that left."""
    size = bench.pick(1_000, 10_000, 10_000)
    with tempfile.TemporaryDirectory(prefix="galaxy-bench-") as name:
        folder = Path(name)
        edges = folder / "edges.csv"
        columns = np.column_stack(bench.graph(size).edge_list())
        np.savetxt(edges, columns, "%d", ",", header="source,target", comments="")
        cold, stages = _build(edges, folder)
        warm, quiet = min(_build(edges, folder) for _ in range(3))
    bench.report.table(
        f"galaxy-embed build of {size:,} artists from CSV, workers: {WORKERS}",
        ["numba's cache", "seconds", "said that it compiles"],
        [
            ["empty", cold, "yes" if "compile" in stages else "no"],
            ["warm", warm, "yes" if "compile" in quiet else "no"],
        ],
    )
    note = set_for(10_000, size)
    bench.report.goal(Goal("build with a warm cache", warm, 5, "at most", " s", note))
    bench.report.goal(Goal("compiling", cold - warm, 15, "at most", " s"))
    silent = float("compile" not in stages)
    bench.report.goal(Goal("first builds that do not say that they compile", silent, 0, "at most"))


def _build(edges: Path, folder: Path) -> tuple[float, list[str]]:
    """Return the seconds of a build and the stages that it told of."""
    environment = os.environ | {"NUMBA_CACHE_DIR": str(folder / "cache")}
    command = [sys.executable, "-m", "embedding", "build", str(edges), "-o"]
    command += [str(folder / "world.galaxy"), "--workers", str(WORKERS), "--progress", "json"]
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=REPO, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        raise JobFailed(f"build: {(done.stdout + done.stderr).strip().splitlines()[-1]}")
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")]
    return seconds, sorted({json.loads(line).get("stage", "") for line in said})
