"""Draw a galaxy as an image on the processor alone: stars, connections, bloom, tone mapping."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from embedding.connections import Pairs, centred, shown_connections
from embedding.png import Pixels, write_png

__all__ = ["FRONT", "SIDE", "draw", "shown_connections", "write_png"]

Floats = npt.NDArray[np.float64]
Image = npt.NDArray[np.float32]
Ints = npt.NDArray[np.integer[Any]]

FRONT = (20.0, 16.0)
"""The angle that shows most of a galaxy: its two longest axes across the picture."""
SIDE = (108.0, 24.0)
"""The other way round: a bowl or a flat galaxy gives itself away here."""

_CAMERA = 3.0  # distance of the camera from the middle, in R
_NEAR = 0.25  # what is nearer to the camera than this, in R, is not drawn
_LINES_AT_ONCE = 100_000  # bounds the memory for any number of connections


def _linear(*colours: str) -> Floats:
    """Return sRGB colours "#rrggbb" as linear light, shape (k, 3)."""
    srgb = np.array([list(bytes.fromhex(c[1:])) for c in colours]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def _srgb_table(size: int = 2**15) -> Pixels:
    """Return the sRGB byte of each of so many steps of linear light from 0 to 1."""
    linear = np.linspace(0, 1, size)
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return (srgb * 255 + 0.5).astype(np.uint8)


_SRGB = _srgb_table()
_RAMP = _linear("#0082cf", "#1586a6", "#42e7ed", "#1586a6", "#0082cf")
_FAR = _linear("#0b3c9c")[0]
_SPACE = _linear("#02040a")[0]
_LUMA = np.array([0.2126, 0.7152, 0.0722])


def draw(
    positions: npt.ArrayLike,
    popularity: npt.ArrayLike | None = None,
    edges: Pairs | None = None,
    *,
    size: tuple[int, int] = (640, 480),
    angle: tuple[float, float] = FRONT,
    seed: int = 0,
) -> Pixels:
    """Draw a galaxy.

    Stars and connections add up their light, the bright bleed (bloom), and the sum is compressed
    by Reinhard's operator (Reinhard et al. 2002, "Photographic tone reproduction for digital
    images", section 3.1) at an exposure taken from the picture itself. The frame is set by
    percentiles, so that a few artists far out do not shrink the rest to a dot. The same arguments
    give the same pixels.

    Parameters
    ----------
    positions : array_like of float, shape (n, 3)
        Finite, at any scale.
    popularity : array_like of float, shape (n,), optional
        0 to 100; the popular shine. Without it all artists are equally bright.
    edges : pair of ndarray of int, shapes (m,), optional
        Related artists, as `ArtistGraph.edge_list` gives them; see `shown_connections`.
    size : (int, int)
        Width and height in pixels.
    angle : (float, float)
        How far the camera stands around the galaxy, and above it, in degrees.
    seed : int
        Decides which connections are drawn.

    Returns
    -------
    ndarray of uint8, shape (h, w, 3)

    Raises
    ------
    ValueError
        An array has the wrong shape, or a position is not finite.
    """
    points = np.asarray(positions, np.float64)
    if points.ndim != 2 or points.shape[1] != 3 or not np.isfinite(points).all():
        raise ValueError("positions are finite numbers of shape (n, 3)")
    width, height = size
    if width < 1 or height < 1:
        raise ValueError("a picture is at least one pixel wide and high")
    fame = np.full(len(points), 50.0) if popularity is None else np.asarray(popularity, np.float64)
    if fame.shape != (len(points),):
        raise ValueError("popularity holds one number for each artist")
    if not len(points):
        return _tone_mapped(np.zeros((height, width, 3), np.float32))

    points, radius = centred(points)
    view = _View.of(points / radius, angle, size)
    tint = _tint(points / radius, view.far)
    light = _stars(view, tint, fame)
    if edges is not None:
        a, b = np.asarray(edges[0]), np.asarray(edges[1])
        shown = shown_connections(points, (a, b), seed)
        light[0] += _connections(view, tint, a[shown], b[shown])
    return _tone_mapped(_bloomed(light, height / 480))


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """Where the artists are on the picture."""

    x: Floats  # pixels from the left, shape (n,)
    y: Floats  # pixels from the top
    near: Floats  # 1 at the middle of the galaxy, more nearer to the camera
    far: Floats  # 0 at the nearest to 1 at the farthest
    visible: npt.NDArray[np.bool_]
    width: int
    height: int

    @classmethod
    def of(cls, points: Floats, angle: tuple[float, float], size: tuple[int, int]) -> _View:
        turned = points @ _rotation(*angle).T
        depth = _CAMERA - turned[:, 2]
        visible = depth > _NEAR
        depth = np.maximum(depth, _NEAR)
        u, v = turned[:, 0] / depth, -turned[:, 1] / depth
        width, height = size
        seen = visible if visible.any() else np.ones(len(points), bool)
        (u0, u1), (v0, v1) = (np.percentile(axis[seen], (0.8, 99.2)) for axis in (u, v))
        spans = ((u1 - u0) / width, (v1 - v0) / height)
        zoom = 0.92 / max(*spans, 0.02 / max(size))
        nearest, farthest = np.percentile(depth[seen], (4, 96))
        return cls(
            (u - (u0 + u1) / 2) * zoom + (width - 1) / 2,
            (v - (v0 + v1) / 2) * zoom + (height - 1) / 2,
            _CAMERA / depth,
            np.clip((depth - nearest) / max(farthest - nearest, 1e-9), 0, 1),
            visible,
            width,
            height,
        )


def _rotation(azimuth: float, elevation: float) -> Floats:
    """Return the matrix that turns the world in front of a camera at that angle, in degrees."""
    a, e = math.radians(azimuth), math.radians(elevation)
    around = np.array([[math.cos(a), 0, -math.sin(a)], [0, 1, 0], [math.sin(a), 0, math.cos(a)]])
    tilt = np.array([[1, 0, 0], [0, math.cos(e), -math.sin(e)], [0, math.sin(e), math.cos(e)]])
    turn: Floats = tilt @ around
    return turn


def _tint(points: Floats, far: Floats) -> Floats:
    """Return the linear colour of each artist, shape (n, 3): smooth noise, bluer far away."""
    lattice = np.random.default_rng(20211023).random((16, 16, 16))
    noise = np.zeros(len(points))
    for octave, (frequency, strength) in enumerate(((1.3, 0.65), (2.9, 0.35))):
        at = (points * frequency + 5.3 * octave).T
        noise += strength * ndimage.map_coordinates(lattice, at, order=2, mode="grid-wrap")
    # Averaged noise crowds around one half; stretched, all of the ramp is seen.
    step = np.clip((noise - 0.5) * 1.9 + 0.5, 0, 1) * (len(_RAMP) - 1)
    low = np.minimum(step.astype(np.intp), len(_RAMP) - 2)
    part = (step - low)[:, None]
    colour = _RAMP[low] * (1 - part) + _RAMP[low + 1] * part
    haze = (0.75 * far**1.3)[:, None]
    tint: Floats = colour * (1 - haze) + _FAR * haze
    return tint


def _stars(view: _View, tint: Floats, fame: Floats) -> list[Image]:
    """Return the light of the stars in three layers, to be blurred a little, more and most."""
    shine = np.clip(fame / 100, 0, 1)
    energy = (0.22 + 9.0 * shine**6) * view.near**2 * (1.15 - 0.95 * view.far)
    seen = view.visible
    # The famous and the near are discs with a halo, all others points.
    disc = np.clip(1.5 * shine**4 * view.near**1.5, 0, 0.9)
    shares = ((1 - disc), disc * 0.85, disc * 0.15)
    return [
        _splat(view, view.x[seen], view.y[seen], (tint * (energy * share)[:, None])[seen])
        for share in shares
    ]


def _connections(view: _View, tint: Floats, a: Ints, b: Ints) -> Image:
    """Return the light of straight lines from artists `a` to artists `b`."""
    light = np.zeros((view.height, view.width, 3), np.float32)
    both = view.visible[a] & view.visible[b]
    a, b = a[both], b[both]
    glow = 0.05 * np.minimum(view.near, 2.0) * (1.1 - 0.95 * view.far)
    for start in range(0, len(a), _LINES_AT_ONCE):
        i, j = a[start : start + _LINES_AT_ONCE], b[start : start + _LINES_AT_ONCE]
        x, y, dx, dy = view.x[i], view.y[i], view.x[j] - view.x[i], view.y[j] - view.y[i]
        # One dot for each pixel of length, at the middle of its share of the line.
        dots = np.clip(np.hypot(dx, dy), 1, view.width + view.height).astype(np.int64)
        line = np.repeat(np.arange(len(i)), dots)
        nth = np.arange(len(line)) - np.repeat(np.cumsum(dots) - dots, dots)
        along = (nth + 0.5) / dots[line]
        colour = (tint[i] + tint[j]) / 2 * ((glow[i] + glow[j]) / 2)[:, None]
        light += _splat(view, x[line] + dx[line] * along, y[line] + dy[line] * along, colour[line])
    return light


def _splat(view: _View, x: Floats, y: Floats, colour: Floats) -> Image:
    """Add up points of light, each shared by the four pixels around it: float32 (h, w, 3)."""
    width, height = view.width, view.height
    inside = (x > -1) & (x < width) & (y > -1) & (y < height)
    x, y, colour = x[inside] + 1, y[inside] + 1, colour[inside]
    column, row = x.astype(np.intp), y.astype(np.intp)
    right, down = x - column, y - row
    # A border of one pixel takes what falls half outside, and is cut off at the end.
    stride, cells = width + 2, (width + 2) * (height + 2)
    corner = row * stride + column
    where = np.concatenate((corner, corner + 1, corner + stride, corner + stride + 1))
    share = np.concatenate(
        ((1 - right) * (1 - down), right * (1 - down), (1 - right) * down, right * down)
    )
    out = np.empty((height, width, 3), np.float32)
    for channel in range(3):
        light = np.bincount(where, share * np.tile(colour[:, channel], 4), minlength=cells)
        out[..., channel] = light.reshape(height + 2, stride)[1:-1, 1:-1]
    return out


def _bloomed(layers: list[Image], scale: float) -> Image:
    """Return the sum of the layers, softened, with the bleeding of what is bright."""
    points, discs, halos = layers
    light = _blurred(points, 0.45 * scale) + 2.0 * _blurred(discs, 1.0 * scale)
    light += 3.0 * _blurred(halos, 3.2 * scale)
    light += 0.16 * _blurred(light, 3.0 * scale) + 0.12 * _wide(light, 15 * scale)
    return light


def _blurred(image: Image, sigma: float) -> Image:
    out: Image = ndimage.gaussian_filter(image, (sigma, sigma, 0), truncate=3, mode="constant")
    return out


def _wide(image: Image, sigma: float) -> Image:
    """Blur widely at a quarter of the resolution, where nobody sees the difference."""
    height, width = image.shape[:2]
    if min(height, width) < 16:
        return _blurred(image, sigma)
    padded = np.pad(image, ((0, -height % 4), (0, -width % 4), (0, 0)))
    small = padded.reshape(padded.shape[0] // 4, 4, padded.shape[1] // 4, 4, 3).mean(axis=(1, 3))
    small = _blurred(small, sigma / 4)
    tall = np.tensordot(_enlarging(height), small, 1)
    big: Image = np.einsum("xj,yjc->yxc", _enlarging(width), tall, optimize=True)
    return big


def _enlarging(size: int) -> Image:
    """Return the matrix that draws `size` values from one in four, by linear interpolation."""
    few = -(-size // 4)
    at = np.clip((np.arange(size) + 0.5) / 4 - 0.5, 0, few - 1)[:, None]
    matrix: Image = np.maximum(0, 1 - np.abs(at - np.arange(few))).astype(np.float32)
    return matrix


def _tone_mapped(light: Image) -> Pixels:
    luminance = light @ _LUMA
    lit = luminance[luminance > luminance.max() * 1e-4]
    if lit.size:
        light = light * (2.4 / max(np.percentile(lit, 99.7), 1e-30))
        luminance = light @ _LUMA
    # Reinhard's operator on the brightness keeps the colour; the brightest turn pale, like stars.
    mapped = light / (1 + luminance)[..., None]
    white = np.square(luminance / (1 + luminance))[..., None]
    mapped = mapped * (1 - 0.45 * white) + 0.45 * white * np.array([0.86, 0.98, 1.0])
    linear = np.clip(mapped + _SPACE, 0, 1)
    pixels: Pixels = _SRGB[(linear * (len(_SRGB) - 1) + 0.5).astype(np.uint16)]
    return pixels
