"""Any error in one sentence for the user."""

from __future__ import annotations

import os

from embedding.errors import GalaxyError


def explain(error: Exception) -> str:
    """Say in one sentence what went wrong."""
    if isinstance(error, GalaxyError):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory for this; give fewer artists with --max-artists."
    if isinstance(error, OSError):
        # Files that are read and written explain themselves; this is most often what is printed.
        place = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        reason = error.strerror or str(error) or type(error).__name__
        what = "this does not work" if place else "the answer, or a temporary file, is not written"
        return f"{place}{what} ({reason}); make room for it or choose another place."
    return (
        f"this is a fault of galaxy-embed ({type(error).__name__}: {error});"
        " please report it with the command you gave; GALAXY_DEBUG=1 shows where it is."
    )


def is_fault(error: Exception) -> bool:
    """Whether the program is to blame, and not what it was given or where it runs."""
    return not isinstance(error, (GalaxyError, MemoryError, OSError))
