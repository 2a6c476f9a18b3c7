"""What a crawl is to do: as it is asked for, or as the file says that is gone on with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from embedding.errors import InputError
from embedding.sources.limits import ORDERS, Order

DEFAULT_SOURCE = "listenbrainz"
DEFAULT_ARTISTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked for; None where nothing is said.

    Attributes
    ----------
    source : str or None
        A key of `embedding.sources.SOURCES`.
    names, keys : tuple of str
        The seeds.
    artists : int or None
        How many artists shall have their turn.
    order : {"popular", "towards"} or None
    base_url : str or None
        A mirror of the source.
    """

    source: str | None = None
    names: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    artists: int | None = None
    order: Order | None = None
    base_url: str | None = None

    def about(self) -> dict[str, str]:
        """Return it as a store keeps it."""
        return {
            "seeds": json.dumps([self.keys, self.names], ensure_ascii=False),
            "artists": str(self.artists or DEFAULT_ARTISTS),
            "order": self.order or ORDERS[0],
        }

    def completed(self, about: Mapping[str, str], *, resume: bool) -> tuple[Plan, bool]:
        """Return the whole plan, and whether the crawl in the file goes on.

        Parameters
        ----------
        about : mapping
            What the store says; empty for a new one.
        resume : bool
            Whether the user wants the crawl in the file to go on, where there is one.

        Raises
        ------
        InputError
            The file holds something else than what is asked for, or nothing says where to begin.
        """
        held = about.get("source")
        if held is not None and self.source not in (None, held):
            raise InputError(
                f"the file holds answers of {about.get('title', held)}",
                where="--source",
                remedy=f"leave it out, or give another file with -o: {self.source} needs its own",
            )
        begun = "seeds" in about
        goes_on = resume and begun
        if goes_on and (self.names or self.keys) and self.about()["seeds"] != about["seeds"]:
            raise InputError(
                f"the crawl in the file began with {_said(about['seeds'])}",
                where="--resume",
                remedy="leave out --seed to go on with it, or --resume to begin another",
            )
        if not goes_on and not (self.names or self.keys):
            raise InputError(
                "there is no crawl to go on with" if resume else "an artist to begin at is missing",
                where="--seed",
                remedy='give one: --seed "Radiohead"',
            )
        if goes_on:
            keys, names = json.loads(about["seeds"])
        else:
            keys, names = self.keys, self.names
        order = about.get("order") if goes_on else None
        return Plan(
            source=self.source or held or DEFAULT_SOURCE,
            names=tuple(names),
            keys=tuple(keys),
            artists=self.artists or int((goes_on and about.get("artists")) or DEFAULT_ARTISTS),
            order=self.order or (order if order in ORDERS else ORDERS[0]),
            base_url=self.base_url or (about.get("base_url") if goes_on else None) or None,
        ), goes_on


def _said(seeds: str) -> str:
    keys, names = json.loads(seeds)
    return ", ".join(f'"{each}"' for each in [*names, *keys])
