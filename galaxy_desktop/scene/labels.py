"""`Labels`: draws texts over the finished picture, all of them at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.model.label_kinds import PlacedLabel
from galaxy_desktop.scene.label_atlas import Shelves, Slot
from galaxy_desktop.scene.shaders import shader

Pixels = npt.NDArray[np.uint8]
#: Returns the picture of a label: uint8 of shape (h, w, 4), colours times alpha, top row first.
Rasterise = Callable[[PlacedLabel], Pixels]

_SMALLEST, _LARGEST = 1024, 8192
_VERTEX = [("a_pixel", np.float32, 2), ("a_texel", np.float32, 2), ("a_alpha", np.float32)]
#: Two triangles: left or right, top or bottom.
_CORNERS = np.array([[0, 0], [1, 0], [1, 1], [0, 0], [1, 1], [0, 1]], np.float32)


@dataclass(frozen=True, slots=True)
class _Key:
    """What the picture of a label depends on."""

    text: str
    kind: str
    size: float
    ratio: float


class Labels:
    """Keeps the pictures of texts in one texture, and draws those that are wanted."""

    def __init__(self) -> None:
        self._shelves = Shelves(_SMALLEST)
        self._texture: gloo.Texture2D | None = None
        self._program: gloo.Program | None = None
        self._buffer: gloo.VertexBuffer | None = None

    def draw(
        self,
        labels: Sequence[PlacedLabel],
        size: tuple[int, int],
        ratio: float,
        rasterise: Rasterise,
        *,
        still: bool = True,
        most: int | None = None,
    ) -> int:
        """Draw labels into the frame buffer that is active.

        Parameters
        ----------
        labels : sequence of PlacedLabel
            In logical pixels; a later one is drawn over those before.
        size : (int, int)
            Of the picture in pixels.
        ratio : float
            Pixels for each logical one.
        rasterise : callable
            Draws the text of a label; asked once for each text, kind, size and ratio, for as long
            as it is in use.
        still : bool
            Whether texts stand on whole pixels, which is crisp; in motion they glide.
        most : int, optional
            So many new texts at most are asked for; more come with the next frames.

        Returns
        -------
        int
            How many labels are yet to come.
        """
        self._make()
        self._shelves.turn()
        placed, missing = self._slots(labels, ratio, rasterise, most)
        if placed:
            self._show(placed, size, ratio, still)
        return missing

    def forget(self) -> None:
        """Draw with another OpenGL context from now on: the last one is gone, with all in it."""
        self._texture = self._program = self._buffer = None
        self._shelves = Shelves(self._shelves.side)

    def clear(self) -> None:
        """Ask for all texts again: they look otherwise now."""
        self._shelves = Shelves(self._shelves.side)

    def delete(self) -> None:
        """Give the graphics memory back."""
        for thing in (self._texture, self._buffer, self._program):
            if thing is not None:
                thing.delete()
        self.forget()

    def _make(self) -> None:
        if self._program is None:
            self._program = gloo.Program(shader("label.vert"), shader("label.frag"))
            self._buffer = gloo.VertexBuffer(np.zeros(6, _VERTEX))
        if self._texture is None:
            side = self._shelves.side
            self._texture = gloo.Texture2D(
                shape=(side, side, 4),
                format="rgba",
                interpolation="linear",
                wrapping="clamp_to_edge",
            )
            self._program["u_atlas"] = self._texture

    def _slots(
        self,
        labels: Sequence[PlacedLabel],
        ratio: float,
        rasterise: Rasterise,
        most: int | None,
    ) -> tuple[list[tuple[PlacedLabel, Slot]], int]:
        """Return where the pictures of labels are, having made the missing ones."""
        placed: list[tuple[PlacedLabel, Slot]] = []
        missing, left = 0, math.inf if most is None else most
        # The last ones matter most.
        for label in reversed(labels):
            key = _Key(label.text, label.kind, label.size, ratio)
            slot = self._shelves.find(key)
            if slot is None and left > 0:
                left -= 1
                pixels = rasterise(label)
                slot = self._shelves.add(key, pixels.shape[1], pixels.shape[0])
                if slot is None and self._shelves.side < _LARGEST:
                    self._grow()
                    return self._slots(labels, ratio, rasterise, most)
                if slot is not None:
                    self._upload(slot, pixels)
            elif slot is None:
                missing += 1
            if slot is not None:
                placed.append((label, slot))
        placed.reverse()
        return placed, missing

    def _grow(self) -> None:
        assert self._texture is not None
        self._texture.delete()
        self._texture = None
        self._shelves = Shelves(2 * self._shelves.side)
        self._shelves.turn()
        self._make()

    def _upload(self, slot: Slot, pixels: Pixels) -> None:
        assert self._texture is not None
        # With an empty rim: what was there before must not shine in from the side.
        framed = np.zeros((slot.height + 2, slot.width + 2, 4), np.uint8)
        framed[1:-1, 1:-1] = pixels
        self._texture.set_data(framed, offset=(slot.y - 1, slot.x - 1), copy=True)

    def _show(
        self,
        placed: list[tuple[PlacedLabel, Slot]],
        size: tuple[int, int],
        ratio: float,
        still: bool,
    ) -> None:
        assert self._program is not None
        assert self._buffer is not None
        n = len(placed)
        boxes = np.array(
            [(b.x + b.width / 2, b.y + b.height / 2, b.alpha, b.angle) for b, _ in placed]
        )
        slots = np.array([(s.x, s.y, s.width, s.height) for _, s in placed], np.float64)
        whole = slots[:, 2:]
        corner = boxes[:, :2] * ratio - whole / 2
        if still:
            corner = np.floor(corner + 0.5)
        data = np.empty((n, 6), _VERTEX)
        pixels = corner[:, None] + _CORNERS * whole[:, None]
        turned = np.flatnonzero(boxes[:, 3])
        for place in turned:
            middle = corner[place] + whole[place] / 2
            cos, sin = math.cos(boxes[place, 3]), math.sin(boxes[place, 3])
            pixels[place] = (pixels[place] - middle) @ np.array([[cos, sin], [-sin, cos]]) + middle
        data["a_pixel"] = pixels
        data["a_texel"] = (slots[:, None, :2] + _CORNERS * whole[:, None]) / self._shelves.side
        data["a_alpha"] = boxes[:, 2, None]
        self._buffer.set_data(data.ravel(), copy=True)
        # How many vertices there are is taken in when the buffer is bound.
        self._program.bind(self._buffer)
        self._program["u_size"] = size
        gloo.set_state(depth_test=False, blend=True, blend_func=("one", "one_minus_src_alpha"))
        self._program.draw("triangles")
