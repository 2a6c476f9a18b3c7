"""`Cells`: many points sorted into small neighbourhoods, to leave out what is not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.pose import Pose

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_BITS = 10
#: Each number of so many bits with two free bits after each bit.
_SPREAD = np.array(
    [sum((i >> bit & 1) << 3 * bit for bit in range(_BITS)) for i in range(2**_BITS)], np.uint32
)


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
        # Sorting whole numbers that carry their place is several times faster than argsort.
        keys = _morton(points).astype(np.uint64) << np.uint64(32)
        keys |= np.arange(n, dtype=np.uint64)
        keys.sort()
        order = (keys & np.uint64(0xFFFFFFFF)).view(np.int64)
        starts = np.arange(0, n, size)
        counts = np.diff(np.append(starts, n))
        placed = points.take(order, axis=0)
        low = np.minimum.reduceat(placed, starts)
        high = np.maximum.reduceat(placed, starts)
        middles = (low + high) / 2
        reach = np.linalg.norm(high - low, axis=1) / 2
        if extents is not None:
            reach = reach + np.maximum.reduceat(extents[order], starts)
        order = _mixed(order, size)
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


def _mixed(order: Ints, size: int) -> Ints:
    """Return the same items in each run of `size`, in an order of no meaning."""
    rng = np.random.default_rng(0)
    whole = len(order) // size * size
    # What stands where in a cell has to do with no other cell, so one order does for all.
    cells = order[:whole].reshape(-1, size)[:, rng.permutation(size)]
    return np.concatenate((cells.ravel(), rng.permutation(order[whole:])))


def _morton(points: Floats) -> npt.NDArray[np.uint32]:
    """Return codes that are near where points, shape (n, 3), are near (Morton 1966)."""
    low = points.min(axis=0)
    span = float((points.max(axis=0) - low).max()) or 1.0
    code = np.zeros(len(points), np.uint32)
    for axis in range(3):
        at = ((points[:, axis] - low[axis]) * ((2**_BITS - 1) / span)).astype(np.int32)
        code |= _SPREAD.take(at) << np.uint32(axis)
    return code
