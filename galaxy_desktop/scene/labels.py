"""`Labels`: names over the finished picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.model.label_kinds import PlacedLabel
from galaxy_desktop.scene.label_atlas import LabelAtlas
from galaxy_desktop.scene.shaders import shader

#: Returns the picture of a label at so many pixels per logical one: shape (h, w, 4), its colours
#: multiplied by its opacity.
Rasterise = Callable[[PlacedLabel, float], npt.NDArray[np.uint8]]

_VERTEX = [("a_pixel", np.float32, 2), ("a_at", np.float32, 2), ("a_alpha", np.float32)]
_CORNERS = np.array([[0, 0], [1, 0], [1, 1], [0, 0], [1, 1], [0, 1]], np.float32)


class Labels:
    """Draws labels; each text is painted once and kept.

    Parameters
    ----------
    rasterise : callable
        Paints one.
    """

    def __init__(self, rasterise: Rasterise) -> None:
        self._rasterise = rasterise
        self._atlas = LabelAtlas()
        self._program = gloo.Program(shader("label.vert"), shader("label.frag"))
        self._buffer = gloo.VertexBuffer(np.zeros(6, _VERTEX))

    def forget(self) -> None:
        """Paint all texts anew: their colours have changed."""
        self._atlas.clear()

    def draw(self, placed: Sequence[PlacedLabel], size: tuple[int, int], ratio: float) -> int:
        """Draw labels into the frame buffer that is active.

        Parameters
        ----------
        placed : sequence of PlacedLabel
            The last ones lie on top.
        size : (int, int)
            Of the picture in pixels.
        ratio : float
            Pixels for each logical one.

        Returns
        -------
        int
            How many were drawn.
        """
        self._atlas.tick()
        quads = [quad for label in placed if (quad := self._quad(label, ratio)) is not None]
        if not quads:
            return 0
        self._buffer.set_data(np.concatenate(quads), copy=True)
        program = self._program
        program.bind(self._buffer)
        program["u_atlas"] = self._atlas.texture
        program["u_size"] = size
        gloo.set_viewport(0, 0, *size)
        gloo.set_state(depth_test=False, blend=True, blend_func=("one", "one_minus_src_alpha"))
        program.draw("triangles")
        return len(quads)

    def delete(self) -> None:
        """Give the graphics memory back."""
        self._atlas.delete()

    def _quad(self, label: PlacedLabel, ratio: float) -> npt.NDArray[np.void] | None:
        if label.alpha <= 0.004:
            return None
        key = (label.text, label.kind, label.size, ratio)
        box = self._atlas.find(key) or self._atlas.add(key, self._rasterise(label, ratio))
        if box is None:
            return None
        left, top, width, height = box
        at = np.array([label.x, label.y]) * ratio
        corners = _CORNERS * (width, height)
        if label.angle:
            cos, sin = math.cos(label.angle), math.sin(label.angle)
            middle = np.array([width, height]) / 2
            corners = (corners - middle) @ np.array([[cos, sin], [-sin, cos]]) + middle + at
        else:
            # Whole pixels: letters stay sharp while they move.
            corners = corners + np.round(at)
        quad = np.empty(6, _VERTEX)
        quad["a_pixel"] = corners
        quad["a_at"] = ((left, top) + _CORNERS * (width, height)) / self._atlas.size
        quad["a_alpha"] = label.alpha
        return quad
