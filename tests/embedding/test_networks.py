from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.networks import from_networkx, to_networkx
from tests.embedding.galaxies import galaxy


def _same(one: ArtistGraph, other: ArtistGraph) -> None:
    assert repr(one) == repr(other)  # Short arrays are shown whole, with their types.


@pytest.mark.parametrize("full", [True, False])
def test_there_and_back_is_the_same_graph(full: bool) -> None:
    graph = galaxy(20, full=full).graph()
    with np.printoptions(threshold=10**6, floatmode="unique"):
        _same(from_networkx(to_networkx(graph)), graph)


@given(st.integers(1, 9), st.integers(0, 99), st.booleans(), st.booleans(), st.booleans())
def test_any_parts_come_back(n: int, seed: int, ids: bool, weights: bool, tags: bool) -> None:
    graph = galaxy(n, seed).graph()
    graph = replace(
        graph,
        ids=graph.ids if ids else None,
        weights=graph.weights if weights and graph.edges else None,
        tags=graph.tags if tags else None,
    )
    _same(from_networkx(to_networkx(graph)), graph)


def test_nodes_are_ids_or_names_or_numbers() -> None:
    graph = galaxy().graph()
    assert list(to_networkx(graph))[:2] == ["id-0", "id-1"]
    assert list(to_networkx(replace(graph, ids=None)))[:2] == [0, 1]
    alone = replace(graph, ids=None, names=list("abcdefg"))
    network = to_networkx(alone)
    assert list(network) == list("abcdefg")
    assert network.nodes["c"]["tags"] == ("rock", "café pop")
    assert sorted(network["a"]) == [alone.names[k] for k in alone.related(0)]


def test_any_kind_of_network_is_taken() -> None:
    network = nx.MultiDiGraph(name="Mine")
    network.add_edge("A", "B", weight=2)
    network.add_edge("B", "A", weight=5.5)
    network.add_edge("B", "B", weight=1)
    network.add_edge("B", "C")
    network.add_node("A", label="Anna", genres="pop|folk", popularity=np.float64(12.6))
    graph = from_networkx(network)
    assert graph.names == ["Anna", "B", "C"]
    assert graph.ids == ["A", "B", "C"]
    assert graph.title == "Mine"
    assert graph.tags == [("pop", "folk"), (), ()]
    assert graph.popularity is not None
    assert graph.popularity.tolist() == [13, 0, 0]
    assert graph.notes == ("2 of 3 artists have no popularity: 0 is taken.",)
    assert graph.edges == 2
    assert graph.weights is not None
    assert graph.weights.tolist() == [5.5, 5.5, 1.0, 1.0]


def test_a_network_without_attributes_is_enough() -> None:
    graph = from_networkx(nx.path_graph(4))
    assert graph.names == ["0", "1", "2", "3"]
    assert graph.ids is None
    assert graph.popularity is None
    assert graph.weights is None
    assert graph.degrees.tolist() == [1, 2, 2, 1]
    assert len(from_networkx(nx.Graph())) == 0


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"name": " "}, "node 'x': the name is empty"),
        ({"popularity": 101}, "not from 0 to 100"),
        ({"popularity": "loud"}, "not a number"),
        ({"popularity": float("nan")}, "not a finite number"),
        ({"tags": 5}, "not text"),
        ({"tags": [5]}, "not text"),
    ],
)
def test_a_wrong_node_is_named(about: dict[str, Any], said: str) -> None:
    network = nx.Graph()
    network.add_node("x", **about)
    with pytest.raises(InputError, match=said):
        from_networkx(network)


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf"), "heavy", [1], True])
def test_a_wrong_weight_is_named(weight: Any) -> None:
    network = nx.Graph()
    network.add_edge("x", "y", weight=weight)
    with pytest.raises(InputError, match="edge from 'x' to 'y'"):
        from_networkx(network)


def test_nodes_that_are_spelled_the_same_are_told() -> None:
    network = nx.Graph([(1, "1")])
    network.nodes[1]["name"] = "one"
    with pytest.raises(InputError, match="two nodes are both spelled '1'"):
        from_networkx(network)
