import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.graph import ArtistGraph
from embedding.quality import (
    bowl_index,
    connection_ratio,
    density_contrast,
    measure,
    recall_at,
)


def graph(n: int, *pairs: tuple[int, int]) -> ArtistGraph:
    a, b = zip(*pairs, strict=True) if pairs else ((), ())
    return ArtistGraph.from_edges([f"a{i}" for i in range(n)], a, b)


def random_graph(n: int, edges: int, seed: int) -> ArtistGraph:
    a, b = np.random.default_rng(seed).integers(0, n, (2, edges))
    return ArtistGraph.from_edges([f"a{i}" for i in range(n)], a, b)


def test_connection_ratio_of_three_on_a_line():
    line = np.array([[0, 0, 0], [1, 0, 0], [3, 0, 0]], np.float32)
    g = graph(3, (0, 1))
    # related: 1; all pairs: 1, 2 and 3
    assert connection_ratio(g.indptr, g.indices, line) == pytest.approx(0.5)


def test_connection_ratio_where_all_are_related_is_one():
    positions = np.random.default_rng(0).normal(size=(5, 3))
    g = graph(5, *[(i, j) for i in range(5) for j in range(i)])
    assert connection_ratio(g.indptr, g.indices, positions) == pytest.approx(1)


def test_connection_ratio_by_sample_is_near_the_exact_one():
    g = random_graph(1000, 3000, 0)
    positions = np.random.default_rng(1).normal(size=(1000, 3))
    exact = connection_ratio(g.indptr, g.indices, positions)
    sampled = connection_ratio(g.indptr, g.indices, positions, pairs=400_000, seed=5)
    assert sampled != exact
    assert sampled == pytest.approx(exact, rel=0.005)
    assert sampled == connection_ratio(g.indptr, g.indices, positions, pairs=400_000, seed=5)


def brute_recall(g: ArtistGraph, vectors: np.ndarray, nearest: int) -> float:
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, -np.inf)
    shares = []
    for i in range(len(g)):
        if g.related(i).size:
            best = np.argsort(-cosines[i])[: min(nearest, len(g) - 1)]
            shares.append(np.isin(g.related(i), best).mean())
    return float(np.mean(shares))


@settings(max_examples=40)
@given(
    st.integers(2, 120),
    st.integers(1, 400),
    st.integers(2, 10),
    st.integers(1, 30),
    st.integers(0, 10_000),
)
def test_recall_is_that_by_brute_force(n, edges, d, nearest, seed):
    g = random_graph(n, edges, seed)
    vectors = np.random.default_rng(seed).normal(size=(n, d))
    found = recall_at(g.indptr, g.indices, vectors, nearest=nearest)
    if not g.edges:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(brute_recall(g, vectors, nearest), abs=1e-9)


def test_recall_of_an_artist_with_more_relations_than_places():
    # 0 is related to 1 to 4, and only two of them fit among the nearest two.
    circle = np.radians([0, 1, -2, 40, 50])
    vectors = np.stack([np.cos(circle), np.sin(circle)], axis=1)
    g = graph(5, (0, 1), (0, 2), (0, 3), (0, 4))
    # 0: 2 of 4; 1 and 2 find 0; the nearest two of 3 are 4 and 1, those of 4 are 3 and 1
    assert recall_at(g.indptr, g.indices, vectors, nearest=2) == pytest.approx((0.5 + 1 + 1) / 5)


def test_recall_lengths_of_vectors_do_not_count():
    g = random_graph(100, 300, 0)
    vectors = np.random.default_rng(0).normal(size=(100, 4))
    longer = vectors * np.random.default_rng(1).uniform(0.1, 10, (100, 1))
    assert recall_at(g.indptr, g.indices, longer) == recall_at(g.indptr, g.indices, vectors)


def test_recall_of_copies_is_no_better_than_chance():
    g = random_graph(400, 1200, 0)
    found = recall_at(g.indptr, g.indices, np.ones((400, 8), np.float32))
    assert found < 0.2


def test_recall_by_sample_is_near_that_of_all():
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(3000, 3))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    near = np.argsort(-(unit @ unit.T), axis=1)[:, 1:40]
    picked = near[np.arange(3000)[:, None], rng.integers(0, 39, (3000, 4))]
    g = ArtistGraph.from_edges(["x"] * 3000, np.repeat(np.arange(3000), 4), picked.ravel())
    everyone = recall_at(g.indptr, g.indices, vectors, sample=None)
    sampled = recall_at(g.indptr, g.indices, vectors, sample=1000)
    assert 0.3 < everyone < 0.9
    assert sampled != everyone
    assert sampled == pytest.approx(everyone, abs=0.03)
    assert sampled == recall_at(g.indptr, g.indices, vectors, sample=1000)


def test_bowl_index():
    assert bowl_index(np.array([[2.0, 0], [4, 0]])) == pytest.approx(1)
    assert bowl_index(np.array([[1.0, 0], [-1, 0]])) == 0
    assert bowl_index(np.array([[1.0, 0], [0, 1]])) == pytest.approx(math.sqrt(0.5))
    assert math.isnan(bowl_index(np.zeros((3, 2))))


def test_density_contrast_of_a_ring_is_nothing_and_of_clusters_is_much():
    angles = np.linspace(0, 2 * np.pi, 50, endpoint=False)
    ring = np.stack([np.cos(angles), np.sin(angles), 0 * angles], axis=1)
    assert density_contrast(ring) == pytest.approx(0, abs=1e-9)
    rng = np.random.default_rng(0)
    fog = rng.uniform(-1, 1, (2000, 3))
    clusters = np.concatenate([fog[:1000], rng.normal(0, 0.01, (1000, 3))])
    assert density_contrast(fog) < 0.3
    assert density_contrast(clusters) > 0.8


def test_density_contrast_asks_for_the_tenth_other():
    line = np.zeros((11, 3))
    line[:, 0] = np.arange(11)
    tenth = np.array([10, 9, 8, 7, 6, 5, 6, 7, 8, 9, 10])
    assert density_contrast(line) == pytest.approx(tenth.std() / tenth.mean())


def test_density_contrast_by_sample():
    positions = np.random.default_rng(0).normal(size=(3000, 3))
    everyone = density_contrast(positions, sample=None)
    sampled = density_contrast(positions, sample=1000)
    assert sampled != everyone
    assert sampled == pytest.approx(everyone, rel=0.1)


def test_measure_has_plain_keys():
    g = random_graph(60, 200, 0)
    rng = np.random.default_rng(0)
    positions, vectors, four = rng.normal(size=(60, 3)), rng.normal(size=(60, 8)), np.ones((60, 4))
    figures = measure(g.indptr, g.indices, positions, vectors, four)
    assert figures == {
        "connection_ratio": connection_ratio(g.indptr, g.indices, positions),
        "recall_at_20": recall_at(g.indptr, g.indices, vectors),
        "bowl_index": pytest.approx(1),
        "density_contrast": density_contrast(positions),
    }
    assert all(type(value) is float for value in figures.values())
    without = measure(g.indptr, g.indices, positions, vectors)
    assert without["bowl_index"] == bowl_index(vectors)


def test_threads_change_no_figure():
    g, rng = random_graph(400, 2000, 5), np.random.default_rng(5)
    positions, vectors = rng.normal(size=(400, 3)), rng.normal(size=(400, 8))
    one, three = (measure(g.indptr, g.indices, positions, vectors, workers=w) for w in (1, 3))
    assert one == three


def test_measure_leaves_out_what_does_not_exist():
    lone = graph(3)
    zeros = np.zeros((3, 3), np.float32)
    assert measure(lone.indptr, lone.indices, zeros, zeros) == {}
    assert measure(lone.indptr, lone.indices, zeros, np.ones((3, 8))) == {
        "bowl_index": pytest.approx(1)
    }
    pair = graph(2, (0, 1))
    assert measure(pair.indptr, pair.indices, zeros[:2], np.ones((2, 8))) == {
        "recall_at_20": 1,
        "bowl_index": pytest.approx(1),
    }


def test_ten_thousand_artists_are_measured_quickly():
    n = 10_000
    rng = np.random.default_rng(0)
    g = random_graph(n, 8 * n, 0)
    centres = rng.normal(size=(200, 8))[rng.integers(0, 200, n)]
    vectors = centres + 0.2 * rng.normal(size=(n, 8))
    start = time.process_time()
    measure(g.indptr, g.indices, vectors[:, :3], vectors)
    assert time.process_time() - start < 1.5
