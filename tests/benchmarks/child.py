"""One measured piece of work in a process of its own: ``python -m tests.benchmarks.child FOLDER``.

The folder holds ``request.json``; ``answer.json`` and ``arrays.npz`` are left in it. Needs numpy
only, so that it also runs in an environment made for another package.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from embedding.arrays import Array

Answer = tuple[dict[str, Any], dict[str, Array]]
"""What a job returns: plain JSON values, and arrays by name."""


def peak_bytes() -> int:
    """Return the most memory that this process ever held."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not ru_maxrss: there Linux counts what the parent held when it started this process.
        (line,) = (s for s in status.read_text().splitlines() if s.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(folder: Path) -> None:
    """Do what the request says."""
    request = json.loads((folder / "request.json").read_text("utf-8"))
    module, _, name = request["job"].partition(":")
    job = getattr(importlib.import_module(module), name)
    before = peak_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figures, arrays = job(**request["arguments"])
    # Measured before the answer is written, which takes memory of its own.
    figures |= {"peak": peak_bytes(), "peak_before": before}
    np.savez(folder / "arrays.npz", **arrays)
    (folder / "answer.json").write_text(json.dumps(figures), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
