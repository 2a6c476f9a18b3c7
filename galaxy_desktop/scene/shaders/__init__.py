"""The shaders, one file each, in GLSL 1.20: it runs wherever OpenGL does."""

from __future__ import annotations

from importlib.resources import files


def shader(name: str) -> str:
    """Return the text of a shader of this folder, such as ``star.vert``."""
    return files(__name__).joinpath(name).read_text("utf-8")
