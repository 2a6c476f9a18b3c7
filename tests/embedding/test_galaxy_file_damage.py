"""A `.galaxy` file cut anywhere or with any byte changed is refused, in one sentence."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.errors import GalaxyFileError
from embedding.galaxy_file import load, read_manifest, save
from tests.embedding.galaxies import galaxy


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file that holds every kind of array and is as short as it can be."""
    path = tmp_path_factory.mktemp("small") / "small.galaxy"
    save(replace(galaxy(3), title="", notes=(), settings={}), path)
    return path


def _refused(path: Path) -> str:
    with pytest.raises(GalaxyFileError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert message.endswith(".")
    assert "\n" not in message
    return message


def test_every_cut_is_noticed(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.galaxy"
    path.write_bytes(small.read_bytes())
    for length in reversed(range(path.stat().st_size)):
        os.truncate(path, length)
        _refused(path)


@pytest.mark.parametrize("bits", [0xFF, "one after the other"])
def test_every_flipped_byte_is_noticed(small: Path, tmp_path: Path, bits: int | str) -> None:
    whole = small.read_bytes()
    path = tmp_path / "flipped.galaxy"
    path.write_bytes(whole)
    # Opened once and restored after each: thousands of files are tried here.
    with path.open("r+b", buffering=0) as file:
        for at, byte in enumerate(whole):
            flip = bits if isinstance(bits, int) else 1 << at % 8
            os.pwrite(file.fileno(), bytes([byte ^ flip]), at)
            _refused(path)
            os.pwrite(file.fileno(), bytes([byte]), at)
    load(path)


@settings(max_examples=60)
@given(data=st.data())
def test_no_change_goes_unnoticed(
    small: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = small.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 64)))
    put = data.draw(st.binary(max_size=64))
    path = tmp_path_factory.getbasetemp() / "changed.galaxy"
    path.write_bytes(whole[:start] + put + whole[end:])
    if path.read_bytes() == whole:
        load(path)
    else:
        _refused(path)


def test_something_behind_or_before_it_is_noticed(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "more.galaxy"
    path.write_bytes(small.read_bytes() + b"\0")
    assert "damaged" in _refused(path)
    path.write_bytes(b"#!/bin/sh\n" + small.read_bytes())
    assert "not a galaxy file" in _refused(path)


def test_the_message_says_what_is_wrong(small: Path, tmp_path: Path) -> None:
    whole = small.read_bytes()
    path = tmp_path / "bad.galaxy"

    def with_change(at: int) -> str:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        return _refused(path)

    data = whole.index(b"positions.npy\x93NUMPY") + len(b"positions.npy") + 128
    assert "positions does not match its checksum" in with_change(data)
    assert "manifest does not match its checksum" in with_change(60)
    assert "vectors does not begin" in with_change(whole.index(b"vectors.npy\x93NUMPY"))
    assert "directory is wrong" in with_change(len(whole) - 1)
    path.write_bytes(whole[:-1])
    assert "cut short" in _refused(path)
    path.write_bytes(whole[:100])
    assert "cut short" in _refused(path)


def test_the_manifest_alone_is_read_with_the_same_care(small: Path, tmp_path: Path) -> None:
    assert read_manifest(small)["counts"]["artists"] == 3
    path = tmp_path / "bad.galaxy"
    whole = small.read_bytes()
    for length in (0, 20, 43, 500, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(GalaxyFileError):
            read_manifest(path)
