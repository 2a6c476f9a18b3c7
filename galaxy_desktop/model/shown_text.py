"""Texts cut to what can be seen of them, before anything is measured, compared or painted.

A name can be a book: a font measures it letter by letter, and each list that shows it does so
again. Whatever is shown goes through here first; the whole text stays where it is data.
"""

from __future__ import annotations

import unicodedata

MOST = 400
"""Characters. Three lines of the narrowest letters across the sidebar, the widest place where a
name is shown, are fewer; so is a row of the widest list."""
_JOINER = "\u200d"


def shown(text: str, most: int = MOST) -> str:
    """Return a text of at most so many characters, with an ellipsis where it was longer.

    It is never cut between a letter and its marks, or within an emoji that is several joined, if
    these are not endless.
    """
    if len(text) <= most:
        return text
    end = most - 1
    while end > most // 2 and (_continues(text[end]) or text[end - 1] == _JOINER):
        end -= 1
    return text[:end].rstrip() + "…"


def _continues(letter: str) -> bool:
    """Return whether a character belongs to the one before it."""
    return letter == _JOINER or unicodedata.category(letter) in ("Mn", "Me", "Mc", "Cf")
