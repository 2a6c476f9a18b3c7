"""`Cells`: many points sorted into small neighbourhoods, to leave out what is not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.pose import Pose

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_BITS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Items grouped by place; within a group in a random order, so that a part stands for all.

    Attributes
    ----------
    order : ndarray of int64, shape (n,)
        The items, cell after cell.
    starts, counts : ndarray of int64, shape (c,)
        Where in `order` each cell begins, and how many items it has.
    middles : ndarray of float32, shape (c, 3)
    reach : ndarray of float32, shape (c,)
        The radius around the middle within which all of the cell lies.
    """

    order: Ints
    starts: Ints
    counts: Ints
    middles: Floats
    reach: Floats

    @classmethod
    def of(cls, points: Floats, size: int, extents: Floats | None = None) -> Cells:
        """Sort points, shape (n, 3), into cells of `size` items.

        `extents`, shape (n,), says how far each item reaches around its point (half the length of
        a line).
        """
        n = len(points)
        if not n:
            none = np.zeros(0, np.int64)
            return cls(none, none, none, np.zeros((0, 3), np.float32), np.zeros(0, np.float32))
        order = np.argsort(_morton(points), kind="stable")
        starts = np.arange(0, n, size)
        counts = np.diff(np.append(starts, n))
        placed = points[order]
        low = np.minimum.reduceat(placed, starts)
        high = np.maximum.reduceat(placed, starts)
        middles = (low + high) / 2
        reach = np.linalg.norm(high - low, axis=1) / 2
        if extents is not None:
            reach = reach + np.maximum.reduceat(extents[order], starts)
        # Random within a cell: a stable sort by cell of a shuffled order.
        cell = np.repeat(np.arange(len(starts), dtype=np.uint32), counts)
        key = cell.astype(np.uint64) << np.uint64(32)
        key |= np.random.default_rng(0).integers(0, 2**32, n, dtype=np.uint64)
        order = order[np.argsort(key)]
        return cls(order, starts, counts, middles.astype(np.float32), reach.astype(np.float32))

    def seen(self, pose: Pose, aspect: float) -> tuple[npt.NDArray[np.bool_], Floats]:
        """Return which cells may be in the picture, and how far each middle is from the camera."""
        away = self.middles - np.array(pose.position, np.float32)
        x, y, z = (away @ pose.rotation().T.astype(np.float32)).T
        tall = np.tan(np.radians(pose.fov) / 2)
        wide = tall * aspect
        # Signed distances from the sides of the frustum.
        right = (np.abs(x) + z * wide) / np.hypot(1, wide)
        above = (np.abs(y) + z * tall) / np.hypot(1, tall)
        visible = (right < self.reach) & (above < self.reach) & (z < self.reach)
        return visible, np.sqrt(x * x + y * y + z * z)

    def places(self, cells: Ints, share: float = 1.0) -> Ints:
        """Return where in `order` the items of some cells stand, of each cell the same share."""
        counts = np.ceil(self.counts[cells] * share).astype(np.int64)
        ends = np.cumsum(counts)
        total = int(ends[-1]) if ends.size else 0
        places: Ints = np.arange(total) + np.repeat(self.starts[cells] - (ends - counts), counts)
        return places


def _morton(points: Floats) -> npt.NDArray[np.uint32]:
    """Return codes that are near where points, shape (n, 3), are near (Morton 1966)."""
    low = points.min(axis=0)
    span = float((points.max(axis=0) - low).max()) or 1.0
    code = np.zeros(len(points), np.uint32)
    for axis in range(3):
        at = ((points[:, axis] - low[axis]) * ((2**_BITS - 1) / span)).astype(np.uint32)
        # Two free bits after each bit.
        at = (at | at << np.uint32(16)) & np.uint32(0x030000FF)
        at = (at | at << np.uint32(8)) & np.uint32(0x0300F00F)
        at = (at | at << np.uint32(4)) & np.uint32(0x030C30C3)
        at = (at | at << np.uint32(2)) & np.uint32(0x09249249)
        code |= at << np.uint32(axis)
    return code
