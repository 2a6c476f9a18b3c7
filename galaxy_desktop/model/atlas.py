"""The galaxy that comes with the program: the hand-made atlas of music."""

from __future__ import annotations

from pathlib import Path

from galaxy_desktop.model.assets import asset_file

NAME = "atlas.galaxy"


def atlas_file() -> Path:
    """Return where the atlas of music is, built as a galaxy.

    Raises
    ------
    InputError
        It is not there: the installation is not whole.
    """
    return asset_file(NAME, "the atlas of music")
