"""`World`: a galaxy as the window needs it, with what is worked out from it once."""

from __future__ import annotations

import hashlib
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embedding.galaxy import Galaxy
from galaxy_desktop.model.shown_text import shown
from galaxy_desktop.model.star_size import widening

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

    from embedding.directions import Directions

Floats = npt.NDArray[np.float32]


class World:
    """One galaxy that is shown. Nothing in it changes; another galaxy is another world.

    Parameters
    ----------
    galaxy : Galaxy
    path : str, optional
        The file it is from, "" for none.
    like : World, optional
        Another whose measures hold for this one, too, which has but a few artists more: colours,
        sizes and speeds stay what they are.

    Attributes
    ----------
    temporary : bool
        Whether that file is none of the user's: what was built is there until it is kept or lost.
    positions : ndarray of float32, shape (n, 3)
    centre : ndarray of float64, shape (3,)
    radius : float
        R of the design: the root-mean-square distance from the centre, positive even if all
        artists stand at one point.
    star_unit : float
        What stars are measured in: R, and more where there are few; see `star_size.widening`.
    fame : ndarray of float32, shape (n,)
        Popularity from 0 to 1.
    known_as : dict of str to int
        From keys that artists have elsewhere, where these are known, to the indices.
    """

    def __init__(self, galaxy: Galaxy, path: str = "", like: World | None = None) -> None:
        self.galaxy = galaxy
        self.path = path
        self.temporary = False
        self.positions: Floats = np.ascontiguousarray(galaxy.positions, np.float32)
        self.centre: npt.NDArray[np.float64]
        self.radius: float
        self.star_unit: float
        if like is not None:
            self.centre, self.radius, self.star_unit = like.centre, like.radius, like.star_unit
        else:
            self.centre = self.positions.mean(axis=0, dtype=np.float64)
            spread = np.square(self.positions - self.centre).sum(axis=1).mean()
            self.radius = float(np.sqrt(spread)) if spread > 0 else 1.0
            self.star_unit = self.radius * widening(len(galaxy))
        self.fame: Floats = (galaxy.popularity / 100).astype(np.float32)
        self.known_as: dict[str, int] = {}
        self._tree: cKDTree | None = None
        self._directions: Directions | None = None
        self._making_tree, self._making_directions = Lock(), Lock()

    def __len__(self) -> int:
        """Return how many artists there are."""
        return len(self.galaxy)

    @property
    def tree(self) -> cKDTree:
        """The KD-tree over the positions.

        The first use builds it, 0.1 s for 100,000 artists; of threads that ask meanwhile, each
        waits for that one. A window that must not wait asks `tree_ready` first.
        """
        if self._tree is None:
            with self._making_tree:
                if self._tree is None:
                    from scipy.spatial import cKDTree

                    # Sliding midpoints build several times faster than medians, answer as fast.
                    self._tree = cKDTree(self.positions, balanced_tree=False, compact_nodes=False)
        return self._tree

    @property
    def tree_ready(self) -> bool:
        """Whether `tree` answers at once."""
        return self._tree is not None

    @property
    def directions(self) -> Directions:
        """The vectors at length 1. The first use makes them; threads may ask at once."""
        if self._directions is None:
            with self._making_directions:
                if self._directions is None:
                    from embedding.directions import Directions

                    self._directions = Directions(self.galaxy.vectors, self.galaxy.names)
        return self._directions

    def prepare(self) -> None:
        """Make all that takes a while, so that it is there when asked for; for a worker thread."""
        _ = self.tree, self.directions, self.place_of, self.called, self.shape

    @cached_property
    def shape(self) -> str:
        """What is the same for two worlds if, and only if, their artists stand at the same places.

        A pose is worth keeping for a world of the same shape only.
        """
        return hashlib.blake2b(self.positions.tobytes(), digest_size=8).hexdigest()

    @cached_property
    def place_of(self) -> dict[str, int]:
        """From an artist's key (id, else name) to the index; of equal keys the first."""
        keys = self.galaxy.keys
        return {key: i for i, key in zip(range(len(keys) - 1, -1, -1), reversed(keys), strict=True)}

    @cached_property
    def called(self) -> dict[str, int]:
        """From names, else other spellings, that are no keys and are one artist's, to the index."""
        galaxy = self.galaxy
        if galaxy.ids is None:
            return {}
        keys, called = self.place_of, dict[str, int]()
        spellings = [((name,) for name in galaxy.names), galaxy.aliases or ()]
        for texts in spellings:
            found: dict[str, int] = {}
            for i, some in enumerate(texts):
                for text in some:
                    found[text] = i if found.setdefault(text, i) == i else -1
            for text, i in found.items():
                if i >= 0 and text not in keys:
                    called.setdefault(text, i)
        return called

    def name(self, artist: int) -> str:
        """Return what an artist is called, cut to what can be shown; see `shown_text`."""
        return shown(self.galaxy.names[artist])

    def key(self, artist: int) -> str:
        """Return what tells an artist from all others, in this galaxy and in the next."""
        return self.galaxy.keys[artist]

    def find_key(self, key: str) -> int | None:
        """Return the artist of a key, None where it is not in this galaxy.

        An artist that had no id in a galaxy before was known by its name there: in this one it may
        have one, for the data was merged with other.
        """
        found = self.place_of.get(key)
        if found is None:
            found = self.known_as.get(key)
        return self.called.get(key) if found is None else found
