"""A source in memory: a seeded music world that answers as it is told to."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from embedding.folding import fold
from embedding.sources.records import FoundArtist, Relation
from embedding.sources.source import Rate


@dataclass
class FakeSource:
    """Artists ``a0`` to ``a{n-1}`` on a ring, each related to those near it and to a few far away.

    `asked` lists whom it was asked about; `before` is called first in every request.
    """

    n: int = 200
    related_each: int = 8
    seed: int = 0
    scores: bool = True
    batch: int = 0
    tells_listeners: bool = True
    before: Callable[[str], None] = lambda _: None
    asked: list[str] = field(default_factory=list)
    counted: list[list[str]] = field(default_factory=list)

    name = "fake"
    title = "Fake"
    licence = "CC0-1.0"
    terms = "Invented for a test: do with it what you like."
    rate = Rate(10, 1.0)
    needs_key = False
    requests_per_artist = 1.0

    def __post_init__(self) -> None:
        rng = random.Random(self.seed)
        near = self.related_each // 2
        self.world = {
            i: list(
                dict.fromkeys(
                    [(i + d) % self.n for k in range(1, near + 1) for d in (k, -k)]
                    + [j for j in rng.sample(range(self.n), 2) if j != i]
                )
            )
            for i in range(self.n)
        }
        self.fame = [int(10 ** rng.uniform(0, 7)) for _ in range(self.n)]

    def artist(self, i: int, *, told: bool | None = None) -> FoundArtist:
        told = self.tells_listeners if told is None else told
        return FoundArtist(f"a{i}", f"Artist {i}", listeners=self.fame[i] if told else None)

    def find(self, name: str) -> list[FoundArtist]:
        self.before(name)
        found = [self.artist(i) for i in range(self.n) if fold(f"Artist {i}") == fold(name)]
        return found or [self.artist(0), self.artist(1)]

    def related(self, artist: FoundArtist) -> list[Relation]:
        self.before(artist.id)
        self.asked.append(artist.id)
        others = self.world[int(artist.id[1:])]
        return [
            Relation(self.artist(j), rank, 100.0 / rank if self.scores else None)
            for rank, j in enumerate(others, 1)
        ]

    def listeners(self, artists: Sequence[FoundArtist]) -> dict[str, int]:
        assert 0 < len(artists) <= self.batch
        self.before("listeners")
        self.counted.append([artist.id for artist in artists])
        return {artist.id: self.fame[int(artist.id[1:])] for artist in artists}
