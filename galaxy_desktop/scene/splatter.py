"""`Splatter`: stars and lines for machines without a graphics card.

There, what costs is to set up each point and line for the rasteriser. Compute shaders that add
light to whole numbers, one for each colour of each pixel, need a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.scene import gl43
from galaxy_desktop.scene.gl43 import COMPUTE, FRAGMENT, VERTEX, BufferTexture, Shaders, Storage
from galaxy_desktop.scene.graphics import Graphics
from galaxy_desktop.scene.shaders import shader

Ints = npt.NDArray[np.int64]
Uniforms = Mapping[str, Any]

#: Light is counted in steps below what can be seen; up to 64 of it, far beyond white, fit.
_UNIT = 2.0**13
#: As `splat.glsl` says.
_GROUP = 64
_BYTES = 8
_MOST_GROUPS = 65_535
_TRIANGLES = 4
#: Room for so many long lines; those beyond are traced one by one.
_MOST_LONG, _LONG_GROUPS = 2**17, 64
_MOST_STORAGE, _MOST_TEXELS = 0x90DE, 0x8C2B


class Splatter:
    """Sums of light in a buffer, which is poured into the frame buffer at the end.

    Needs the OpenGL context that it was made in.

    Raises
    ------
    gl43.MissingError
        This OpenGL cannot do it.
    """

    def __init__(self) -> None:
        self._stars = Shaders({COMPUTE: shader("splat_star.comp")})
        self._lines = Shaders({COMPUTE: shader("splat_line.comp")})
        self._long = Shaders({COMPUTE: shader("splat_long.comp")})
        self._pour = Shaders({VERTEX: shader("pour.vert"), FRAGMENT: shader("pour.frag")})
        self._sums, self._runs = Storage(), Storage()
        self._long_count, self._long_lines, self._long_steps = Storage(), Storage(), Storage()
        self._long_count.resize(4)
        self._long_lines.resize(_MOST_LONG * 48)
        self._long_steps.resize(_MOST_LONG * 4)
        self._texture = BufferTexture(self._sums)
        self._size = (0, 0)
        self._most_bytes = int(gloo.gl.glGetParameter(_MOST_STORAGE))
        self._most_pixels = int(gloo.gl.glGetParameter(_MOST_TEXELS))

    @classmethod
    def where_it_helps(cls) -> Splatter | None:
        """Return one if there is no graphics card and OpenGL is new enough, else None."""
        if not Graphics.current().software or gl43.version() < (4, 3):
            return None
        try:
            return cls()
        except gl43.MissingError:
            return None

    def fits(self, size: tuple[int, int], things: int) -> bool:
        """Return whether a picture of so many pixels, and buffers of so many bytes, are possible.

        Posters may be larger than that.
        """
        pixels = size[0] * size[1]
        return pixels <= self._most_pixels and max(pixels * _BYTES, things) <= self._most_bytes

    def begin(self, size: tuple[int, int]) -> None:
        """Start a new picture, black, of so many pixels."""
        needed = size[0] * size[1] * _BYTES
        if needed > self._sums.size:
            self._sums.resize(needed)
        self._sums.clear(needed)
        self._size = size

    def stars(
        self, vertices: gloo.VertexBuffer, runs: npt.NDArray[Any], uniforms: Uniforms
    ) -> None:
        """Add the stars that look no larger than the smallest.

        Parameters
        ----------
        vertices : gloo.VertexBuffer
            Position, colour and fame: seven float32 for each star.
        runs : ndarray of uint32, shape (k, 4)
            Which ones, see `runs_of`.
        uniforms : mapping
            As `star.glsl` wants them.
        """
        self._run(self._stars, runs, uniforms, {0: gl43.handle(vertices)})

    def lines(
        self,
        vertices: gloo.VertexBuffer,
        pairs: Storage,
        runs: npt.NDArray[Any],
        uniforms: Uniforms,
    ) -> None:
        """Add lines between stars.

        Parameters
        ----------
        vertices : gloo.VertexBuffer
        pairs : Storage
            Of uint32, shape (m, 2): the vertices at both ends.
        runs : ndarray of uint32, shape (k, 4)
            Which ones, see `runs_of`.
        uniforms : mapping
            As `line.glsl` wants them.
        """
        long = {4: self._long_count.handle, 5: self._long_lines.handle, 6: self._long_steps.handle}
        self._long_count.clear(4)
        read = {0: gl43.handle(vertices), 3: pairs.handle}
        self._run(self._lines, runs, uniforms, read | long)
        self._long.run(_LONG_GROUPS, 1, self._common(), long | {1: self._sums.handle})

    def pour(self) -> None:
        """Set all pixels of the frame buffer that is active to the sums."""
        gloo.set_viewport(0, 0, *self._size)
        gloo.set_state(depth_test=False, blend=False)
        gl43.flush()
        with self._texture.bound(), self._pour.using(self._common()):
            gl43.gl43.glDrawArrays(_TRIANGLES, 0, 3)
        gloo.set_state(blend=True)

    def delete(self) -> None:
        """Give the graphics memory back."""
        for thing in (
            self._texture,
            self._sums,
            self._runs,
            self._long_count,
            self._long_lines,
            self._long_steps,
            self._stars,
            self._lines,
            self._long,
            self._pour,
        ):
            thing.delete()

    def _run(
        self, shaders: Shaders, runs: npt.NDArray[Any], uniforms: Uniforms, buffers: dict[int, int]
    ) -> None:
        buffers |= {1: self._sums.handle, 2: self._runs.handle}
        uniforms = {**uniforms, **self._common()}
        for start in range(0, len(runs), _MOST_GROUPS):
            some = runs[start : start + _MOST_GROUPS]
            self._runs.set_data(some)
            shaders.run(len(some), -(-int(some[:, 1].max()) // _GROUP), uniforms, buffers)

    def _common(self) -> dict[str, Any]:
        return {"u_size": self._size, "u_unit": _UNIT}


def runs_of(starts: Ints, counts: Ints, weight: float = 1.0) -> npt.NDArray[np.uint32]:
    """Return runs of things, for a splatter: uint32 of shape (k, 4).

    Parameters
    ----------
    starts, counts : ndarray of int64, shape (k,)
        The first thing of each, and how many there are.
    weight : float
        How many each thing stands for.
    """
    runs = np.zeros((len(starts), 4), np.uint32)
    runs[:, 0] = starts
    runs[:, 1] = counts
    runs[:, 2] = np.float32(weight).view(np.uint32)
    return runs
