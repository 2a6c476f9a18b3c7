"""The skip-gram kernel: one centre artist's targets as the lanes of SIMD registers.

Skip-gram trains, for a centre artist and each artist around it, the inner products of the
neighbour's vector with the centre's *targets*: the inner nodes on its path in the Huffman tree
(hierarchical softmax), itself and a few random artists (negative sampling). All pairs of one
centre share those targets, so they are gathered once, transposed so that one register holds one
dimension of eight targets, trained against every neighbour in the window, and scattered back.
With 4 to 8 dimensions this leaves hardly any work that is not arithmetic, while the usual layout
(one vector a register) would leave most of a register empty and sum across it for every target.

numba cannot be told to keep such a tile in registers, so the inner steps are written in vectors of
eight (`embedding.tile`).

What differs from word2vec.c (Mikolov et al. 2013): the negative samples are drawn once per centre
and shared by its window (Ji et al. 2016, "Parallelizing Word2Vec in Shared and Distributed Memory",
section 3), from a long list that is drawn anew each epoch; up to four pairs are trained at a time
(`embedding.tile.groups`); and the sigmoid is a rational function with an error below 1e-6 instead
of a table of 1000 steps.

On one core of a 2.5 GHz Xeon, with hierarchical softmax and 5 negatives, an artist in a walk takes
0.22 microseconds in 4 dimensions and 0.33 in 8 at 10,000 artists, 0.31 and 0.45 at 100,000, where a
third of it is memory: the rows of a centre lie on some 17 cache lines that nobody else has used
lately.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from embedding.lanes import LANES
from embedding.prefetch import prefetch
from embedding.rng import GOLDEN, LOW_32, S32, below, mix, stream
from embedding.tile import add_negatives, gather, pad, scatter, train, unpack


@nb.njit(nogil=True, cache=True, error_model="numpy")
def draw_noise(alias, seed, noise):
    """Fill `noise` (int32) with negative samples, as rows of the trainer's `outputs`.

    Parameters
    ----------
    alias : uint64 (n,)
        The alias table they are drawn from.
    seed : uint64
    noise : int32
    """
    artists = np.uint64(alias.size)
    for i in range(noise.size):
        draw = mix(seed + np.uint64(i + 1) * GOLDEN)
        other = below(draw, artists)
        entry = alias[other]
        # Arithmetic instead of a branch that would be guessed wrong half of the time.
        other ^= (other ^ (entry & LOW_32)) * np.uint64(draw & LOW_32 >= entry >> S32)
        noise[i] = np.int32(artists + other)


@nb.njit(nogil=True, cache=True, error_model="numpy")
def train_walks(
    walks, first, total, inputs, outputs, path_start, path, noise, keep,
    window, hs, negative, alpha, min_alpha, seed, tag,
):  # fmt: skip
    """Train some walks, one after the other.

    Parameters
    ----------
    walks : int32 (w, length)
        -1 after the end of a short walk.
    first, total : int
        Number of the first of these walks in the whole training, and how many there are in all
        epochs together: they give the learning rate and the random numbers.
    inputs : float32 (n, stride)
    outputs : float32 (2 n, stride)
        Rows 0 to n - 2 are the tree's inner nodes, n - 1 is a scratch row of zeros, n and after are
        the artists' own.
    path_start : int64 (n + 1,)
    path : int32
        The way from the root to each artist, one inner node times two plus the turn; `LANES` more
        at the end, which are read but not used.
    noise : int32
        A long list of negative samples, of which each walk takes what it needs from a random place
        on: many times cheaper than drawing each. More than ``length * negative + LANES``.
    keep : uint64 (n,)
        Chance, out of 2**32, that sub-sampling keeps an artist; empty for no sub-sampling.
    window, negative : int
    hs : bool
    alpha, min_alpha : float
    seed : uint64
    tag : tuple
        Of as many whole numbers as a row has floats.
    """
    length = walks.shape[1]
    n = inputs.shape[0]
    scratch = np.int32(n - 1)
    own = np.int32(n)
    # No Huffman code of as many artists as fit in memory is longer than 64 turns.
    widest = LANES * (4 + (1 + negative + 64) // LANES)
    width = len(tag)
    tile_ = np.empty(widest * width, np.float32)
    rows_ = np.empty(widest, np.int32)
    labels_ = np.empty(widest, np.float32)
    slopes_ = np.empty(widest * 4, np.float32)
    # Walks are prepared one ahead, so that what they need is on its way from memory while the one
    # before is trained: at 100,000 artists that alone halves the time.
    places_ = np.empty(2 * length, np.int64)
    words = np.empty(2 * length, np.int32)
    reach = np.empty(2 * length, np.int64)
    ready, ready_noise = 0, 0
    rest = np.uint64(noise.size - length * negative - LANES)
    tile, rows = tile_.ctypes.data, rows_.ctypes.data
    labels, slopes, places = labels_.ctypes.data, slopes_.ctypes.data, places_.ctypes.data
    base, source, way = outputs.ctypes.data, inputs.ctypes.data, path.ctypes.data
    samples = noise.ctypes.data
    step = np.int64(width * 4)
    for i in range(walks.shape[0] + 1):
        count, at_noise = ready, ready_noise
        if i < walks.shape[0]:
            here = (i & 1) * length
            state = stream(seed, np.uint64(first + i))
            ready = 0
            for j in range(length):
                word = walks[i, j]
                if word < 0:
                    break
                if keep.size:
                    state += GOLDEN
                    if mix(state) >> S32 >= keep[word]:
                        continue
                place = source + np.int64(word) * step
                words[here + ready] = word
                places_[here + ready] = place
                ready += 1
                prefetch(place)
                if hs:
                    at = way + path_start[word] * 4
                    prefetch(at)
                    prefetch(at + 64)
                if negative:
                    prefetch(base + np.int64(own + word) * step)
            for j in range(here, here + ready):
                state += GOLDEN
                reach[j] = 1 + np.int64(below(mix(state), np.uint64(window)))
            if negative:
                state += GOLDEN
                ready_noise = np.int64(below(mix(state), rest))
                for u in range(ready_noise, ready_noise + ready * negative):
                    prefetch(base + np.int64(noise[u]) * step)
        if i == 0:
            continue
        here = length - (i & 1) * length
        end = here + count
        rate = np.float32(alpha - (alpha - min_alpha) * ((first + i - 1) / total))
        for j in range(here, end):
            word = words[j]
            low, high = max(here, j - reach[j]), min(end, j + reach[j] + 1)
            if high - low < 2:
                continue
            t = 0
            if hs:
                t = path_start[word + 1] - path_start[word]
                unpack(way + path_start[word] * 4, rows, labels, (t + LANES - 1) // LANES)
                if j + 1 < end:
                    # The upper nodes of the tree are in the cache anyway.
                    low_nodes = max(path_start[words[j + 1] + 1] - LANES, 0)
                    for e in range(LANES):
                        prefetch(base + np.int64(path[low_nodes + e] >> 1) * step)
            if negative:
                rows_[t] = own + word
                labels_[t] = np.float32(0.5)
                t += 1
                drawn = samples + (at_noise + (j - here) * negative) * 4
                add_negatives(drawn, negative, own + word, scratch, rows + t * 4, labels + t * 4)
                t += negative
            pad(scratch, rows + t * 4, labels + t * 4)
            vectors = (t + LANES - 1) // LANES
            gather(tile, rows, base, vectors, tag)
            # The window without its centre: the first takes the centre's place in the list.
            centre = places_[j]
            places_[j] = places_[low]
            train(tile, labels, slopes, rate, vectors, places + (low + 1) * 8, high - low - 1, tag)
            places_[j] = centre
            scatter(tile, rows, base, vectors, tag)
    # numba frees an array after the last line that names it, and an address names nothing.
    return tile_[0] + labels_[0] + slopes_[0] + rows_[0] + places_[0]


@nb.njit(nogil=True, cache=True, error_model="numpy")
def merge(rows, copies, shares, low, high):
    """Put the changes of replicas together, for the rows from `low` to before `high`.

    Parameters
    ----------
    rows : float32 (rows, stride)
        What the copies started from; changed.
    copies : float32 (replicas, rows, stride)
        Changed to what `rows` becomes.
    shares : float32 (rows,)
        How much of the sum of its changes each row takes.
    low, high : int
    """
    for i in range(low, high):
        for d in range(rows.shape[1]):
            before = rows[i, d]
            change = np.float32(0.0)
            for r in range(copies.shape[0]):
                change += copies[r, i, d] - before
            after = before + shares[i] * change
            rows[i, d] = after
            for r in range(copies.shape[0]):
                copies[r, i, d] = after
