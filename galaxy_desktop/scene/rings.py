"""`Rings`: around the selected star and the one under the cursor, over the finished picture."""

from __future__ import annotations

import numpy as np
from vispy import gloo

from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.star_size import GROWTH, LARGEST, RADIUS
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.palettes import Colour
from galaxy_desktop.scene.quads import Quads
from galaxy_desktop.scene.view import NEAR

_LEAST, _GAP, _WIDTH = 8.0, 5.0, 1.6


def ring_radius(world: World, artist: int, distance: float, focal: float) -> float:
    """Return the radius, in the pixels that `focal` counts, of the ring around a star."""
    star = RADIUS * world.star_unit * (1 + GROWTH * float(world.fame[artist]) ** 3)
    drawn = min(focal * star / max(distance, 1e-9), LARGEST)
    return max(drawn + _GAP, _LEAST)


class Rings:
    """Rings that tell which star is meant, whatever its colour."""

    def __init__(self) -> None:
        self._quads = Quads("ring.frag")

    def draw(
        self,
        world: World,
        pose: Pose,
        size: tuple[int, int],
        ratio: float,
        chosen: list[tuple[int | None, Colour]],
    ) -> None:
        """Draw a ring around each of the artists, in the colour beside it.

        Parameters
        ----------
        world : World
        pose : Pose
        size : (int, int)
            Of the picture in pixels.
        ratio : float
            Pixels for each logical one.
        chosen : list of (int or None, colour)
        """
        ringed = [(artist, colour) for artist, colour in chosen if artist is not None]
        if not ringed:
            return
        pixels, depths = pose.project(world.positions[[artist for artist, _ in ringed]], size)
        focal = pose.focal(size[1] / ratio)
        gloo.set_state(depth_test=False, blend=True, blend_func=("one", "one_minus_src_alpha"))
        self._quads["u_width"] = _WIDTH * ratio
        for (artist, colour), pixel, depth in zip(ringed, pixels, depths, strict=True):
            if depth <= NEAR * world.radius:
                continue
            radius = ring_radius(world, artist, float(depth), focal) * ratio
            light = np.array([[*np.sqrt(colour), radius]])
            half = np.array([radius + _WIDTH * ratio + 1.5])
            self._quads.squares(pixel[None], half, light, size)
