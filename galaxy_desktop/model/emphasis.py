"""Which characters of a name are what was typed."""

from __future__ import annotations

import unicodedata

from embedding.folding import fold, fold_traced

Spans = tuple[tuple[int, int], ...]


def emphasis(name: str, query: str) -> Spans:
    """Return the parts of a name that are what was typed, as slices of it in ascending order.

    Accents, case and punctuation do not matter. The query as one, where the name has it so: at
    its beginning, at that of a word, but for the spaces, or anywhere; else each word of it at the
    beginning of a word, if all of them are there. Else nothing.
    """
    wanted = fold(query)
    if not wanted:
        return ()
    folded, origins = fold_traced(name)
    at = _at_word(folded, wanted)
    if at >= 0:
        return (_span(name, origins, at, at + len(wanted)),)
    tight = "".join(c for c in folded if c != " ")
    if len(wanted) > 1 and tight.startswith(wanted.replace(" ", "")):
        letters = [i for i, c in enumerate(folded) if c != " "]
        return (_span(name, origins, 0, letters[len(wanted.replace(" ", "")) - 1] + 1),)
    at = folded.find(wanted)
    if at >= 0:
        return (_span(name, origins, at, at + len(wanted)),)
    places = [(_at_word(folded, word), len(word)) for word in wanted.split()]
    if any(at < 0 for at, _ in places):
        return ()
    return _merged([_span(name, origins, at, at + length) for at, length in places])


def _at_word(folded: str, wanted: str) -> int:
    """Return where a name, or else one of its words, begins with the query; -1 for nowhere."""
    if folded.startswith(wanted):
        return 0
    at = folded.find(f" {wanted}")
    return at + 1 if at >= 0 else -1


def _span(name: str, origins: list[int], start: int, end: int) -> tuple[int, int]:
    first, last = origins[start], origins[end - 1] + 1
    # An accent that stands after its letter belongs to it.
    while last < len(name) and unicodedata.combining(name[last]):
        last += 1
    return first, last


def _merged(spans: list[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
