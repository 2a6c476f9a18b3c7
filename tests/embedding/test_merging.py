"""Several graphs as one: who is joined, who never is, and that nothing is lost."""

from __future__ import annotations

import dataclasses
import uuid
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.cli import main
from embedding.galaxy_file import load
from embedding.graph import ArtistGraph
from embedding.matching import match
from embedding.merging import merge
from embedding.sources.identity import mbid_of
from tests.embedding.planted import planted, write_edges

A, B = (str(uuid.UUID(int=i)) for i in (1, 2))


def chain(*artists: tuple[str, str], **about: object) -> ArtistGraph:
    """Return artists, each a name and a key, each related to the next."""
    n = len(artists)
    return ArtistGraph.from_edges(
        [name for name, _ in artists],
        range(n - 1),
        range(1, n),
        ids=[key for _, key in artists],
        **about,
    )


def pairs(graph: ArtistGraph) -> set[frozenset[str]]:
    return {
        frozenset((graph.keys[a], graph.keys[b])) for a, b in zip(*graph.edge_list(), strict=True)
    }


def test_the_same_mbid_is_the_same_artist_whatever_the_name() -> None:
    one = chain(("Prince", A), ("Air", "d:1"))
    other = chain(("The Artist", A.upper()), ("Moby", "l:1"))
    merged = merge([one, other])
    assert sorted(merged.names) == ["Air", "Moby", "Prince"]
    assert merged.aliases is not None
    assert merged.aliases[merged.names.index("Prince")] == ("The Artist",)
    assert pairs(merged) == {frozenset((A, "d:1")), frozenset((A, "l:1"))}


def test_the_same_name_is_the_same_artist_whatever_its_accents() -> None:
    merged = merge([chain(("Björk", A), ("Air", "x")), chain(("BJORK", "d:7"), ("air", "y"))])
    assert merged.ids == [A, "x"] or merged.ids == [A, "y"]
    assert merged.names[0] == "Björk"
    assert merged.edges == 1


def test_two_mbids_are_never_one() -> None:
    merged = merge([chain(("Nirvana", A), ("x", "x")), chain(("Nirvana", B), ("y", "y"))])
    assert sorted(merged.keys) == sorted([A, B, "x", "y"])
    # A third that could be either of them stays by itself.
    atlas = chain(("Nirvana", "Nirvana"), ("Hole", "Hole"))
    merged = merge([chain(("Nirvana", A), ("x", "x")), chain(("Nirvana", B), ("y", "y")), atlas])
    assert merged.names.count("Nirvana") == 3
    assert "1 names may stand for different artists" in merged.notes[-1]


def test_namesakes_that_a_graph_tells_apart_are_left_alone() -> None:
    two = chain(("Zao", "Zao"), ("Zao", "Zao {Congo}"), ("x", "x"))
    assert merge([two, chain(("Zao", A), ("y", "y"))]).names.count("Zao") == 3
    alone = chain(("Zao", "Zao {Congo}"), ("x", "x"))
    assert merge([alone, chain(("Zao", A), ("y", "y"))]).names.count("Zao") == 2


def test_an_artist_with_two_names_ties_nobody_else_together() -> None:
    """By its MBID one is called Cat in one graph and Yusuf in another; a third has both names."""
    merged = merge(
        [
            chain(("Cat", A), ("x", "x")),
            chain(("Yusuf", A), ("x", "x2")),
            chain(("Cat", "cat"), ("Yusuf", "yusuf")),
        ]
    )
    assert sorted(key for key in merged.keys if not key.startswith("x")) == sorted(
        [A, "cat", "yusuf"]
    )


def test_what_is_known_is_put_together() -> None:
    one = chain(
        ("Air", "air"),
        ("Moby", "moby"),
        popularity=np.array([30, 80], np.uint8),
        tags=[("french",), ()],
        links=["", "m"],
        title="One",
        source="here",
        licence="CC0-1.0",
        notes=("A note.",),
    )
    two = chain(
        ("Air", A),
        ("Zero 7", "z"),
        popularity=np.array([60, 10], np.uint8),
        tags=[("downtempo", "french"), ("british",)],
        links=["a", ""],
        title="Two",
        source="there",
        licence="CC0-1.0",
    )
    merged = merge([one, two])
    row = merged.keys.index(A)
    assert merged.popularity is not None
    assert merged.tags is not None
    assert merged.links is not None
    assert (merged.popularity[row], merged.tags[row], merged.links[row]) == (
        60, ("downtempo", "french"), "a",
    )  # fmt: skip
    assert (merged.title, merged.source, merged.licence) == ("One + Two", "here; there", "CC0-1.0")
    assert merged.notes[0] == "One: A note."
    assert "of 3 artists 1 stand in more than one" in merged.notes[1]


def test_weights_become_comparable() -> None:
    heavy = ArtistGraph.from_edges(["a", "b", "c"], [0, 1], [1, 2], [100, 300])
    plain = ArtistGraph.from_edges(["a", "b", "d"], [0, 1], [1, 2])
    merged = merge([heavy, plain])
    weights = {
        frozenset((merged.names[a], merged.names[b])): merged.adjacency()[[a], [b]].item()
        for a, b in zip(*merged.edge_list(), strict=True)
    }
    assert weights == {frozenset("ab"): 1.0, frozenset("bc"): 1.5, frozenset("bd"): 1.0}


def test_keys_stay_distinct() -> None:
    one = chain(("Air", "1"), ("Moby", "2"))
    two = chain(("Zero 7", "1"), ("Moby", "3"))
    merged = merge([one, two])
    assert len(set(merged.keys)) == len(merged) == 3
    assert {"1", "1 (2)"} <= set(merged.keys)


def test_the_atlas_and_a_crawl_meet_by_name() -> None:
    atlas = load(Path(__file__).resolve().parents[2] / "assets" / "atlas.galaxy").graph()
    names = ["Radiohead", "Björk", "Portishead", "Zao", "Nobody at All"]
    keys = [str(uuid.UUID(int=i)) for i in range(10, 15)]
    crawl = chain(*zip(names, keys, strict=True))
    merged = merge([crawl, atlas])
    assert len(merged) == len(atlas) + 2
    assert merged.names.count("Radiohead") == 1
    assert atlas.edges < merged.edges <= atlas.edges + 4


@st.composite
def graphs(draw: st.DrawFn) -> ArtistGraph:
    names = draw(st.lists(st.sampled_from(["Air", "AIR", "Aïr", "Moby", "-", "Cat"]), max_size=5))
    keys: list[str] = []
    for i, name in enumerate(names):
        kind = draw(st.integers(0, 3))
        key = [name, f"{name} {{x}}", f"d:{i}", str(uuid.UUID(int=draw(st.integers(0, 3))))][kind]
        keys.append(key if key not in keys else f"id {i}")
    n = len(names)
    edges = draw(st.lists(st.tuples(*[st.integers(0, n - 1)] * 2), max_size=8)) if n else []
    weighted = draw(st.booleans())
    return ArtistGraph.from_edges(
        names,
        [a for a, _ in edges],
        [b for _, b in edges],
        [1.0 + i for i in range(len(edges))] if weighted else None,
        ids=keys,
        popularity=np.arange(n, dtype=np.uint8) if draw(st.booleans()) else None,
        title=draw(st.sampled_from(["One", "Two", ""])),
    )


@settings(max_examples=60)
@given(given_graphs=st.lists(graphs(), min_size=2, max_size=4))
def test_nobody_is_lost_or_wrongly_joined(given_graphs: list[ArtistGraph]) -> None:
    groups = match(given_graphs).groups
    everybody = [(g, row) for g, graph in enumerate(given_graphs) for row in range(len(graph))]
    assert sorted(place for group in groups for place in group) == everybody
    for group in groups:
        assert len({g for g, _ in group}) == len(group)
        mbids = {mbid_of(given_graphs[g].keys[row]) for g, row in group} - {""}
        assert len(mbids) <= 1
    merged = merge(given_graphs)
    assert len(merged) == len(groups)
    assert len(set(merged.keys)) == len(merged)
    number = {place: i for i, group in enumerate(groups) for place in group}
    related = {
        frozenset((number[g, a], number[g, b]))
        for g, graph in enumerate(given_graphs)
        for a, b in zip(*graph.edge_list(), strict=True)
    }
    found = {frozenset((int(a), int(b))) for a, b in zip(*merged.edge_list(), strict=True)}
    assert found == related


@settings(max_examples=60)
@given(given_graphs=st.lists(graphs(), min_size=2, max_size=4), data=st.data())
def test_the_order_of_graphs_does_not_matter(
    given_graphs: list[ArtistGraph], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(range(len(given_graphs))))

    def joined(order: list[int]) -> set[frozenset[tuple[int, int]]]:
        found = match([given_graphs[i] for i in order])
        return {frozenset((order[g], row) for g, row in group) for group in found.groups}

    assert joined(list(shuffled)) == joined(list(range(len(given_graphs))))
    # Of graphs that can be told apart everything is the same but for the numbers.
    named = [dataclasses.replace(g, source=f"source {i}") for i, g in enumerate(given_graphs)]
    one, other = merge(named), merge([named[i] for i in shuffled])
    assert sorted(map(repr, described(one))) == sorted(map(repr, described(other)))
    assert one.notes == other.notes


def described(graph: ArtistGraph) -> list[object]:
    columns = (graph.popularity, graph.tags, graph.aliases, graph.links)
    matrix = graph.adjacency()
    return [
        (
            graph.keys[i],
            graph.names[i],
            *(None if column is None else column[i] for column in columns),
            sorted(
                (graph.keys[j], round(float(matrix[[i], [j]].item()), 5)) for j in graph.related(i)
            ),
        )
        for i in range(len(graph))
    ]


def test_one_graph_is_returned_as_it_is() -> None:
    graph = chain(("Air", "1"), ("Air", "2"))
    assert merge([graph]) is graph


def test_graphs_without_anybody_do_no_harm() -> None:
    empty = ArtistGraph.from_edges([], [], [])
    merged = merge([empty, chain(("Air", "1"), ("Moby", "2"))])
    assert merged.names == ["Air", "Moby"]


def test_several_files_are_built_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = planted(4, 15)
    a, b = whole.edge_list()
    files = []
    for part in (0, 1):
        half = ArtistGraph.from_edges(whole.names, a[part::2], b[part::2])
        files.append(str(write_edges(tmp_path / f"{part}.csv", half)))
    target = tmp_path / "both.galaxy"
    quick = ["--walks", "3", "--epochs", "1", "--progress", "none"]
    assert main(["build", *files, "-o", str(target), *quick]) == 0
    galaxy = load(target)
    assert (sorted(galaxy.names), galaxy.edges) == (sorted(whole.names), whole.edges)
    assert galaxy.title == "0 + 1"
    assert "2 data sets are merged: of 60 artists 60 stand in more than one." in galaxy.notes
    assert main(["build", *files, "-o", files[1], *quick]) == 2
    assert "is part of what is read" in capsys.readouterr().err
