"""The skip-gram kernel: one centre artist's targets as the lanes of SIMD registers.

Skip-gram trains, for a centre artist and each artist around it, the inner products of the
neighbour's vector with the centre's *targets*: the inner nodes on its path in the Huffman tree
(hierarchical softmax), itself and a few random artists (negative sampling). All pairs of one
centre share those targets, so they are gathered once, transposed so that one register holds one
dimension of eight targets, trained against every neighbour in the window, and scattered back.
With 4 to 8 dimensions this leaves hardly any work that is not arithmetic, while the usual layout
(one vector a register) would leave most of a register empty and sum across it for every target.

numba cannot be told to keep such a tile in registers, so the inner steps are written in vectors of
eight (`embedding.lanes`).

What differs from word2vec.c (Mikolov et al. 2013): the negative samples are drawn once per centre
and shared by its window (Ji et al. 2016, "Parallelizing Word2Vec in Shared and Distributed Memory",
section 3), from a long list that is drawn anew each epoch; up to four pairs are trained at a time
(`groups`); and the sigmoid is a rational function with an error below 1e-6 instead of a table of
1000 steps.

On one core of a 2.5 GHz Xeon, with hierarchical softmax and 5 negatives, an artist in a walk takes
0.22 microseconds in 4 dimensions and 0.33 in 8 at 10,000 artists, 0.31 and 0.45 at 100,000, where a
third of it is memory: the rows of a centre lie on some 17 cache lines that nobody else has used
lately.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from embedding.lanes import F32, I32, I64, LANE, LANES, ROW4, ROWS, Emit
from embedding.prefetch import prefetch
from embedding.rng import GOLDEN, LOW_32, S32, below, mix, stream


def stride(dims: int) -> int:
    """Return how many floats a row of `dims` dimensions takes: rows are moved four at a time."""
    return -(-dims // 4) * 4


@intrinsic
def _gather(typing_context, tile, rows, base, vectors, tag):
    """Copy rows of a matrix into a tile, eight rows a vector, transposed.

    The tile is laid out [vector][dimension][lane]. `tile`, `rows` (int32) and `base` are addresses;
    `tag` is a tuple whose length is the row's stride.
    """
    width = len(tag)

    def codegen(context, builder, signature, args):
        tile, rows, base, vectors, _ = args
        emit = Emit(builder)
        with cgutils.for_range(builder, vectors) as loop:
            start = builder.mul(loop.index, I64(width * LANES))
            places = _row_places(emit, rows, loop.index, width)
            for chunk in range(0, width, 4):
                r = [emit.load(base, builder.add(at, I64(chunk)), ROW4) for at in places]
                pairs = [emit.shuffle(r[k], r[k + 4], list(range(8))) for k in range(4)]
                for j, column in enumerate(emit.transpose(pairs)):
                    emit.store(column, tile, builder.add(start, I64((chunk + j) * LANES)))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, types.int64, tag), codegen


@intrinsic
def _scatter(typing_context, tile, rows, base, vectors, tag):
    """Copy a tile back into the rows it was gathered from; the inverse of `_gather`."""
    width = len(tag)

    def codegen(context, builder, signature, args):
        tile, rows, base, vectors, _ = args
        emit = Emit(builder)
        with cgutils.for_range(builder, vectors) as loop:
            start = builder.mul(loop.index, I64(width * LANES))
            places = _row_places(emit, rows, loop.index, width)
            for chunk in range(0, width, 4):
                columns = [
                    emit.load(tile, builder.add(start, I64((chunk + j) * LANES)), LANE)
                    for j in range(4)
                ]
                for k, pair in enumerate(emit.transpose(columns)):
                    for lane, part in ((k, [0, 1, 2, 3]), (k + 4, [4, 5, 6, 7])):
                        row = emit.shuffle(pair, pair, part)
                        emit.store(row, base, builder.add(places[lane], I64(chunk)))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, types.int64, tag), codegen


def _row_places(emit: Emit, rows: ir.Value, vector: ir.Value, width: int) -> list[ir.Value]:
    first = emit.b.mul(vector, I64(LANES))
    places = []
    for lane in range(LANES):
        row = emit.load(rows, emit.b.add(first, I64(lane)), I32)
        places.append(emit.b.mul(emit.b.sext(row, I64), I64(width)))
    return places


def groups(width: int) -> tuple[int, ...]:
    """Return how many neighbours are trained at once: as many as fit, then as many as are left.

    Those of one group do not see yet what the others change. With more dimensions there are fewer
    registers to hold them, and enough to do for one.
    """
    return (4, 2, 1) if width <= 8 else (1,)


@intrinsic
def _train(typing_context, tile, labels, slopes, rate, vectors, places, count, tag):
    """Train `count` rows, whose addresses stand at `places` (int64), against a tile of targets."""
    width = len(tag)

    def codegen(context, builder, signature, args):
        tile, labels, slopes, rate, vectors, places, count, _ = args
        emit = Emit(builder)
        rate = emit.splat(rate)
        for size in groups(width):
            turns = builder.udiv(count, I64(size))
            with cgutils.for_range(builder, turns) as loop:
                at = builder.add(places, builder.mul(loop.index, I64(8 * size)))
                rows = [emit.load(at, 2 * k, I64) for k in range(size)]
                x = [[emit.splat(emit.load(row, d, F32)) for d in range(width)] for row in rows]
                _emit_slopes(emit, x, tile, labels, slopes, rate, vectors)
                _emit_changes(emit, x, rows, tile, slopes, vectors)
            done = builder.mul(turns, I64(size))
            places = builder.add(places, builder.mul(done, I64(8)))
            count = builder.sub(count, done)
        return context.get_dummy_value()

    at = types.int64
    return types.void(at, at, at, types.float32, at, at, at, tag), codegen


def _emit_slopes(
    emit: Emit, x: list[list[ir.Value]], tile: ir.Value, labels: ir.Value, slopes: ir.Value,
    rate: ir.Value, vectors: ir.Value,
) -> None:  # fmt: skip
    """Work out the slopes: the gradients with regard to the inner products, times the rate.

    All of them before any change. In one pass the changes, which wait for the slopes, would fill
    the processor's queue and keep it from starting on the next ones: 60 cycles for eight lanes of
    eight dimensions instead of 40.
    """
    b, width = emit.b, len(x[0])
    with cgutils.for_range(b, vectors) as loop:
        start = b.mul(loop.index, I64(width * LANES))
        label = b.fmul(emit.load(labels, b.mul(loop.index, I64(LANES)), LANE), rate)
        w = [emit.load(tile, b.add(start, I64(d * LANES)), LANE) for d in range(width)]
        to = b.mul(loop.index, I64(len(x) * LANES))
        for k, row in enumerate(x):
            g = emit.gradient(emit.dot(row, w), label, rate)
            emit.store(g, slopes, b.add(to, I64(k * LANES)))


def _emit_changes(
    emit: Emit, x: list[list[ir.Value]], rows: list[ir.Value], tile: ir.Value, slopes: ir.Value,
    vectors: ir.Value,
) -> None:  # fmt: skip
    """Follow the slopes, in the tile and in the rows.

    Four dimensions at a time: the sums of four neighbours in four dimensions fit the registers.
    """
    b, width = emit.b, len(x[0])
    zero = emit.constant(0.0)
    for chunk in range(0, width, 4):
        sums = [[cgutils.alloca_once_value(b, zero) for _ in range(4)] for _ in rows]
        for cell in (cell for cells in sums for cell in cells):
            b.store(zero, cell)
        with cgutils.for_range(b, vectors) as loop:
            start = b.mul(loop.index, I64(width * LANES))
            at = b.mul(loop.index, I64(len(x) * LANES))
            g = [emit.load(slopes, b.add(at, I64(k * LANES)), LANE) for k in range(len(x))]
            for d in range(4):
                place = b.add(start, I64((chunk + d) * LANES))
                w = moved = emit.load(tile, place, LANE)
                for k, row in enumerate(x):
                    b.store(emit.fma(g[k], w, b.load(sums[k][d])), sums[k][d])
                    moved = emit.fma(g[k], row[chunk + d], moved)
                emit.store(moved, tile, place)
        for row, cells in zip(rows, sums, strict=True):
            change = emit.totals([b.load(cell) for cell in cells])
            # Read again: two of the rows may be the same artist's.
            emit.store(b.fadd(emit.load(row, chunk, ROW4), change), row, chunk)


@intrinsic
def _unpack(typing_context, path, rows, labels, vectors):
    """Take a path apart, eight steps at once: inner nodes into `rows`, turns into `labels`.

    What lies behind the path's end is taken along; the targets that follow are written over it.
    """

    def codegen(context, builder, signature, args):
        path, rows, labels, vectors = args
        emit = Emit(builder)
        one = ir.Constant(ROWS, [1] * LANES)
        with cgutils.for_range(builder, vectors) as loop:
            at = builder.mul(loop.index, I64(LANES))
            steps = emit.load(path, at, ROWS)
            emit.store(builder.ashr(steps, one), rows, at)
            right = builder.sub(one, builder.and_(steps, one))
            label = builder.fsub(builder.sitofp(right, LANE), emit.constant(0.5))
            emit.store(label, labels, at)
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, types.int64), codegen


@intrinsic
def _add_negatives(typing_context, noise, count, itself, scratch, rows, labels):
    """Write `count` negative samples behind the targets so far, eight at once.

    As in word2vec.c the centre itself is no negative sample. One that is drawn twice stands in two
    lanes that stay the same, and counts once for itself.
    """

    def codegen(context, builder, signature, args):
        noise, count, itself, scratch, rows, labels = args
        emit = Emit(builder)
        itself, scratch = emit.splat_rows(itself), emit.splat_rows(scratch)
        turns = builder.udiv(builder.add(count, I64(LANES - 1)), I64(LANES))
        with cgutils.for_range(builder, turns) as loop:
            at = builder.mul(loop.index, I64(LANES))
            drawn = emit.load(noise, at, ROWS)
            same = builder.icmp_signed("==", drawn, itself)
            emit.store(builder.select(same, scratch, drawn), rows, at)
            label = builder.select(same, emit.constant(0.0), emit.constant(-0.5))
            emit.store(label, labels, at)
        return context.get_dummy_value()

    at = types.int64
    return types.void(at, at, types.int32, types.int32, at, at), codegen


@intrinsic
def _pad(typing_context, scratch, rows, labels):
    """Write eight scratch rows behind the targets, to fill up the last vector.

    Zeros, and a label half-way: no gradient, so they stay zeros.
    """

    def codegen(context, builder, signature, args):
        scratch, rows, labels = args
        emit = Emit(builder)
        emit.store(emit.splat_rows(scratch), rows, 0)
        emit.store(emit.constant(0.0), labels, 0)
        return context.get_dummy_value()

    return types.void(types.int32, types.int64, types.int64), codegen


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
                _unpack(way + path_start[word] * 4, rows, labels, (t + LANES - 1) // LANES)
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
                _add_negatives(drawn, negative, own + word, scratch, rows + t * 4, labels + t * 4)
                t += negative
            _pad(scratch, rows + t * 4, labels + t * 4)
            vectors = (t + LANES - 1) // LANES
            _gather(tile, rows, base, vectors, tag)
            # The window without its centre: the first takes the centre's place in the list.
            centre = places_[j]
            places_[j] = places_[low]
            _train(tile, labels, slopes, rate, vectors, places + (low + 1) * 8, high - low - 1, tag)
            places_[j] = centre
            _scatter(tile, rows, base, vectors, tag)
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
