"""Skip-gram over walks of artists: from walks to vectors."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import numpy.typing as npt

from embedding import skipgram_kernel
from embedding.compiling import announced
from embedding.errors import InputError
from embedding.huffman import alias_table, huffman_paths
from embedding.lanes import LANES
from embedding.progress import CancelToken, OnProgress, Progress, silent
from embedding.replicas import BLOCKS, Replicas, merge_shares
from embedding.tile import stride

Float32 = npt.NDArray[np.float32]
Int32 = npt.NDArray[np.int32]
OnEpoch = Callable[[int, Float32], None]
OnBlock = Callable[[float, Float32], None]

CHUNK_TOKENS = 25_000
"""Artists of walks trained between two looks at cancel: a hundredth of a second, or several where
the machine has better things to do than this."""

MOST_DIMS = 64
"""The kernel is written out for every dimension; beyond this gensim's way is the better one."""

NOISE, LEAST_NOISE = 16, 2**20
"""Negative samples drawn for an epoch: so many per artist, and at least."""

HUGE_PAGES = 2**20
"""Floats from which numpy asks for huge pages; random rows cost half as much there."""


def train(
    walks: npt.NDArray[np.int32],
    artists: int,
    *,
    dims: int,
    window: int = 7,
    epochs: int = 5,
    hs: bool = True,
    negative: int = 5,
    alpha: float = 0.025,
    min_alpha: float = 0.0001,
    sample: float = 0.0,
    seed: int = 1,
    replicas: int = 1,
    workers: int = 1,
    on_epoch: OnEpoch | None = None,
    on_progress: OnProgress = silent,
    cancel: CancelToken | None = None,
    on_block: OnBlock | None = None,
) -> Float32:
    """Train a vector for every artist so that artists close in walks have close vectors.

    Skip-gram with hierarchical softmax, negative sampling or both (Mikolov et al. 2013,
    "Distributed Representations of Words and Phrases and their Compositionality", sections 2.1 and
    2.2), with word2vec.c's shrinking window, linear decay of the learning rate and noise
    distribution (counts to the power of 0.75), and gensim's first vectors.

    Stochastic gradient descent takes the walks one after another, so one training is one thread,
    unless `replicas` makes it more; the kernel holds no lock, and the two trainings of a build run
    side by side. The same arguments give the same bits, whatever `workers` is.

    Parameters
    ----------
    walks : ndarray of int32, shape (w, length)
        Artists from 0 to ``artists - 1``; -1 after the end of a short walk.
    artists : int
        At least 2.
    dims : int
        3 to 64.
    window, epochs, hs, negative, alpha, min_alpha, sample, seed, replicas
        As in `embedding.settings.BuildSettings`.
    workers : int
        Threads, of which no more than `replicas` are used.
    on_epoch : callable, optional
        Called after each epoch with its number, from 1, and the vectors so far, float32 (n, dims),
        a view that is good only during the call.
    on_progress : callable
        Told the stage ``"train 4-D"`` (or what `dims` is), in thousands of walks' artists.
    cancel : CancelToken, optional
    on_block : callable, optional
        Called after every block of some hundredths of a second, with the share of the training that
        is done, up to 1, and such a view as `on_epoch` gets.

    Returns
    -------
    ndarray of float32, shape (artists, dims)

    Raises
    ------
    Cancelled
    InputError
        More dimensions than the kernel can do.
    """
    if dims > MOST_DIMS:
        raise InputError(
            f"{dims} dimensions are more than this engine's {MOST_DIMS}",
            where="--dims",
            remedy="give fewer or use --engine reference",
        )
    counts = _count(walks, artists)
    path_start, path = (
        huffman_paths(counts) if hs else (np.zeros(artists + 1, np.int64), np.zeros(8, np.int32))
    )
    alias = alias_table(np.maximum(counts, 1e-9) ** 0.75 if negative else np.ones(artists))
    keep = _keep(counts, sample)
    size = max(LEAST_NOISE, NOISE * artists, 4 * negative * walks.shape[1]) if negative else 0
    noise = np.empty(size + LANES, np.int32)
    width = stride(dims)
    rows = _rows(3 * artists, width)
    rng = np.random.default_rng([seed, dims])
    rows[:artists, :dims] = (rng.random((artists, dims), dtype=np.float32) * 2 - 1) / dims
    seeds = rng.integers(2**63, size=epochs)
    every = epochs * len(walks)
    stage = f"train {dims}-D"
    step = max(1, CHUNK_TOKENS // walks.shape[1])

    def run(rows: Float32, some: Int32, first: int) -> None:
        skipgram_kernel.train_walks(
            some, first, every, rows[:artists], rows[artists:], path_start, path, noise, keep,
            window, hs, negative, alpha, min_alpha, np.uint64(seed), (0,) * width,
        )  # fmt: skip

    def part(rows: Float32, some: Int32, first: int) -> None:
        for at in range(0, len(some), step):
            if cancel is not None:
                cancel.check()
            run(rows, some[at : at + step], first + at)

    with announced(on_progress):
        skipgram_kernel.draw_noise(alias, np.uint64(seed), noise[:0])
        run(rows, walks[:0], 0)
        if replicas > 1:
            skipgram_kernel.merge(rows, rows[None], np.empty(0, np.float32), 0, 0)
    several: AbstractContextManager[Replicas | None] = nullcontext()
    block = step
    if replicas > 1:
        block = -(-len(walks) // BLOCKS)
        pairs = block * walks.shape[1] / replicas * _window_size(walks.shape[1], window)
        changes = pairs * _changes(counts, path_start, path, negative)
        several = Replicas(rows, merge_shares(changes, replicas), replicas, workers)
    with several as team:
        for epoch in range(epochs):
            skipgram_kernel.draw_noise(alias, np.uint64(seeds[epoch]), noise)
            for at in range(0, len(walks), block):
                done = epoch * len(walks) + at
                on_progress(Progress(stage, done, every))
                if team is None:
                    part(rows, walks[at : at + block], done)
                else:
                    team.block(walks[at : at + block], done, part)
                if on_block is not None:
                    share = min(done + block, (epoch + 1) * len(walks)) / every
                    on_block(share, rows[:artists, :dims])
            if on_epoch is not None:
                on_epoch(epoch + 1, rows[:artists, :dims])
    on_progress(Progress(stage, every, every))
    return np.ascontiguousarray(rows[:artists, :dims])


def _window_size(length: int, window: int) -> float:
    """Return how many artists a window has around its centre, on average over a walk."""
    reach = np.minimum(np.arange(1, window + 1), length - 1)
    return float((2 * reach - reach * (reach + 1) / length).mean())


def _changes(
    counts: npt.NDArray[np.int64], path_start: npt.NDArray[np.int64], path: Int32, negative: int
) -> npt.NDArray[np.float64]:
    """Return how often a pair changes each row on average: artists, inner nodes, targets."""
    often = counts / max(counts.sum(), 1)
    tree = np.bincount(
        path[: path_start[-1]] >> 1,
        np.repeat(often, np.diff(path_start)),
        minlength=len(counts),
    )
    noise = counts**0.75 / max((counts**0.75).sum(), 1)
    return np.concatenate((often, tree, (often + negative * noise) * bool(negative)))


def _rows(count: int, width: int) -> Float32:
    """Return zeros (count, width) in memory of huge pages, of which only what is used is taken."""
    flat = np.empty(max(count * width, 2 * HUGE_PAGES), np.float32)[: count * width]
    flat[:] = 0
    return flat.reshape(count, width)


def _count(walks: npt.NDArray[np.int32], artists: int) -> npt.NDArray[np.int64]:
    # bincount widens its input to 64 bits: in blocks, so that the walks are never held twice.
    counts = np.zeros(artists + 1, np.int64)
    block = max(1, 4_000_000 // walks.shape[1])
    for i in range(0, len(walks), block):
        counts += np.bincount(walks[i : i + block].ravel() + 1, minlength=artists + 1)
    return counts[1:]


def _keep(counts: npt.NDArray[np.int64], sample: float) -> npt.NDArray[np.uint64]:
    if not sample:
        return np.empty(0, np.uint64)
    allowed = sample * counts.sum()
    with np.errstate(divide="ignore"):
        share = (np.sqrt(counts / allowed) + 1) * (allowed / counts)
    keep: npt.NDArray[np.uint64] = (np.minimum(share, 1) * 2.0**32).astype(np.uint64)
    return keep
