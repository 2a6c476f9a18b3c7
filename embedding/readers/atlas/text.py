"""From the text of an atlas to its scenes and bridges: the form of each line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from embedding.errors import InputError
from embedding.progress import OnProgress, Progress, silent
from embedding.readers.atlas.scenes import Artist, Atlas, Bridge, Entry, Scene
from embedding.readers.fields import clean_name, shown
from embedding.readers.opening import kind_of, unreadable
from embedding.readers.text import read_text

Report = Callable[[InputError], object]
"""Told what is wrong; it may raise it, or note it so that the rest is looked at, too."""

MOST_TAGS = 6
BRIDGED = (2, 6)
"""The fewest and most artists of a bridge."""

_REGION, _SCENE, _BRIDGE, _NOTE = "Region: ", "== ", "~ ", "# "
_YEARS = re.compile(r"([1-9][0-9]{2,3})-([1-9][0-9]{2,3})?")
_SLIPS = re.compile(r"(?:tags?|years?|region) ?:|={2,4}|~|\*{3}|[-•] |[0-9]+\. |#+ ", re.IGNORECASE)
"""What begins a line that was meant for something else than a name."""
_JOINERS = "\u200c\u200d"
"""Invisible letters that Persian and Indic names do need."""
_MARKED = re.compile(r"(\*{1,2}) (.*)")
_TOLD_APART = re.compile(r"(.*\S) *\{([^{}]+)\}")


def read_scenes(folder: Path, report: Report, on_progress: OnProgress = silent) -> Atlas:
    """Read every ``*.txt`` of a folder, in the order of their names.

    Parameters
    ----------
    folder : Path
    report : callable
        Told every line that is not in the form of an atlas; such a line is passed over.
    on_progress : callable
        Told how many files of how many are read.

    Raises
    ------
    InputError
        The folder or a file cannot be read.
    """
    if kind_of(folder) != "folder":
        raise InputError("this is a file, not a folder", where=folder, remedy="name its folder")
    try:
        # What begins with a dot was left there by an editor or a system.
        names = sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))
    except OSError as error:
        raise unreadable(folder, error) from error
    paths = [folder / name for name in names if name.endswith(".txt")]
    if not paths:
        raise InputError(
            "there is no file of scenes in this folder", where=folder, remedy="add one as NAME.txt"
        )
    atlas = Atlas(folder)
    for done, path in enumerate(paths):
        on_progress(Progress("read", done, len(paths)))
        _File(path, atlas, report).read()
    on_progress(Progress("read", len(paths), len(paths)))
    return atlas


def parse_artist(text: str) -> tuple[Artist, tuple[str, ...]]:
    """Return the artist and the other spellings in ``Name {what tells it apart} = alias``.

    Raises
    ------
    ValueError
        A part of it is no name.
    """
    first, *others = text.split(" = ")
    told = _TOLD_APART.fullmatch(first)
    name, apart = told.groups() if told else (first, "")
    if told is None and ("{" in first or "}" in first):
        raise ValueError("a brace in a name may only hold, at its end, what tells it apart")
    return (
        Artist(_name(name, "name"), _name(apart, "text in braces") if apart else ""),
        tuple(_name(other, "other spelling") for other in others),
    )


def _name(raw: str, what: str) -> str:
    name = clean_name(raw, what)
    if name != raw or "  " in name:
        raise ValueError(f"the {what} {shown(raw)} has a space or an invisible character too many")
    for letter in name:
        kind = unicodedata.category(letter)
        hidden = kind == "Cf" and letter not in _JOINERS
        if hidden or letter in "\u2800\u3164\ufffd" or (kind == "Zs" and letter != " "):
            raise ValueError(f"the {what} {shown(raw)} holds the invisible U+{ord(letter):04X}")
        if letter in "‘’":
            raise ValueError(f"the {what} {shown(raw)} has a curly apostrophe instead of '")
    return name


class _File:
    """One file while it is read: which scene the present line belongs to."""

    def __init__(self, path: Path, atlas: Atlas, report: Report) -> None:
        self.path, self.atlas, self.report = path, atlas, report
        self.scene: Scene | None = None
        self.line = 0
        self.lost = False
        """Whether the line before stood outside of a scene: of many such, one is told."""

    def read(self) -> None:
        lines = read_text(self.path).split("\n")
        self.line = 1
        if lines[0].startswith(_REGION) and lines[0].removeprefix(_REGION).strip():
            self.atlas.regions[self.path.name] = lines[0].removeprefix(_REGION)
        else:
            self._refuse("there is no title", f'begin the file with "{_REGION}" and its title')
        for self.line, line in enumerate(lines[1:], 2):
            if line != line.rstrip() or "\t" in line:
                self._refuse("there is a tab or a space at the end", "remove it")
            elif unicodedata.normalize("NFC", line) != line:
                self._refuse("this line is not in Unicode's form NFC", "save the file in that form")
            elif not line:
                self.scene, self.lost = None, False
            elif not line.startswith(_NOTE):
                try:
                    self._take(line)
                except ValueError as error:
                    self._refuse(str(error), "correct that line")

    def _take(self, line: str) -> None:
        if line.startswith(_SCENE):
            self.scene = Scene(_name(line.removeprefix(_SCENE), "title"), self.path, self.line)
            self.atlas.scenes.append(self.scene)
        elif line.startswith(_BRIDGE):
            self._bridge(line.removeprefix(_BRIDGE))
        elif self.scene is None:
            if not self.lost:
                self._refuse(
                    f"{shown(line)} stands outside of a scene",
                    f'begin one with "{_SCENE}" above it, without a blank line between',
                )
            self.lost = True
        elif line.startswith("tags: "):
            twice, self.scene.tags = bool(self.scene.tags), ("?",)  # said, even if wrongly
            self.scene.tags = _tags(line.removeprefix("tags: "))
            if twice:
                raise ValueError("the tags stand twice in this scene")
        elif line.startswith("years: "):
            twice, self.scene.years = self.scene.years is not None, (1, None)
            self.scene.years = _years(line.removeprefix("years: "))
            if twice:
                raise ValueError("the years stand twice in this scene")
        elif _SLIPS.match(line):
            raise ValueError(f"{shown(line)} is no name, and nothing else that stands in a scene")
        else:
            marked = _MARKED.fullmatch(line)
            stars, text = marked.groups() if marked else ("", line)
            artist, aliases = parse_artist(text)
            self.scene.entries.append(Entry(artist, len(stars), aliases, self.line))

    def _bridge(self, text: str) -> None:
        if self.scene is not None:
            self._refuse("this bridge stands in a scene", "put a blank line before it")
            self.scene = None
        named, _, why = text.partition(" -- ")
        artists = []
        for part in named.split(" ~ "):
            artist, aliases = parse_artist(part)
            if aliases:
                raise ValueError("other spellings stand in scenes, not in bridges")
            artists.append(artist)
        if not BRIDGED[0] <= len(artists) <= BRIDGED[1] or len(set(artists)) < len(artists):
            raise ValueError(f"a bridge ties {BRIDGED[0]} to {BRIDGED[1]} different artists")
        self.atlas.bridges.append(Bridge(tuple(artists), why.strip(), self.path, self.line))

    def _refuse(self, problem: str, remedy: str) -> None:
        self.report(InputError(problem, where=self.path, line=self.line, remedy=remedy))


def _tags(text: str) -> tuple[str, ...]:
    tags = tuple(_name(tag, "tag") for tag in text.split(", "))
    if any(tag != tag.lower() or "," in tag for tag in tags):
        raise ValueError("tags are lower case, with a comma and a space between them")
    if len(tags) > MOST_TAGS or len(set(tags)) < len(tags):
        raise ValueError(f"a scene has one to {MOST_TAGS} different tags")
    return tags


def _years(text: str) -> tuple[int, int | None]:
    years = _YEARS.fullmatch(text)
    if years is None or (years[2] and int(years[2]) < int(years[1])):
        raise ValueError(f"the years {shown(text)} are not such as 1986-1997 or 1998-")
    return int(years[1]), int(years[2]) if years[2] else None
