"""What a rebuild says."""

from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QObject

from galaxy_desktop.jobs.rebuild_job import RebuildJob

ENDS = ("done", "failed", "cancelled")


class Heard(QObject):
    """All that a job says, in order."""

    def __init__(self, job: RebuildJob) -> None:
        super().__init__(job)
        self.job = job
        self.said: list[tuple[str, Any]] = []
        job.progressed.connect(lambda it: self.said.append(("progressed", it)))
        job.previewed.connect(lambda it: self.said.append(("previewed", it)))
        job.done.connect(lambda it: self.said.append(("done", it)))
        job.failed.connect(lambda it: self.said.append(("failed", it)))
        job.cancelled.connect(lambda: self.said.append(("cancelled", None)))

    def of(self, kind: str) -> list[Any]:
        return [it for name, it in self.said if name == kind]

    @property
    def ends(self) -> list[str]:
        return [name for name, _ in self.said if name in ENDS]

    @property
    def pid(self) -> int:
        process = self.job._process
        return 0 if process is None else process.pid
