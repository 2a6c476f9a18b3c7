"""Lists of strings as arrays: one run of UTF-8 bytes, and where each string begins in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.uint32]


def encode(strings: Sequence[str]) -> tuple[Bytes, Offsets]:
    """Return the UTF-8 bytes of all strings in a row, and their k + 1 borders.

    Raises
    ------
    UnicodeEncodeError
        A string holds half of a surrogate pair.
    OverflowError
        All strings together have 4 GiB or more.
    """
    blob = "".join(strings).encode()
    if len(blob) >= 2**32:
        raise OverflowError
    offsets = np.zeros(len(strings) + 1, np.int64)
    if len(blob) == sum(map(len, strings)):
        lengths: Iterable[int] = map(len, strings)
    else:
        lengths = (len(s.encode()) for s in strings)
    np.cumsum(np.fromiter(lengths, np.int64, len(strings)), out=offsets[1:])
    return np.frombuffer(blob, np.uint8), offsets.astype(np.uint32)


def decode(blob: Bytes, offsets: Offsets) -> list[str]:
    """Return the strings.

    Raises
    ------
    ValueError
        The bytes are not UTF-8, or the borders are not ascending, not within the bytes, or in
        the middle of a character.
    """
    check_borders(offsets, blob.size)
    text = blob.tobytes().decode()
    if len(text) == blob.size:
        borders = offsets.tolist()
    else:
        # Borders count bytes, Python's strings count characters: a character's later bytes
        # (10xxxxxx) do not count.
        begins = (blob & 0xC0) != 0x80
        inner = offsets[offsets < blob.size]
        if not begins[inner].all():
            raise ValueError("a string begins in the middle of a character")
        before = np.zeros(blob.size + 1, np.int64)
        np.cumsum(begins, out=before[1:])
        borders = before[offsets].tolist()
    return [text[a:b] for a, b in pairwise(borders)]


def check_borders(borders: npt.NDArray[np.integer], size: int) -> None:  # type: ignore[type-arg]
    """Raise ValueError unless `borders` begins at 0, never falls, and ends at `size`."""
    if borders.size == 0 or borders[0] != 0 or borders[-1] != size:
        raise ValueError("the borders do not span the data")
    if (borders[1:] < borders[:-1]).any():
        raise ValueError("the borders are not ascending")


def flatten(lists: Sequence[Sequence[str]]) -> tuple[list[str], npt.NDArray[np.int32]]:
    """Return the strings of all lists in a row, and the n + 1 borders of the lists.

    Raises
    ------
    OverflowError
        There are 2**31 strings or more.
    """
    flat = list(chain.from_iterable(lists))
    if len(flat) >= 2**31:
        raise OverflowError
    borders = np.zeros(len(lists) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, lists), np.int64, len(lists)), out=borders[1:])
    return flat, borders.astype(np.int32)


def unflatten(flat: Sequence[str], borders: npt.NDArray[np.int32]) -> list[tuple[str, ...]]:
    """Return the lists; raise ValueError where the borders are wrong."""
    check_borders(borders, len(flat))
    return [tuple(flat[a:b]) for a, b in pairwise(borders.tolist())]


def encode_words(lists: Sequence[Sequence[str]]) -> tuple[list[str], npt.NDArray[np.int32]]:
    """Return the different strings, in order of first appearance, and each one's number."""
    number: dict[str, int] = {}
    numbers = [number.setdefault(word, len(number)) for word in chain.from_iterable(lists)]
    return list(number), np.array(numbers, np.int32)


def decode_words(words: Sequence[str], numbers: npt.NDArray[np.int32]) -> list[str]:
    """Return the strings of the numbers; raise ValueError where there is no such number."""
    if numbers.size and (numbers.min() < 0 or numbers.max() >= len(words)):
        raise ValueError("a tag's number is out of range")
    table = np.empty(len(words), object)
    table[:] = words
    flat: list[str] = table[numbers].tolist()
    return flat
