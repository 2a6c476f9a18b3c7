"""`Blocks`: the stars in the order of the KD-tree, in blocks within blocks.

A question about all stars is asked of a few blocks first, and then of what is in those that may
have the answer. Unlike the nodes of the tree itself, blocks are asked many at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.world import World

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FAN = 32
"""So many stars are a block, and so many blocks a larger one."""


@dataclass(frozen=True, slots=True)
class Level:
    """Blocks of one size, each in a ball.

    Attributes
    ----------
    centres : ndarray of float64, shape (3, b)
    radii : ndarray of float64, shape (b,)
        Of balls around the centres that hold the blocks' stars.
    fame : ndarray of float32, shape (b,)
        Of the best known star in each.
    """

    centres: Floats
    radii: Floats
    fame: npt.NDArray[np.float32]

    def __len__(self) -> int:
        """Return how many blocks there are."""
        return self.radii.size


@dataclass(frozen=True, slots=True)
class Blocks:
    """All stars of a world.

    Attributes
    ----------
    positions : ndarray of float32, shape (3, n)
        Of the stars in the order of the KD-tree.
    fame : ndarray of float32, shape (n,)
    artists : ndarray of int64, shape (n,)
        Who each star is.
    levels : tuple of Level
        The few large blocks first.
    """

    positions: npt.NDArray[np.float32]
    fame: npt.NDArray[np.float32]
    artists: Ints
    levels: tuple[Level, ...]

    @classmethod
    def of(cls, world: World) -> Blocks:
        """Make them, from the world's KD-tree."""
        artists = np.asarray(world.tree.indices, np.int64)
        positions = np.ascontiguousarray(world.positions[artists].T)
        fame = world.fame[artists]
        levels: list[Level] = []
        low, high, most = positions, positions, fame
        while not levels or len(levels[-1]) > 2 * FAN:
            starts = np.arange(0, most.size, FAN)
            low = np.minimum.reduceat(low, starts, axis=1)
            high = np.maximum.reduceat(high, starts, axis=1)
            most = np.maximum.reduceat(most, starts)
            wide_low, wide_high = low.astype(np.float64), high.astype(np.float64)
            radii = np.sqrt(np.square(wide_high - wide_low).sum(axis=0)) / 2
            levels.append(Level((wide_low + wide_high) / 2, radii, most))
        return cls(positions, fame, artists, tuple(reversed(levels)))

    def below(self, level: int, blocks: Ints) -> Ints:
        """Return the blocks of the next level that are in some blocks of this one."""
        return _within(blocks, len(self.levels[level + 1]))

    def stars(self, blocks: Ints) -> Ints:
        """Return the stars that are in some blocks of the last level."""
        return _within(blocks, self.artists.size)


def _within(blocks: Ints, count: int) -> Ints:
    inside = (blocks[:, None] * FAN + np.arange(FAN)).ravel()
    return inside[inside < count]
