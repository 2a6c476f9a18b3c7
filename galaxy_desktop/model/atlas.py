"""The galaxy that comes with the program: the hand-made atlas of music."""

from __future__ import annotations

from pathlib import Path

from embedding.errors import InputError

NAME = "atlas.galaxy"


def atlas_file() -> Path:
    """Return where the atlas of music is, built as a galaxy.

    Raises
    ------
    InputError
        It is not there: the installation is not whole.
    """
    package = Path(__file__).resolve().parent.parent
    # Installed, it is in the package; in a checkout, beside it.
    for folder in (package / "assets", package.parent / "assets"):
        if (folder / NAME).is_file():
            return folder / NAME
    raise InputError(
        "the atlas of music is not there", where=package, remedy="install Galaxy Desktop again"
    )
