"""`stand_back`: a thread whose work can wait leaves the processor to all others."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def stand_back() -> None:
    """Let the calling thread, and those it starts, have what others leave of the processor.

    On Linux the thread's policy becomes SCHED_IDLE (sched(7)). A nice value of 19 is not enough:
    beside a window that draws on both cores, a thread of nice 10 still had to share one core with
    the window, while one of nice 19 had the other for itself. Without privileges the policy can
    never be taken back: for threads that end with their work. Elsewhere nothing happens, and
    threads share as before.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # a sandbox may forbid even this
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
