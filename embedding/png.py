"""Write a PNG file (W3C PNG specification, third edition) with nothing but zlib."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from os import PathLike
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from embedding.atomic import atomic_write

Pixels = npt.NDArray[np.uint8]

_TRUECOLOUR, _INDEXED = 2, 3
_ROUNDS = 10
_DARK_FIRST = 0.55
#: Rows that are worked out at once, and how hard zlib tries: 9 takes thrice as long for a
#: hundredth less.
_BAND, _LEVEL = 64, 6


def write_png(
    target: str | PathLike[str] | BinaryIO, rgb: Pixels, *, colours: int | None = None
) -> None:
    """Write an image as a PNG, 8 bits a channel, or with a palette.

    Parameters
    ----------
    target : path or binary file
        A path is written atomically: a kill leaves the old file, or none.
    rgb : ndarray of uint8, shape (h, w, 3)
        Red, green and blue in sRGB.
    colours : int, optional
        At most this many colours, 2 to 256, chosen for this image: about a third of the size.

    Raises
    ------
    ValueError
        `rgb` is of another shape or type, or holds no pixel; `colours` is out of range.
    InputError
        The file cannot be written.
    """
    data = png_bytes(rgb, colours=colours)
    if isinstance(target, (str, PathLike)):
        with atomic_write(target) as file:
            file.write(data)
    else:
        target.write(data)


def png_bytes(rgb: Pixels, *, colours: int | None = None) -> bytes:
    """Return the image as the bytes of a PNG file; see `write_png`."""
    if rgb.dtype != np.uint8 or rgb.ndim != 3 or rgb.shape[2] != 3 or not rgb.size:
        raise ValueError(f"an image is uint8 (h, w, 3), not {rgb.dtype} {rgb.shape}")
    if colours is not None and not 2 <= colours <= 256:
        raise ValueError(f"a palette holds 2 to 256 colours, not {colours}")
    height, width = rgb.shape[:2]
    out = BytesIO()
    out.write(b"\x89PNG\r\n\x1a\n")
    kind = _TRUECOLOUR if colours is None else _INDEXED
    _chunk(out, b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    packed: list[bytes] = []
    # A large picture is worked off in bands: all at once would take twenty times its memory.
    squeeze = zlib.compressobj(_LEVEL)
    if colours is None:
        for start in range(0, height, _BAND):
            above = rgb[start - 1] if start else np.zeros_like(rgb[0])
            packed.append(squeeze.compress(_filtered(rgb[start : start + _BAND], above).tobytes()))
    else:
        palette, index = to_palette(rgb, colours)
        _chunk(out, b"PLTE", palette.tobytes())
        # A filter would mix the numbers of colours that have nothing to do with each other.
        lines = np.concatenate((np.zeros((height, 1), np.uint8), index), axis=1)
        packed.append(squeeze.compress(lines.tobytes()))
    packed.append(squeeze.flush())
    _chunk(out, b"IDAT", b"".join(packed))
    _chunk(out, b"IEND", b"")
    return out.getvalue()


def to_palette(rgb: Pixels, colours: int = 256) -> tuple[Pixels, Pixels]:
    """Choose the colours that serve an image best, by k-means over all that it holds.

    The start is spread evenly over the brightness, so nothing is drawn by chance.

    Parameters
    ----------
    rgb : ndarray of uint8, shape (h, w, 3)
    colours : int
        1 to 256.

    Returns
    -------
    palette : ndarray of uint8, shape (k, 3)
        At most `colours` of them.
    index : ndarray of uint8, shape (h, w)
        Which of them each pixel is.
    """
    wide = rgb.astype(np.int32)
    packed = wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]
    unique, where, pixels = np.unique(packed, return_inverse=True, return_counts=True)
    exact = np.stack((unique >> 16, unique >> 8 & 255, unique & 255), axis=1)
    if len(exact) <= colours:
        palette, nearest = exact.astype(np.uint8), np.arange(len(exact))
    else:
        # In faint glows over black an eye sees the smallest step, so the dark gets more room; and
        # a colour counts more the more pixels have it, but space must not take the whole palette.
        points, weight = exact**_DARK_FIRST, pixels**0.25
        order = np.argsort(points.sum(axis=1), kind="stable")
        centres = points[order[np.linspace(0, len(points) - 1, colours).astype(int)]]
        for _ in range(_ROUNDS):
            _, nearest = cKDTree(centres).query(points)
            count = np.bincount(nearest, weight, minlength=colours)
            for channel in range(3):
                total = np.bincount(nearest, weight * points[:, channel], minlength=colours)
                np.divide(total, count, out=centres[:, channel], where=count > 0)
        _, nearest = cKDTree(centres).query(points)
        palette = np.rint(centres ** (1 / _DARK_FIRST)).astype(np.uint8)
    return palette, nearest.astype(np.uint8)[where].reshape(rgb.shape[:2])


def _chunk(out: BytesIO, kind: bytes, body: bytes) -> None:
    out.write(struct.pack(">I", len(body)))
    out.write(kind + body)
    out.write(struct.pack(">I", zlib.crc32(kind + body)))


def _filtered(rgb: Pixels, first: Pixels) -> Pixels:
    """Return the scan lines, shape (h, 1 + 3 w), each by the filter with the least sum.

    `first`, shape (w, 3), is the row above them.
    """
    rows = rgb.reshape(rgb.shape[0], -1)
    left = np.zeros_like(rows)
    left[:, 3:] = rows[:, :-3]
    above = np.concatenate((first.reshape(1, -1), rows[:-1]))
    corner = np.zeros_like(rows)
    corner[:, 3:] = above[:, :-3]
    a, b, c = (part.astype(np.int16) for part in (left, above, corner))
    # Paeth: whichever of left, above and corner is nearest to left + above - corner.
    to_a, to_b, to_c = np.abs(b - c), np.abs(a - c), np.abs(a + b - 2 * c)
    paeth = np.where((to_a <= to_b) & (to_a <= to_c), left, np.where(to_b <= to_c, above, corner))
    average = ((a + b) // 2).astype(np.uint8)
    candidates = np.stack([rows - guess for guess in (0 * rows, left, above, average, paeth)])
    # The specification's heuristic: the row whose bytes, read as signed, are smallest in sum.
    cost = np.abs(candidates.view(np.int8).astype(np.int16)).sum(axis=2)
    best = np.argmin(cost, axis=0)
    chosen = candidates[best, np.arange(len(rows))]
    return np.concatenate((best[:, None].astype(np.uint8), chosen), axis=1)
