"""Files that are not galaxies, and ones made to harm: each is refused in one sentence."""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embedding import npy_zip
from embedding.errors import GalaxyFileError
from embedding.galaxy_file import load, read_manifest, save
from tests.embedding.galaxies import galaxy


def _refused(path: Path, said: str) -> None:
    with pytest.raises(GalaxyFileError, match=said) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    with pytest.raises(GalaxyFileError):
        load(path)


def _zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def _npz() -> bytes:
    stream = io.BytesIO()
    np.savez(stream, positions=np.zeros((3, 3)))
    return stream.getvalue()


FOREIGN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "the file is empty"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(5000), "not a galaxy file"),
    "text": (lambda: b"source,target\nA,B\n", "not a galaxy file"),
    "zeros": (lambda: bytes(100_000), "not a galaxy file"),
    "a zip of others": (lambda: _zip(("a.txt", b"hello" * 99)), "not a galaxy file"),
    "an empty zip": (lambda: _zip(), "not a galaxy file"),
    "numpy's zip": (_npz, "not a galaxy file"),
    "another manifest": (lambda: _zip(("manifest.json", b"{}")), "damaged"),
    "a deflated manifest": (
        lambda: _zip(("manifest.json", bytes(9_000_000)), method=zipfile.ZIP_DEFLATED),
        "damaged",
    ),
    "a path trick": (lambda: _zip(("../manifest.json", b"{}")), "not a galaxy file"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_foreign_file_is_refused(tmp_path: Path, case: str) -> None:
    make, said = FOREIGN[case]
    (tmp_path / "a").write_bytes(make())
    _refused(tmp_path / "a", said)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    _refused(tmp_path, "it is a folder")
    _refused(tmp_path / "missing", "there is no such file")
    (tmp_path / "file").write_bytes(b"")
    _refused(tmp_path / "file" / "below", "cannot be read")
    _refused(Path("nul\0l"), "cannot be read")
    os.mkfifo(tmp_path / "pipe")
    _refused(tmp_path / "pipe", "not a plain file")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        _refused(tmp_path / "s", "not a plain file")
    _refused(Path("/dev/zero"), "not a plain file")


class Forger:
    """Makes files that are right in every way, checksums and all, but for what a test changes."""

    def __init__(self, tmp_path: Path) -> None:
        self.path = tmp_path / "forged.galaxy"
        save(galaxy(), self.path)
        self.manifest: dict[str, Any] = read_manifest(self.path)
        with np.load(self.path) as arrays:
            self.arrays = {name: arrays[name] for name in self.manifest["arrays"]}

    def put(self, name: str, array: np.ndarray[Any, Any]) -> None:
        """Replace an array and describe it truly."""
        self.arrays[name] = array
        described = self.manifest["arrays"][name]
        described["shape"] = list(array.shape)
        described["sha256"] = hashlib.sha256(array.tobytes()).hexdigest()

    def text(self) -> bytes:
        return json.dumps(self.manifest).encode()

    def refused(self, said: str, text: bytes | None = None) -> None:
        with self.path.open("wb") as file:
            first = ("manifest.json", self.text() if text is None else text)
            npy_zip.write(file, first, self.arrays.items())
        _refused(self.path, said)


@pytest.fixture
def forger(tmp_path: Path) -> Forger:
    return Forger(tmp_path)


def test_the_forger_s_files_are_good_before_they_are_changed(forger: Forger) -> None:
    with forger.path.open("wb") as file:
        npy_zip.write(file, ("manifest.json", forger.text()), forger.arrays.items())
    assert len(load(forger.path)) == 7


def test_a_newer_version_asks_for_an_update(forger: Forger) -> None:
    forger.manifest["version"] = 2
    forger.manifest["sectors"] = {"unheard": "of"}
    forger.refused("made by a newer version.*update")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "universe"),
        ("version", 0),
        ("version", True),
        ("version", 1.0),
        ("version", "1"),
        ("version", None),
        ("title", 5),
        ("title", "\ud800"),
        ("created", "2026-02-30T00:00:00Z"),
        ("created", None),
        ("notes", "text"),
        ("notes", [1]),
        ("settings", []),
        ("settings", {"seed": 8}),
        ("seed", 8),
        ("quality", {"x": "y"}),
        ("quality", [1.0]),
        ("counts", {"artists": 7, "edges": 1}),
        ("counts", None),
        ("arrays", {}),
        ("arrays", []),
        ("extra", 1),
    ],
)
def test_a_wrong_manifest_is_refused(forger: Forger, key: str, value: Any) -> None:
    forger.manifest[key] = value
    forger.refused("manifest|version|seed")


@pytest.mark.parametrize("key", ["title", "version", "arrays", "counts", "settings", "quality"])
def test_a_manifest_without_a_part_is_refused(forger: Forger, key: str) -> None:
    del forger.manifest[key]
    forger.refused("manifest")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[1, 2]",
        b"{",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"format": "galaxy", "format": "galaxy"}',
        b'{"format": "galaxy", "version": NaN}',
        b'{"format": "galaxy", "version": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_manifest_that_is_no_good_json_is_refused(forger: Forger, text: bytes) -> None:
    forger.refused("manifest", text)


def test_a_huge_manifest_is_refused_unread(forger: Forger) -> None:
    forger.refused("damaged", b" " * (5 * 2**20))


@pytest.mark.parametrize("count", ["artists", "edges", "dimensions"])
@pytest.mark.parametrize("value", [-1, 0, 8, 2**31, 2**63, 10**30, 7.0, "7", None, True])
def test_counts_that_are_not_so_are_refused(forger: Forger, count: str, value: Any) -> None:
    forger.manifest["counts"][count] = value
    forger.refused("manifest")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dtype", "|O"),
        ("dtype", "<f8"),
        ("dtype", ["<f4"]),
        ("shape", [7]),
        ("shape", [7, 3, 1]),
        ("shape", [21, 1]),
        ("shape", "7,3"),
        ("shape", [7.0, 3]),
        ("shape", [-7, -3]),
        ("sha256", "0" * 63),
        ("sha256", "X" * 64),
        ("sha256", 5),
        ("more", 1),
    ],
)
def test_an_array_described_wrongly_is_refused(forger: Forger, key: str, value: Any) -> None:
    forger.manifest["arrays"]["positions"][key] = value
    forger.refused("manifest")


def test_a_wrong_checksum_is_refused(forger: Forger) -> None:
    forger.manifest["arrays"]["names"]["sha256"] = "0" * 64
    forger.refused("names does not match its checksum")


def test_claims_of_size_allocate_nothing(forger: Forger) -> None:
    # A manifest that describes 60 GB, in step with its counts, in a file of a few kilobytes.
    n, d = 10**7, 1500
    forger.manifest["counts"].update(artists=n, dimensions=d)
    for name, array in forger.manifest["arrays"].items():
        size = array["shape"][0]
        array["shape"][0] = {7: n, 8: n + 1}.get(size, size)
        if name == "vectors":
            array["shape"][1] = d
    tracemalloc.start()
    forger.refused("cut short")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


def test_pickled_objects_are_never_unpickled(forger: Forger, tmp_path: Path) -> None:
    class Harm:
        def __reduce__(self) -> Any:
            return Path.touch, (tmp_path / "harm",)

    whole = forger.path.read_bytes()
    stream = io.BytesIO()
    np.save(stream, np.array([Harm()], object), allow_pickle=True)
    start = whole.index(b"positions.npy\x93NUMPY") + len(b"positions.npy")
    pickled = stream.getvalue()
    forger.path.write_bytes(whole[:start] + pickled + whole[start + len(pickled) :])
    _refused(forger.path, "positions does not begin as it must")
    assert not (tmp_path / "harm").exists()


@pytest.mark.parametrize(
    ("name", "index", "value", "said"),
    [
        ("positions", (0, 0), np.nan, "position is not a finite"),
        ("vectors", (6, 3), np.inf, "vector is not a finite"),
        ("popularity", 0, 255, "popularity is above 100"),
        ("indptr", 0, 1, "borders of the rows"),
        ("indptr", 3, -5, "borders of the rows"),
        ("indptr", -1, 2**31 - 1, "borders of the rows"),
        ("indices", 0, 2**31 - 1, "ascending|out of range"),
        ("indices", -1, 7, "out of range"),
        ("indices", 0, -1, "out of range"),
        ("weights", 0, -1, "weight is not"),
        ("weights", 0, 77, "one side only"),
        ("names", 3, 0xFF, "not UTF-8"),
        ("names", 3, 0, "7 strings where there are 8"),
        ("ids", 3, 0xC0, "not UTF-8"),
        ("tags", 0, 2, "out of range"),
        ("tags", 0, -1, "out of range"),
        ("tags_indptr", 1, 5, "borders"),
        ("tags_indptr", -1, 1, "borders"),
        ("tags_words", 0, 0x41, "out of range"),
        ("aliases_indptr", 0, 1, "borders"),
        ("aliases_indptr", -1, 4, "4 strings where there are 3"),
        ("aliases_indptr", 2, -1, "borders"),
    ],
)
def test_wrong_data_under_a_right_checksum_is_refused(
    forger: Forger, name: str, index: Any, value: Any, said: str
) -> None:
    array = forger.arrays[name].copy()
    array[index] = value
    forger.put(name, array)
    forger.refused(said)


def test_ids_that_are_the_same_are_refused(forger: Forger) -> None:
    forger.put("ids", np.frombuffer(b"\0a" * 7, np.uint8))
    forger.refused("same id")


def test_a_blob_without_names_is_refused(forger: Forger) -> None:
    forger.put("names", np.zeros(0, np.uint8))
    forger.refused("7 strings where there are 0")


@pytest.mark.parametrize("lost", ["names", "weights", "tags_words", "aliases_indptr", "indptr"])
def test_an_array_that_is_not_there_is_refused(forger: Forger, lost: str) -> None:
    del forger.arrays[lost], forger.manifest["arrays"][lost]
    if lost == "weights":
        with forger.path.open("wb") as file:
            npy_zip.write(file, ("manifest.json", forger.text()), forger.arrays.items())
        assert load(forger.path).weights is None  # It may be left out, unlike the others.
    else:
        forger.refused("lacks an array")


def test_an_array_too_many_is_refused(forger: Forger) -> None:
    forger.arrays["more"] = np.zeros(3, np.uint8)
    forger.manifest["arrays"]["more"] = {"dtype": "|u1", "shape": [3], "sha256": "0" * 64}
    forger.refused("one too many")


def test_members_that_the_manifest_does_not_tell_of_are_refused(forger: Forger) -> None:
    with zipfile.ZipFile(forger.path, "a") as archive:
        archive.writestr("more.npy", b"x")
    _refused(forger.path, "damaged")


def test_the_same_content_packed_by_another_program_is_refused(forger: Forger) -> None:
    with zipfile.ZipFile(forger.path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    forger.path.write_bytes(_zip(*members, method=zipfile.ZIP_DEFLATED))
    _refused(forger.path, "damaged")
    forger.path.write_bytes(_zip(*members[::-1]))
    _refused(forger.path, "not a galaxy file")
