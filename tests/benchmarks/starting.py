"""From the start of the program to its first frame, what it then holds, and what it does idle."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.bench import Bench, megabytes, set_for
from tests.benchmarks.galaxies import keep_galaxy
from tests.benchmarks.measure import PAGE, REPO, JobFailed
from tests.benchmarks.report import Cell, Goal
from tests.benchmarks.stages import has_display

NAME = "starting"
ABOUT = "the program's start to its first frame, its memory, and what it does when nothing moves"

PATIENCE = 60.0
#: Of a galaxy of 100,000 artists: seconds, megabytes, percent of a core.
START, MEMORY, IDLE = 1.5, 600.0, 2.0


@dataclass(frozen=True, slots=True)
class Start:
    """One start of the program, up to its first frame.

    Attributes
    ----------
    seconds : float
    worked : float
        Seconds of processor: these hardly mind what else the machine does.
    held : float
        Bytes resident.
    """

    seconds: float
    worked: float
    held: float


def main(bench: Bench) -> None:
    """Start the program several times; then fly, and do nothing."""
    if not has_display():
        bench.report.say("Skipped: there is no display, so no window.")
        return
    size = bench.pick(20_000, 100_000, 100_000)
    galaxy = keep_galaxy(bench.out / "worlds", size)
    with tempfile.TemporaryDirectory(prefix="galaxy-bench-") as cache:
        # So that files, compiled modules and Mesa's shaders are where the next starts find them.
        start(galaxy, cache)
        starts = [start(galaxy, cache) for _ in range(bench.pick(2, 5, 9))]
    idle_for = bench.pick(3.0, 10.0, 30.0)
    idle = bench.run("window_jobs:idle", galaxy=str(galaxy), seconds=idle_for)
    rows: list[list[Cell]] = [
        [what, *(choose(figures) for choose in (statistics.median, min, max))]
        for what, figures in (
            ("seconds to the first frame", [one.seconds for one in starts]),
            ("seconds of processor", [one.worked for one in starts]),
            ("resident, MB", [one.held / 1e6 for one in starts]),
        )
    ]
    bench.report.table(
        f"{size:,} artists, {len(starts)} starts with warm files",
        ["at the first frame", "median", "least", "most"],
        rows,
    )
    frames, share, most = idle.figures["frames"], idle.figures["share"], megabytes(idle.peak)
    bench.report.say(
        f"  after a flight: {most:,.0f} MB at most;"
        f" {idle_for:.0f} s idle: {frames} frames, {100 * share:.2f}% of a core"
    )
    note = set_for(100_000, size)
    first = statistics.median(one.seconds for one in starts)
    bench.report.goal(Goal("start to first frame", first, START, "at most", " s", note))
    bench.report.goal(Goal("memory after a flight", most, MEMORY, "at most", " MB", note))
    bench.report.goal(Goal("idle, share of a core", 100 * share, IDLE, "at most", "%"))
    bench.report.goal(Goal("idle, frames drawn", float(frames), 0, "at most"))


def start(galaxy: Path, cache: str) -> Start:
    """Start the program for the first time but for its caches, and end it once it shows the galaxy.

    Raises
    ------
    JobFailed
        It shows none.
    """
    with tempfile.TemporaryDirectory(prefix="galaxy-bench-") as folder:
        kept = {f"XDG_{name}_HOME": folder for name in ("CONFIG", "DATA", "STATE")}
        # A start that may not keep what it compiled is never warm.
        kept |= {"XDG_CACHE_HOME": cache, "PYTHONDONTWRITEBYTECODE": ""}
        clock = time.perf_counter()
        program = subprocess.Popen(
            [sys.executable, "-m", "galaxy_desktop", str(galaxy), "--events"],
            cwd=REPO,
            env=os.environ | kept,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            said = _until_drawn(program)
            seconds = time.perf_counter() - clock
            worked, held = usage(program.pid)
        finally:
            program.send_signal(signal.SIGTERM)
            try:
                program.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                program.kill()
                program.communicate()
    if said != "drawn":
        raise JobFailed(f"the program showed nothing: {said or 'it said nothing'}")
    return Start(seconds, worked, held)


def event(line: str) -> str:
    """Return what a line of the program tells of: an event's name, or the line itself."""
    try:
        return str(json.loads(line)["event"])
    except (ValueError, KeyError, TypeError):
        return line.strip()


def _until_drawn(program: subprocess.Popen[str]) -> str:
    """Return the last thing the program said: "drawn", unless it ended before."""
    assert program.stdout is not None
    said = ""
    for line in program.stdout:
        said = event(line)
        if said == "drawn":
            break
    return said


def usage(pid: int) -> tuple[float, float]:
    """Return the seconds of processor and the bytes of a process; NaN where that is not told."""
    folder = Path(f"/proc/{pid}")
    try:
        # The fields of proc(5), counted from the one after the name, which may hold anything.
        fields = (folder / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return float("nan"), float("nan")
    ticks = os.sysconf("SC_CLK_TCK")
    return (int(fields[11]) + int(fields[12])) / ticks, int(fields[21]) * PAGE
