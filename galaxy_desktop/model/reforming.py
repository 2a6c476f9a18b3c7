"""`Reforming`: one galaxy takes over from another; who is who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.sources.identity import mbid_of
from galaxy_desktop.model.world import World

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Reforming:
    """What `AppState.world_reformed` says.

    Attributes
    ----------
    old, new : World
    found : ndarray of intp, shape (len(old),)
        The new index of each artist of the old world, -1 for one that is not in the new one. No
        two have the same.
    """

    old: World
    new: World
    found: Indices

    @classmethod
    def of(cls, old: World, new: World) -> Reforming:
        """Match the artists of two worlds by key; of those that share one, in their order."""
        return cls(old, new, matched(old, new))

    @cached_property
    def only_adds(self) -> bool:
        """Whether some have come, and all others are where they were, by index and in space.

        What was said of the artists and places of the old world is still true.
        """
        n = len(self.old)
        same = len(self.new) > n and np.array_equal(self.found, np.arange(n))
        return same and np.array_equal(self.old.positions, self.new.positions[:n])

    def artist(self, old: int | None) -> int | None:
        """Return the new index of an artist, None for one that is gone."""
        if old is None:
            return None
        new = int(self.found[old])
        return new if new >= 0 else None

    def artists(self, old: Iterable[int]) -> tuple[int, ...]:
        """Return the new indices of some artists, without those that are gone."""
        return tuple(new for each in old if (new := self.artist(each)) is not None)

    def moved(self, old: int) -> npt.NDArray[np.float64] | None:
        """Return how far an artist's place has moved, shape (3,), None for one that is gone."""
        new = self.artist(old)
        if new is None:
            return None
        here: npt.NDArray[Any] = self.new.positions[new].astype(np.float64)
        way: npt.NDArray[np.float64] = here - self.old.positions[old]
        return way


def matched(old: World, new: World) -> Indices:
    """Return the index in `new` of each artist of `old`, -1 for none; see `Reforming.found`.

    By key; those left over, as where one of them was merged with other data, by what they are
    called.
    """
    found = _by_key(old, new)
    left = np.flatnonzero(found < 0)
    by_name = old.galaxy.ids is None and new.galaxy.ids is None
    if by_name or not len(left) or len(old) - len(left) == len(new):
        return found
    taken = set(found.tolist())
    for i in left.tolist():
        other = _called_alike(old, i, new)
        if other is not None and other not in taken:
            found[i] = other
            taken.add(other)
    return found


def _called_alike(old: World, artist: int, new: World) -> int | None:
    """Return who in `new` may be an artist of `old` that has another key there."""
    key, galaxy = old.key(artist), old.galaxy
    aliases = galaxy.aliases[artist] if galaxy.aliases is not None else ()
    for text in (key, galaxy.names[artist], *aliases):
        other = new.find_key(text)
        if other is not None:
            # Two that MusicBrainz tells apart are two, whatever they are called.
            apart = mbid_of(key) and mbid_of(new.key(other)) not in ("", mbid_of(key))
            return None if apart else other
    return None


def _by_key(old: World, new: World) -> Indices:
    keys, others = old.galaxy.keys, new.galaxy.keys
    if keys == others:
        return np.arange(len(keys), dtype=np.intp)
    if len(old.place_of) == len(keys) and len(new.place_of) == len(others):
        find = new.place_of.get
        return np.fromiter((find(key, -1) for key in keys), np.intp, len(keys))
    waiting: dict[str, list[int]] = defaultdict(list)
    for i in range(len(others) - 1, -1, -1):
        waiting[others[i]].append(i)
    return np.fromiter(
        (waiting[key].pop() if waiting.get(key) else -1 for key in keys), np.intp, len(keys)
    )
