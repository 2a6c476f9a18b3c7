"""Search among many names at once, forgiving: part of a name, no accents, a slip or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.folding import fold, fold_all
from embedding.typos import slips

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]

ARTICLE = "the "
_BREAK, _SPACE = 10, 32
_WHOLE, _START, _WORD, _WITHIN, _TYPO, _NOT_FOUND = 0, 1, 2, 3, 4, 127
#: Longer spellings are not searched for slips of the keyboard.
_LONGEST_TYPO = 64


@dataclass(frozen=True, slots=True)
class _Text:
    """Many spellings as one array of code points, a line break before and after each."""

    codes: Codes
    starts: Ints
    lengths: Ints

    @classmethod
    def of(cls, spellings: list[str]) -> _Text:
        joined = "\n" + "\n".join(spellings) + "\n"
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        breaks = np.flatnonzero(codes == _BREAK)
        return cls(codes, breaks[:-1] + 1, np.diff(breaks) - 1)

    def hits(self, query: str) -> tuple[Ints, Ints]:
        """Return in which spellings the query stands, and how well (`_WHOLE` to `_WITHIN`)."""
        letters = np.frombuffer(query.encode("utf-32-le", "surrogatepass"), np.uint32)
        at = np.flatnonzero(self.codes == letters[0])
        for place, letter in enumerate(letters[1:], 1):
            # A hit never runs over the end: the last code is a line break, and the query has none.
            at = at[self.codes[at + place] == letter]
        before, after = self.codes[at - 1], self.codes[at + letters.size]
        how = np.full(at.size, _WITHIN)
        how[before == _SPACE] = _WORD
        how[before == _BREAK] = _START
        how[(before == _BREAK) & (after == _BREAK)] = _WHOLE
        return np.searchsorted(self.starts, at, "right") - 1, how

    def near(self, query: str, most: int) -> tuple[Ints, Ints]:
        """Return the spellings at most so many slips away, and how many slips."""
        letters = np.frombuffer(query.encode("utf-32-le", "surrogatepass"), np.uint32)
        like = np.flatnonzero(np.abs(self.lengths - letters.size) <= most)
        rows = np.arange(letters.size + most)[:, None]
        at = np.minimum(self.starts[like] + rows, self.codes.size - 1)
        count = slips(letters, self.codes[at], self.lengths[like], most)
        near = count <= most
        return like[near], count[near].astype(np.int64)


class NameSearch:
    """The names of all artists, made ready once; a search takes milliseconds.

    Parameters
    ----------
    names : sequence of str, shape (n,)
    aliases : sequence of tuple of str, shape (n,), optional
        Other spellings of each.
    popularity : ndarray of int, shape (n,), optional
    """

    def __init__(
        self,
        names: Sequence[str],
        aliases: Sequence[Sequence[str]] | None = None,
        popularity: npt.NDArray[np.integer[Any]] | None = None,
    ) -> None:
        self._n = len(names)
        others = [(i, alias) for i, many in enumerate(aliases or ()) for alias in many]
        folded = fold_all([*names, *(alias for _, alias in others)])
        owners = [*range(self._n), *(i for i, _ in others)]
        short = [
            (i, name.removeprefix(ARTICLE))
            for i, name in zip(owners, folded, strict=True)
            if name.startswith(ARTICLE)
        ]
        spellings = folded + [name for _, name in short]
        self._owner = np.array([*owners, *(i for i, _ in short)], np.int64)
        #: A name counts more than another spelling, and that more than one cut short.
        self._rank = np.repeat([0, 1, 2], [self._n, len(others), len(short)])
        self._text = _Text.of(spellings)
        self._tight = _Text.of([spelling.replace(" ", "") for spelling in spellings])
        fame = np.zeros(self._n) if popularity is None else popularity.astype(np.float64)
        length = self._text.lengths[: self._n]
        #: Where each artist stands among equals: popular first, then the shorter name.
        self._order = np.empty(self._n, np.int64)
        self._order[np.lexsort((length, -fame))] = np.arange(self._n)

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
        return self._ranked(query, count, _few_slips)

    def suggest(self, query: str, count: int = 3) -> list[int]:
        """Return the artists whose names are nearest to one that nobody has.

        As `search`, but a third of the letters may be wrong, up to four.
        """
        return self._ranked(query, count, _many_slips)

    def called(self, query: str) -> list[int]:
        """Return all artists of exactly this name but for what `fold` drops, popular first.

        If there are none: those with such an alias; then those of this name but for the spaces;
        then those of this name but for "the" before it.
        """
        folded = fold(query)
        for wanted in (folded, folded.removeprefix(ARTICLE)):
            for text, spelling in ((self._text, wanted), (self._tight, wanted.replace(" ", ""))):
                if not spelling:
                    continue
                entries, how = text.hits(spelling)
                whole = entries[how == _WHOLE]
                if whole.size:
                    best = whole[self._rank[whole] == self._rank[whole].min()]
                    found = np.unique(self._owner[best])
                    return [int(i) for i in found[np.argsort(self._order[found])]]
        return []

    def _ranked(self, query: str, count: int, slips_for: Callable[[int], int]) -> list[int]:
        folded = fold(query)
        if not folded or not self._n or count < 1:
            return []
        how = np.full(self._n, _NOT_FOUND)
        self._note(how, *self._text.hits(folded))
        tight = folded.replace(" ", "")
        if len(tight) > 1:
            entries, fit = self._tight.hits(tight)
            # Within, letters of two words would meet that have nothing to do with each other.
            self._note(how, entries[fit <= _START], fit[fit <= _START])
        words = folded.split()
        if len(words) > 1:
            self._note(how, *self._all_words(words))
        found = np.count_nonzero(how < _NOT_FOUND)
        if found < count:
            for spelling in {folded, folded.removeprefix(ARTICLE)}:
                most = slips_for(len(spelling))
                if most and len(spelling) <= _LONGEST_TYPO:
                    entries, number = self._text.near(spelling, most)
                    self._note(how, entries, _TYPO + number)
        artists = np.flatnonzero(how < _NOT_FOUND)
        best = artists[np.lexsort((self._order[artists], how[artists]))]
        return [int(i) for i in best[:count]]

    def _note(self, how: Ints, entries: Ints, fit: Ints) -> None:
        np.minimum.at(how, self._owner[entries], fit)

    def _all_words(self, words: list[str]) -> tuple[Ints, Ints]:
        """Return the spellings in which each of the words begins a word."""
        having = np.ones(self._rank.size, bool)
        for word in words:
            entries, how = self._text.hits(word)
            here = np.zeros(having.size, bool)
            here[entries[how <= _WORD]] = True
            having &= here
        entries = np.flatnonzero(having)
        return entries, np.full(entries.size, _WORD)


def _few_slips(length: int) -> int:
    return 0 if length < 4 else 1 if length < 8 else 2


def _many_slips(length: int) -> int:
    return min(4, max(1, length // 3))
