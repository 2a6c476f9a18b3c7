"""From what a user calls an artist to the artist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from embedding.errors import InputError, UnknownArtistError
from embedding.name_search import Match, NameSearch

_ID_PREFIX = "id:"
_SHOWN = 3
"""How many ids of artists with the same name a note tells."""


class Named(Protocol):
    """What has artists with names: an `ArtistGraph`, a `Galaxy`."""

    @property
    def names(self) -> list[str]:
        """One name per artist, shape (n,)."""

    @property
    def ids(self) -> list[str] | None:
        """All different, shape (n,)."""

    @property
    def aliases(self) -> list[tuple[str, ...]] | None:
        """Other spellings, shape (n,)."""

    @property
    def popularity(self) -> npt.NDArray[np.uint8] | None:
        """0 to 100, shape (n,)."""


@dataclass(frozen=True, slots=True)
class Found:
    """The artist that was meant.

    Attributes
    ----------
    index : int
    others : tuple of int
        Less popular artists that are called the same, the most popular first.
    note : str
        A sentence for the user where there are others, else "".
    """

    index: int
    others: tuple[int, ...] = ()
    note: str = ""


class Lookup:
    """Finds artists by name, alias or id; what it needs is made ready at the first question.

    Parameters
    ----------
    artists : Named
    earlier : Lookup, optional
        What it has made ready for names that are here, too, is not made again.
    """

    def __init__(self, artists: Named, earlier: Lookup | None = None) -> None:
        self._artists = artists
        self._earlier = earlier

    def find(self, query: str) -> int:
        """Return the index of the artist meant; see `resolve`."""
        return self.resolve(query).index

    def resolve(self, query: str) -> Found:
        """Return the artist meant by a name or an id.

        Tried in this order: ``id:`` and an id; the exact name; an id; an exact alias; and then
        without regard to accents, case and punctuation the name, an alias, the name written with
        other spaces, the name with or without "the" before it; and an id in another case.
        Of several artists the most popular is taken, and a note says so.

        Raises
        ------
        UnknownArtistError
            Nobody is called that; it holds the nearest spellings.
        InputError
            The query is empty.
        """
        wanted = query.strip()
        if not wanted:
            raise InputError("the name of an artist is empty", remedy="give a name or an id")
        if wanted.startswith(_ID_PREFIX):
            by_id = self._ids.get(wanted.removeprefix(_ID_PREFIX).strip())
            if by_id is not None:
                return Found(by_id)
        exact = self._names.get(wanted) or self._names.get(query)
        if exact:
            return self._most_popular(exact)
        if wanted in self._ids:
            return Found(self._ids[wanted])
        loose = self._aliases.get(wanted) or self.by_name.called(wanted)
        if loose:
            return self._most_popular(loose)
        if wanted.casefold() in self._ids_in_any_case:
            return Found(self._ids_in_any_case[wanted.casefold()])
        names = [self._artists.names[i] for i in self.by_name.suggest(wanted, 3)]
        raise UnknownArtistError(wanted, list(dict.fromkeys(names)))

    def search(self, query: str, count: int = 20) -> list[int]:
        """Return the artists whose names fit a query, the best first; see `NameSearch.search`.

        An artist whose id is the query comes before all others.
        """
        return [match.index for match in self.matches(query, count)]

    def matches(self, query: str, count: int = 20, typing: bool = False) -> list[Match]:
        """Return the artists as `search` does, and what of each fits; see `NameSearch.matches`."""
        found = self.by_name.matches(query, count, typing)
        by_id = self._ids.get(query.strip().removeprefix(_ID_PREFIX).strip())
        if by_id is None or count < 1:
            return found
        return [Match(by_id, None, 0), *(match for match in found if match.index != by_id)][:count]

    @cached_property
    def by_name(self) -> NameSearch:
        """The forgiving search behind this."""
        mine, self._earlier = self._earlier, None
        known = None if mine is None else vars(mine).get("by_name")
        artists = self._artists
        return NameSearch(artists.names, artists.aliases, artists.popularity, known)

    @cached_property
    def _names(self) -> dict[str, list[int]]:
        return _places((name, i) for i, name in enumerate(self._artists.names))

    @cached_property
    def _aliases(self) -> dict[str, list[int]]:
        many = self._artists.aliases or ()
        return _places((alias, i) for i, aliases in enumerate(many) for alias in aliases)

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {key: i for i, key in enumerate(self._artists.ids or ())}

    @cached_property
    def _ids_in_any_case(self) -> dict[str, int]:
        """The ids that no other one equals but for its case."""
        places = _places((key.casefold(), i) for i, key in enumerate(self._artists.ids or ()))
        return {key: found[0] for key, found in places.items() if len(found) == 1}

    def _most_popular(self, found: Sequence[int]) -> Found:
        fame = self._artists.popularity
        best, *others = sorted(found, key=lambda i: (0 if fame is None else -int(fame[i]), i))
        if not others:
            return Found(best)
        name = self._artists.names[best]
        chosen = "first" if fame is None else "most popular"
        how = ""
        if self._artists.ids is not None:
            shown = " or ".join(f'"{self._artists.ids[i]}"' for i in others[:_SHOWN])
            how = f"; for {'the other' if len(others) == 1 else 'another'} give the id {shown}"
        note = f'{len(found)} artists are called "{name}", and the {chosen} of them was taken{how}.'
        return Found(best, tuple(others), note)


def _places(pairs: Any) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for name, index in pairs:
        if index not in places[name]:
            places[name].append(index)
    return dict(places)
