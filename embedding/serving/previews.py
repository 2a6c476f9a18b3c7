"""Positions on their way to a program that shows them: files, each announced by a line."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import numpy as np

from embedding.arrays import Float32
from embedding.atomic import atomic_write
from embedding.terminal import Display

KEYS_A_LINE = 4096
"""So that a reader with a window to draw may stop after every line."""


class Previews:
    """Writes one run's previews.

    Parameters
    ----------
    folder : Path
        Made where it is not there.
    keys : list of str, shape (n,)
        Whose the rows are: written at once, as JSON arrays of `KEYS_A_LINE`, one a line.
    shown : Display

    Raises
    ------
    InputError
        Nothing can be written there.
    """

    def __init__(self, folder: Path, keys: list[str], shown: Display) -> None:
        self._folder, self._shown, self._count = folder, shown, 0
        folder.mkdir(exist_ok=True)
        lines = (json.dumps(keys[at : at + KEYS_A_LINE]) for at in range(0, len(keys), KEYS_A_LINE))
        path = self._write("artists.jsonl", "\n".join(lines).encode())
        shown.event("artists", path=path, count=len(keys))

    def show(self, positions: Float32, share: float) -> None:
        """Write where the artists stand after that share of the training.

        Parameters
        ----------
        positions : ndarray of float32, shape (n, 3)
        share : float
            0 to 1.
        """
        buffer = BytesIO()
        np.save(buffer, positions)
        self._count += 1
        path = self._write(f"preview-{self._count:04d}.npy", buffer.getvalue())
        self._shown.event("preview", share=round(share, 4), path=path)

    def _write(self, name: str, data: bytes) -> str:
        with atomic_write(self._folder / name) as file:
            file.write(data)
        return str(self._folder / name)
