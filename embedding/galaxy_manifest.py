"""``manifest.json``: what a ``.galaxy`` file says about itself, and which arrays it holds."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from embedding.galaxy import Galaxy
from embedding.galaxy_checks import MOST_ARTISTS, MOST_DIMS, BrokenGalaxyError, is_time, require

VERSION = 1
NAME = "manifest.json"
LARGEST = 4 * 2**20
"""The most bytes that a manifest may have."""

Shape = tuple[int, ...]
_FREE = -1

# Of each array its type and shape; `n`, `d` and `e` stand for artists, dimensions and twice the
# edges, _FREE for a length that only the array itself tells. The order is the file's.
_ARRAYS: dict[str, tuple[str, tuple[str | int, ...]]] = {
    "positions": ("<f4", ("n", 3)),
    "vectors": ("<f4", ("n", "d")),
    "popularity": ("|u1", ("n",)),
    "indptr": ("<i4", ("n+1",)),
    "indices": ("<i4", ("e",)),
    "weights": ("<f4", ("e",)),
    "names": ("|u1", (_FREE,)),
    "ids": ("|u1", (_FREE,)),
    "links": ("|u1", (_FREE,)),
    "tags": ("<i4", (_FREE,)),
    "tags_indptr": ("<i4", ("n+1",)),
    "tags_words": ("|u1", (_FREE,)),
    "aliases": ("|u1", (_FREE,)),
    "aliases_indptr": ("<i4", ("n+1",)),
}
_OPTIONAL = (
    {"weights"},
    {"ids"},
    {"links"},
    {"tags", "tags_indptr", "tags_words"},
    {"aliases", "aliases_indptr"},
)
_REQUIRED = set(_ARRAYS).difference(*_OPTIONAL)
_TEXTS = ("title", "source", "licence", "created")
_KEYS = {
    *("format", "version", *_TEXTS, "counts", "settings", "seed", "quality", "notes", "arrays"),
}


def dtype_of(name: str) -> str:
    """Return the type that the array `name` has in a file."""
    return _ARRAYS[name][0]


def in_order(arrays: Mapping[str, Any]) -> list[str]:
    """Return the names of the `arrays` in the order of the file."""
    return [name for name in _ARRAYS if name in arrays]


def make(galaxy: Galaxy, arrays: Mapping[str, npt.NDArray[Any]], sums: Mapping[str, str]) -> bytes:
    """Return the manifest of a galaxy whose `arrays` have the SHA-256 `sums`.

    Raises
    ------
    BrokenGalaxyError
        The manifest would be larger than a reader accepts.
    """
    quality = {key: float(value) for key, value in galaxy.quality.items()}
    manifest = {
        "format": "galaxy",
        "version": VERSION,
        **{key: getattr(galaxy, key) for key in _TEXTS},
        "counts": {
            "artists": len(galaxy),
            "edges": galaxy.edges,
            "dimensions": galaxy.dims,
        },
        "settings": galaxy.settings,
        "seed": galaxy.settings.get("seed"),
        "quality": {k: v if math.isfinite(v) else None for k, v in quality.items()},
        "notes": list(galaxy.notes),
        "arrays": {
            name: {
                "dtype": dtype_of(name),
                "shape": list(arrays[name].shape),
                "sha256": sums[name],
            }
            for name in in_order(arrays)
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, allow_nan=False, indent=1)
    data = text.encode()
    require(len(data) <= LARGEST, "its title, notes and settings are too long")
    return data


def parse(data: bytes) -> dict[str, Any]:
    """Return the manifest, every part of it checked.

    Raises
    ------
    BrokenGalaxyError
        It is not the manifest of a galaxy, or not one that this version can read.
    """
    try:
        manifest: dict[str, Any] = json.loads(
            data.decode(), object_pairs_hook=_without_doubles, parse_constant=_no_constant
        )
        # JSON can spell half of a surrogate pair, which no text of ours may hold.
        json.dumps(manifest, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise BrokenGalaxyError("its manifest is not good JSON") from error
    require(
        isinstance(manifest, dict) and manifest.get("format") == "galaxy",
        "its manifest is not that of a galaxy",
    )
    version: Any = manifest.get("version")
    require(_whole(version, 1, 2**31), "its manifest has no version")
    if version > VERSION:
        raise NewerVersionError(
            f"it was made by a newer version (format {version}, this one reads {VERSION})"
        )
    require(set(manifest) == _KEYS, "its manifest lacks a part or has one too many")
    for key in _TEXTS:
        require(isinstance(manifest[key], str), f"the {key} in its manifest is not text")
    require(is_time(manifest["created"]), "the time in its manifest is wrong")
    notes = manifest["notes"]
    good = isinstance(notes, list) and all(isinstance(note, str) for note in notes)
    require(good, "the notes in its manifest are not text")
    require(isinstance(manifest["settings"], dict), "the settings in its manifest are wrong")
    require(
        manifest["seed"] == manifest["settings"].get("seed"), "its seed is not that of its settings"
    )
    quality = manifest["quality"]
    require(
        isinstance(quality, dict)
        and all(v is None or isinstance(v, float) for v in quality.values()),
        "the quality figures in its manifest are wrong",
    )
    _check_counts(manifest["counts"])
    _check_arrays(manifest["arrays"], manifest["counts"])
    return manifest


class NewerVersionError(BrokenGalaxyError):
    """The file is good, but a later version of this program wrote it."""


def size_of(dtype: str, shape: Shape) -> int:
    """Return the bytes of the data of an array, exact however large."""
    return np.dtype(dtype).itemsize * math.prod(shape)


def _check_counts(counts: Any) -> None:
    good = isinstance(counts, dict) and set(counts) == {"artists", "edges", "dimensions"}
    require(
        good
        and _whole(counts["artists"], 1, MOST_ARTISTS)
        and _whole(counts["edges"], 0, 2**30 - 1)
        and _whole(counts["dimensions"], 1, MOST_DIMS),
        "the counts in its manifest are wrong",
    )


def _check_arrays(arrays: Any, counts: dict[str, int]) -> None:
    require(
        isinstance(arrays, dict)
        and set(arrays) <= set(_ARRAYS)
        and set(arrays) >= _REQUIRED
        and all(not group & set(arrays) or group <= set(arrays) for group in _OPTIONAL)
        and list(arrays) == in_order(arrays),
        "its manifest lacks an array or has one too many",
    )
    n = counts["artists"]
    known = {"n": n, "n+1": n + 1, "d": counts["dimensions"], "e": 2 * counts["edges"]}
    for name, array in arrays.items():
        dtype, wanted = _ARRAYS[name]
        good = (
            isinstance(array, dict)
            and set(array) == {"dtype", "shape", "sha256"}
            and array["dtype"] == dtype
            and isinstance(array["sha256"], str)
            and re.fullmatch("[0-9a-f]{64}", array["sha256"]) is not None
            and isinstance(array["shape"], list)
            and len(array["shape"]) == len(wanted)
        )
        require(good, f"its manifest describes {name} wrongly")
        for length, expected in zip(array["shape"], wanted, strict=True):
            exact = expected if isinstance(expected, int) else known[expected]
            low, high = (0, 2**32) if exact == _FREE else (exact, exact)
            require(_whole(length, low, high), f"the shape of {name} in its manifest is wrong")


def _whole(value: Any, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
