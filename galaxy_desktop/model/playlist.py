"""`Playlist`: artists in an order, as files that other programs and people read."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from os import PathLike
from typing import Any, Literal

from embedding.atomic import atomic_write
from galaxy_desktop.model.mix_answer import Answer
from galaxy_desktop.model.recipe import Recipe
from galaxy_desktop.model.world import World

Form = Literal["text", "csv", "jspf"]

_CREATOR = "Galaxy Desktop"


@dataclass(frozen=True, slots=True)
class Entry:
    """One artist of a playlist.

    Attributes
    ----------
    name : str
    match : float or None
        To the average, or on a path to the artist before, 0 to 1; None for its first.
    popularity : int
    link : str
        Where the artist is described, "" for nowhere.
    """

    name: str
    match: float | None
    popularity: int
    link: str = ""


@dataclass(frozen=True, slots=True)
class Playlist:
    """Artists in an order, and what they are together."""

    title: str
    entries: tuple[Entry, ...]

    def as_text(self) -> str:
        """Return the names, one on each line."""
        return "".join(f"{_one_line(entry.name)}\n" for entry in self.entries)

    def as_csv(self) -> str:
        """Return a table of artist, match (0 to 1) and popularity (0 to 100), as in RFC 4180."""
        out = io.StringIO(newline="")
        table = csv.writer(out)
        table.writerow(["artist", "match", "popularity"])
        for entry in self.entries:
            match = "" if entry.match is None else f"{entry.match:.4f}"
            table.writerow([entry.name, match, entry.popularity])
        return out.getvalue()

    def as_jspf(self, now: datetime | None = None) -> str:
        """Return it as JSPF, which is XSPF (https://xspf.org/spec) in JSON (https://xspf.org/jspf).

        A track there may be of a creator alone: a player chooses which of the artist's.
        """
        date = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        whole = {
            "title": self.title,
            "creator": _CREATOR,
            "date": date,
            "track": [_track(entry) for entry in self.entries],
        }
        return json.dumps({"playlist": whole}, ensure_ascii=False, indent=2) + "\n"

    def save(self, path: str | PathLike[str], form: Form) -> None:
        """Write it into a file, replacing what is there only by a whole one.

        Raises
        ------
        InputError
            The file cannot be written.
        """
        text = {"text": self.as_text, "csv": self.as_csv, "jspf": self.as_jspf}[form]()
        with atomic_write(path) as file:
            # Half of a surrogate pair, which no file can hold, becomes a question mark.
            file.write(text.encode("utf-8", "replace"))


def playlist(recipe: Recipe, answer: Answer, world: World) -> Playlist:
    """Return the artists that a recipe led to."""
    galaxy = world.galaxy
    matches: list[float | None] = []
    if answer.path is not None:
        matches = [None, *answer.path.matches]
    elif answer.average is not None:
        matches = [found.match for found in answer.average.results]
    entries = tuple(
        Entry(
            galaxy.names[artist],
            match,
            int(galaxy.popularity[artist]),
            galaxy.links[artist] if galaxy.links is not None else "",
        )
        for artist, match in zip(answer.artists, matches, strict=True)
    )
    return Playlist(recipe.title, entries)


def _track(entry: Entry) -> dict[str, Any]:
    track: dict[str, Any] = {"creator": entry.name}
    if entry.match is not None:
        track["annotation"] = f"{entry.match:.0%} match"
    if entry.link.startswith(("http://", "https://")):
        track["info"] = entry.link
    return track


def _one_line(name: str) -> str:
    return " ".join(name.split())
