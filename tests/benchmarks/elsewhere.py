"""What else the machine does meanwhile: figures of a busy machine are not the program's own."""

from __future__ import annotations

import os
import time
from pathlib import Path

MUCH = 0.3
"""Cores: others who take more than this are told of with the figures."""


class Elsewhere:
    """Counts, from when it is made, how many cores worked for others than this process.

    Others are the X server too. Where the system does not tell, nobody is.
    """

    def __init__(self) -> None:
        self._clock, self._own, self._all = time.perf_counter(), time.process_time(), _busy()

    def cores(self) -> float:
        """Return the mean number of cores that others kept busy."""
        passed = max(time.perf_counter() - self._clock, 1e-9)
        own = time.process_time() - self._own
        return max(0.0, (_busy() - self._all - own) / passed) if self._all else 0.0


def note(cores: float) -> str:
    """Return what to say of others' work, "" if it hardly matters."""
    return f"others kept {cores:.1f} cores busy meanwhile" if cores > MUCH else ""


def _busy(stat: Path = Path("/proc/stat")) -> float:
    """Return the seconds that all cores together have worked since the machine started."""
    try:
        user, nice, system, _idle, _wait, *rest = map(int, stat.read_text().split()[1:9])
    except (OSError, ValueError):
        return 0.0
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")
