"""Who makes it into the galaxy, and what is said of the others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.pruning import components, most_popular, prune, without_small_components


def rings(*sizes: int) -> ArtistGraph:
    """Return one ring of related artists for each size, none related to another ring's."""
    sources: list[int] = []
    targets: list[int] = []
    start = 0
    for size in sizes:
        sources += range(start, start + size)
        targets += [start + (i + 1) % size for i in range(size)]
        start += size
    return ArtistGraph.from_edges([f"artist {i}" for i in range(start)], sources, targets)


def sizes_of(graph: ArtistGraph) -> list[int]:
    return sorted(components(graph)[1].tolist())


@pytest.mark.parametrize(
    ("smallest", "kept"),
    [(0, [5, 100]), (1, [3, 4, 5, 100]), (4, [4, 5, 100]), (6, [100]), (1000, [100])],
)
def test_small_components_go_and_the_largest_stays(smallest: int, kept: list[int]) -> None:
    graph = without_small_components(rings(4, 100, 3, 5), smallest)
    assert sizes_of(graph) == kept
    left = 112 - sum(kept)
    assert [f"{left} of 112" in note for note in graph.notes] == ([True] if left else [])


def test_two_worlds_of_one_size_both_stay() -> None:
    assert sizes_of(without_small_components(rings(40, 40), 0)) == [40, 40]


@given(st.lists(st.integers(3, 9), min_size=1, max_size=6), st.integers(0, 12))
def test_what_is_kept_keeps_its_relations(sizes: list[int], smallest: int) -> None:
    graph = rings(*sizes)
    kept = without_small_components(graph, smallest)
    old = {name: i for i, name in enumerate(graph.names)}
    for i, name in enumerate(kept.names):
        before = {graph.names[j] for j in graph.related(old[name])}
        assert {kept.names[j] for j in kept.related(i)} == before


def test_the_most_popular_are_kept_and_degrees_stand_in() -> None:
    graph = ArtistGraph.from_edges(
        "abcd", [0, 0, 0, 1], [1, 2, 3, 2], popularity=np.array([1, 50, 50, 99], np.uint8)
    )
    assert most_popular(graph, 2).names == ["b", "d"]
    bare = ArtistGraph.from_edges("abcd", [0, 0, 0, 1], [1, 2, 3, 2])
    assert most_popular(bare, 3).names == ["a", "b", "c"]
    assert "most connected" in most_popular(bare, 3).notes[0]
    assert most_popular(bare, 4) is bare


@pytest.mark.parametrize(
    ("names", "says"), [("", "no artists"), ("a", "only one artist"), ("ab", "no two artists")]
)
def test_nothing_to_make_a_galaxy_of(names: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        prune(ArtistGraph.from_edges(names, [], []), 10, 1)
