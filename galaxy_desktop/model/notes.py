"""What a galaxy's file says of how it was made, as the window says it."""

from __future__ import annotations

import re

from galaxy_desktop.model.shown_text import shown


def note_text(note: str) -> str:
    """Return a note without the options of the command, which mean nothing in the window."""
    return shown(re.sub(r" \(--[a-z-]+\)", "", note))
