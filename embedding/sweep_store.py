"""The work folder of a sweep: each setting that is done, so that a killed sweep goes on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from embedding.atomic import atomic_write
from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.settings import BuildSettings
from embedding.sweep_grid import SweepResult

_FORMAT = 1
# These decide nothing about one setting's result; with the reference engine threads do.
_MEANINGLESS = ("averager_dims", "max_artists", "min_component")


class SweepStore:
    """The settings of one graph that are done, one JSON file and two pictures each.

    A result is found again by the SHA-256 of the graph, the settings and the version of this
    program, so that one folder holds any number of sweeps and none ever takes another's result.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    graph : ArtistGraph
        The graph as it is walked over: after pruning.

    Raises
    ------
    InputError
        The folder cannot be made.
    """

    def __init__(self, folder: Path, graph: ArtistGraph) -> None:
        self._folder = folder
        self._graph = _fingerprint(graph)
        make_folder(folder)

    def load(self, settings: BuildSettings) -> SweepResult | None:
        """Return what an earlier run found, or None; what is broken counts as not done."""
        key = self._key(settings)
        try:
            text = (self._folder / f"{key}.json").read_text("utf-8")
            record: Any = json.loads(text)
            front, side = (
                (self._folder / f"{key}-{angle}.png").read_bytes() for angle in ("front", "side")
            )
            if [_sha256(front), _sha256(side)] != record["pictures"]:
                return None
            quality = {str(name): float(value) for name, value in record["quality"].items()}
            seconds = float(record["walk_seconds"]), float(record["train_seconds"])
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        if not all(map(math.isfinite, (*quality.values(), *seconds))):
            return None
        return SweepResult(settings, quality, *seconds, front, side, reused=True)

    def save(self, result: SweepResult) -> None:
        """Store a result; the JSON comes last, and only with it the setting counts as done.

        Raises
        ------
        InputError
            It cannot be written.
        """
        key = self._key(result.settings)
        record = {
            "format": _FORMAT,
            "settings": _meaningful(result.settings),
            "quality": result.quality,
            "walk_seconds": result.walk_seconds,
            "train_seconds": result.train_seconds,
            "pictures": [_sha256(result.front), _sha256(result.side)],
        }
        for name, data in (
            (f"{key}-front.png", result.front),
            (f"{key}-side.png", result.side),
            (f"{key}.json", json.dumps(record, allow_nan=False, indent=1).encode()),
        ):
            with atomic_write(self._folder / name) as file:
                file.write(data)

    def leave(self) -> None:
        """Take the folder away again if there is nothing in it."""
        with contextlib.suppress(OSError):
            self._folder.rmdir()

    def _key(self, settings: BuildSettings) -> str:
        what = [_FORMAT, _version(), self._graph, _meaningful(settings)]
        return _sha256(json.dumps(what, sort_keys=True).encode())[:32]


def make_folder(folder: Path) -> None:
    """Make a folder if it is not there.

    Raises
    ------
    InputError
        It cannot be made.
    """
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise InputError(
            "a file stands where a folder should be", where=folder, remedy="give another name"
        ) from error
    except FileNotFoundError as error:
        raise InputError(
            "the folder that should hold it does not exist",
            where=folder,
            remedy="create it or save elsewhere",
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"this folder cannot be made ({reason})", where=folder, remedy="give another"
        ) from error


def _meaningful(settings: BuildSettings) -> dict[str, Any]:
    plain = settings.as_dict()
    for name in _MEANINGLESS:
        del plain[name]
    # Whole numbers given as 1 or 1.0 are the same setting.
    plain.update({name: float(plain[name]) for name in ("p", "q", "alpha", "min_alpha", "sample")})
    plain["workers"] = settings.threads if settings.engine == "reference" else 0
    return plain


def _fingerprint(graph: ArtistGraph) -> str:
    digest = hashlib.sha256()
    for array in (graph.indptr, graph.indices, graph.weights, graph.popularity):
        data = b"" if array is None else np.ascontiguousarray(array).tobytes()
        digest.update(f"{array is None} {len(data)};".encode())
        digest.update(data)
    return digest.hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _version() -> str:
    try:
        return metadata.version("galaxy-desktop")
    except metadata.PackageNotFoundError:
        return ""
