"""What must hold over a whole atlas: one spelling for each artist, no empty scenes, no doubles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from embedding.errors import InputError
from embedding.folding import fold_all
from embedding.readers.atlas.scenes import Artist, Atlas, Scene
from embedding.readers.atlas.text import Report
from embedding.readers.fields import shown

SIZE = (10, 40)
"""The fewest and most artists of a scene."""

_ARTICLE = "the "


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path.name}, line {self.line}"


def check(atlas: Atlas, report: Report) -> None:
    """Report what is wrong in an atlas that no single line shows.

    A scene without tags or years, too small, too large, or with somebody in it twice; a title that
    stands twice; an artist under two spellings that only accents, case, punctuation, spaces or
    "the" tell apart; an alias that is another artist's name or alias; a bridge that names nobody.

    Parameters
    ----------
    atlas : Atlas
    report : callable
        Told each problem; may raise it.
    """
    titles: dict[str, _Place] = {}
    for scene in atlas.scenes:
        _check_scene(scene, titles, report)
    spelled = _check_spellings(atlas, report)
    _check_aliases(atlas, spelled, report)
    for bridge in atlas.bridges:
        for artist in bridge.artists:
            if artist not in spelled:
                near = _near(artist, spelled)
                report(
                    InputError(
                        f"no scene has an artist called {shown(artist.key)}",
                        where=bridge.path,
                        line=bridge.line,
                        remedy=f"write {near}" if near else "add the artist to a scene",
                    )
                )


def bare(names: list[str]) -> list[str]:
    """Return names without what two spellings of one name differ in.

    As `embedding.folding.fold_all`, and without "the" before it and without spaces.
    """
    return [name.removeprefix(_ARTICLE).replace(" ", "") or name for name in fold_all(names)]


def _check_scene(scene: Scene, titles: dict[str, _Place], report: Report) -> None:
    def refuse(problem: str, remedy: str, line: int = scene.line) -> None:
        report(InputError(problem, where=scene.path, line=line, remedy=remedy))

    name = shown(scene.title)
    title = scene.title.casefold()
    if title in titles:
        refuse(f"the scene {name} is also in {titles[title]}", "give it a title of its own")
    titles.setdefault(title, _Place(scene.path, scene.line))
    if not scene.tags:
        refuse(f"the scene {name} has no tags", 'add a line such as "tags: shoegaze"')
    if scene.years is None:
        refuse(f"the scene {name} has no years", 'add a line such as "years: 1986-1997"')
    if not SIZE[0] <= len(scene.entries) <= SIZE[1]:
        refuse(
            f"the scene {name} has {len(scene.entries)} artists",
            f"a scene has {SIZE[0]} to {SIZE[1]}",
        )
    seen: set[Artist] = set()
    for entry in scene.entries:
        if entry.artist in seen:
            refuse(f"{shown(entry.artist.key)} stands twice in this scene", "keep one", entry.line)
        seen.add(entry.artist)


def _check_spellings(atlas: Atlas, report: Report) -> dict[Artist, _Place]:
    """Return where each artist stands first."""
    places: dict[Artist, _Place] = {}
    for scene in atlas.scenes:
        for entry in scene.entries:
            places.setdefault(entry.artist, _Place(scene.path, entry.line))
    artists = list(places)
    spellings = bare([artist.name for artist in artists]) if artists else []
    known: dict[tuple[str, str], Artist] = {}
    for artist, spelling in zip(artists, spellings, strict=True):
        other = known.setdefault((spelling, artist.told_apart.casefold()), artist)
        if other != artist:
            report(
                InputError(
                    f"{shown(artist.key)} is spelled {shown(other.key)} in {places[other]}",
                    where=places[artist].path,
                    line=places[artist].line,
                    remedy="use one spelling, or say in braces what tells them apart",
                )
            )
    return places


def _check_aliases(atlas: Atlas, places: dict[Artist, _Place], report: Report) -> None:
    artists = list(places)
    named: dict[str, list[Artist]] = {}
    if artists:
        for spelling, artist in zip(bare([a.name for a in artists]), artists, strict=True):
            named.setdefault(spelling, []).append(artist)
    given = [
        (entry.artist, alias, _Place(scene.path, entry.line))
        for scene in atlas.scenes
        for entry in scene.entries
        for alias in entry.aliases
    ]
    if not given:
        return
    owners: dict[str, tuple[Artist, _Place]] = {}
    for spelling, (artist, alias, place) in zip(
        bare([alias for _, alias, _ in given]), given, strict=True
    ):
        if alias == artist.name:
            report(
                InputError(
                    f"{shown(alias)} is the artist's name, and stands as another spelling, too",
                    where=place.path,
                    line=place.line,
                    remedy="remove it there",
                )
            )
        others = [a for a in named.get(spelling, []) if a != artist and not _alike(a, artist)]
        owner, first = owners.setdefault(spelling, (artist, place))
        if others:
            problem = f"is also an artist in {places[others[0]]}"
        elif owner != artist:
            problem = f"is also another spelling of {shown(owner.key)} in {first}"
        else:
            continue
        report(
            InputError(
                f"{shown(alias)}, another spelling of {shown(artist.key)}, {problem}",
                where=place.path,
                line=place.line,
                remedy="make the two one artist, or remove that other spelling",
            )
        )


def _alike(a: Artist, b: Artist) -> bool:
    """Whether two artists share a name and are told apart by what stands in braces."""
    one, other = bare([a.name, b.name])
    return one == other


def _near(artist: Artist, places: dict[Artist, _Place]) -> str:
    """Return the artist that was probably meant, as a message shows it; "" if none comes near."""
    (wanted,) = bare([artist.name])
    names = list(places)
    if not names:
        return ""
    for other, spelling in zip(names, bare([a.name for a in names]), strict=True):
        if spelling == wanted:
            return shown(other.key)
    return ""
