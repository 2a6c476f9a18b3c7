"""Positions on their way to a program that shows them: files, each announced by a line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np

from embedding.arrays import Float32
from embedding.atomic import atomic_write
from embedding.terminal import Display

KEYS_A_LINE = 4096
"""So that a reader with a window to draw may stop after every line."""

RESTED, BUSY = 0.5, 0.15
"""Seconds between two previews, at least, and the share of the training's time they may take."""

FIRST_STEPS = 10
"""Artists of walks for each artist after which the first preview comes: before, it is a cloud."""


class Previews:
    """Writes one run's previews.

    Parameters
    ----------
    folder : Path
        Made where it is not there.
    keys : list of str, shape (n,)
        Whose the rows are: written at once, as JSON arrays of `KEYS_A_LINE`, one a line.
    shown : Display
    first : float
        The share of the training after which the first one comes.

    Raises
    ------
    InputError
        Nothing can be written there.
    """

    def __init__(self, folder: Path, keys: list[str], shown: Display, first: float) -> None:
        self._folder, self._shown, self._first = folder, shown, first
        self._count, self._next = 0, 0.0
        folder.mkdir(exist_ok=True)
        lines = (json.dumps(keys[at : at + KEYS_A_LINE]) for at in range(0, len(keys), KEYS_A_LINE))
        path = self._write("artists.jsonl", "\n".join(lines).encode())
        shown.event("artists", path=path, count=len(keys))

    def watch(self, share: float, positions: Callable[[], Float32]) -> None:
        """Write where the artists stand, if it is time to.

        Parameters
        ----------
        share : float
            Of the training, 0 to 1; 0 for a draft, which is always shown, as the end is.
        positions : callable
            Gives float32 (n, 3).
        """
        now = time.monotonic()
        if 0 < share < 1 and (share < self._first or now < self._next):
            return
        buffer = BytesIO()
        np.save(buffer, positions())
        self._count += 1
        path = self._write(f"preview-{self._count:04d}.npy", buffer.getvalue())
        self._shown.event("preview", share=round(share, 4), path=path)
        if share > 0:
            self._next = now + max(RESTED, (time.monotonic() - now) / BUSY)

    def _write(self, name: str, data: bytes) -> str:
        with atomic_write(self._folder / name, lasting=False) as file:
            file.write(data)
        return str(self._folder / name)
