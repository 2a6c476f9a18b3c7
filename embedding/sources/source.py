"""What every source can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from embedding.sources.records import FoundArtist, Relation


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a service may be asked: so many requests in so many seconds."""

    requests: int
    seconds: float


class Source(Protocol):
    """A music service. Each method is one request."""

    name: str
    title: str
    licence: str
    terms: str
    rate: Rate
    needs_key: bool
    requests_per_artist: float
    batch: int

    def find(self, name: str) -> list[FoundArtist]:
        """Return the artists of that name, or nearest to it, the best first."""
        ...

    def related(self, artist: FoundArtist) -> list[Relation]:
        """Return who is related to an artist, the nearest first."""
        ...

    def listeners(self, artists: Sequence[FoundArtist]) -> dict[str, int]:
        """Return how many listen to at most `batch` artists, by id."""
        ...
