"""`Shelves`: where in one large texture many small pictures are."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

GUTTER = 1
"""Empty pixels around a picture, so that none bleeds into the next."""
_STEP = 8
"""Heights of shelves are multiples of it: pictures of about one height share a shelf."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a picture is: the top left pixel, its width and its height."""

    x: int
    y: int
    width: int
    height: int


@dataclass(slots=True)
class _Shelf:
    y: int
    height: int
    end: int = 0
    used: int = 0
    keys: list[Hashable] = field(default_factory=list)


class Shelves:
    """Packs pictures in rows, as books on shelves.

    When all is full, the shelf that was not looked at for longest is cleared. Pictures that were
    asked for since the last `turn` are never cleared.

    Parameters
    ----------
    side : int
        Width and height of the texture, in pixels.
    """

    def __init__(self, side: int) -> None:
        self.side = side
        self._shelves: list[_Shelf] = []
        self._slots: dict[Hashable, tuple[Slot, _Shelf]] = {}
        self._now = 0

    def __len__(self) -> int:
        """Return how many pictures there are."""
        return len(self._slots)

    def turn(self) -> None:
        """Begin another frame."""
        self._now += 1

    def find(self, key: Hashable) -> Slot | None:
        """Return where a picture is, None if it is not here; it is in use now."""
        found = self._slots.get(key)
        if found is None:
            return None
        found[1].used = self._now
        return found[0]

    def add(self, key: Hashable, width: int, height: int) -> Slot | None:
        """Return a place for a picture; None if there is none among those in use."""
        wide, high = width + 2 * GUTTER, -(-(height + 2 * GUTTER) // _STEP) * _STEP
        if wide > self.side or high > self.side:
            return None
        shelf = self._with_room(wide, high) or self._new(high) or self._cleared(high)
        if shelf is None:
            return None
        slot = Slot(shelf.end + GUTTER, shelf.y + GUTTER, width, height)
        shelf.end += wide
        shelf.used = self._now
        shelf.keys.append(key)
        self._slots[key] = slot, shelf
        return slot

    def _with_room(self, wide: int, high: int) -> _Shelf | None:
        fitting = (s for s in self._shelves if s.height == high and s.end + wide <= self.side)
        return next(fitting, None)

    def _new(self, high: int) -> _Shelf | None:
        below = self._shelves[-1].y + self._shelves[-1].height if self._shelves else 0
        if below + high > self.side:
            return None
        self._shelves.append(_Shelf(below, high))
        return self._shelves[-1]

    def _cleared(self, high: int) -> _Shelf | None:
        """Return a shelf that is high enough, emptied; of several neighbours one is made."""
        old = [s for s in self._shelves if s.height >= high and s.used < self._now]
        # Not a much higher one, as long as there is another.
        old.sort(key=lambda shelf: (shelf.height > 2 * high, shelf.used))
        if old:
            self._empty(old[0])
            return old[0]
        run: list[_Shelf] = []
        for shelf in self._shelves:
            run = [*run, shelf] if shelf.used < self._now else []
            if sum(s.height for s in run) >= high:
                for one in run:
                    self._empty(one)
                run[0].height = sum(s.height for s in run)
                self._shelves = [s for s in self._shelves if s is run[0] or s not in run]
                return run[0]
        return None

    def _empty(self, shelf: _Shelf) -> None:
        for key in shelf.keys:
            del self._slots[key]
        shelf.keys.clear()
        shelf.end = 0
