"""`WorldFiles`: for each world a file that holds just what it shows, for processes that read."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from threading import Lock

import numpy as np

from embedding.errors import GalaxyError, InputError
from embedding.galaxy_file import read_manifest, save
from galaxy_desktop.model.atlas import atlas_file
from galaxy_desktop.model.world import World


class WorldFiles:
    """Finds the file of a world, or writes one.

    A file may be deleted or replaced while what was read from it is on the screen. `close` must be
    called before the program ends.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._lock = Lock()

    def file_of(self, world: World) -> Path:
        """Return a file that holds the galaxy of a world; from any thread.

        Raises
        ------
        InputError
            It would have to be written, and cannot be.
        """
        own = Path(world.path) if world.path else atlas_file()
        if _holds(own, world):
            return own
        with self._lock:
            written = self._place() / f"{world.shape}.galaxy"
            if not _holds(written, world):
                save(world.galaxy, written)
        return written

    def close(self) -> None:
        """Remove what was written."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _place(self) -> Path:
        if self._folder is None:
            try:
                self._folder = Path(tempfile.mkdtemp(prefix="galaxy-window-"))
            except OSError as error:
                raise InputError(
                    f"nothing can be written there ({error.strerror})",
                    where=tempfile.gettempdir(),
                    remedy="make room in the folder for temporary files",
                ) from error
        return self._folder


def _holds(path: Path, world: World) -> bool:
    """Return whether a file holds the same artists at the same places, with the same relations."""
    try:
        manifest = read_manifest(path)
    except GalaxyError:
        return False
    sums = {name: array["sha256"] for name, array in manifest["arrays"].items()}
    arrays = {"positions": (world.positions, "<f4"), "indices": (world.galaxy.indices, "<i4")}
    return all(
        sums[name] == hashlib.sha256(np.ascontiguousarray(array, kind).tobytes()).hexdigest()
        for name, (array, kind) in arrays.items()
    )
