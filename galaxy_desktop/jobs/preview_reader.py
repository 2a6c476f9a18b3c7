"""`PreviewReader`: a run's previews from its files, never more at a time than a frame allows."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from galaxy_desktop.jobs.rebuild_messages import Positions, Preview

SLICE = 0.002
"""Seconds of the window's thread that are taken at once."""

_UNREADABLE = "The rebuild's preview cannot be read; try again."


class PreviewReader(QObject):
    """Reads the artists' keys a little at a time, then each preview as it comes.

    Parameters
    ----------
    folder : Path
        The run's own; `close` removes it.

    Signals
    -------
    previewed(Preview)
    failed(str)
    """

    previewed = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._file: BinaryIO | None = None
        self._read_keys: list[str] = []
        self._keys: tuple[str, ...] | None = None
        self._waiting: tuple[str, float] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self._go_on(SLICE))

    def read_keys(self, path: str) -> None:
        """Begin with the keys."""
        try:
            self._file = Path(path).open("rb")  # noqa: SIM115 (closed by the last line, or by close)
        except OSError:
            self.failed.emit(_UNREADABLE)
            return
        self._timer.start()

    def read(self, path: str, share: float) -> None:
        """Read a preview, now or when the keys are there; of two that wait the newer one."""
        if self._waiting is not None:
            Path(self._waiting[0]).unlink(missing_ok=True)
        self._waiting = path, share
        self._show()

    def flush(self) -> None:
        """Read what is left at once."""
        if self._file is not None:
            self._go_on(float("inf"))

    def close(self) -> None:
        """Remove everything."""
        self._timer.stop()
        if self._file is not None:
            self._file.close()
            self._file = None
        shutil.rmtree(self._folder, ignore_errors=True)
        self.blockSignals(True)
        self.deleteLater()

    def _go_on(self, seconds: float) -> None:
        if self._file is None:
            return
        until = time.perf_counter() + seconds
        try:
            while time.perf_counter() < until:
                line = self._file.readline()
                if not line:
                    self._file.close()
                    self._file = None
                    self._timer.stop()
                    self._keys = tuple(self._read_keys)
                    self._show()
                    return
                keys = json.loads(line)
                if not all(isinstance(key, str) for key in keys):
                    raise ValueError("a key is no text")
                self._read_keys += keys
        except (OSError, ValueError, TypeError):
            self._timer.stop()
            self.failed.emit(_UNREADABLE)

    def _show(self) -> None:
        if self._keys is None or self._waiting is None:
            return
        (path, share), self._waiting = self._waiting, None
        try:
            positions = read_positions(path, len(self._keys))
            Path(path).unlink()
        except (OSError, ValueError, EOFError):
            self.failed.emit(_UNREADABLE)
            return
        self.previewed.emit(Preview(self._keys, positions, float(share)))


def read_positions(path: str, artists: int) -> Positions:
    """Return positions from a file.

    Raises
    ------
    OSError, ValueError, EOFError
        They are not there, or not as they must be.
    """
    positions: Positions = np.load(path, allow_pickle=False)
    if positions.dtype != np.float32 or positions.shape != (artists, 3):
        raise ValueError("these are no positions")
    if not np.isfinite(positions).all():
        raise ValueError("a position is not finite")
    positions.flags.writeable = False
    return positions
