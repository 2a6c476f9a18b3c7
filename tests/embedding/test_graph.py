"""The graph: what it makes of pairs, and that its parts stay together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.errors import InputError
from embedding.graph import ArtistGraph

PAIRS = st.integers(1, 12).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.floats(0.125, 100)),
            max_size=40,
        ),
    )
)


def graph_of(n: int, pairs: list[tuple[int, int, float]], weighted: bool) -> ArtistGraph:
    a, b, w = np.array(pairs, float).reshape(-1, 3).T
    names = [f"artist {i}" for i in range(n)]
    return ArtistGraph.from_edges(names, a.astype(int), b.astype(int), w if weighted else None)


def test_directions_loops_and_doubles_go_and_the_larger_weight_stands() -> None:
    graph = ArtistGraph.from_edges("abcd", [0, 1, 2, 0, 0], [1, 0, 2, 1, 3], [1, 2, 9, 1.5, 4])
    assert graph.indptr.tolist() == [0, 2, 3, 3, 4]
    assert graph.indices.tolist() == [1, 3, 0, 0]
    assert graph.weights is not None
    assert graph.weights.tolist() == [2, 4, 2, 4]
    assert graph.edges == 2
    assert graph.degrees.tolist() == [2, 1, 0, 1]


@given(PAIRS, st.booleans())
def test_the_adjacency_is_what_the_pairs_say(
    world: tuple[int, list[tuple[int, int, float]]], weighted: bool
) -> None:
    n, pairs = world
    graph = graph_of(n, pairs, weighted)
    expected: dict[tuple[int, int], float] = {}
    for a, b, w in pairs:
        if a != b:
            for pair in ((a, b), (b, a)):
                expected[pair] = max(expected.get(pair, 0), np.float32(w) if weighted else 1)
    matrix = graph.adjacency().tocoo()
    found = dict(zip(zip(*matrix.coords, strict=True), matrix.data, strict=True))
    assert found == expected
    assert graph.indptr.dtype == graph.indices.dtype == np.int32
    for i in range(n):
        assert (np.diff(graph.related(i)) > 0).all()
    sources, targets = graph.edge_list()
    assert (sources < targets).all()
    assert len(sources) == graph.edges


@given(PAIRS, st.booleans(), st.data())
def test_a_part_of_the_graph_is_that_part(
    world: tuple[int, list[tuple[int, int, float]]], weighted: bool, data: st.DataObject
) -> None:
    n, pairs = world
    graph = graph_of(n, pairs, weighted)
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    part = graph.subgraph(kept)
    dense = graph.adjacency().toarray()[kept][:, kept]
    np.testing.assert_array_equal(part.adjacency().toarray(), dense)
    assert part.names == [name for name, k in zip(graph.names, kept, strict=True) if k]


def test_what_belongs_to_an_artist_goes_with_it() -> None:
    graph = ArtistGraph.from_edges(
        "abc", [0, 1], [1, 2], popularity=np.array([1, 2, 3], np.uint8), ids=["x", "y", "z"],
        tags=[("t",), (), ("u", "v")], aliases=[(), ("bee",), ()], links=["", "l", ""],
    )  # fmt: skip
    part = graph.subgraph(np.array([2, 1]))
    assert part.names == ["b", "c"]
    assert part.keys == ["y", "z"]
    assert part.popularity is not None
    assert part.popularity.tolist() == [2, 3]
    assert (part.tags, part.aliases, part.links) == ([(), ("u", "v")], [("bee",), ()], ["l", ""])
    assert graph.subgraph(np.arange(3)) is graph


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf")])
def test_a_weight_that_is_none(weight: float) -> None:
    with pytest.raises(InputError, match="weight"):
        ArtistGraph.from_edges("ab", [0], [1], [weight])


@pytest.mark.parametrize("end", [-1, 2])
def test_an_end_that_is_nobody(end: int) -> None:
    with pytest.raises(InputError, match="not in the list"):
        ArtistGraph.from_edges("ab", [0], [end])
