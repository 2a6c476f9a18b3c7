"""Names in other scripts, as they are typed on a Latin keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOT_LATIN = re.compile(
    "[\u0370-\u1dff\u1f00-\u1fff\u2c80-\u2dff\u3041-\ua71f\ua800-\ufaff\uff66-\uffdc]"
)
#: Arabic, Hebrew and their like leave the vowels out: nobody types what would come of them.
_WITHOUT_VOWELS = re.compile("[\u0590-\u08ff]")
#: They join syllables or mark a hard letter; as spaces they would take words apart.
_DROPPED = {ord(mark): None for mark in "-'`\""}


def romanised(names: Iterable[str]) -> list[str]:
    """Return each name in Latin letters, "" where it is so already or where that goes wrong.

    Letter by letter, so only roughly as a human would; Chinese characters as in Mandarin.
    """
    return [
        ""
        if name.isascii() or not _NOT_LATIN.search(name) or _WITHOUT_VOWELS.search(name)
        else _ascii(name)
        for name in names
    ]


def _ascii(name: str) -> str:
    # Not at the top: few galaxies need it.
    from anyascii import anyascii

    return anyascii(name).translate(_DROPPED)
