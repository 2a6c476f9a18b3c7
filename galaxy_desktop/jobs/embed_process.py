"""`EmbedProcess`: one ``galaxy-embed serve`` that stands by."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QObject

from galaxy_desktop.jobs.line_process import LineProcess

NICE = 5
"""The window's frames come first; what that costs a build stands in the benchmark.

Beside a window that draws in software on the same two cores, the finished shape waits 2.3 to 3.4 s
for the processor with 10, 1.5 with 5, 1.1 with 2; the median frame is the same with all three.
"""

COMMAND = (sys.executable, "-m", "embedding", "serve")


class EmbedProcess(LineProcess):
    """A process that builds; its events are those of ``galaxy-embed serve --help``.

    Parameters
    ----------
    scratch : Path
        Removed by the process when this one is gone.
    command : sequence of str, optional
        What is run.
    """

    def __init__(
        self, scratch: Path, command: Sequence[str] = COMMAND, parent: QObject | None = None
    ) -> None:
        own = ("--nice", str(NICE), "--scratch", str(scratch))
        super().__init__([*command, *own], parent=parent)
