"""Who of one graph is who of another: by MusicBrainz' id (MBID), else by name, never by a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from embedding.folding import fold_all
from embedding.graph import ArtistGraph
from embedding.sources.identity import mbid_of

Place = tuple[int, int]
"""Which graph, and which artist in it."""


@dataclass(slots=True)
class _Group:
    """Artists that are one, at most one of each graph."""

    members: list[Place]
    names: set[str]
    mbid: str = ""


@dataclass(frozen=True, slots=True)
class Matching:
    """What `match` finds.

    Attributes
    ----------
    groups : list of list of (int, int)
        Who is one: every artist stands in exactly one group, as its graph and its row there.
    ambiguous : int
        Names by which artists of several graphs might have been joined and were not.
    """

    groups: list[list[Place]]
    ambiguous: int


def match(graphs: Sequence[ArtistGraph]) -> Matching:
    """Return which artists of several graphs are one.

    Those with the same MBID are: an artist has one where its key is one. Others are where their
    names are the same, as `embedding.folding.fold` compares names, and nothing speaks against it:

    - two MBIDs among all who are called so, or are joined with one of them;
    - two artists of one graph among them, for that graph tells them apart;
    - a key that begins with the name and goes on (``Zao {Congo}``): it tells namesakes apart, and
      one of them may stand elsewhere.

    Then nobody of that name is joined by it: a star that is there twice does less harm than two
    artists in one. So no two artists with different MBIDs, or of one graph, are ever one, and who
    is one does not depend on the order of the graphs.
    """
    groups = _by_mbid(graphs)
    told_apart = {
        folded
        for graph in graphs
        for folded, name, key in _called(graph)
        if len(key) > len(name) and key.startswith(name)
    }
    by_name: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for name in group.names:
            by_name.setdefault(name, []).append(number)
    parents, ambiguous = list(range(len(groups))), 0
    for name, alike in by_name.items():
        if len(alike) < 2:
            continue
        if name not in told_apart and _are_one(groups[number] for number in alike):
            for number in alike[1:]:
                _unite(parents, alike[0], number)
        elif len({graph for number in alike for graph, _ in groups[number].members}) > 1:
            ambiguous += 1
    united: dict[int, list[int]] = {}
    for number in range(len(groups)):
        united.setdefault(_root(parents, number), []).append(number)
    result: list[list[Place]] = []
    for numbers in united.values():
        # An artist with two names may tie two others together that are not one.
        if _are_one(groups[number] for number in numbers):
            result.append([place for number in numbers for place in groups[number].members])
        else:
            result.extend(groups[number].members for number in numbers)
            ambiguous += 1
    return Matching(result, ambiguous)


def _by_mbid(graphs: Sequence[ArtistGraph]) -> list[_Group]:
    """Return the groups of all artists, those with the same MBID in one."""
    groups: list[_Group] = []
    known: dict[str, _Group] = {}
    for number, graph in enumerate(graphs):
        for row, (name, _, key) in enumerate(_called(graph)):
            mbid = mbid_of(key)
            group = known.get(mbid)
            if group is None or group.members[-1][0] == number:  # a graph that has it twice
                group = _Group([], set(), mbid)
                groups.append(group)
                if mbid:
                    known.setdefault(mbid, group)
            group.members.append((number, row))
            group.names.add(name)
    return groups


def _called(graph: ArtistGraph) -> Iterable[tuple[str, str, str]]:
    """Return the folded name, the name and the key of each artist."""
    return zip(fold_all(graph.names), graph.names, graph.keys, strict=True)


def _are_one(groups: Iterable[_Group]) -> bool:
    """Whether nothing speaks against it that some groups are one artist."""
    seen, mbids = set[int](), set[str]()
    for group in groups:
        if group.mbid:
            mbids.add(group.mbid)
        for graph, _ in group.members:
            if graph in seen:
                return False
            seen.add(graph)
    return len(mbids) < 2


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _unite(parents: list[int], a: int, b: int) -> None:
    parents[_root(parents, b)] = _root(parents, a)
