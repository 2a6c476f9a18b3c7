"""`LabelAtlas`: many small pictures in one texture, so that one draw call shows them all."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from vispy import gloo

Pixels = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]

#: Heights of shelves are multiples of this, so that a few kinds of shelves hold everything.
_STEP = 8


@dataclass(slots=True)
class _Shelf:
    top: int
    height: int
    filled: int = 0
    used: int = 0
    keys: list[Hashable] = field(default_factory=list)


class LabelAtlas:
    """Pictures on shelves; where room is short, the shelf that was used longest ago is emptied.

    Parameters
    ----------
    size : int
        Width and height of the texture in pixels.
    """

    def __init__(self, size: int = 2048) -> None:
        self.size = size
        self.texture = gloo.Texture2D(
            shape=(size, size, 4), format="rgba", interpolation="nearest", wrapping="clamp_to_edge"
        )
        self._shelves: list[_Shelf] = []
        self._boxes: dict[Hashable, tuple[Box, _Shelf]] = {}
        self._tick = 0

    def tick(self) -> None:
        """Begin a frame: what is asked for from now on stays until its end."""
        self._tick += 1

    def find(self, key: Hashable) -> Box | None:
        """Return left, top, width and height of a picture in the texture, None if not there."""
        found = self._boxes.get(key)
        if found is None:
            return None
        found[1].used = self._tick
        return found[0]

    def add(self, key: Hashable, picture: Pixels) -> Box | None:
        """Put a picture, shape (h, w, 4), into the texture; return its place, None if none is left.

        One that is larger than the texture is cut off at its end.
        """
        picture = picture[: self.size - 1, : self.size - 1]
        height, width = picture.shape[:2]
        shelf = self._shelf(width + 1, height + 1)
        if shelf is None:
            return None
        box = (shelf.filled, shelf.top, width, height)
        shelf.filled += width + 1
        shelf.used = self._tick
        shelf.keys.append(key)
        self._boxes[key] = (box, shelf)
        self.texture.set_data(np.ascontiguousarray(picture), offset=(box[1], box[0]))
        return box

    def clear(self) -> None:
        """Forget all pictures."""
        self._shelves.clear()
        self._boxes.clear()

    def delete(self) -> None:
        """Give the graphics memory back."""
        self.clear()
        self.texture.delete()

    def _shelf(self, width: int, height: int) -> _Shelf | None:
        height = -(-height // _STEP) * _STEP
        for shelf in self._shelves:
            if shelf.height == height and shelf.filled + width <= self.size:
                return shelf
        top = self._shelves[-1].top + self._shelves[-1].height if self._shelves else 0
        if top + height <= self.size:
            self._shelves.append(_Shelf(top, height))
            return self._shelves[-1]
        old = [s for s in self._shelves if s.height >= height and s.used < self._tick]
        if not old:
            return self._begin_anew(height)
        oldest = min(old, key=lambda shelf: shelf.used)
        for key in oldest.keys:
            del self._boxes[key]
        oldest.keys.clear()
        oldest.filled = 0
        return oldest

    def _begin_anew(self, height: int) -> _Shelf | None:
        """Empty the atlas, unless this frame still needs what is in it."""
        if any(shelf.used == self._tick for shelf in self._shelves) or height > self.size:
            return None
        self.clear()
        self._shelves.append(_Shelf(0, height))
        return self._shelves[0]
