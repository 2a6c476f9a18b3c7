"""The yardstick itself: it must be the two packages, no more and no less, with our manners."""

from __future__ import annotations

import logging
import random
import sys
import threading
from itertools import pairwise

import numpy as np
import pytest

from embedding.arrays import Int32
from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import Cancelled, CancelToken, Progress
from embedding.reference import reference_train, reference_walks
from embedding.settings import BuildSettings

SETTINGS = BuildSettings(engine="reference", workers=1, walks=4, length=8, epochs=2)


@pytest.fixture
def scenes() -> ArtistGraph:
    """Make three scenes of 15 artists, each all related, joined by one relation; one is alone."""
    rows, columns = np.triu_indices(15, 1)
    sources = np.concatenate([rows + 15 * scene for scene in range(3)] + [[0, 15]])
    targets = np.concatenate([columns + 15 * scene for scene in range(3)] + [[15, 30]])
    return ArtistGraph.from_edges([f"a{i}" for i in range(46)], sources, targets)


def walks_with_different_counts() -> Int32:
    """Make walks in which no two artists come equally often, so that gensim's order is ours."""
    bag = np.repeat(np.arange(12), np.arange(40, 28, -1))
    return np.random.default_rng(5).permutation(bag).reshape(-1, 6).astype(np.int32)


def test_every_walk_follows_relations_and_every_artist_starts_as_often(scenes: ArtistGraph) -> None:
    walks = reference_walks(scenes, SETTINGS)
    assert walks.shape == (46 * 4, 8)
    assert walks.dtype == np.int32
    assert np.bincount(walks[:, 0], minlength=46).tolist() == [4] * 46
    for walk in walks[walks[:, 0] != 45].tolist():
        assert all(there in scenes.related(here) for here, there in pairwise(walk))
    assert (walks[walks[:, 0] == 45, 1:] == -1).all(), "an artist without relations stays at home"


def test_one_worker_gives_the_packages_own_walks(scenes: ArtistGraph) -> None:
    import networkx as nx
    from node2vec import Node2Vec

    theirs = nx.Graph()
    theirs.add_nodes_from(range(len(scenes)))
    theirs.add_edges_from(zip(*(ends.tolist() for ends in scenes.edge_list()), strict=True))
    plain = Node2Vec(theirs, walk_length=8, num_walks=4, p=2.5, q=0.5, seed=7, quiet=True)
    ours = reference_walks(
        scenes, BuildSettings(workers=1, walks=4, length=8, p=2.5, q=0.5, seed=7)
    )
    assert [[str(a) for a in walk if a >= 0] for walk in ours.tolist()] == plain.walks


def test_two_workers_walk_as_much(scenes: ArtistGraph) -> None:
    walks = reference_walks(scenes, BuildSettings(workers=2, walks=3, length=5))
    assert np.bincount(walks[:, 0], minlength=46).tolist() == [3] * 46


def test_walks_mind_the_weights() -> None:
    star = ArtistGraph.from_edges(["hub", "loved", "scorned"], [0, 0], [1, 2], [1000.0, 1.0])
    walks = reference_walks(star, BuildSettings(workers=1, walks=200, length=2))
    from_hub = walks[walks[:, 0] == 0, 1]
    assert np.count_nonzero(from_hub == 1) > 190


@pytest.mark.parametrize("seed", [0, 2**32, 2**63 - 1])
def test_any_seed_of_the_settings_works_and_leaves_the_global_state(
    scenes: ArtistGraph, seed: int
) -> None:
    settings = BuildSettings(workers=1, walks=1, length=4, seed=seed)
    random.seed(3)
    expected = random.random()
    random.seed(3)
    walks = reference_walks(scenes, settings)
    assert random.random() == expected
    np.testing.assert_array_equal(walks, reference_walks(scenes, settings))


def test_without_node2vec_it_says_what_to_do(
    scenes: ArtistGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "node2vec", None)
    with pytest.raises(InputError, match=r"Python 3\.12 or older.*; use --engine own\.$"):
        reference_walks(scenes, SETTINGS)


def test_walks_stop_when_cancelled(scenes: ArtistGraph) -> None:
    for stage in ("transition probabilities", "walks"):
        token = CancelToken()

        def cancel_in(step: Progress, stage: str = stage, token: CancelToken = token) -> None:
            if step.stage == stage:
                token.cancel()

        with pytest.raises(Cancelled):
            reference_walks(scenes, SETTINGS, cancel_in, token)


@pytest.mark.parametrize(("hs", "negative"), [(True, 5), (True, 0), (False, 5)])
def test_training_is_gensims(hs: bool, negative: int) -> None:
    from gensim.models import Word2Vec

    walks = walks_with_different_counts()
    settings = BuildSettings(workers=1, window=3, epochs=3, hs=hs, negative=negative, seed=11)
    ours = reference_train(walks, 12, settings, 4)
    logging.getLogger("gensim").setLevel(logging.CRITICAL)
    plain = Word2Vec(
        [[str(a) for a in walk] for walk in walks],
        vector_size=4, sg=1, hs=int(hs), negative=negative, window=3, epochs=3, sample=0,
        min_count=1, seed=11, workers=1,
    )  # fmt: skip
    theirs = np.stack([plain.wv[str(artist)] for artist in range(12)])
    np.testing.assert_array_equal(ours, theirs)


def test_scenes_end_up_apart(scenes: ArtistGraph) -> None:
    settings = BuildSettings(workers=1, walks=20, length=10, epochs=10)
    vectors = reference_train(reference_walks(scenes, settings), 46, settings, 4)
    unit = vectors[:45] / np.linalg.norm(vectors[:45], axis=1, keepdims=True)
    scene = np.arange(45) // 15
    cosine = unit @ unit.T
    same = scene[:, None] == scene[None, :]
    assert cosine[same].mean() > cosine[~same].mean() + 0.5


def test_an_artist_no_walk_meets_has_a_row_too() -> None:
    walks = np.array([[0, 1, -1], [1, 0, 1]] * 20, np.int32)
    vectors = reference_train(walks, 5, SETTINGS, 3)
    assert vectors.shape == (5, 3)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert (np.abs(vectors[2:]) <= 0.5 / 3).all(), "as it was initialised"
    assert np.abs(vectors[2:]).any(axis=1).all()


def test_each_epoch_is_told_and_the_last_one_is_the_result() -> None:
    told: list[tuple[int, np.ndarray]] = []
    steps: list[Progress] = []
    walks = walks_with_different_counts()
    vectors = reference_train(
        walks, 12, SETTINGS, 4, lambda epoch, v: told.append((epoch, v.copy())), steps.append
    )
    assert [epoch for epoch, _ in told] == [1, 2]
    np.testing.assert_array_equal(told[-1][1], vectors)
    assert (told[0][1] != vectors).any()
    assert {step.stage for step in steps} == {"train 4-D"}
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert (steps[-1].done, steps[-1].total) == (len(walks) * 2, len(walks) * 2)


def test_training_stops_when_cancelled() -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        reference_train(
            walks_with_different_counts(), 12, SETTINGS, 4, lambda *_: token.cancel(), cancel=token
        )
    with pytest.raises(Cancelled):
        reference_train(walks_with_different_counts(), 12, SETTINGS, 4, cancel=token)


@pytest.mark.parametrize("listener", ["on_epoch", "on_progress"])
def test_an_error_of_a_listener_comes_out_and_no_thread_stays(listener: str) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    before = threading.active_count()
    with pytest.raises(ZeroDivisionError):
        reference_train(
            np.tile(walks_with_different_counts(), (200, 1)), 12, SETTINGS, 4, **{listener: fails}
        )
    assert threading.active_count() == before


def test_says_nothing_by_itself(scenes: ArtistGraph, capfd: pytest.CaptureFixture[str]) -> None:
    reference_train(reference_walks(scenes, SETTINGS), 46, SETTINGS, 4)
    assert capfd.readouterr() == ("", "")
