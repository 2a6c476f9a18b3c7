"""The trainer: against the same algorithm in plain Python, and against what it must mean."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest

from embedding import skipgram
from embedding.errors import InputError
from embedding.huffman import alias_table, huffman_paths
from embedding.progress import Cancelled, CancelToken, Progress
from embedding.replicas import merge_shares
from embedding.skipgram import LEAST_NOISE, NOISE, train
from embedding.skipgram_kernel import merge
from embedding.tile import groups, stride

MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix(z: int) -> int:
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def plain(
    walks: npt.NDArray[np.int32], n: int, dims: int, window: int, epochs: int, hs: bool,
    negative: int, alpha: float, min_alpha: float, sample: float, seed: int,
) -> tuple[npt.NDArray[np.float64], int]:  # fmt: skip
    """Train with loops over lists and the same random numbers, in double precision.

    Returns the vectors, and how many inner products were out of range.
    """
    beyond = 0
    counts = np.bincount(walks[walks >= 0], minlength=n)
    start, path = huffman_paths(counts)
    table = alias_table(np.maximum(counts, 1e-9) ** 0.75).tolist()
    rng = np.random.default_rng([seed, dims])
    x = ((rng.random((n, dims), dtype=np.float32) * 2 - 1) / dims).astype(np.float64)
    seeds = rng.integers(2**63, size=epochs)
    noise = max(LEAST_NOISE, NOISE * n, 4 * negative * walks.shape[1])
    tree, own = np.zeros((n, dims)), np.zeros((n, dims))
    allowed = sample * counts.sum()
    for number in range(epochs * len(walks)):
        state = mix(seed ^ mix(number))

        def draw() -> int:
            nonlocal state
            state = (state + GOLDEN) & MASK
            return mix(state)

        rate = alpha - (alpha - min_alpha) * number / (epochs * len(walks))
        words = []
        for word in walks[number % len(walks)]:
            if word < 0:
                break
            if sample:
                keep = (math.sqrt(counts[word] / allowed) + 1) * allowed / counts[word]
                if draw() >> 32 >= int(min(keep, 1) * 2**32):
                    continue
            words.append(int(word))
        reaches = [1 + ((draw() >> 32) * window >> 32) for _ in words]
        drawn = []
        if negative:
            first = (draw() >> 32) * (noise - walks.shape[1] * negative) >> 32
            for i in range(first, first + len(words) * negative):
                d = mix(int(seeds[number // len(walks)]) + (i + 1) * GOLDEN & MASK)
                other, entry = (d >> 32) * n >> 32, table[(d >> 32) * n >> 32]
                drawn.append(other if d & 0xFFFFFFFF < entry >> 32 else entry & 0xFFFFFFFF)
        for j, word in enumerate(words):
            near = words[max(0, j - reaches[j]) : j + reaches[j] + 1]
            # The first in the window takes the centre's place in the order.
            near[min(j, reaches[j])] = near[0]
            around = near[1:]
            if not around:
                continue
            targets = []
            if hs:
                targets += [
                    (tree, int(e) >> 1, 1 - (int(e) & 1))
                    for e in path[start[word] : start[word + 1]]
                ]
            if negative:
                others = drawn[j * negative : (j + 1) * negative]
                targets.append((own, word, 1))
                targets += [(own, other, 0) for other in others if other != word]
            while around:
                size = next(size for size in groups(stride(dims)) if size <= len(around))
                group, around = around[:size], around[size:]
                # All of a group see the targets, and themselves, as they were before it.
                before = [x[c].copy() for c in group]
                changes = []
                for matrix, row, label in targets:
                    w, change = matrix[row], np.zeros(dims)
                    for c, vector in zip(group, before, strict=True):
                        f = float(vector @ w)
                        if abs(f) < 6:
                            g = (label - 1 / (1 + math.exp(-f))) * rate
                            x[c] += g * w
                            change += g * vector
                        else:
                            beyond += 1
                    changes.append((matrix, row, w + change))
                # Assigned, not added: a negative sample drawn twice learns once.
                for matrix, row, value in changes:
                    matrix[row] = value
    return x, beyond


def some_walks(n: int, count: int, length: int, seed: int) -> npt.NDArray[np.int32]:
    rng = np.random.default_rng(seed)
    walks = rng.integers(n, size=(count, length)).astype(np.int32)
    for walk in walks[::7]:
        walk[rng.integers(1, length) :] = -1
    return walks


@pytest.mark.parametrize("dims", [3, 4, 5, 8, 17])
@pytest.mark.parametrize(("hs", "negative"), [(True, 5), (True, 0), (False, 5), (False, 20)])
def test_it_does_what_plain_python_does(dims: int, hs: bool, negative: int) -> None:
    walks = some_walks(12, 30, 9, seed=dims)
    given = {"dims": dims, "window": 4, "epochs": 2, "hs": hs, "negative": negative}
    given |= {"alpha": 0.2, "min_alpha": 0.01, "sample": 0.0, "seed": 7}
    vectors = train(walks, 12, **given)  # type: ignore[arg-type]
    expected, _ = plain(walks, 12, **given)  # type: ignore[arg-type]
    assert vectors.shape == (12, dims)
    np.testing.assert_allclose(vectors, expected, atol=2e-5)


def test_sub_sampling() -> None:
    walks = some_walks(20, 80, 6, seed=1)
    walks[:, 0] = 0
    given = {"dims": 4, "window": 3, "epochs": 3, "hs": True, "negative": 3}
    given |= {"alpha": 0.1, "min_alpha": 0.01, "sample": 0.02, "seed": 3}
    vectors = train(walks, 20, **given)  # type: ignore[arg-type]
    expected, _ = plain(walks, 20, **given)  # type: ignore[arg-type]
    np.testing.assert_allclose(vectors, expected, atol=2e-5)
    assert not np.allclose(vectors, train(walks, 20, **(given | {"sample": 0.0})))  # type: ignore[arg-type]


@pytest.mark.parametrize("dims", [4, 8, 9])
def test_what_is_certain_is_learned_no_further(dims: int) -> None:
    # Two couples that never part: their inner products run up to the end of the range and stay.
    walks = np.array([[0, 1] * 4, [2, 3] * 4] * 60, np.int32)
    given = {"dims": dims, "window": 1, "epochs": 4, "hs": True, "negative": 0}
    given |= {"alpha": 0.5, "min_alpha": 0.4, "sample": 0.0, "seed": 3}
    vectors = train(walks, 4, **given)  # type: ignore[arg-type]
    expected, beyond = plain(walks, 4, **given)  # type: ignore[arg-type]
    assert beyond > 100
    np.testing.assert_allclose(vectors, expected, atol=1e-4)


def test_a_long_path_fits() -> None:
    """Counts that grow like Fibonacci's numbers give the deepest tree there can be."""
    n = 30
    sizes = [1, 1]
    while len(sizes) < n:
        sizes.append(sizes[-1] + sizes[-2])
    words = np.repeat(np.arange(n), np.minimum(sizes, 200_000)).astype(np.int32)
    words = np.random.default_rng(0).permutation(words)
    walks = words[: words.size // 8 * 8].reshape(-1, 8)[:40_000]
    vectors = train(walks, n, dims=4, epochs=1)
    assert np.isfinite(vectors).all()


def test_the_same_twice_gives_the_same_bits() -> None:
    walks = some_walks(50, 300, 8, seed=2)
    first = train(walks, 50, dims=4, seed=5)
    assert first.tobytes() == train(walks, 50, dims=4, seed=5).tobytes()
    assert first.tobytes() != train(walks, 50, dims=4, seed=6).tobytes()


def test_artists_that_walk_together_come_together() -> None:
    rng = np.random.default_rng(4)
    groups = rng.integers(4, size=4000)
    walks = (groups[:, None] * 25 + rng.integers(25, size=(4000, 10))).astype(np.int32)
    vectors = train(walks, 100, dims=8, seed=1)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit.T
    same = np.equal.outer(np.arange(100) // 25, np.arange(100) // 25)
    off_diagonal = ~np.eye(100, dtype=bool)
    assert cosines[same & off_diagonal].min() > cosines[~same].max()


def test_every_epoch_is_told_and_the_last_is_the_result() -> None:
    walks = some_walks(30, 100, 8, seed=2)
    told: list[tuple[int, npt.NDArray[np.float32]]] = []
    steps: list[Progress] = []
    vectors = train(
        walks, 30, dims=3, epochs=3, on_progress=steps.append,
        on_epoch=lambda epoch, v: told.append((epoch, v.copy())),
    )  # fmt: skip
    assert [epoch for epoch, _ in told] == [1, 2, 3]
    assert all(v.shape == (30, 3) for _, v in told)
    np.testing.assert_array_equal(told[-1][1], vectors)
    assert not np.array_equal(told[0][1], told[1][1])
    assert steps[-1] == Progress("train 3-D", 300, 300)


def test_cancel_stops_between_chunks() -> None:
    token = CancelToken()
    epochs: list[int] = []

    def stop(epoch: int, _: npt.NDArray[np.float32]) -> None:
        epochs.append(epoch)
        token.cancel()

    with pytest.raises(Cancelled):
        train(some_walks(30, 100, 8, 2), 30, dims=4, epochs=9, on_epoch=stop, cancel=token)
    assert epochs == [1]


def test_too_many_dimensions_name_the_way_out() -> None:
    with pytest.raises(InputError, match="reference"):
        train(some_walks(100, 10, 5, 1), 100, dims=65)


@pytest.mark.parametrize("replicas", [2, 3])
def test_replicas_give_the_same_bits_on_any_number_of_threads(replicas: int) -> None:
    walks = some_walks(50, 900, 8, seed=2)
    results = [
        train(walks, 50, dims=4, seed=5, replicas=replicas, workers=w).tobytes() for w in (1, 2, 4)
    ]
    assert results[0] == results[1] == results[2]
    assert results[0] != train(walks, 50, dims=4, seed=5).tobytes()


def test_replicas_find_the_same_neighbours() -> None:
    rng = np.random.default_rng(4)
    groups_ = rng.integers(4, size=4000)
    walks = (groups_[:, None] * 25 + rng.integers(25, size=(4000, 10))).astype(np.int32)
    for replicas in (2, 4):
        vectors = train(walks, 100, dims=8, seed=1, replicas=replicas, workers=2)
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        same = np.equal.outer(np.arange(100) // 25, np.arange(100) // 25)
        cosines = unit @ unit.T
        assert cosines[same].min() > cosines[~same].max()


def test_a_row_at_rest_moves_by_the_mean_and_a_rare_one_by_the_sum() -> None:
    shares = merge_shares(np.array([0.0, 1e9]), 4)
    np.testing.assert_allclose(shares, [1, 0.25])
    rows = np.zeros((2, 4), np.float32)
    copies = np.stack([np.full((2, 4), k, np.float32) for k in (1, 2, 3, 6)])
    merge(rows, copies, shares, 0, 2)
    assert rows.tolist() == [[12.0] * 4, [3.0] * 4]
    assert (copies == rows).all()


def test_an_error_in_a_replica_is_the_trainings_error() -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        train(
            some_walks(30, 500, 8, 2), 30, dims=4, epochs=50, replicas=3, workers=2, cancel=token,
            on_epoch=lambda *_: token.cancel(),
        )  # fmt: skip


@pytest.mark.parametrize("replicas", [1, 3])
def test_blocks_are_told_of_and_change_nothing(
    monkeypatch: pytest.MonkeyPatch, replicas: int
) -> None:
    monkeypatch.setattr(skipgram, "CHUNK_TOKENS", 80)
    walks, told = some_walks(30, 100, 8, 2), []
    about = {"dims": 4, "epochs": 3, "replicas": replicas}
    watched = train(walks, 30, **about, on_block=lambda share, v: told.append((share, v.copy())))
    np.testing.assert_array_equal(watched, train(walks, 30, **about))
    shares = [share for share, _ in told]
    assert shares == sorted(set(shares))
    assert len(shares) >= 30
    assert {1 / 3, 2 / 3, 1.0} <= set(shares)
    np.testing.assert_array_equal(told[-1][1], watched)
