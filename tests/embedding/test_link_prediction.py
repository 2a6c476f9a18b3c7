import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.link_prediction import hold_out, link_auc, unrelated_pairs


def graph(n: int, pairs, weights=None) -> ArtistGraph:
    a, b = zip(*pairs, strict=True)
    return ArtistGraph.from_edges([f"a{i}" for i in range(n)], a, b, weights)


def ring(n: int) -> list[tuple[int, int]]:
    return [(i, (i + 1) % n) for i in range(n)]


def complete(n: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(n) for j in range(i)]


def random_graph(n: int, edges: int, seed: int) -> ArtistGraph:
    a, b = np.random.default_rng(seed).integers(0, n, (2, edges))
    # The ring gives every artist two relations.
    i, j = zip(*ring(n), strict=True)
    return ArtistGraph.from_edges(["x"] * n, [*a, *i], [*b, *j])


def pairs_of(g: ArtistGraph) -> set[tuple[int, int]]:
    a, b = g.edge_list()
    return set(zip(a.tolist(), b.tolist(), strict=True))


@settings(max_examples=50)
@given(st.integers(5, 80), st.integers(0, 300), st.floats(0.01, 0.3), st.integers(0, 1000))
def test_a_split_loses_nothing_and_cuts_nobody_off(n, edges, share, seed):
    g = random_graph(n, edges, seed)
    split = hold_out(g, share, seed)
    held = set(zip(split.sources.tolist(), split.targets.tolist(), strict=True))
    left = pairs_of(split.training)
    assert held | left == pairs_of(g)
    assert not held & left
    assert len(held) <= max(1, round(share * g.edges))
    assert split.training.degrees.min() >= 1
    assert split.training.names == g.names
    for i in range(n):
        assert (np.diff(split.training.related(i)) > 0).all()


def test_a_dense_graph_gives_the_whole_share():
    g = random_graph(100, 1500, 0)
    assert hold_out(g).sources.size == round(0.1 * g.edges)


def test_the_same_seed_gives_the_same_split_and_another_another():
    g = random_graph(100, 500, 0)
    first, again, other = hold_out(g, seed=1), hold_out(g, seed=1), hold_out(g, seed=2)
    assert first.sources.tolist() == again.sources.tolist()
    assert first.sources.tolist() != other.sources.tolist()


def test_weights_stay_with_their_relations():
    g = graph(5, complete(5), np.arange(1, 11))
    training = hold_out(g, 0.3).training
    whole, part = g.adjacency().toarray(), training.adjacency().toarray()
    assert np.count_nonzero(part) == 14
    assert (part[part > 0] == whole[part > 0]).all()


def test_a_star_has_nothing_to_hold_out():
    with pytest.raises(InputError, match=r"only one of some artist.*denser"):
        hold_out(graph(5, [(0, i) for i in range(1, 5)]))


def test_a_tailed_ring_gives_only_what_it_can():
    g = graph(9, [*ring(4), *((0, i) for i in range(4, 9))])
    split = hold_out(g, 0.9)
    assert split.training.degrees.min() == 1
    assert 1 <= split.sources.size <= 2


@given(st.integers(4, 40), st.integers(1, 100), st.integers(0, 1000))
def test_unrelated_pairs_are_unrelated(n, count, seed):
    g = graph(n, ring(n))
    a, b = unrelated_pairs(g, count, seed)
    assert a.size == b.size == count
    assert (a < b).all()
    assert not pairs_of(g) & set(zip(a.tolist(), b.tolist(), strict=True))


def test_unrelated_pairs_of_many_artists():
    g = random_graph(3000, 60_000, 0)
    a, b = unrelated_pairs(g, 20_000, 0)
    assert a.size == 20_000
    assert (a < b).all()
    assert not pairs_of(g) & set(zip(a.tolist(), b.tolist(), strict=True))
    # All of the artists come up about equally often.
    assert np.bincount(np.concatenate((a, b)), minlength=3000).max() < 40


def test_the_last_unrelated_pair_is_found():
    g = graph(5, [pair for pair in complete(5) if pair != (3, 1)])
    a, b = unrelated_pairs(g, 3)
    assert a.tolist() == [1, 1, 1]
    assert b.tolist() == [3, 3, 3]


def test_all_related_is_refused():
    with pytest.raises(InputError, match="all artists are related"):
        link_auc(graph(4, complete(4)), lambda g: np.ones((len(g), 2)))


def two_groups() -> ArtistGraph:
    return graph(40, [*complete(20), *((i + 20, j + 20) for i, j in complete(20)), (0, 20)])


def test_perfect_vectors_reach_one_and_inverted_ones_nothing():
    sides = np.repeat([[1.0, 0.0], [0.0, 1.0]], 20, axis=0)
    g = two_groups()
    assert link_auc(g, lambda _: sides, seed=3) == pytest.approx(1, abs=0.02)
    # Related artists opposite each other, unrelated ones too only by chance.
    even = np.where(np.arange(40)[:, None] % 2, 1.0, -1.0) * np.array([[1.0, 0.2]])
    assert 0.3 < link_auc(g, lambda _: even, seed=3) < 0.7


def test_vectors_that_are_all_equal_score_a_half():
    assert link_auc(two_groups(), lambda g: np.ones((len(g), 8))) == 0.5
    assert link_auc(two_groups(), lambda g: np.zeros((len(g), 8))) == 0.5


def test_auc_is_the_share_of_pairs_in_order():
    g = random_graph(60, 200, 0)
    vectors = np.random.default_rng(0).normal(size=(60, 4))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    split = hold_out(g)
    a, b = unrelated_pairs(g, split.sources.size)
    good = (unit[split.sources] * unit[split.targets]).sum(axis=1)
    bad = (unit[a] * unit[b]).sum(axis=1)
    expected = (good[:, None] > bad).mean() + (good[:, None] == bad).mean() / 2
    assert link_auc(g, lambda _: vectors) == pytest.approx(expected)


def test_training_never_sees_what_is_held_out():
    g = random_graph(60, 200, 0)
    seen = []

    def train(training: ArtistGraph) -> np.ndarray:
        seen.append(training.edges)
        return np.ones((60, 8))

    link_auc(g, train)
    assert seen == [g.edges - hold_out(g).sources.size]
