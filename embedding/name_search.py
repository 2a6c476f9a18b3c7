"""Search among many names at once, forgiving: part of a name, no accents, a slip or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.folding import fold, fold_all
from embedding.romanising import romanised
from embedding.spellings import LONGEST_TYPO, START, WHOLE, WORD, Ints, Spellings

ARTICLE = "the "
_TYPO = 4
#: Of a name, as of what is typed, only so many characters count: a name can be a book.
_LONGEST = 400
#: Letters, fewer of which are not searched for slips.
_ENOUGH = 4
#: Some write a "+" instead, or nothing.
_AND = " and "
#: A name counts more than another spelling, that more than one in other letters, and that more
#: than one cut short.
_NAME, _ALIAS, _ROMANISED, _SHORT = range(4)


@dataclass(frozen=True, slots=True)
class Match:
    """An artist that fits a query.

    Attributes
    ----------
    index : int
    alias : int or None
        Which of the artist's other spellings fits; None where the name itself does.
    slips : int
        How many slips of the keyboard lie between the query and what fits.
    """

    index: int
    alias: int | None
    slips: int


class NameSearch:
    """The names of all artists, made ready once; a search takes milliseconds.

    Names in other scripts are found by what they are in Latin letters, too.

    Parameters
    ----------
    names : sequence of str, shape (n,)
    aliases : sequence of tuple of str, shape (n,), optional
        Other spellings of each.
    popularity : ndarray of int, shape (n,), optional
    earlier : NameSearch, optional
        What it knows of names that are here, too, is not worked out again: most of the work.
    """

    def __init__(
        self,
        names: Sequence[str],
        aliases: Sequence[Sequence[str]] | None = None,
        popularity: npt.NDArray[np.integer[Any]] | None = None,
        earlier: NameSearch | None = None,
    ) -> None:
        n = self._n = len(names)
        others = [(i, k, a) for i, many in enumerate(aliases or ()) for k, a in enumerate(many)]
        given = [name[:_LONGEST] for name in (*names, *(alias for _, _, alias in others))]
        folded, latin = _folded(given) if earlier is None else earlier._folded_with(given)
        #: The beginning of `spellings` are these, as they were given.
        self._given = given
        #: For each spelling, which of those given it is from.
        sources = [*range(len(given)), *latin]
        folded += latin.values()
        rank = [_NAME] * n + [_ALIAS] * len(others) + [_ROMANISED] * len(latin)
        short = [i for i, name in enumerate(folded) if name.startswith(ARTICLE)]
        spellings = folded + [folded[i].removeprefix(ARTICLE) for i in short]
        self._rank = np.array(rank + [_SHORT] * len(short), np.int64)
        source = np.array(sources + [sources[i] for i in short], np.int64)
        self._latin = list(latin)
        self._owner = np.array([*range(n), *(i for i, _, _ in others)], np.int64)[source]
        self._alias = np.array([-1] * n + [k for _, k, _ in others], np.int64)[source]
        self._text = Spellings(spellings)
        self._tight = Spellings([s.replace(" ", "") for s in spellings], words=False)
        fame = np.zeros(n) if popularity is None else popularity.astype(np.float64)
        #: Where each artist stands among equals: popular first, then the shorter name.
        self._order = np.empty(n, np.int64)
        self._order[np.lexsort((self._text.lengths[:n], -fame))] = np.arange(n)

    def search(self, query: str, count: int = 20) -> list[int]:
        """Return the artists whose names fit a query best.

        In this order: the whole name, its beginning, the beginning of a word (or of several, in
        any order), a part of a word, a slip or two away; popular artists first among equals.

        Parameters
        ----------
        query : str
            Accents, case and punctuation do not matter; so "acdc" finds "AC/DC".
        count : int
            At most so many.

        Returns
        -------
        list of int
            Indices; none for a query without letters.
        """
        return [match.index for match in self.matches(query, count)]

    def matches(self, query: str, count: int = 20, typing: bool = False) -> list[Match]:
        """Return the artists as `search` does, and what of each fits.

        Parameters
        ----------
        query : str
        count : int
            At most so many.
        typing : bool
            Whether more may follow: then slips are forgiven in the beginning of a name, too.
        """
        return self._ranked(query, count, _few_slips, typing)

    def suggest(self, query: str, count: int = 3) -> list[int]:
        """Return the artists whose names are nearest to one that nobody has.

        As `search`, but a third of the letters may be wrong, up to four.
        """
        return [match.index for match in self._ranked(query, count, _many_slips, False)]

    def called(self, query: str) -> list[int]:
        """Return all artists of exactly this name but for what `fold` drops, popular first.

        If there are none: those with such an alias; then those of this name but for the spaces;
        then those of this name but for "the" before it.
        """
        folded = fold(query[:_LONGEST])
        for wanted in (folded, folded.removeprefix(ARTICLE)):
            for text, spelling in ((self._text, wanted), (self._tight, wanted.replace(" ", ""))):
                if not spelling:
                    continue
                entries, how = text.beginning(spelling)
                whole = entries[how == WHOLE]
                if whole.size:
                    best = whole[self._rank[whole] == self._rank[whole].min()]
                    found = np.unique(self._owner[best])
                    return [int(i) for i in found[np.argsort(self._order[found])]]
        return []

    def _folded_with(self, given: list[str]) -> tuple[list[str], dict[int, str]]:
        """Return what `_folded` would, and work out only what is not known here."""
        mine = self._text.texts()
        known = dict(zip(self._given, mine, strict=False))
        in_latin = zip(self._latin, mine[len(self._given) :], strict=False)
        known_latin = {self._given[i]: name for i, name in in_latin}
        new = [name for name in given if name not in known]
        folded, latin = _folded(new)
        known.update(zip(new, folded, strict=True))
        known_latin.update((new[i], name) for i, name in latin.items())
        return (
            [known[name] for name in given],
            {i: known_latin[name] for i, name in enumerate(given) if name in known_latin},
        )

    def _ranked(
        self, query: str, count: int, slips_for: Callable[[int], int], typing: bool
    ) -> list[Match]:
        folded = fold(query[:_LONGEST])
        if not folded or not self._n or count < 1:
            return []
        found = _Found(self._owner, self._n)
        entries, how = self._text.beginning(folded)
        starts = how <= START
        found.add(entries[starts], how[starts])
        tight = folded.replace(" ", "")
        if len(tight) > 1:
            # At the start only: within, letters of two words would meet by chance.
            found.add(*self._tight.beginning(tight))
        # What comes now is worse, so it matters only where the better ones are too few.
        if found.artists < count:
            found.add(entries[~starts], how[~starts])
            words = folded.split()
            if len(words) > 1:
                found.add(*self._all_words(words))
        if found.artists < count:
            found.add(*self._text.within(folded))
        if found.artists < count:
            bare = folded.removeprefix(ARTICLE)
            # All that begins with the article is there without it, too.
            typed = bare if len(bare) >= _ENOUGH else folded
            for spelling in {typed, typed.replace(_AND, " ")}:
                # Few different letters say too little to forgive much.
                most = min(slips_for(len(spelling)), len(set(spelling)) - 1)
                if most > 0 and len(spelling) <= LONGEST_TYPO:
                    entries, whole, start = self._text.near(spelling, most, typing)
                    # The start of a name counts less than all of it, but more than another slip.
                    found.add(entries, _TYPO + np.minimum(2 * whole, 2 * start + 1))
        return self._best(found, count)

    def _best(self, found: _Found, count: int) -> list[Match]:
        entries, how = found.entries, found.how
        order = np.lexsort((self._rank[entries], self._order[self._owner[entries]], how))
        best: dict[int, Match] = {}
        for k in order.tolist():
            entry = int(entries[k])
            owner, alias = int(self._owner[entry]), int(self._alias[entry])
            if owner not in best:
                slips = max(0, int(how[k]) - _TYPO) // 2
                best[owner] = Match(owner, None if alias < 0 else alias, slips)
                if len(best) == count:
                    break
        return list(best.values())

    def _all_words(self, words: list[str]) -> tuple[Ints, Ints]:
        """Return the spellings in which each of the words begins a word."""
        having = np.ones(self._rank.size, bool)
        for word in words:
            here = np.zeros(having.size, bool)
            here[self._text.beginning(word)[0]] = True
            having &= here
        entries = np.flatnonzero(having)
        return entries, np.full(entries.size, WORD)


class _Found:
    """The spellings found so far, and how well each fits; lower is better."""

    def __init__(self, owner: Ints, artists: int) -> None:
        self.entries = np.empty(0, np.int64)
        self.how = np.empty(0, np.int64)
        self._owner, self._seen = owner, np.zeros(artists, bool)

    def add(self, entries: Ints, how: Ints) -> None:
        """Take some more; one may come again."""
        self.entries = np.concatenate((self.entries, entries))
        self.how = np.concatenate((self.how, how))
        self._seen[self._owner[entries]] = True

    @property
    def artists(self) -> int:
        """How many artists they belong to."""
        return int(np.count_nonzero(self._seen))


def _folded(given: list[str]) -> tuple[list[str], dict[int, str]]:
    """Return names as they are searched for, and those in other scripts in Latin letters, too."""
    foreign = {i: name for i, name in enumerate(romanised(given)) if name}
    folded = fold_all([*given, *foreign.values()])
    return folded[: len(given)], dict(zip(foreign, folded[len(given) :], strict=True))


def _few_slips(length: int) -> int:
    return 0 if length < _ENOUGH else 1 if length < 8 else 2


def _many_slips(length: int) -> int:
    return min(4, max(1, length // 3))
