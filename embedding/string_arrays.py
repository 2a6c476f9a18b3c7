"""Lists of strings as arrays of UTF-8 bytes, in a form that is quick to take apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from embedding.arrays import Bytes, Int32


def encode(strings: Sequence[str]) -> Bytes:
    r"""Return all strings as UTF-8, each behind the same character, which is in none of them.

    That character is ``"\0"`` unless a string holds it; whichever it is, it is the first one.
    Splitting at a character is several times faster than cutting at 100,000 borders.

    Raises
    ------
    UnicodeEncodeError
        A string holds half of a surrogate pair.
    """
    text = "".join(strings)
    mark = next(c for c in map(chr, range(0x110000)) if c not in text)
    return np.frombuffer("".join(mark + s for s in strings).encode(), np.uint8)


def decode(blob: Bytes, fewest: int, most: int | None = None) -> list[str]:
    """Return the strings, of which there must be `fewest`, or from `fewest` to `most`.

    Raises
    ------
    UnicodeDecodeError
        The bytes are not UTF-8.
    ValueError
        There are more or fewer strings.
    """
    text = blob.tobytes().decode()
    # Counted first: a list takes eight times the memory of the bytes that it was made from.
    found = text.count(text[0]) if text else 0
    if not fewest <= found <= (fewest if most is None else most):
        wanted = fewest if most is None else f"{fewest} to {most}"
        raise ValueError(f"there should be {wanted} strings where there are {found}")
    return text[1:].split(text[0]) if text else []


def flatten(lists: Sequence[Sequence[str]]) -> tuple[list[str], Int32]:
    """Return the strings of all lists in a row, and the n + 1 borders of the lists.

    Raises
    ------
    OverflowError
        There are 2**31 strings or more.
    """
    flat = list(chain.from_iterable(lists))
    if len(flat) >= 2**31:
        raise OverflowError
    borders = np.zeros(len(lists) + 1, np.int32)
    np.cumsum(np.fromiter(map(len, lists), np.int64, len(lists)), out=borders[1:])
    return flat, borders


def unflatten(flat: Sequence[str], borders: Int32) -> list[tuple[str, ...]]:
    """Return the lists.

    Raises
    ------
    ValueError
        The borders do not begin at 0, do not end with the last string, or are not ascending.
    """
    if borders[0] != 0 or borders[-1] != len(flat) or (borders[1:] < borders[:-1]).any():
        raise ValueError("the borders between the artists' tags or other names are wrong")
    row = tuple(flat)
    lists: list[tuple[str, ...]] = [()] * (len(borders) - 1)
    # Most artists have no other names, and many no tags: only the rest costs anything.
    filled = np.flatnonzero(np.diff(borders))
    starts, ends = borders[filled].tolist(), borders[filled + 1].tolist()
    for k, a, b in zip(filled.tolist(), starts, ends, strict=True):
        lists[k] = row[a:b]
    return lists


def number(words: Sequence[str]) -> tuple[list[str], Int32]:
    """Return the different words in order of first appearance, and the number of each word."""
    numbers: dict[str, int] = {}
    found = [numbers.setdefault(word, len(numbers)) for word in words]
    return list(numbers), np.array(found, np.int32)


def unnumber(words: Sequence[str], numbers: Int32) -> list[str]:
    """Return the words of the numbers.

    Raises
    ------
    ValueError
        There is no word of such a number.
    """
    if numbers.size and (numbers.min() < 0 or numbers.max() >= len(words)):
        raise ValueError("the number of a tag is out of range")
    table = np.empty(len(words), object)
    table[:] = words
    found: list[str] = table[numbers].tolist()
    return found
