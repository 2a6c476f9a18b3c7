"""Artists on the command line: from what the user calls them, and as they are shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from embedding.commands.text import safe, styled

if TYPE_CHECKING:
    from embedding.galaxy import Galaxy


def find_artists(galaxy: Galaxy, names: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return the artists meant, and what the user should know about that.

    Raises
    ------
    UnknownArtistError
        Nobody is called that.
    """
    from embedding.lookup import Lookup

    lookup = Lookup(galaxy)
    found = [lookup.resolve(name) for name in names]
    return [each.index for each in found], [each.note for each in found if each.note]


def described(galaxy: Galaxy, artist: int) -> dict[str, Any]:
    """Return what is known of an artist as plain JSON values."""
    about: dict[str, Any] = {"name": galaxy.names[artist]}
    if galaxy.ids is not None:
        about["id"] = galaxy.ids[artist]
    about["popularity"] = int(galaxy.popularity[artist])
    if galaxy.tags is not None:
        about["tags"] = list(galaxy.tags[artist])
    return about


def print_notes(notes: Sequence[str]) -> None:
    """Tell people, beside the result, what they should know about it."""
    if sys.stderr is None:
        return  # closed: print would write the notes into the result
    for note in notes:
        print(styled(f"note: {safe(note)}", "dim", sys.stderr), file=sys.stderr)
