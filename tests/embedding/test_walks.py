"""The walks: exact second-order probabilities, whatever the graph, the settings and the threads."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from embedding.graph import ArtistGraph
from embedding.progress import Cancelled, CancelToken, Progress
from embedding.walks import generate_walks

# A triangle, a square hanging on it, a tail, and a hub: returns, common and far neighbours occur.
EDGES = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 2), (5, 6), (6, 7), (0, 7), (0, 4)]


def undirected(weights: list[float] | None = None) -> ArtistGraph:
    ends = np.array(EDGES)
    return ArtistGraph.from_edges([str(i) for i in range(9)], ends[:, 0], ends[:, 1], weights)


def directed() -> ArtistGraph:
    """Every edge one way only, so that artist 7 leads nowhere and 8 stands alone."""
    rows: list[list[int]] = [[] for _ in range(9)]
    for a, b in EDGES:
        rows[min(a, b)].append(max(a, b))
    rows[6].append(2)
    rows[3].append(2)
    rows = [sorted(row) for row in rows]
    indptr = np.cumsum([0] + [len(row) for row in rows]).astype(np.int32)
    return ArtistGraph([str(i) for i in range(9)], indptr, np.concatenate(rows).astype(np.int32))


def side_by_side(graph: ArtistGraph, copies: int) -> ArtistGraph:
    """Copies without connections, for many walks in few rounds: artist i of each is i modulo 9."""
    number = np.arange(copies)[:, None]
    indptr = (graph.indptr[:-1] + number * graph.indices.size).ravel()
    return ArtistGraph(
        [""] * (9 * copies),
        np.append(indptr, copies * graph.indices.size).astype(np.int32),
        (graph.indices + number * 9).ravel().astype(np.int32),
        None if graph.weights is None else np.tile(graph.weights, copies),
    )


def exact(graph: ArtistGraph, t: int, v: int, p: float, q: float) -> dict[int, float]:
    """Grover and Leskovec 2016, section 3.2.2, written down as it stands."""
    row = range(graph.indptr[v], graph.indptr[v + 1])
    chances = {}
    for e in row:
        x = int(graph.indices[e])
        bias = 1 / p if x == t else 1 if x in graph.related(t) else 1 / q
        chances[x] = bias * (1.0 if graph.weights is None else float(graph.weights[e]))
    total = sum(chances.values())
    return {x: chance / total for x, chance in chances.items()}


@pytest.mark.parametrize(("p", "q"), [(2.5, 0.5), (1.6, 0.1), (0.25, 2.0), (1, 1), (1e-3, 50.0)])
@pytest.mark.parametrize("kind", ["undirected", "weighted", "directed"])
def test_steps_follow_the_enumerated_probabilities(kind: str, p: float, q: float) -> None:
    weighted = [0.5, 3, 1, 2, 0.1, 1, 4, 1, 2.5, 1, 0.7]
    graph = directed() if kind == "directed" else undirected(weighted if "w" in kind else None)
    copies = side_by_side(graph, 200)
    walks = generate_walks(copies, p=p, q=q, walks=40, length=12, seed=4, workers=2)
    walks = np.where(walks < 0, -1, walks % 9)
    going = walks[:, 2:] >= 0
    steps = (walks[:, :-2] * 9 + walks[:, 1:-1]) * 9 + walks[:, 2:]
    seen = np.bincount(steps[going], minlength=9**3).reshape(9, 9, 9)
    statistic, freedom = 0.0, 0
    for t, v in np.argwhere(seen.any(axis=2)).tolist():
        chances = exact(graph, t, v, p, q)
        total = sum(seen[t, v, x] for x in chances)
        assert total == seen[t, v].sum()
        # Pearson's test wants at least five expected; the rare ones are put together.
        bins = [(seen[t, v, x], total * c) for x, c in chances.items()]
        common = [b for b in bins if b[1] >= 5]
        rare = [b for b in bins if b[1] < 5]
        if rare and sum(b[1] for b in rare) >= 5:
            common.append((sum(b[0] for b in rare), sum(b[1] for b in rare)))
        if len(common) > 1:
            statistic += sum((o - e) ** 2 / e for o, e in common)
            freedom += len(common) - 1
    assert freedom > 3
    # One seed in seven has a chance below this in one of the fifteen cases, by the nature of
    # chances: over 600 seeds they came out even (Kolmogorov-Smirnov). A p 3% off leaves 1e-17.
    assert chi2.sf(statistic, freedom) > 0.01


@pytest.mark.parametrize("kind", ["undirected", "weighted"])
def test_the_first_step_goes_by_weight_alone(kind: str) -> None:
    weights = np.linspace(0.2, 3, len(EDGES)) if kind == "weighted" else None
    graph = undirected(weights)  # type: ignore[arg-type]
    copies = side_by_side(graph, 100)
    walks = generate_walks(copies, p=0.1, q=3, walks=200, length=2, seed=5) % 9
    for v in range(8):
        row = slice(graph.indptr[v], graph.indptr[v + 1])
        w = np.ones(row.stop - row.start) if graph.weights is None else graph.weights[row]
        steps = walks[walks[:, 0] == v, 1]
        observed = np.array([(steps == x).sum() for x in graph.indices[row]])
        expected = len(steps) * w / w.sum()
        if len(w) > 1:
            assert chi2.sf(((observed - expected) ** 2 / expected).sum(), len(w) - 1) > 0.001


def test_the_threads_change_nothing() -> None:
    rng = np.random.default_rng(0)
    graph = ArtistGraph.from_edges(
        [str(i) for i in range(3000)],
        rng.integers(3000, size=20_000),
        rng.integers(3000, size=20_000),
    )
    results = [
        generate_walks(graph, p=2.5, q=0.5, walks=60, length=11, seed=8, workers=w).tobytes()
        for w in (1, 2, 5)
    ]
    assert results[0] == results[1] == results[2]
    other = generate_walks(graph, p=2.5, q=0.5, walks=60, length=11, seed=9, workers=2)
    assert other.tobytes() != results[0]


def test_every_artist_starts_once_a_round_and_rounds_differ() -> None:
    walks = generate_walks(undirected(), p=1, q=1, walks=5, length=4, seed=1)
    rounds = walks[:, 0].reshape(5, 9)
    assert (np.sort(rounds, axis=1) == np.arange(9)).all()
    assert len({tuple(r) for r in rounds}) > 1


def test_an_artist_alone_and_a_dead_end() -> None:
    graph = directed()
    walks = generate_walks(graph, p=1, q=1, walks=50, length=6, seed=1)
    assert (walks[walks[:, 0] == 8][:, 1:] == -1).all()
    assert (walks[walks[:, 0] == 7][:, 1:] == -1).all()
    for walk in walks:
        ended = np.flatnonzero(walk == -1)
        if ended.size:
            assert (walk[ended[0] :] == -1).all()
            assert graph.related(walk[ended[0] - 1]).size == 0


@settings(max_examples=60)
@given(
    st.integers(2, 12).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=30),
        )
    ),
    st.sampled_from([1e-6, 0.1, 1.0, 2.5, 1e6]),
    st.sampled_from([1e-6, 0.1, 1.0, 2.5, 1e6]),
    st.integers(2, 9),
    st.booleans(),
)
def test_every_step_is_a_relation(
    world: tuple[int, list[tuple[int, int]]], p: float, q: float, length: int, weighted: bool
) -> None:
    n, pairs = world
    a, b = np.array(pairs, np.int64).reshape(-1, 2).T
    weights = np.linspace(1e-3, 1e3, len(pairs)) if weighted else None
    graph = ArtistGraph.from_edges([str(i) for i in range(n)], a, b, weights)
    walks = generate_walks(graph, p=p, q=q, walks=3, length=length, seed=2)
    assert walks.shape == (3 * n, length)
    for walk in walks.tolist():
        for v, x in pairwise(walk):
            if x == -1:
                assert graph.related(v).size == 0 or v == -1
            else:
                assert x in graph.related(v)


def test_progress_ends_at_the_end_and_cancel_stops() -> None:
    told: list[Progress] = []
    generate_walks(undirected(), p=1, q=1, walks=3, length=4, seed=1, on_progress=told.append)
    steps = [step for step in told if step.stage == "walks"]
    assert (steps[0].done, steps[-1].done, steps[-1].total) == (0, 27, 27)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        generate_walks(undirected(), p=1, q=1, walks=3, length=4, seed=1, cancel=token)
