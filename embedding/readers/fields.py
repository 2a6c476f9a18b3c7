"""What one field of any format may hold: a name, a weight, a popularity, tags.

Every function raises ValueError with the problem as its text; the reader, which knows the file and
the line, makes an `InputError` of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

NAME_LIMIT = 1000
"""Most characters in a name, id or tag; more is not a name but a broken file."""

LEAST, MOST = float(np.finfo(np.float32).tiny), float(np.finfo(np.float32).max)
"""Smallest and largest weight of a relation: what single precision holds."""

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LISTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def clean_name(raw: str, what: str = "name") -> str:
    """Return a name on one line: control characters and line breaks become single spaces."""
    name = _BREAKS.sub(" ", raw).strip()
    if not name:
        raise ValueError(f"the {what} is empty")
    if len(name) > NAME_LIMIT:
        raise ValueError(f"the {what} is longer than {NAME_LIMIT:,} characters")
    try:
        name.encode()
    except UnicodeEncodeError:
        raise ValueError(f"the {what} {name!a} holds half a character") from None
    return name


def shown(value: Any) -> str:
    """Return a value as a message shows it: quoted, and short whatever it is."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        text = f"a {type(value).__name__}"
    return text if len(text) <= 60 else text[:57] + "..."


def number(value: Any, what: str) -> float:
    """Return a finite number given as a number or as text."""
    try:
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise ValueError
        result = float(value)
    except (ValueError, OverflowError):
        raise ValueError(f"the {what} {shown(value)} is not a number") from None
    if not math.isfinite(result):
        raise ValueError(f"the {what} {shown(value)} is not a finite number")
    return result


def weight(value: Any) -> float:
    """Return the weight of a relation, above 0 in single precision."""
    result = number(value, "weight")
    if not LEAST <= result <= MOST:
        raise ValueError(f"the weight {shown(value)} is not a number above 0")
    return result


def plays(value: Any) -> float:
    """Return how often somebody listened, 0 or more."""
    result = number(value, "number of plays")
    if result < 0:
        raise ValueError(f"the number of plays {shown(value)} is below 0")
    return result


def popularity(value: Any) -> int | None:
    """Return a popularity rounded to a whole number from 0 to 100; None where it is blank."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    result = number(value, "popularity")
    if not 0 <= result <= 100:
        raise ValueError(f"the popularity {shown(value)} is not from 0 to 100")
    return round(result)


def tag_separator(cells: Sequence[str]) -> str:
    """Return what divides the tags of a column: a bar, a semicolon, else a comma."""
    for separator in "|;":
        if any(separator in cell for cell in cells):
            return separator
    return ","


def split_tags(cell: str, separator: str) -> tuple[str, ...]:
    """Return the tags in a cell, each once, in their order; ``['pop', 'rock']`` is read too."""
    cell = cell.strip()
    if cell.startswith("[") and cell.endswith("]"):
        return tidy_tags([a or b for a, b in _LISTED.findall(cell)])
    return tidy_tags(cell.split(separator))


def tidy_tags(tags: Sequence[Any]) -> tuple[str, ...]:
    """Return tags without blank ones and doubles."""
    for tag in tags:
        if not isinstance(tag, str):
            raise ValueError(f"the tag {shown(tag)} is not text")
    said = [tag for tag in tags if _BREAKS.sub("", tag.strip())]
    return tuple(dict.fromkeys(clean_name(tag, "tag") for tag in said))
