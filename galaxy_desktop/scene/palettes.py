"""The colours: a smooth noise field over space, looked up in a palette."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.look import PaletteName

Hues = npt.NDArray[np.uint8]
Colour = tuple[float, float, float]

_WAVES = 24
_SEED = 20211023
#: Looked at so many at a time, places stay in the processor's cache.
_AT_ONCE = 4096


def linear(colour: str) -> Colour:
    """Return an sRGB colour "#rrggbb" as linear light."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return r, g, b


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, linear light.

    Attributes
    ----------
    ramp : tuple of colours
        What the noise field runs through.
    haze : colour
        What far stars turn into.
    space : colour
        The darkness between them.
    accent : colour
        What is chosen: the selected star and its connections.
    second : colour
        What is under the cursor.
    """

    ramp: tuple[Colour, ...]
    haze: Colour
    space: Colour
    accent: Colour
    second: Colour

    def colours(self, hues: Hues) -> npt.NDArray[np.float32]:
        """Return the colours of some hues, float32 of shape (n, 3), linear light."""
        ramp = np.array(self.ramp)
        steps = np.linspace(0, 1, len(ramp))
        at = np.linspace(0, 1, 256)
        table = np.stack([np.interp(at, steps, ramp[:, c]) for c in range(3)], axis=1)
        return table.astype(np.float32).take(hues, axis=0)


def _dark(colour: str) -> Colour:
    """Return what the square root of `tone.frag` turns into an sRGB colour."""
    r, g, b = ((int(colour[i : i + 2], 16) / 255) ** 2 for i in (1, 3, 5))
    return r, g, b


def _palette(ramp: str, haze: str, space: str, accent: str, second: str) -> Palette:
    return Palette(
        tuple(linear(c) for c in ramp.split()),
        linear(haze),
        _dark(space),
        linear(accent),
        linear(second),
    )


PALETTES: dict[PaletteName, Palette] = {
    "lagoon": _palette(
        "#6a35d8 #1c4fe0 #0082cf #0f95b4 #19c2c4 #42e7ed #1cb0a0 #0f86a6 #0082cf #0a58d8 #3a3ad8",
        "#10359a",
        "#02040a",
        "#ffab1f",
        "#ffffff",
    ),
    "aurora": _palette(
        "#1fae7a #35e0a0 #1c8fb5 #4058d8 #8a3fe0 #d63fc0 #ff5f9e", "#2a2a90", "#05030c", "#ffd23f",
        "#ffffff",
    ),
    # From blue to yellow, as eyes of every kind tell apart; what is chosen is told by its ring too.
    "ember": _palette(
        "#0a3fa8 #1f66d0 #5a82b8 #a8976a #e0b040 #ffd75a", "#16306a", "#030409", "#ff6fb0",
        "#ffffff",
    ),
}  # fmt: skip


def hues(places: npt.NDArray[np.float32], centre: npt.ArrayLike, radius: float) -> Hues:
    """Return which colour of a palette belongs to each place: see `Palette.colours`.

    A sum of a few long waves in seeded directions is smooth noise without a lattice; its value is
    spread evenly by its normal distribution.

    Parameters
    ----------
    places : ndarray of float32, shape (n, 3)
    centre : array_like, shape (3,)
        Of the galaxy.
    radius : float
        R of the galaxy.
    """
    rng = np.random.default_rng(_SEED)
    waves = rng.normal(size=(3, _WAVES))
    waves *= rng.uniform(0.8, 3.4, _WAVES) / np.linalg.norm(waves, axis=0)
    phases = rng.uniform(0, 2 * math.pi, _WAVES).astype(np.float32)
    found = np.empty(len(places), np.uint8)
    scaled = (waves / radius).astype(np.float32)
    middle = np.asarray(centre, np.float32)
    for start in range(0, len(places), _AT_ONCE):
        points = places[start : start + _AT_ONCE] - middle
        value = np.cos(points @ scaled + phases).sum(axis=1) / math.sqrt(_WAVES / 2)
        # The logistic curve stands for the normal distribution's: they differ by less than 0.01.
        share = 1 / (1 + np.exp(-1.702 * value))
        found[start : start + _AT_ONCE] = share * 255.999
    return found
