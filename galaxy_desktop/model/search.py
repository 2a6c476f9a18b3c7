"""`Search`: as-you-type search among the artists of a galaxy."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np

from embedding.galaxy import Galaxy
from embedding.lookup import Lookup
from embedding.name_search import Match
from galaxy_desktop.model.emphasis import Spans, emphasis
from galaxy_desktop.model.shown_text import shown

SHOWN = 20
SUGGESTED = 3
_ROW = 150
"""Characters: what was typed is looked for in as much of a name as a row can show."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An artist that fits what was typed.

    Attributes
    ----------
    index : int
    name : str
        As it can be shown, like the alias; see `shown_text`.
    alias : str
        The other spelling that fits, "" where the name itself does.
    tags : tuple of str
    popularity : int
        0 to 100.
    spans : tuple of (int, int)
        The parts of the alias, else of the name, that are what was typed; none where they are so
        only but for slips.
    """

    index: int
    name: str
    alias: str
    tags: tuple[str, ...]
    popularity: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found.

    Attributes
    ----------
    query : str
    hits : tuple of Hit
        The best first.
    suggestions : tuple of str
        Where there are no hits, the names spelt most like the query.
    """

    query: str
    hits: tuple[Hit, ...]
    suggestions: tuple[str, ...] = ()


class Search:
    """Finds artists while the user types.

    Parameters
    ----------
    galaxy : Galaxy
    earlier : Search, optional
        Of a galaxy many of whose artists are in this one: it is ready sooner.
    """

    def __init__(self, galaxy: Galaxy, earlier: Search | None = None) -> None:
        self._galaxy = galaxy
        self._lookup: Lookup = Lookup(galaxy, None if earlier is None else earlier._lookup)
        self._lock = Lock()
        self._ready = False

    @property
    def ready(self) -> bool:
        """Whether `find` answers within milliseconds."""
        return self._ready

    def fits(self, galaxy: Galaxy) -> bool:
        """Return whether it finds the same in another galaxy, as after most rebuilds."""
        mine = self._galaxy
        return (
            mine.keys == galaxy.keys
            and mine.names == galaxy.names
            and mine.aliases == galaxy.aliases
            and np.array_equal(mine.popularity, galaxy.popularity)
        )

    def prepare(self) -> None:
        """Make the index; for a worker thread. A question asked meanwhile waits."""
        with self._lock:
            if not self._ready:
                # The first question with a slip in it makes what is left to make.
                self._lookup.matches("prepare", 1, typing=True)
                self._ready = True

    def find(self, query: str, count: int = SHOWN) -> Results:
        """Return the artists that fit a query, at most `count`, and suggestions where none do."""
        self.prepare()
        found = self._lookup.matches(query, count, typing=True)
        if found or not query.strip():
            return Results(query, tuple(self._hit(match, query) for match in found))
        near = self._lookup.by_name.suggest(query, SUGGESTED)
        names = dict.fromkeys(shown(self._galaxy.names[i]) for i in near)
        return Results(query, (), tuple(names))

    def _hit(self, match: Match, query: str) -> Hit:
        galaxy, artist = self._galaxy, match.index
        name, alias = shown(galaxy.names[artist]), ""
        if match.alias is not None and galaxy.aliases is not None:
            alias = shown(galaxy.aliases[artist][match.alias])
        return Hit(
            artist,
            name,
            alias,
            galaxy.tags[artist] if galaxy.tags is not None else (),
            int(galaxy.popularity[artist]),
            emphasis(shown(alias or name, _ROW), query),
        )
