"""`Extent`: where the middle of a galaxy is, and what lengths in it are measured by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.pose import Vector
from galaxy_desktop.model.star_size import widening
from galaxy_desktop.model.world import World


@dataclass(frozen=True, slots=True)
class Extent:
    """The measures of a galaxy, as a `World` has them.

    Attributes
    ----------
    centre : (float, float, float)
    radius : float
        R: the root-mean-square distance from the centre.
    star_unit : float
        What stars are measured in.
    """

    centre: Vector
    radius: float
    star_unit: float

    @classmethod
    def of(cls, world: World) -> Extent:
        """Return the measures of a world."""
        x, y, z = world.centre.tolist()
        return cls((x, y, z), world.radius, world.star_unit)

    @classmethod
    def between(cls, one: Extent, other: Extent, share: float) -> Extent:
        """Return what lies between two, 0 the first, 1 the other."""
        if share >= 1 or one == other:
            return other
        x, y, z = (a + (b - a) * share for a, b in zip(one.centre, other.centre, strict=True))
        return cls(
            (x, y, z),
            one.radius + (other.radius - one.radius) * share,
            one.star_unit + (other.star_unit - one.star_unit) * share,
        )

    def for_places(self, world: World, places: npt.NDArray[np.float32]) -> Extent:
        """Return the measures of a world's artists, or some of them, at other places, shape (k, 3).

        As a world of its own would have them; without any artist, these.
        """
        if not len(places):
            return self
        centre = np.einsum("ij->j", places, dtype=np.float64) / len(places)
        apart = places - centre.astype(np.float32)
        spread = float(np.einsum("ij,ij->", apart, apart, dtype=np.float64)) / len(places)
        radius = float(np.sqrt(spread)) if spread > 0 else self.radius
        wider = widening(len(places)) / widening(len(world))
        x, y, z = centre.tolist()
        return Extent((x, y, z), radius, radius * world.star_unit / world.radius * wider)
