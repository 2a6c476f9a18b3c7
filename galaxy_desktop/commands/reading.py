"""From a path to a world."""

from __future__ import annotations

from embedding.errors import InputError
from galaxy_desktop.model.world import World

SMALLEST, LARGEST = 1e-15, 1e15
"""What a graphics card reckons with: beyond these, squares of distances are 0 or infinite."""


def read(path: str) -> World:
    """Read a galaxy, "" for the atlas of music.

    Raises
    ------
    GalaxyError
        It cannot be read.
    """
    from embedding.galaxy_file import load
    from galaxy_desktop.model.atlas import atlas_file
    from galaxy_desktop.scene.arrangement import arrange

    world = World(load(path or atlas_file()), path)
    if not (world.radius > SMALLEST and abs(world.positions).max() < LARGEST):
        raise InputError(
            "its artists are too far apart, or too close together, to be drawn",
            where=path,
            remedy="build the galaxy again",
        )
    arrange(world)
    return world
