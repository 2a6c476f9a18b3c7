"""What went wrong, in one sentence."""

from __future__ import annotations


def explained(error: Exception) -> str:
    """Return in one sentence what went wrong; raise what is a fault of the program."""
    from embedding.commands.text import safe
    from embedding.errors import GalaxyError, InputError

    if isinstance(error, ImportError):
        if (error.name or "").startswith(("galaxy_desktop", "embedding")):
            raise error
        # Qt and vispy are linked with libraries that a machine without a desktop may not have.
        remedy = "install OpenGL (libgl1 libegl1), or else Galaxy Desktop again"
        error = InputError(f"a library is missing ({error})", remedy=remedy)
    elif isinstance(error, MemoryError):
        remedy = "ask for a smaller picture, or open a smaller galaxy"
        error = InputError("there is too little memory for this", remedy=remedy)
    elif isinstance(error, OSError):
        # Files that are read and written explain themselves.
        if error.filename is not None:
            raise error
        remedy = "make room for it or send it elsewhere"
        error = InputError(f"what there is to say is not written ({error.strerror})", remedy=remedy)
    if not isinstance(error, GalaxyError):
        raise error
    return safe(str(error))
