"""A zip of stored ``.npy`` arrays in one exact form, so that every byte of it can be checked.

An ordinary zip reader, numpy included, opens such a file. We do not read it like one: what a
file with these members must look like follows from their sizes alone, so that a reader only
compares. Nothing that a zip may contain beyond it (compression, encryption, paths, overlapping
or doubled members, comments) can get in. Zip structures: PKWARE APPNOTE 6.3, sections 4.3.7,
4.3.12 and 4.3.16; array headers: numpy's NEP 1, version 1.0.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from embedding.arrays import Array

LARGEST = 2**32 - 2
"""What a zip without the 64-bit extension can hold, in bytes."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _UNIX = 20, 3 << 8
_TIME, _DATE = 0, 0x21  # 1980-01-01: the same content gives the same bytes at any time
_RIGHTS = 0o100644 << 16
_CRC_AT = 14
"""Where the checksum and then the two sizes stand in a local header."""


@dataclass(frozen=True, slots=True)
class Member:
    """One stored member: its name (ASCII), CRC-32, size and place, in bytes."""

    name: str
    crc: int
    size: int
    offset: int

    @property
    def local(self) -> bytes:
        """The header in front of the member."""
        name = self.name.encode("ascii")
        sizes = (self.crc, self.size, self.size)
        fields = (_VERSION, 0, 0, _TIME, _DATE, *sizes, len(name), 0)
        return _LOCAL.pack(b"PK\x03\x04", *fields) + name

    @property
    def central(self) -> bytes:
        """The member's line in the directory at the end of the file."""
        name = self.name.encode("ascii")
        sizes = (self.crc, self.size, self.size)
        fields = (_UNIX | _VERSION, _VERSION, 0, 0, _TIME, _DATE, *sizes, len(name))
        return _CENTRAL.pack(b"PK\x01\x02", *fields, 0, 0, 0, 0, _RIGHTS, self.offset) + name

    @property
    def end(self) -> int:
        """Where the next member begins."""
        return self.offset + _LOCAL.size + len(self.name) + self.size


def directory(members: Sequence[Member]) -> bytes:
    """Return everything that follows the last member."""
    start = members[-1].end
    lines = b"".join(member.central for member in members)
    count = len(members)
    return lines + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(lines), start, 0)


def npy_header(dtype: str, shape: tuple[int, ...]) -> bytes:
    """Return the header of a C-ordered array, padded so that its data is 64-byte aligned.

    Parameters
    ----------
    dtype : str
        As numpy writes it, byte order first: ``"<f4"``.
    shape : tuple of int
    """
    text = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}".encode("ascii")
    length = -(-(10 + len(text) + 1) // 64) * 64
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", length - 10) + text.ljust(length - 11) + b"\n"


def raw(array: Array) -> memoryview:
    """Return the bytes of a C-contiguous array, without copying."""
    return array.reshape(-1).view(np.uint8).data


def write(file: BinaryIO, first: tuple[str, bytes], arrays: Iterable[tuple[str, Array]]) -> None:
    """Write one plain member and then the arrays, each as ``name.npy``.

    Raises
    ------
    OverflowError
        The whole is larger than a plain zip can be.
    """
    plan = [(first[0], b"", memoryview(first[1]))]
    plan += [(f"{name}.npy", npy_header(a.dtype.str, a.shape), raw(a)) for name, a in arrays]
    members: list[Member] = []
    offset = 0
    for name, header, data in plan:
        size = len(header) + len(data)
        crc = zlib.crc32(data, zlib.crc32(header))
        if offset + size > LARGEST:
            raise OverflowError
        members.append(Member(name, crc, size, offset))
        offset = members[-1].end
    tail = directory(members)
    if offset + len(tail) > LARGEST:
        raise OverflowError
    for member, (_, header, data) in zip(members, plan, strict=True):
        file.write(member.local)
        file.write(header)
        file.write(data)
    file.write(tail)


def read_first(file: BinaryIO, name: str, size: int, largest: int) -> tuple[Member, bytes] | None:
    """Read the plain member at the start; None if this is not how such a file begins.

    Parameters
    ----------
    file : BinaryIO
        At its start.
    name : str
        What the member must be called.
    size : int
        The size of the whole file, bytes.
    largest : int
        The most bytes that the member may have.

    Raises
    ------
    EOFError
        The file ends before the member does.
    ValueError
        The member's header is damaged, its checksum is wrong, or it is larger than allowed.
    """
    expected = len(Member(name, 0, 0, 0).local)
    head = file.read(expected)
    if head[_LOCAL.size :] != name.encode("ascii") or head[:4] != b"PK\x03\x04":
        return None
    crc, length = struct.unpack_from("<2I", head, _CRC_AT)
    member = Member(name, crc, length, 0)
    if head != member.local or length > largest:
        raise ValueError
    if member.end > size:
        raise EOFError
    data = file.read(length)
    if zlib.crc32(data) != crc:
        raise ValueError
    return member, data


def read_member_head(file: BinaryIO, name: str, header: bytes, size: int, at: int) -> Member | None:
    """Read what stands in front of an array's data; None if that is not what it must be.

    Parameters
    ----------
    file : BinaryIO
        At `at`, where the member begins.
    name : str
        What the array must be called.
    header : bytes
        Its header as `npy_header` makes it.
    size : int
        The size of its data, bytes.
    at : int
    """
    expected = Member(f"{name}.npy", 0, len(header) + size, at)
    head = file.read(len(expected.local))
    if len(head) != len(expected.local):
        return None
    # The checksum of a member is the one thing that its size does not tell. It must be the same
    # in the directory; the data itself is held to its SHA-256, which tells more.
    (crc,) = struct.unpack_from("<I", head, _CRC_AT)
    member = Member(expected.name, crc, expected.size, at)
    return member if head == member.local and file.read(len(header)) == header else None
