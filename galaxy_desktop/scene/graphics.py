"""What draws: the name of the current OpenGL renderer, and whether it is a processor only."""

from __future__ import annotations

from dataclasses import dataclass

from vispy.gloo import gl

_SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "gdi generic")


@dataclass(frozen=True, slots=True)
class Graphics:
    """The renderer of an OpenGL context.

    Attributes
    ----------
    renderer, version : str
        As OpenGL names them.
    """

    renderer: str
    version: str

    @property
    def software(self) -> bool:
        """Whether there is no graphics card behind it."""
        return any(name in self.renderer.lower() for name in _SOFTWARE)

    @classmethod
    def current(cls) -> Graphics:
        """Return that of the context that is current."""
        return cls(
            *(str(gl.glGetParameter(name) or "") for name in (gl.GL_RENDERER, gl.GL_VERSION))
        )
