"""`Programs`: the compiled shaders of stars and connections, the same for every galaxy."""

from __future__ import annotations

from typing import Literal

from vispy import gloo

from galaxy_desktop.scene.shaders import shader

What = Literal["star", "line"]


class Programs:
    """Compiled at their first use; to compile one takes as long as half a frame."""

    def __init__(self) -> None:
        self._made: dict[tuple[What, bool], gloo.Program] = {}
        self._bound: dict[tuple[What, bool], gloo.VertexBuffer] = {}

    def of(self, what: What, vertices: gloo.VertexBuffer, *, gliding: bool) -> gloo.Program:
        """Return the program that draws points or lines of some vertices.

        Parameters
        ----------
        what : {"star", "line"}
        vertices : gloo.VertexBuffer
        gliding : bool
            Whether they are those of a `Movement`.
        """
        kind = what, gliding
        program = self._made.get(kind)
        if program is None:
            program = self._made[kind] = gloo.Program(
                shader(f"{what}.vert", gliding=gliding), shader(f"{what}.frag")
            )
        if self._bound.get(kind) is not vertices:
            program.bind(vertices)
            self._bound[kind] = vertices
        return program
