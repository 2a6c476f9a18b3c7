"""Files that come with the program."""

from __future__ import annotations

from pathlib import Path

from embedding.errors import InputError


def asset_file(name: str, what: str) -> Path:
    """Return where a file that comes with the program is.

    Parameters
    ----------
    name : str
        Such as ``"icon.svg"``.
    what : str
        What to call it to the user, such as ``"the icon"``.

    Raises
    ------
    InputError
        It is not there: the installation is not whole.
    """
    package = Path(__file__).resolve().parent.parent
    # Installed, it is in the package; in a checkout, beside it.
    for folder in (package / "assets", package.parent / "assets"):
        if (folder / name).is_file():
            return folder / name
    raise InputError(f"{what} is not there", where=package, remedy="install Galaxy Desktop again")
