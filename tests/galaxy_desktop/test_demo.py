from __future__ import annotations

import numpy as np
import pytest

from embedding.pruning import prune
from galaxy_desktop.demo import demo_graph


def test_the_same_seed_gives_the_same_world() -> None:
    one, again, other = demo_graph(), demo_graph(), demo_graph(seed=2)
    assert np.array_equal(one.indices, again.indices)
    assert np.array_equal(one.popularity, again.popularity)
    assert not np.array_equal(one.indices, other.indices)


@pytest.mark.parametrize(("artists", "scenes"), [(1_000, 24), (30, 3), (400, 1)])
def test_it_is_one_world_of_different_names(artists: int, scenes: int) -> None:
    graph = demo_graph(artists, scenes)
    assert len(graph) == len(set(graph.names)) == artists
    assert prune(graph, artists, 10) is graph


def test_most_relations_stay_inside_a_scene() -> None:
    # One scene or two: the artists stand in the order of their scenes, the largest first.
    graph = demo_graph(1_000, 2)
    a, b = graph.edge_list()
    crossing = [np.count_nonzero((a < at) & (b >= at)) for at in range(10, 991)]
    assert min(crossing) < graph.edges / 4


def test_the_famous_have_the_most_relations() -> None:
    graph = demo_graph()
    assert graph.popularity is not None
    famous = graph.popularity >= 90
    assert graph.degrees[famous].mean() > 1.5 * graph.degrees[~famous].mean()
