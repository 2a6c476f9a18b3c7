"""From a path to a world."""

from __future__ import annotations

from galaxy_desktop.model.world import World


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
    arrange(world)
    return world
