"""`EmbedProcess`: one ``galaxy-embed serve`` that stands by."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QObject

from galaxy_desktop.jobs.line_process import LineProcess

NICE = 10
"""The window's frames come first; what that costs a build stands in the benchmark."""

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
