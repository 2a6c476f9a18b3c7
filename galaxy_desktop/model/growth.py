"""`Growth`: the artists that a service has named so far, and the galaxy with them at its edge."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.folding import fold, fold_all
from galaxy_desktop.model.new_places import Outskirts
from galaxy_desktop.model.world import World

NAMERS = 2
"""So many have to name an artist who was not asked about."""
_MOST_LISTENERS = 8.0
"""The power of ten of the listeners of the best known artist there is."""
_UNKNOWN = 12
"""The popularity of an artist of whom the service does not say how many listen."""


@dataclass(frozen=True, slots=True)
class Named:
    """An artist as a service names it.

    Attributes
    ----------
    id : str
        The service's own.
    key : str
        By which it is known in a galaxy that is built from the answers.
    name : str
    listeners : int or None
    link : str
        A page about it, "" for none.
    """

    id: str
    key: str
    name: str
    listeners: int | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a service calls related to an artist.

    Attributes
    ----------
    of : Named
    new : tuple of Named
        Those whom nobody had named before.
    related : tuple of str
        The ids of all, the nearest first.
    """

    of: Named
    new: tuple[Named, ...]
    related: tuple[str, ...]


class Growth:
    """Adds artists to a galaxy, whose own stay where they are; all of it on a worker thread.

    An artist that the galaxy has already, by its key or by a name that is the same but for accents
    and the like, is that one. Who is new comes after all others, once it was asked about or
    `NAMERS` name it: a galaxy that is built of the answers leaves out the rest
    (`embedding.readers.crawl`).

    Parameters
    ----------
    base : World
    source, licence : str
        Where the new ones are from, and what may be done with it.
    """

    def __init__(self, base: World, source: str, licence: str) -> None:
        self.base = base
        self._source, self._licence = source, licence
        self._outskirts = Outskirts(base)
        self._new: list[Named] = []
        self._at: dict[str, int] = {}
        self._keys: dict[str, int] = {}
        #: Those who are not in yet, and who names them.
        self._waiting: dict[str, tuple[Named, list[int]]] = {}
        names = fold_all(base.galaxy.names)
        # Of several with one name the best known is meant.
        order = np.argsort(base.galaxy.popularity, kind="stable").tolist()
        self._called = {names[i]: i for i in order}
        self._first = len(base)
        self._places = base.positions
        self._vectors = base.galaxy.vectors
        self._pairs: list[tuple[int, int]] = []
        # Of whom nothing is known: near nobody, and of no weight in an average.
        self._faint = 1e-3 * float(np.abs(self._vectors).mean()) or 1e-6

    def __len__(self) -> int:
        """Return how many artists are new."""
        return len(self._new)

    def take(self, answers: Iterable[Answer]) -> None:
        """Take more answers."""
        before = len(self._new)
        pairs: list[tuple[int, int]] = []
        for answer in answers:
            of = self._admit(answer.of, pairs)
            for named in answer.new:
                self._meet(named)
            for each in answer.related:
                self._relate(of, each, pairs)
        self._pairs += pairs
        self._place(before, pairs)

    def world(self) -> World:
        """Return the galaxy with all that are new by now."""
        galaxy, count = self.base.galaxy, len(self._new)
        popularity = np.array([_popularity(each.listeners) for each in self._new], np.uint8)
        indptr, indices, weights = self._relations()
        listed: dict[str, Any] = {"ids": None, "tags": None, "aliases": None, "links": None}
        if galaxy.ids is not None:
            listed["ids"] = galaxy.ids + [each.key for each in self._new]
        for part in ("tags", "aliases"):
            if (had := getattr(galaxy, part)) is not None:
                listed[part] = had + [()] * count
        if galaxy.links is not None or any(each.link for each in self._new):
            had = galaxy.links if galaxy.links is not None else [""] * len(galaxy)
            listed["links"] = had + [each.link for each in self._new]
        grown = replace(
            galaxy,
            names=galaxy.names + [each.name for each in self._new],
            positions=self._places,
            vectors=self._vectors,
            popularity=np.concatenate((galaxy.popularity, popularity)),
            indptr=indptr,
            indices=indices,
            weights=weights,
            source=joined(galaxy.source, self._source),
            licence=joined(galaxy.licence, self._licence),
            **listed,
        )
        world = World(grown, self.base.path, like=self.base)
        world.temporary = self.base.temporary
        world.known_as = dict(self._keys)
        return world

    # -- Within ------------------------------------------------------------------------------------

    def _meet(self, named: Named) -> None:
        """Look up an artist that was named; one that is not there waits to be asked about."""
        if named.id in self._at or named.id in self._waiting:
            return
        found = self.base.place_of.get(named.key) if self.base.galaxy.ids is not None else None
        if found is None:
            found = self._called.get(fold(named.name))
        if found is None:
            self._waiting[named.id] = named, []
        else:
            self._at[named.id] = self._keys[named.key] = found

    def _admit(self, named: Named, pairs: list[tuple[int, int]]) -> int:
        """Return the index of an artist; one that is not there comes in, without a place yet."""
        self._meet(named)
        if named.id in self._waiting:
            named, namers = self._waiting.pop(named.id)
            self._at[named.id] = self._keys[named.key] = at = self._first + len(self._new)
            self._new.append(named)
            pairs += [(namer, at) for namer in namers]
        return self._at[named.id]

    def _relate(self, of: int, ident: str, pairs: list[tuple[int, int]]) -> None:
        """Note that an artist names another; whom enough name comes in."""
        if (other := self._at.get(ident)) is not None:
            if other != of:
                pairs.append((of, other))
        elif ident in self._waiting:
            named, namers = self._waiting[ident]
            if of not in namers:
                namers.append(of)
            if len(namers) >= NAMERS:
                self._admit(named, pairs)

    def _place(self, before: int, pairs: Sequence[tuple[int, int]]) -> None:
        """Give those who came since `before` a place: first whom somebody with a place names."""
        had = self._first + before
        count = len(self._new) - before
        if not count:
            return
        faint = np.full((count, self._vectors.shape[1]), self._faint, np.float32)
        places = np.concatenate((self._places, np.full((count, 3), np.nan, np.float32)))
        vectors = np.concatenate((self._vectors, faint))
        one, other = np.array(pairs, np.intp).reshape(-1, 2).T
        ends = np.concatenate((one, other))
        namers = np.concatenate((other, one))
        placed = np.arange(had + count) < had
        while not placed.all():
            asked = placed[namers] & ~placed[ends]
            to, by = ends[asked] - had, namers[asked]
            middles, directions, named = _means(to, places[by], vectors[by], count)
            now = np.flatnonzero(named)
            if len(now):
                vectors[had + now] = directions[now]
            else:
                # Nobody who has a place names any of the rest: one of them begins, and those whom
                # nobody names at all need not wait for it.
                rest = np.flatnonzero(~placed[had:])
                alone = np.setdiff1d(rest, ends - had)
                now = alone if len(alone) else rest[:1]
            keys = [self._new[before + i].key for i in now]
            places[had + now] = self._outskirts.beyond(middles[now], keys)
            placed[had + now] = True
        self._places, self._vectors = places, vectors

    def _relations(
        self,
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float32] | None]:
        """Return the relations of all; a new one weighs what the one in the middle weighs."""
        galaxy, n = self.base.galaxy, self._first + len(self._new)
        rows = np.repeat(np.arange(len(galaxy), dtype=np.int64), np.diff(galaxy.indptr))
        one, other = np.array(self._pairs, np.int64).reshape(-1, 2).T
        places = np.concatenate((rows * n + galaxy.indices, one * n + other, other * n + one))
        entries, firsts = np.unique(places, return_index=True)
        counts = np.bincount(entries // n, minlength=n)
        indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        weights = galaxy.weights
        if weights is not None:
            middle = np.float32(np.median(weights)) if len(weights) else np.float32(1)
            weights = np.concatenate((weights, np.full(2 * len(one), middle)))[firsts]
        return indptr, (entries % n).astype(np.int32), weights


def joined(one: str, other: str) -> str:
    """Return two texts as one, each once."""
    if not one or not other or other in one.split("; "):
        return one or other
    return f"{one}; {other}"


def _means(
    to: npt.NDArray[np.intp], places: npt.NDArray[Any], vectors: npt.NDArray[Any], count: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Return the mean place and vector of all who name each, and whether anybody does."""
    number = np.bincount(to, minlength=count)
    by = np.maximum(number, 1)[:, None]

    def mean(values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        sums = [np.bincount(to, column, count) for column in values.T]
        found: npt.NDArray[np.float64] = np.column_stack(sums) / by
        return found

    middles = mean(places)
    middles[number == 0] = np.nan
    return middles, mean(vectors).astype(np.float32), number > 0


def _popularity(listeners: int | None) -> int:
    """Return listeners as a popularity from 0 to 100, by their powers of ten."""
    if listeners is None:
        return _UNKNOWN
    return min(100, round(100 * math.log10(1 + max(listeners, 0)) / _MOST_LISTENERS))
