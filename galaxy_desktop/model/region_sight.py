"""`RegionSight`: which regions are to be named from a pose, and how strongly."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.label_kinds import Key
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.regions import Region
from galaxy_desktop.model.world import World

Floats = npt.NDArray[np.float64]

_SEEN = ((0.016, 0.024), (0.042, 0.055), (0.06, 0.08))
"""By level: from which size on a region is named, and from which on fully; its radius as a part of
the height of the picture."""
_FAINT = (0.5, 0.3)
"""A region that would be named more faintly than this is not; and one that is named, no longer."""
_READABLE = 0.7
"""The least that a name shows of itself: the light of the core is behind many."""
_WITHIN = (0.24, 0.34)
"""From these sizes on it is all around, and its name goes."""


def region_key(region: Region) -> str:
    """Return the key of a region's label."""
    return f"region:{region.name}"


class RegionSight:
    """Says which regions are seen from a pose as large as a name is for.

    Parameters
    ----------
    world : World
    regions : sequence of Region
        The ones that come before others, first.
    """

    def __init__(self, world: World, regions: Sequence[Region] = ()) -> None:
        self._world, self.regions = world, tuple(regions)
        self._centres = np.array([r.centre for r in regions], np.float64).reshape(-1, 3)
        self._radii = np.array([r.radius for r in regions], np.float64)
        self._keys = [region_key(region) for region in regions]
        seen = np.array([_SEEN[r.level] for r in regions], np.float64).reshape(-1, 2)
        self._from, self._fully = seen[:, 0], seen[:, 1]

    def outside(self, pose: Pose) -> bool:
        """Return whether the camera is beyond most of the galaxy."""
        return self._away(pose) > self._world.radius

    def seen(
        self, pose: Pose, size: tuple[float, float], shown: Container[Key]
    ) -> Iterator[tuple[Region, float, float, float]]:
        """Yield regions, their pixels and how strongly each is to be named, from 0 to 1.

        One whose key is among those shown is named more faintly than another would be, and comes
        before all others.
        """
        if not self.regions:
            return
        pixels, depths = pose.project(self._centres, size)
        light = self._light(pose, depths)
        new = np.array([key not in shown for key in self._keys], bool)
        places = np.flatnonzero((depths > 1e-9) & (light >= np.where(new, *_FAINT)))
        for place in places[np.argsort(new[places], kind="stable")].tolist():
            x, y = pixels[place].tolist()
            shows = _READABLE + (1 - _READABLE) * float(light[place])
            yield self.regions[place], x, y, shows

    def _light(self, pose: Pose, depths: Floats) -> Floats:
        unit = self._world.radius
        before = depths > 1e-9
        seen = self._radii * pose.focal(1.0) / np.where(before, depths, np.inf)
        light: Floats = np.clip((seen - self._from) / (self._fully - self._from), 0, 1)
        light *= np.clip((_WITHIN[1] - seen) / (_WITHIN[1] - _WITHIN[0]), 0, 1)
        middle = max(0.5 * unit, self._away(pose) - 0.9 * unit)
        light *= 1 - 0.4 * np.clip((depths - middle) / (2 * unit), 0, 1)
        return light

    def _away(self, pose: Pose) -> float:
        return float(np.linalg.norm(np.array(pose.position) - self._world.centre))
