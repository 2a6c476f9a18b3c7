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
_UNKNOWN = "add the artist to a scene"


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
    places: dict[Artist, _Place] = {}
    for scene in atlas.scenes:
        for entry in scene.entries:
            places.setdefault(entry.artist, _Place(scene.path, entry.line))
    spelled: dict[str, list[Artist]] = {}
    for artist, spelling in zip(places, bare([a.name for a in places]), strict=True):
        spelled.setdefault(spelling, []).append(artist)
    _check_spellings(spelled, places, report)
    _check_aliases(atlas, spelled, places, report)
    _check_bridges(atlas, spelled, places, report)


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


def _check_spellings(
    spelled: dict[str, list[Artist]], places: dict[Artist, _Place], report: Report
) -> None:
    for alike in spelled.values():
        first: dict[str, Artist] = {}
        for artist in alike:
            other = first.setdefault(artist.told_apart.casefold(), artist)
            if other != artist:
                report(
                    InputError(
                        f"{shown(artist.key)} is spelled {shown(other.key)} in {places[other]}",
                        where=places[artist].path,
                        line=places[artist].line,
                        remedy="use one spelling, or say in braces what tells them apart",
                    )
                )


def _check_aliases(
    atlas: Atlas, spelled: dict[str, list[Artist]], places: dict[Artist, _Place], report: Report
) -> None:
    given = [
        (entry.artist, alias, _Place(scene.path, entry.line))
        for scene in atlas.scenes
        for entry in scene.entries
        for alias in entry.aliases
    ]
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
        called = spelled.get(spelling, [])
        owner, first = owners.setdefault(spelling, (artist, place))
        # An artist's own name in another spelling is no one else's, whoever else has that name.
        if called and artist not in called:
            problem = f"is also an artist in {places[called[0]]}"
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


def _check_bridges(
    atlas: Atlas, spelled: dict[str, list[Artist]], places: dict[Artist, _Place], report: Report
) -> None:
    for bridge in atlas.bridges:
        for artist in bridge.artists:
            if artist not in places:
                (spelling,) = bare([artist.name])
                near = spelled.get(spelling)
                report(
                    InputError(
                        f"no scene has an artist called {shown(artist.key)}",
                        where=bridge.path,
                        line=bridge.line,
                        remedy=f"write {shown(near[0].key)}" if near else _UNKNOWN,
                    )
                )
