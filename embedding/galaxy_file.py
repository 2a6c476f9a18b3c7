"""The ``.galaxy`` file: one zip of ``.npy`` arrays and a manifest, saved whole, read with care."""

from __future__ import annotations

import hashlib
import math
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from embedding import galaxy_checks, galaxy_manifest, npy_zip, string_arrays
from embedding.arrays import Array
from embedding.atomic import atomic_write
from embedding.errors import GalaxyFileError, InputError
from embedding.galaxy import Galaxy, utc_now
from embedding.galaxy_checks import BrokenGalaxyError, require

__all__ = ["Galaxy", "load", "read_manifest", "save", "utc_now"]

Path_ = str | PathLike[str]

_FOREIGN = "it is not a galaxy file"
_CUT = "the file is cut short"
_DAMAGED = "the file is damaged"
_AGAIN = "copy it again or build it again"


def save(galaxy: Galaxy, path: Path_) -> None:
    """Write a galaxy to a file; one that is there is replaced only once the new one is whole.

    The same galaxy gives the same bytes.

    Raises
    ------
    InputError
        The galaxy is not as it must be, or the file cannot be written.
    """
    try:
        galaxy_checks.check_in_memory(galaxy)
        galaxy_checks.check(galaxy)
        arrays = _encode(galaxy)
        sums = {name: _sha256(array) for name, array in arrays.items()}
        manifest = galaxy_manifest.make(galaxy, arrays, sums)
    except UnicodeEncodeError as error:
        raise _unsaved("a text holds half a character", path) from error
    except BrokenGalaxyError as error:
        raise _unsaved(str(error), path) from error
    except OverflowError as error:
        raise _too_large(path) from error
    with atomic_write(path) as file:
        try:
            npy_zip.write(file, (galaxy_manifest.NAME, manifest), arrays.items())
        except OverflowError as error:
            raise _too_large(path) from error


def load(path: Path_) -> Galaxy:
    """Read a galaxy; all of it is checked before it is returned.

    Raises
    ------
    GalaxyFileError
        There is no such file, it is not a galaxy, it is damaged, cut short, made to harm, or
        made by a newer version.
    """
    with _opened(path) as (file, manifest, places):
        arrays = {name: _read(file, manifest, name, at) for name, at in places.items()}
        # Three things that each take a third of the time, side by side. Nothing that is decoded
        # meanwhile is trusted before the others are through.
        with ThreadPoolExecutor(2) as pool:
            numbers = pool.submit(_check_numbers, arrays)
            sums = pool.map(_sha256, arrays.values())
            galaxy, problem = _decoded(manifest, arrays)
            for name, found in zip(arrays, sums, strict=True):
                good = found == manifest["arrays"][name]["sha256"]
                require(good, f"{_DAMAGED}: {name} does not match its checksum")
        problem = numbers.result() or problem
        if galaxy is None or problem:
            raise BrokenGalaxyError(f"it holds wrong data: {problem}")
        return galaxy


def read_manifest(path: Path_) -> dict[str, Any]:
    """Return what a galaxy file says about itself, without reading its arrays.

    Returns
    -------
    dict
        ``format``, ``version``, ``title``, ``source``, ``licence``, ``created``, ``counts``
        (``artists``, ``edges``, ``dimensions``), ``settings``, ``seed``, ``quality`` (None where
        a figure could not be measured), ``notes`` and ``arrays``.

    Raises
    ------
    GalaxyFileError
        As `load`, except that damage within an array goes unnoticed.
    """
    with _opened(path) as (_, manifest, _):
        return manifest


@contextmanager
def _opened(path: Path_) -> Iterator[tuple[BinaryIO, dict[str, Any], dict[str, int]]]:
    """Open a galaxy file with all but the arrays checked; also give each array's place."""
    try:
        mode = Path(path).stat().st_mode
        # Opening a pipe would wait for its other end for ever.
        require(not stat.S_ISDIR(mode), "it is a folder, not a galaxy file")
        require(stat.S_ISREG(mode), "it is not a plain file")
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            first, manifest = _read_manifest(file, size)
            places = _check_layout(file, size, first, manifest)
            yield file, manifest, places
    except galaxy_manifest.NewerVersionError as error:
        raise GalaxyFileError(str(error), where=path, remedy="update Galaxy Desktop") from error
    except BrokenGalaxyError as error:
        remedy = _AGAIN if str(error).startswith((_CUT, _DAMAGED)) else "choose another file"
        raise GalaxyFileError(str(error), where=path, remedy=remedy) from error
    except FileNotFoundError as error:
        raise GalaxyFileError(
            "there is no such file", where=path, remedy="check its name and folder"
        ) from error
    except MemoryError as error:
        raise GalaxyFileError(
            "it does not fit into memory", where=path, remedy="close other programs"
        ) from error
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise GalaxyFileError(
            f"it cannot be read ({reason})", where=path, remedy="check the path and its rights"
        ) from error


def _read_manifest(file: BinaryIO, size: int) -> tuple[npy_zip.Member, dict[str, Any]]:
    require(size > 0, "the file is empty")
    try:
        found = npy_zip.read_first(file, galaxy_manifest.NAME, size, galaxy_manifest.LARGEST)
    except EOFError:
        raise BrokenGalaxyError(_CUT) from None
    except ValueError:
        raise BrokenGalaxyError(f"{_DAMAGED}: its manifest does not match its checksum") from None
    if found is None:
        raise BrokenGalaxyError(_FOREIGN)
    member, data = found
    return member, galaxy_manifest.parse(data)


def _check_layout(
    file: BinaryIO, size: int, first: npy_zip.Member, manifest: dict[str, Any]
) -> dict[str, int]:
    """Hold every byte that is neither manifest nor data to what it must be."""
    members, places = [first], {}
    plan = []
    end = first.end
    for name, array in manifest["arrays"].items():
        shape = tuple(array["shape"])
        header = npy_zip.npy_header(array["dtype"], shape)
        length = galaxy_manifest.size_of(array["dtype"], shape)
        plan.append((name, header, length, end))
        members.append(npy_zip.Member(f"{name}.npy", 0, len(header) + length, end))
        end = members[-1].end
    # Nothing is allocated before the size of the file bears out what the manifest claims.
    whole = end + len(npy_zip.directory(members)) if end <= npy_zip.LARGEST else math.inf
    require(size >= whole, f"{_CUT} ({size:,} bytes)")
    require(size == whole, f"{_DAMAGED}: something follows its end")
    for k, (name, header, length, at) in enumerate(plan, 1):
        file.seek(at)
        member = npy_zip.read_member_head(file, name, header, length, at)
        if member is None:
            raise BrokenGalaxyError(f"{_DAMAGED}: {name} does not begin as it must")
        members[k], places[name] = member, member.end - length
    file.seek(end)
    require(file.read() == npy_zip.directory(members), f"{_DAMAGED}: its directory is wrong")
    return places


def _read(file: BinaryIO, manifest: dict[str, Any], name: str, at: int) -> Array:
    array: Array = np.empty(manifest["arrays"][name]["shape"], galaxy_manifest.dtype_of(name))
    file.seek(at)
    data = npy_zip.raw(array)
    require(file.readinto(data) == len(data), _CUT)  # type: ignore[attr-defined]
    return array


def _sha256(array: Array) -> str:
    return hashlib.sha256(npy_zip.raw(array)).hexdigest()


def _encode(galaxy: Galaxy) -> dict[str, Array]:
    g = galaxy
    arrays: dict[str, Array] = {
        "positions": g.positions,
        "vectors": g.vectors,
        "popularity": g.popularity,
        "indptr": g.indptr,
        "indices": g.indices,
    }
    if g.weights is not None:
        arrays["weights"] = g.weights
    for name in ("names", "ids", "links"):
        strings = getattr(g, name)
        if strings is not None:
            arrays[name] = string_arrays.encode(strings)
    if g.tags is not None:
        flat, arrays["tags_indptr"] = string_arrays.flatten(g.tags)
        words, arrays["tags"] = string_arrays.number(flat)
        arrays["tags_words"] = string_arrays.encode(words)
    if g.aliases is not None:
        flat, arrays["aliases_indptr"] = string_arrays.flatten(g.aliases)
        arrays["aliases"] = string_arrays.encode(flat)
    return {
        name: np.ascontiguousarray(arrays[name], galaxy_manifest.dtype_of(name))
        for name in galaxy_manifest.in_order(arrays)
    }


def _check_numbers(arrays: dict[str, Array]) -> str:
    """Return what is wrong with the numbers, or nothing."""
    try:
        galaxy_checks.check_numbers(
            arrays["positions"],
            arrays["vectors"],
            arrays["popularity"],
            arrays["indptr"],
            arrays["indices"],
            arrays.get("weights"),
        )
    except BrokenGalaxyError as error:
        return str(error)
    return ""


def _decoded(manifest: dict[str, Any], arrays: dict[str, Array]) -> tuple[Galaxy | None, str]:
    """Return the galaxy, or None and what is wrong with its texts."""
    try:
        galaxy = _decode(manifest, arrays)
        galaxy_checks.check_texts(galaxy)
    except UnicodeDecodeError:
        return None, "a name in it is not UTF-8"
    except ValueError as error:
        return None, str(error)
    return galaxy, ""


def _decode(manifest: dict[str, Any], arrays: dict[str, Array]) -> Galaxy:
    def strings(name: str) -> list[str] | None:
        if name not in arrays:
            return None
        return string_arrays.decode(arrays[name], manifest["counts"]["artists"])

    tags = aliases = None
    if "tags" in arrays:
        words = string_arrays.decode(arrays["tags_words"], 0, arrays["tags"].size)
        flat = string_arrays.unnumber(words, arrays["tags"])
        tags = string_arrays.unflatten(flat, arrays["tags_indptr"])
    if "aliases" in arrays:
        borders = arrays["aliases_indptr"]
        flat = string_arrays.decode(arrays["aliases"], int(borders[-1]))
        aliases = string_arrays.unflatten(flat, borders)
    return Galaxy(
        names=strings("names") or [],
        positions=arrays["positions"],
        vectors=arrays["vectors"],
        popularity=arrays["popularity"],
        indptr=arrays["indptr"],
        indices=arrays["indices"],
        weights=arrays.get("weights"),
        ids=strings("ids"),
        tags=tags,
        aliases=aliases,
        links=strings("links"),
        title=manifest["title"],
        source=manifest["source"],
        licence=manifest["licence"],
        created=manifest["created"],
        settings=manifest["settings"],
        quality={k: math.nan if v is None else v for k, v in manifest["quality"].items()},
        notes=tuple(manifest["notes"]),
    )


def _unsaved(problem: str, path: Path_) -> InputError:
    return InputError(f"the galaxy cannot be saved: {problem}", where=path, remedy="correct that")


def _too_large(path: Path_) -> InputError:
    return InputError(
        "the galaxy is larger than the 4 GiB that one file holds",
        where=path,
        remedy="keep fewer artists (--max-artists)",
    )
