"""`Rings`: around the selected star and the one under the cursor, over the finished picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from vispy import gloo

from galaxy_desktop.model.gliding import Gliding
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.star_size import GROWTH, LARGEST, RADIUS
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.palettes import Colour
from galaxy_desktop.scene.quads import Quads
from galaxy_desktop.scene.view import NEAR

WIDTH = 1.6
"""Of the line, in logical pixels."""
_LEAST, _GAP = 8.0, 5.0


def ring_radius(world: World, artist: int, distance: float, focal: float) -> float:
    """Return the radius, in the pixels that `focal` counts, of the ring around a star."""
    star = RADIUS * world.star_unit * (1 + GROWTH * float(world.fame[artist]) ** 3)
    drawn = min(focal * star / max(distance, 1e-9), LARGEST)
    return max(drawn + _GAP, _LEAST)


@dataclass(frozen=True, slots=True)
class Ring:
    """Where a ring is, in the pixels of a picture, y down, and its colour on the screen."""

    x: float
    y: float
    radius: float
    colour: Colour


def placed_rings(
    gliding: Gliding,
    pose: Pose,
    size: tuple[int, int],
    ratio: float,
    chosen: list[tuple[int | None, Colour]],
) -> list[Ring]:
    """Return the rings around those of the artists that are in front.

    Parameters
    ----------
    gliding : Gliding
        Where the artists are seen.
    pose : Pose
    size : (int, int)
        Of the picture in pixels.
    ratio : float
        Pixels for each logical one.
    chosen : list of (int or None, colour)
        Artists, and the light of their rings.
    """
    ringed = [(artist, colour) for artist, colour in chosen if artist is not None]
    if not ringed:
        return []
    world = gliding.world
    pixels, depths = pose.project(gliding.places([artist for artist, _ in ringed]), size)
    focal = pose.focal(size[1] / ratio)
    rings = []
    for (artist, colour), (x, y), depth in zip(ringed, pixels, depths, strict=True):
        if depth > NEAR * world.radius:
            radius = ring_radius(world, artist, float(depth), focal) * ratio
            red, green, blue = np.sqrt(colour).tolist()
            rings.append(Ring(float(x), float(y), radius, (red, green, blue)))
    return rings


class Rings:
    """Draws rings, which tell which star is meant, whatever its colour."""

    def __init__(self) -> None:
        self._quads = Quads("ring.frag")

    def draw(self, rings: Sequence[Ring], size: tuple[int, int], ratio: float) -> None:
        """Draw rings.

        Parameters
        ----------
        rings : sequence of Ring
        size : (int, int)
            Of the picture in pixels.
        ratio : float
            Pixels for each logical one.
        """
        if not rings:
            return
        gloo.set_state(depth_test=False, blend=True, blend_func=("one", "one_minus_src_alpha"))
        self._quads["u_width"] = WIDTH * ratio
        for ring in rings:
            light = np.array([[*ring.colour, ring.radius]])
            half = np.array([ring.radius + WIDTH * ratio + 1.5])
            self._quads.squares(np.array([[ring.x, ring.y]]), half, light, size)
