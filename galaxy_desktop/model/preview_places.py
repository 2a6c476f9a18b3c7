"""`PreviewPlaces`: where a rebuild has the artists so far, for those of the world on the screen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.world import World


class PreviewPlaces:
    """Puts the rows of a preview in the order of a world.

    Parameters
    ----------
    world : World
    keys : sequence of str
        Whose the rows of the previews are.
    """

    def __init__(self, world: World, keys: Sequence[str]) -> None:
        self.world, self.keys = world, keys
        find = world.find_key
        found = [-1 if (artist := find(key)) is None else artist for key in keys]
        self._to = np.array(found, np.intp).reshape(-1)
        self._from = np.flatnonzero(self._to >= 0)
        self._to = self._to[self._from]

    def of(self, positions: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return a place for each artist of the world, NaN for one that the rebuild leaves out.

        Parameters
        ----------
        positions : ndarray of float32, shape (k, 3)
            A row for each of the keys.

        Returns
        -------
        ndarray of float32, shape (n, 3)
        """
        places = np.full((len(self.world), 3), np.nan, np.float32)
        places[self._to] = positions[self._from]
        return places
