"""`Answer`: what a service answered, read field by field; what is not asked for is ignored."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from embedding.readers.fields import clean_name, number, shown
from embedding.sources.errors import SourceError

_MOST = 1 << 53
"""Listeners; a larger count is a broken one, and no whole number of JavaScript's."""
_LONG = 2000
"""Characters of a link."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A value in an answer, and where it stands.

    Attributes
    ----------
    title : str
        The service's.
    value : object
        As JSON has it.
    path : str
        The way there: ``"similarartists.artist[3].name"``; "" is the answer itself.
    """

    title: str
    value: Any
    path: str = ""

    def wrong(self, problem: str) -> SourceError:
        """Return the error for this value."""
        where = f'"{self.path}"' if self.path else "the answer"
        return SourceError(f"{where} {problem}", where=self.title)

    def __getitem__(self, key: str) -> Answer:
        """Return a field that must be there."""
        if not isinstance(self.value, dict):
            raise self.wrong("is no JSON object")
        inner = Answer(self.title, self.value.get(key), f"{self.path}.{key}".lstrip("."))
        if inner.value is None:
            raise inner.wrong("is missing")
        return inner

    def get(self, key: str) -> Answer | None:
        """Return a field that may be missing, null or empty; None then."""
        if not isinstance(self.value, dict):
            raise self.wrong("is no JSON object")
        value = self.value.get(key)
        if value is None or value == "":
            return None
        return Answer(self.title, value, f"{self.path}.{key}".lstrip("."))

    def each(self) -> Iterator[Answer]:
        """Go through a list."""
        if not isinstance(self.value, list):
            raise self.wrong("is no list")
        for place, value in enumerate(self.value):
            yield Answer(self.title, value, f"{self.path}[{place}]")

    def name(self) -> str:
        """Return a name: on one line, in one form of Unicode (NFC)."""
        if not isinstance(self.value, str):
            raise self.wrong("is no text")
        try:
            return clean_name(unicodedata.normalize("NFC", self.value))
        except ValueError as error:
            raise self.wrong(f"is no name: {error}") from None

    def text(self) -> str:
        """Return a remark, cut where it is long; "" for what is no text."""
        if not isinstance(self.value, str):
            return ""
        try:
            return clean_name(unicodedata.normalize("NFC", self.value[:200]))
        except ValueError:
            return ""

    def link(self) -> str:
        """Return the address of a page on the web; "" for anything else."""
        value = self.value
        good = isinstance(value, str) and value.startswith(("https://", "http://"))
        return value if good and value.isprintable() and len(value) <= _LONG else ""

    def whole(self) -> int:
        """Return a whole number of 0 or more, given as a number or as text."""
        value = self.value
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
            raise self.wrong(f"is {shown(self.value)} and no whole number of 0 or more")
        return value

    def score(self) -> float:
        """Return a number of 0 or more, given as a number or as text."""
        try:
            value = number(self.value, "score")
        except ValueError:
            raise self.wrong(f"is {shown(self.value)} and no number") from None
        if value < 0:
            raise self.wrong(f"is {shown(self.value)} and below 0")
        return value
