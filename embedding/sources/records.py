"""What every source tells, whatever its own words for it are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundArtist:
    """An artist as a source knows it.

    Attributes
    ----------
    id : str
        The source's own; never "".
    name : str
    mbid : str
        MusicBrainz' id, "" where the source has none.
    listeners : int or None
        How many listen or are fans; None where the source does not say.
    comment : str
        What tells the artist from others of the same name.
    link : str
        A page about the artist.
    """

    id: str
    name: str
    mbid: str = ""
    listeners: int | None = None
    comment: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """An artist that a source names as related to another.

    Attributes
    ----------
    artist : FoundArtist
    rank : int
        From 1, the nearest first.
    score : float or None
        How strongly, on the source's own scale; None where it does not say.
    """

    artist: FoundArtist
    rank: int
    score: float | None = None
