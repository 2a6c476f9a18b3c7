"""`World`: a galaxy as the window needs it, with what is worked out from it once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embedding.galaxy import Galaxy

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float32]


class World:
    """One galaxy that is shown. Nothing in it changes; another galaxy is another world.

    Parameters
    ----------
    galaxy : Galaxy
    path : str, optional
        The file it is from, "" for none.

    Attributes
    ----------
    positions : ndarray of float32, shape (n, 3)
    centre : ndarray of float64, shape (3,)
    radius : float
        R of the design: the root-mean-square distance from the centre, positive even if all
        artists stand at one point.
    fame : ndarray of float32, shape (n,)
        Popularity from 0 to 1.
    """

    def __init__(self, galaxy: Galaxy, path: str = "") -> None:
        self.galaxy = galaxy
        self.path = path
        self.positions: Floats = np.ascontiguousarray(galaxy.positions, np.float32)
        self.centre = self.positions.mean(axis=0, dtype=np.float64)
        spread = np.square(self.positions - self.centre).sum(axis=1).mean()
        self.radius = float(np.sqrt(spread)) if spread > 0 else 1.0
        self.fame: Floats = (galaxy.popularity / 100).astype(np.float32)

    def __len__(self) -> int:
        """Return how many artists there are."""
        return len(self.galaxy)

    @cached_property
    def tree(self) -> cKDTree:
        """The KD-tree over the positions. The first use builds it: 0.05 s for 100,000 artists."""
        from scipy.spatial import cKDTree

        # Sliding midpoints build several times faster than medians and answer as fast here.
        return cKDTree(self.positions, balanced_tree=False, compact_nodes=False)

    @cached_property
    def place_of(self) -> dict[str, int]:
        """From an artist's key (id, else name) to the index; of equal keys the first."""
        keys = self.galaxy.keys
        return {key: i for i, key in zip(range(len(keys) - 1, -1, -1), reversed(keys), strict=True)}

    def key(self, artist: int) -> str:
        """Return what tells an artist from all others, in this galaxy and in the next."""
        return self.galaxy.keys[artist]

    def find_key(self, key: str) -> int | None:
        """Return the artist of a key, None where it is not in this galaxy."""
        return self.place_of.get(key)
