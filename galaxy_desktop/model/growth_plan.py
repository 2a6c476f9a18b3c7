"""`GrowthPlan`: what a growth will ask of a service, and how long that takes, before it begins."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from galaxy_desktop.model.durations import in_words

SIZES = (250, 1_000, 5_000, 20_000, 100_000)
"""How many artists may be asked about."""
FIRST_SIZE = 1_000
MOST_SEEDS = 8
"""Artists to begin with, at most."""


class Rate(Protocol):
    """How often a service may be asked."""

    @property
    def requests(self) -> int:
        """So many times ..."""

    @property
    def seconds(self) -> float:
        """... in so many seconds."""


class Service(Protocol):
    """What has to be known of a service before it is asked; see `embedding.sources`."""

    @property
    def name(self) -> str:
        """As the command calls it."""

    @property
    def title(self) -> str:
        """As people call it."""

    @property
    def licence(self) -> str:
        """What may be done with its data."""

    @property
    def terms(self) -> str:
        """A sentence or two about where the data is from, and on what terms."""

    @property
    def rate(self) -> Rate:
        """How often it may be asked."""

    @property
    def needs_key(self) -> bool:
        """Whether it answers those alone who have a key of their own."""

    @property
    def requests_per_artist(self) -> float:
        """How often it is asked about one artist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthPlan:
    """A growth that was not begun yet.

    Attributes
    ----------
    service : Service
    seeds : tuple of str
        The names of the artists to begin with.
    size : int
        How many artists the service is asked about, at most.
    """

    service: Service
    seeds: tuple[str, ...]
    size: int

    @property
    def requests(self) -> int:
        """How many requests are sent, at most: for each seed's name, and for each artist."""
        return len(self.seeds) + math.ceil(self.size * self.service.requests_per_artist)

    @property
    def seconds(self) -> float:
        """How long that takes at the rate that the service allows."""
        rate = self.service.rate
        return self.requests * rate.seconds / rate.requests

    @property
    def asks(self) -> str:
        """What is asked, as a sentence."""
        rate = self.service.rate
        often = f"{rate.requests:,} in {in_words(rate.seconds)}"
        if rate.seconds == 1:
            often = f"{'one' if rate.requests == 1 else rate.requests} a second"
        count = f"{self.requests:,} request{'' if self.requests == 1 else 's'}"
        return f"{self.service.title} is sent up to {count}, never more than {often}."

    @property
    def takes(self) -> str:
        """How long it takes, as a sentence."""
        return f"That takes about {in_words(self.seconds)}; you can go on flying meanwhile."

    @property
    def tells(self) -> str:
        """What the service learns, as a sentence."""
        return (
            "The requests hold names and numbers of artists and nothing about you; as with any"
            " web page, the service sees your address on the internet."
        )


def listed(names: tuple[str, ...], most: int = 2) -> str:
    """Return names as they stand in a sentence; of many only the first."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(names)
