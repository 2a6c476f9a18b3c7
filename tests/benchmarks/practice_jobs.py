"""Jobs to try the measuring itself on."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import numpy as np

from tests.benchmarks.child import Answer


def hold(megabytes: int, workers: int) -> Answer:
    """Hold so much memory for a moment."""
    held = np.ones(megabytes * 1_000_000, np.uint8)
    threads = int(os.environ["OMP_NUM_THREADS"])
    return {"seconds": 0.5, "workers": workers, "threads": threads}, {"first": held[:3]}


def hold_below(megabytes: int, workers: int) -> Answer:
    """Hold so much memory in a child of its own."""
    del workers
    code = f"import time; held = bytearray(b'x') * {megabytes}_000_000; time.sleep(2)"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return {"seconds": time.perf_counter() - started}, {}


def fail(workers: int) -> Answer:
    """Fail."""
    raise ArithmeticError(f"{workers} do not add up")
