"""What an atlas consists of: artists, scenes, bridges."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

UNMARKED, WELL_KNOWN, WORLD_FAMOUS = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Artist:
    """One artist as a line of an atlas names it.

    Attributes
    ----------
    name : str
        The artist's own usual spelling.
    told_apart : str
        What tells it from another artist of that name; "" where nothing needs to.
    """

    name: str
    told_apart: str = ""

    @property
    def key(self) -> str:
        """What tells the artist from all others: ``"Nirvana"``, ``"Nirvana {UK}"``."""
        return f"{self.name} {{{self.told_apart}}}" if self.told_apart else self.name


@dataclass(frozen=True, slots=True)
class Entry:
    """An artist's place in a scene."""

    artist: Artist
    mark: int
    """`UNMARKED`, `WELL_KNOWN` to those who follow this music, `WORLD_FAMOUS` to others too."""
    aliases: tuple[str, ...]
    line: int


@dataclass(slots=True)
class Scene:
    """Artists with the same listeners, the most prominent first."""

    title: str
    path: Path
    line: int
    tags: tuple[str, ...] = ()
    years: tuple[int, int | None] | None = None
    """The first and the last one; None for the last where it goes on."""
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bridge:
    """A few artists of different scenes that belong together, and why."""

    artists: tuple[Artist, ...]
    why: str
    path: Path
    line: int


@dataclass(slots=True)
class Atlas:
    """All scenes and bridges of the files in a folder, in the order of the files."""

    path: Path
    regions: dict[str, str] = field(default_factory=dict)
    """The title of each file, by the file's name."""
    scenes: list[Scene] = field(default_factory=list)
    bridges: list[Bridge] = field(default_factory=list)
