"""`Generations`: the galaxies that were built one after the other, to go back and forth between."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
from psygnal import Signal

from embedding.galaxy import Galaxy
from galaxy_desktop.model.world import World

MEMORY = 768 * 2**20
"""So many bytes all of them may take together, by an estimate of what each adds."""

_PER_TEXT = 90
"""Bytes of a name in memory: a string of a dozen letters, its place in a list and in a dict."""
_DERIVED = 3
"""What is worked out from positions and vectors (trees, directions, buffers of the graphics card)
takes so much more than they do."""


class Generations:
    """The row of galaxies, and which of them is shown. The first is the one that was opened.

    Parameters
    ----------
    first : World
    memory : int
        The most bytes that all of them may take together.

    Events
    ------
    changed() : another one is shown, or one came, went or was kept
    dropped(World) : it is in the row no more
    forgotten(str) : a sentence: there was no room for the oldest any more
    """

    changed = Signal()
    dropped = Signal(World)
    forgotten = Signal(str)

    def __init__(self, first: World, memory: int = MEMORY) -> None:
        self._memory = memory
        self._row = [first]
        self._at = 0

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._row)

    @property
    def present(self) -> World:
        """The one that is shown."""
        return self._row[self._at]

    @property
    def before(self) -> World | None:
        """The one that `undo` shows, None where there is none."""
        return self._row[self._at - 1] if self._at else None

    @property
    def after(self) -> World | None:
        """The one that `redo` shows, None where there is none."""
        return self._row[self._at + 1] if self._at + 1 < len(self._row) else None

    def begin(self, world: World) -> None:
        """Begin a new row: another galaxy was opened."""
        gone, self._row, self._at = self._row, [world], 0
        self._tell(gone)

    def add(self, world: World) -> None:
        """Show a galaxy that was built; what was undone before is forgotten."""
        gone = self._row[self._at + 1 :]
        self._row[self._at + 1 :] = [world]
        self._at += 1
        old = self._make_room()
        self._tell([*gone, *old])
        if old:
            which = "oldest galaxy" if len(old) == 1 else f"{len(old)} oldest galaxies"
            self.forgotten.emit(f"The memory for galaxies is full: Undo has lost the {which}.")

    def undo(self) -> World:
        """Show the one before, and return it.

        Raises
        ------
        IndexError
            There is none.
        """
        return self._go(-1)

    def redo(self) -> World:
        """Show the one that `undo` left, and return it.

        Raises
        ------
        IndexError
            There is none.
        """
        return self._go(1)

    def throw_away(self) -> World:
        """Let the one that is shown go; show the one before, else the one after, and return it.

        Raises
        ------
        IndexError
            There is no other.
        """
        if len(self._row) == 1:
            raise IndexError("there is no other galaxy to show")
        gone = self._row.pop(self._at)
        self._at = max(0, self._at - 1)
        self._tell([gone])
        return self.present

    def kept(self, world: World, path: str) -> None:
        """Note that one of them is in a file of the user's by now."""
        world.path, world.temporary = path, False
        self._tell([])

    def _go(self, step: int) -> World:
        if not 0 <= self._at + step < len(self._row):
            raise IndexError("there is no galaxy to go to")
        self._at += step
        self._tell([])
        return self.present

    def _make_room(self) -> list[World]:
        """Take out the oldest until the rest fits; the two that are compared stay."""
        gone = []
        while len(self._row) > 2 and memory_of(self._row) > self._memory:
            gone.append(self._row.pop(0))
            self._at -= 1
        return gone

    def _tell(self, gone: list[World]) -> None:
        for world in gone:
            if all(world is not other for other in self._row):
                self.dropped.emit(world)
        self.changed.emit()


def share(new: Galaxy, old: Galaxy) -> Galaxy:
    """Return `new` with all that is equal in `old` held once: a rebuild changes places alone.

    Names, relations and the like are most of what a galaxy takes.
    """
    same: dict[str, Any] = {}
    for part in fields(Galaxy):
        one, other = getattr(new, part.name), getattr(old, part.name)
        if one is not other and type(one) is type(other) and _equal(one, other):
            same[part.name] = other
    return replace(new, **same)


def memory_of(worlds: list[World]) -> int:
    """Return about how many bytes some worlds take; what they share is counted once."""
    sizes: dict[int, int] = {}
    for world in worlds:
        for part in fields(Galaxy):
            held = getattr(world.galaxy, part.name)
            derived = _DERIVED if part.name in ("positions", "vectors") else 1
            sizes[id(held)] = _size(held) * derived
    return sum(sizes.values())


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    return isinstance(one, list) and one == other


def _size(held: Any) -> int:
    if isinstance(held, np.ndarray):
        return held.nbytes
    return _PER_TEXT * len(held) if isinstance(held, list) else 0
