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

#: Light is counted in steps below what can be seen; up to 128 of it, far beyond white, fit.
_UNIT = 2.0**13
#: As `splat.glsl` says.
_GROUP = 64
_BYTES = 8
_MOST_ACROSS = 32_768
_TRIANGLES = 4
#: Pouring so many pixels takes as long as adding one star or line saves.
_PIXELS_FOR_ONE = 64
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
        #: The same for stars that glide, made when they first do.
        self._gliding: dict[str, Shaders] = {}
        self._long = Shaders({COMPUTE: shader("splat_long.comp")})
        self._pour = Shaders({VERTEX: shader("pour.vert"), FRAGMENT: shader("pour.frag")})
        self._sums, self._items = Storage(), Storage()
        # How many long lines there are, their ways and lights, and of how many steps they are.
        self._long_storage = [Storage() for _ in range(3)]
        for storage, size in zip(
            self._long_storage, (4, 48 * _MOST_LONG, 8 * _MOST_LONG), strict=True
        ):
            storage.resize(size)
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

    @staticmethod
    def pays(size: tuple[int, int], things: int) -> bool:
        """Return whether so many stars and lines are worth the pouring."""
        return things * _PIXELS_FOR_ONE > size[0] * size[1]

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
        self,
        vertices: gloo.VertexBuffer,
        places: Ints,
        uniforms: Uniforms,
        *,
        gliding: bool = False,
    ) -> None:
        """Add the stars that look no larger than the smallest.

        Parameters
        ----------
        vertices : gloo.VertexBuffer
            Position, colour and fame: seven float32 for each star.
        places : ndarray of int64, shape (k,)
            Which ones.
        uniforms : mapping
            As `splat_star.comp` wants them.
        gliding : bool
            Whether the vertices are those of a `Movement`.
        """
        shaders = self._for_gliding("splat_star.comp") if gliding else self._stars
        self._run(shaders, places, uniforms, {0: gl43.handle(vertices)})

    def lines(
        self,
        vertices: gloo.VertexBuffer,
        pairs: Storage,
        places: Ints,
        uniforms: Uniforms,
        *,
        gliding: bool = False,
    ) -> None:
        """Add lines between stars.

        Parameters
        ----------
        vertices : gloo.VertexBuffer
        pairs : Storage
            Of uint32, shape (m, 2): the vertices at both ends.
        places : ndarray of int64, shape (k,)
            Which pairs.
        uniforms : mapping
            As `splat_line.comp` wants them.
        gliding : bool
        """
        long = {4 + k: storage.handle for k, storage in enumerate(self._long_storage)}
        self._long_storage[0].clear(4)
        read = {0: gl43.handle(vertices), 3: pairs.handle}
        shaders = self._for_gliding("splat_line.comp") if gliding else self._lines
        self._run(shaders, places, uniforms, read | long)
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
        for shaders in (self._stars, self._lines, self._long, self._pour):
            shaders.delete()
        for shaders in self._gliding.values():
            shaders.delete()
        self._gliding.clear()
        self._texture.delete()
        for storage in (self._sums, self._items, *self._long_storage):
            storage.delete()

    def _for_gliding(self, name: str) -> Shaders:
        if name not in self._gliding:
            self._gliding[name] = Shaders({COMPUTE: shader(name, gliding=True)})
        return self._gliding[name]

    def _run(
        self, shaders: Shaders, places: Ints, uniforms: Uniforms, buffers: dict[int, int]
    ) -> None:
        if places.size:
            self._items.set_data(places.astype(np.uint32))
            buffers |= {1: self._sums.handle, 2: self._items.handle}
            groups = -(-places.size // _GROUP)
            across = min(groups, _MOST_ACROSS)
            shaders.run(across, -(-groups // across), {**uniforms, **self._common()}, buffers)

    def _common(self) -> dict[str, Any]:
        return {"u_size": self._size, "u_unit": _UNIT}
