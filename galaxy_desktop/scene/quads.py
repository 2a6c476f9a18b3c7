"""Shapes that are placed in the picture on the processor: few, and different in each frame."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.scene.shaders import shader

Floats = npt.NDArray[np.floating[Any]]

_VERTEX = [("a_pixel", np.float32, 2), ("a_at", np.float32, 2), ("a_light", np.float32, 4)]
#: Two triangles: the corners of a square from -1 to 1.
_SQUARE = np.array([[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]], np.float32)


class Quads:
    """Draws rectangles with a fragment shader of this package.

    Parameters
    ----------
    fragment : str
        Such as ``glow.frag``.
    """

    def __init__(self, fragment: str) -> None:
        self._program = gloo.Program(shader("flat.vert"), shader(fragment))
        self._buffer = gloo.VertexBuffer(np.zeros(6, _VERTEX))

    def __setitem__(self, uniform: str, value: object) -> None:
        """Set a uniform of the shader."""
        self._program[uniform] = value

    def squares(
        self, middles: Floats, halves: Floats, light: Floats, size: tuple[int, int]
    ) -> None:
        """Draw squares.

        Parameters
        ----------
        middles : ndarray of float, shape (k, 2)
            In pixels.
        halves : ndarray of float, shape (k,)
            Half the length of a side.
        light : ndarray of float, shape (k, 4)
        size : (int, int)
            Of the picture in pixels.
        """
        corners = middles[:, None] + _SQUARE * np.asarray(halves)[:, None, None]
        self._draw(corners, np.broadcast_to(_SQUARE, corners.shape), light, size)

    def lines(
        self, starts: Floats, ends: Floats, half: float, light: Floats, size: tuple[int, int]
    ) -> None:
        """Draw lines from `starts` to `ends`, pixels of shape (k, 2), so wide to each side."""
        along = ends - starts
        length = np.linalg.norm(along, axis=1, keepdims=True)
        across = along[:, ::-1] / np.maximum(length, 1e-6) * (-1, 1) * half
        way, side = (_SQUARE[:, :1] + 1) / 2, _SQUARE[:, 1:]
        corners = starts[:, None] + along[:, None] * way + across[:, None] * side
        at = np.concatenate((np.zeros_like(side), side), axis=1)
        self._draw(corners, np.broadcast_to(at, corners.shape), light, size)

    def _draw(self, corners: Floats, at: Floats, light: Floats, size: tuple[int, int]) -> None:
        if not len(corners):
            return
        data = np.empty(corners.shape[:2], _VERTEX)
        data["a_pixel"], data["a_at"], data["a_light"] = corners, at, light[:, None]
        self._buffer.set_data(data.ravel(), copy=True)
        # How many vertices there are is taken in when the buffer is bound.
        self._program.bind(self._buffer)
        self._program["u_size"] = size
        self._program.draw("triangles")
