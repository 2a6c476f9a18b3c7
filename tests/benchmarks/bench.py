"""What every benchmark is handed: how large a run is wanted, worlds, children, a report."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from embedding.graph import ArtistGraph
from tests.benchmarks.measure import REPO, Outcome, run_job
from tests.benchmarks.report import Report
from tests.benchmarks.worlds import keep_world, load_graph

T = TypeVar("T")
Scale = Literal["quick", "default", "full"]

REAL_DATA = REPO.parent / "shared" / "data" / "spotify_related_10k"


@dataclass(slots=True)
class Bench:
    """The surroundings of one benchmark.

    Attributes
    ----------
    report : Report
    out : Path
        Where results and made worlds are kept.
    scale : {"quick", "default", "full"}
    workers : int
        Threads or processes that each contestant gets.
    peer_python : str
        The interpreter that has fastnode2vec and grape.
    """

    report: Report
    out: Path
    scale: Scale = "default"
    workers: int = 1
    peer_python: str = field(default=sys.executable)

    def pick(self, quick: T, default: T, full: T) -> T:
        """Return what suits the scale of this run."""
        return {"quick": quick, "default": default, "full": full}[self.scale]

    def world(self, artists: int) -> Path:
        """Return the file of the world of so many artists."""
        return keep_world(self.out / "worlds", artists)

    def graph(self, artists: int) -> ArtistGraph:
        """Return the world of so many artists."""
        return load_graph(self.world(artists))

    def run(self, job: str, *, workers: int | None = None, **arguments: Any) -> Outcome:
        """Run a job in a process of its own, with this interpreter."""
        return run_job(job, workers=workers or self.workers, **arguments)

    def run_peer(self, job: str, *, workers: int | None = None, **arguments: Any) -> Outcome:
        """Run a job in a process of its own, with the interpreter that has the peers."""
        workers = workers or self.workers
        return run_job(job, workers=workers, python=self.peer_python, **arguments)


def set_for(artists: int, size: int) -> str:
    """Return the note of a goal that is set for another number of artists than this run's."""
    return "" if size >= artists else f"set for {artists:,} artists, measured at {size:,}"


def megabytes(count: int) -> float:
    """Return bytes as megabytes."""
    return count / 1e6
