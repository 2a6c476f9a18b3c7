"""What is what: artists across sources, by MusicBrainz' ids (MBIDs), and the file of a crawl."""

from __future__ import annotations

import re

APPLICATION = 0x47584352
"""``GXCR``: SQLite's application id of a crawl."""

HEAD = 72
"""How many bytes of a file tell whether it is one."""

_MBID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def mbid_of(key: str) -> str:
    """Return the MBID that a key is, in lower case; "" where it is none."""
    return key.lower() if _MBID.fullmatch(key) else ""


def key_of(source: str, ident: str, mbid: str) -> str:
    """Return what an artist is known by in a graph: its MBID, else its source's name and id.

    Parameters
    ----------
    source : str
        The name of the source: ``"deezer"``.
    ident, mbid : str
        The artist's id there; its MBID or "".
    """
    return mbid_of(mbid) or mbid_of(ident) or f"{source}:{ident}"


def is_crawl(head: bytes) -> bool:
    """Whether the first `HEAD` bytes of a file are those of a crawl's database."""
    return head.startswith(b"SQLite format 3\0") and head[68:] == APPLICATION.to_bytes(4, "big")
