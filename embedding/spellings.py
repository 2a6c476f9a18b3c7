"""`Spellings`: many short texts as one array of letters, asked all at once."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from embedding.typos import whole_and_start

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Bits = npt.NDArray[np.uint64]

BREAK, SPACE = 10, 32
#: How well a query fits: the whole text, its start, that of a word, or anything within.
WHOLE, START, WORD, WITHIN = 0, 1, 2, 3
#: Longer texts are not searched for slips of the keyboard.
LONGEST_TYPO = 64
#: Of the first so many letters of each text it is known which ones they are.
_WIDTHS = (5, 6, 8, 10, 12, 15, 18, 24, 32, LONGEST_TYPO + 4)


def letters_of(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


class Spellings:
    """Texts without line breaks, made ready for questions.

    Parameters
    ----------
    texts : list of str, shape (n,)
    words : bool
        Whether a query may begin at any word; else only the starts of the texts count.

    Attributes
    ----------
    lengths : ndarray of int64, shape (n,)
    """

    def __init__(self, texts: list[str], words: bool = True) -> None:
        #: A line break before and after each.
        self._codes = letters_of("\n" + "\n".join(texts) + "\n")
        breaks = np.flatnonzero(self._codes == BREAK)
        self._starts = breaks[:-1] + 1
        self.lengths: Ints = np.diff(breaks) - 1
        heads = self._starts
        if words:
            heads = np.concatenate((heads, np.flatnonzero(self._codes == SPACE) + 1))
        keys = self._pairs(heads)
        order = np.argsort(keys, kind="stable")
        #: Where words begin, in the order of their first two letters.
        self._heads, self._head_keys = heads[order], keys[order]

    def texts(self) -> list[str]:
        """Return the texts; of none at all, an empty one."""
        return self._codes.tobytes().decode("utf-32-le", "surrogatepass")[1:-1].split("\n")

    def beginning(self, query: str) -> tuple[Ints, Ints]:
        """Return in which texts the query begins a word, and how well (`WHOLE` to `WORD`).

        A text in which several words begin so is there several times.
        """
        letters = letters_of(query)
        first = int(letters[0]) << 32
        second = int(letters[1]) if letters.size > 1 else 0
        last = first + (second if letters.size > 1 else 2**32 - 1)
        low = np.searchsorted(self._head_keys, np.uint64(first + second), "left")
        high = np.searchsorted(self._head_keys, np.uint64(last), "right")
        at = self._narrowed(self._heads[low:high], letters, 2)
        how = np.full(at.size, WORD)
        starts = self._codes[at - 1] == BREAK
        how[starts] = START
        how[starts & (self._codes[at + letters.size] == BREAK)] = WHOLE
        return self._texts_at(at), how

    def within(self, query: str) -> tuple[Ints, Ints]:
        """Return in which texts the query stands anywhere, and how well: `WITHIN`."""
        letters = letters_of(query)
        # The letter that is in the fewest places leaves the fewest to look at.
        order, first = self._places
        bins = letters.astype(np.uint16).astype(np.int64)
        rarest = int(np.argmin(first[bins + 1] - first[bins]))
        at = order[first[bins[rarest]] : first[bins[rarest] + 1]] - rarest
        at = at[(at > 0) & (at + letters.size < self._codes.size)]
        at = self._narrowed(at, letters, 0)
        return self._texts_at(at), np.full(at.size, WITHIN)

    def near(self, query: str, most: int, starts: bool) -> tuple[Ints, Ints, Ints]:
        """Return the texts at most so many slips away from the query.

        Parameters
        ----------
        query : str
            At most `LONGEST_TYPO` letters.
        most : int
            At most 4.
        starts : bool
            Whether it is enough that the start of a text is as near.

        Returns
        -------
        texts : ndarray of int64
        whole : ndarray of int64
            How many slips lie between the query and the text; above `most` for too many.
        start : ndarray of int64
            And between the query and the nearest start of the text.
        """
        letters = letters_of(query)
        width = letters.size + most
        # A slip brings at most one letter in, or takes one away.
        known = self._known_letters[next(w for w in _WIDTHS if w >= width)]
        asked = _letter_set(letters)
        like = _at_most(asked & ~known, most)
        like &= self.lengths >= letters.size - most
        if not starts:
            like &= self.lengths <= width
        likely = np.flatnonzero(like)
        if not starts:
            likely = likely[_at_most(known[likely] & ~asked, most)]
        rows = np.arange(min(width, int(self.lengths[likely].max(initial=0))))[:, None]
        at = np.minimum(self._starts[likely] + rows, self._codes.size - 1)
        whole, start = whole_and_start(letters, self._codes[at], self.lengths[likely], most)
        near = (start if starts else whole) <= most
        return likely[near], whole[near].astype(np.int64), start[near].astype(np.int64)

    def _narrowed(self, at: Ints, letters: Codes, known: int) -> Ints:
        """Return those of some places where the letters stand, of which the first are known to."""
        for place in range(known, letters.size):
            # Nothing runs over the end: the last code is a line break, and the query has none.
            at = at[self._codes[at + place] == letters[place]]
        return at

    def _pairs(self, heads: Ints) -> npt.NDArray[np.uint64]:
        after = np.minimum(heads + 1, self._codes.size - 1)
        first = self._codes[heads].astype(np.uint64) << np.uint64(32)
        pairs: npt.NDArray[np.uint64] = first | self._codes[after]
        return pairs

    def _texts_at(self, at: Ints) -> Ints:
        return np.searchsorted(self._starts, at, "right") - 1

    @cached_property
    def _places(self) -> tuple[Ints, Ints]:
        """All places in the order of their letters' last 16 bits, and where each of those begins.

        With 16 bits numpy sorts by counting.
        """
        bins = self._codes.astype(np.uint16)
        first = np.zeros(2**16 + 1, np.int64)
        np.cumsum(np.bincount(bins, minlength=2**16), out=first[1:])
        return np.argsort(bins, kind="stable"), first

    @cached_property
    def _known_letters(self) -> dict[int, Bits]:
        """Which letters are among the first ones of each text; see `_letter_set`."""
        known = np.zeros(self.lengths.size, np.uint64)
        snapshots = {}
        longer = np.flatnonzero(self.lengths > 0)
        for place in range(_WIDTHS[-1]):
            known[longer] = _with(known[longer], self._codes[self._starts[longer] + place])
            if place + 1 in _WIDTHS:
                snapshots[place + 1] = known.copy()
            longer = longer[self.lengths[longer] > place + 1]
        return snapshots


def _letter_set(letters: Codes) -> np.uint64:
    """Return which letters there are, and which more than once, as a bit each.

    Of 32 sorts: letters far apart in Unicode may be of one sort.
    """
    known = np.zeros(1, np.uint64)
    for place in range(letters.size):
        known = _with(known, letters[place : place + 1])
    found: np.uint64 = known[0]
    return found


def _with(known: Bits, letter: Codes) -> Bits:
    bit = np.uint64(1) << (letter & np.uint32(31)).astype(np.uint64)
    more: Bits = known | bit | ((known & bit) << np.uint64(32))
    return more


def _at_most(bits: Bits, most: int) -> npt.NDArray[np.bool_]:
    """Return where no more than so many bits are set."""
    for _ in range(most):
        bits = bits & (bits - np.uint64(1))
    few: npt.NDArray[np.bool_] = bits == 0
    return few
