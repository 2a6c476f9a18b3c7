"""The two ways relations are computed: shared listeners, and near vectors."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from embedding.readers import colistening, read_graph
from embedding.readers.nearest import nearest


def by_the_formula(plays: np.ndarray) -> dict[tuple[int, int], float]:
    """Return s(i, j) of the related pairs, computed one by one as the docstring has it."""
    n, users = plays.shape
    played = [max(1, int((plays[:, u] > 0).sum())) for u in range(users)]
    w = [
        [math.log(1 + plays[i, u]) / math.sqrt(math.log(1 + played[u])) for u in range(users)]
        for i in range(n)
    ]
    found = {}
    for i in range(n):
        ranked = []
        for j in range(n):
            k = int(((plays[i] > 0) & (plays[j] > 0)).sum())
            if i == j or k < 2:
                continue
            c = sum(a * b for a, b in zip(w[i], w[j], strict=True)) / (
                math.hypot(*w[i]) * math.hypot(*w[j])
            )
            s = c * k / (k + colistening.SHRINK)
            ranked.append((-s / int((plays[j] > 0).sum()) ** colistening.DAMPING, j, s))
        found |= {(i, j): s for _, j, s in sorted(ranked)[: colistening.RELATED]}
    return found


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), artists=st.integers(1, 30), users=st.integers(3, 12))
def test_the_relations_are_those_of_the_formula(seed: int, artists: int, users: int) -> None:
    rng = np.random.default_rng(seed)
    plays = np.where(rng.random((artists, users)) < 0.4, rng.integers(1, 1000, (artists, users)), 0)
    plays[:, 0] = 1 + rng.integers(0, 9, artists)
    a, b, s = colistening.related_by_listeners(sparse.csr_array(plays.astype(float)))
    got = dict(zip(zip(a.tolist(), b.tolist(), strict=True), s.tolist(), strict=True))
    assert got == pytest.approx(by_the_formula(plays), rel=1e-5)


def test_blocks_do_not_change_the_relations(monkeypatch: pytest.MonkeyPatch) -> None:
    plays = sparse.random_array((200, 60), density=0.2, rng=np.random.default_rng(3), format="csr")
    whole = colistening.related_by_listeners(plays)
    monkeypatch.setattr(colistening, "_WORK", 500)
    steps = []
    blocks = colistening.related_by_listeners(plays, steps.append)
    assert len(steps) > 10
    assert all(np.array_equal(one, other) for one, other in zip(whole, blocks, strict=True))
    assert np.bincount(whole[0]).max() == colistening.RELATED


def test_popularity_is_logarithmic_from_1_to_100() -> None:
    assert colistening.popularity_of(np.array([3, 30, 300])) == [1, 50, 100]
    assert colistening.popularity_of(np.array([3, 3])) == [100, 100]


def test_plays_add_up_and_obscure_artists_are_left_out(tmp_path: Path) -> None:
    rows = [f"u{u},{a},{u + 1}" for u in range(4) for a in ("Air", "Moby")]
    rows += ["u0,Air,5", "u0,Obscure,9", "u1,Obscure,9", "u2,Obscure,0"]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["user,artist,plays", *rows]))
    graph = read_graph(path)
    assert (graph.names, graph.edges, graph.ids) == (["Air", "Moby"], 1, None)
    assert graph.notes == ("1 of 3 artists were left out: they have fewer than 3 listeners.",)
    # The same without a header, forced; and one row per listen.
    path.write_text("\n".join(rows))
    assert read_graph(path, "plays").names == ["Air", "Moby"]
    path.write_text(
        "\n".join(["user,artist_id,artist", *(f"u{u},{i},Air" for u in range(3) for i in "12")])
    )
    graph = read_graph(path)
    assert (graph.names, graph.ids, graph.edges) == (["Air", "Air"], ["1", "2"], 1)


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), n=st.integers(1, 40), dims=st.sampled_from([2, 5, 16, 17, 30]))
def test_the_nearest_are_the_nearest(seed: int, n: int, dims: int) -> None:
    vectors = np.random.default_rng(seed).normal(size=(n, dims)).astype(np.float32)
    vectors[n // 2] = 0
    a, b = nearest(vectors, 5)
    unit = vectors.astype(float) / np.maximum(np.linalg.norm(vectors, axis=1), 1e-30)[:, None]
    cosine = unit @ unit.T
    some = [k for k in range(n) if k != n // 2]
    for i in range(n):
        mine = sorted(cosine[i, b[a == i]])
        best = sorted(cosine[i, j] for j in some if j != i)[-5:]
        assert mine == pytest.approx(best if i != n // 2 else [], abs=1e-5)
        assert i not in b[a == i]


def test_the_related_artists_of_the_real_data(spotify: Path) -> None:
    graph = read_graph(spotify)
    assert (len(graph), graph.edges, graph.notes) == (10_146, 64_970, ())
    assert graph.ids is not None
    assert graph.tags is not None
    assert graph.popularity is not None
    drake = graph.names.index("Drake")
    assert (graph.ids[drake], graph.popularity[drake]) == ("3TVXtAsR1Inumwj472S9r4", 99)
    assert graph.tags[drake][:2] == ("rap", "pop rap")


def test_the_neighbours_in_the_real_plays(lastfm: Path) -> None:
    graph = read_graph(lastfm)
    assert 4_000 < len(graph) < 5_000
    assert graph.weights is not None
    for artist, near in {
        "Radiohead": {"Sigur Rós", "Muse", "Thom Yorke", "Coldplay"},
        "Metallica": {"Megadeth", "Iron Maiden", "Slayer", "Pantera"},
        "Britney Spears": {"Christina Aguilera", "Rihanna", "Madonna", "Lady Gaga"},
        "Miles Davis": {"John Coltrane", "Thelonious Monk", "Charles Mingus", "Herbie Hancock"},
    }.items():
        row = graph.names.index(artist)
        order = np.argsort(-graph.weights[graph.indptr[row] : graph.indptr[row + 1]])
        assert near <= {graph.names[k] for k in graph.related(row)[order][:20]}, artist
    # Stars are related to many, not to everybody.
    assert graph.degrees.max() < len(graph) / 10
