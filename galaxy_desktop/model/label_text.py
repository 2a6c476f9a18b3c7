"""A name as a label shows it: on one line, harmless, and not too long."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

NAMELESS = "(no name)"
_JOINERS = "\u200c\u200d"
_MOST_MARKS = 3


@lru_cache(4096)
def label_text(name: str, columns: int = 34) -> str:
    """Return a name fit for a label.

    White space becomes single blanks; control characters and orders about the direction of
    writing go, joiners that scripts and emoji need stay; of marks piled on one letter the first
    three stay. What is too long ends in an ellipsis, never within a letter and its marks.

    Parameters
    ----------
    name : str
    columns : int
        The widest it may be, where a Latin letter takes one column and a Chinese one two.

    Returns
    -------
    str
        Never empty.
    """
    if name.isascii() and name.isprintable() and len(name) <= columns:
        return " ".join(name.split()) or NAMELESS
    # A name can be a book; what follows looks at every character.
    text = " ".join(_harmless(name[: 16 * columns]).split())
    kept: list[str] = []
    used, end = 0, 0
    for place, letter in enumerate(text):
        width = _columns(letter)
        # After a joiner or before a mark it is still the same letter for the reader.
        joined = place > 0 and (text[place - 1] == "\u200d" or width == 0)
        if not joined:
            if used + width > columns - 1 and end == 0:
                end = len(kept)
            if used + width > columns:
                return "".join(kept[:end]).rstrip() + "…"
            used += width
        kept.append(letter)
    return "".join(kept) or NAMELESS


def _harmless(name: str) -> str:
    letters: list[str] = []
    marks = 0
    for letter in name:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MOST_MARKS:
            continue
        if category in ("Cc", "Zl", "Zp", "Zs"):
            letters.append(" ")
        elif category not in ("Cf", "Cs", "Co", "Cn") or letter in _JOINERS:
            letters.append(letter)
    return "".join(letters)


def _columns(letter: str) -> int:
    if letter in _JOINERS or unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
