"""The skip-gram kernel: one centre artist's targets as the lanes of SIMD registers.

Skip-gram trains, for a centre artist and each artist around it, the inner products of the
neighbour's vector with the centre's *targets*: the inner nodes on its path in the Huffman tree
(hierarchical softmax), itself and a few random artists (negative sampling). All pairs of one
centre share those targets, so they are gathered once, transposed so that one register holds one
dimension of eight targets, trained against every neighbour in the window, and scattered back.
With 4 to 8 dimensions this leaves hardly any work that is not arithmetic, while the usual layout
(one vector a register) would leave most of a register empty and sum across it for every target.

numba cannot be told to keep such a tile in registers, so the four inner steps are written in LLVM's
own vector types, which it lowers to whatever the processor has (AVX, SSE, NEON).

What differs from word2vec.c (Mikolov et al. 2013): the negative samples are drawn once per centre and
shared by its window (Ji et al. 2016, "Parallelizing Word2Vec in Shared and Distributed Memory",
section 3), from a long list that is drawn anew each epoch, up to four pairs are trained at a time (`groups`), and the sigmoid is a rational function
with an error below 1e-6 instead of a table of 1000 steps.

Everything the kernel compiles stands in this one file: numba's cache looks at no other.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from embedding.prefetch import prefetch
from embedding.rng import GOLDEN, LOW_32, S32, below, mix, stream

LANES = 8
"""Targets side by side in one register: what 256 bits hold."""

MAX_EXPONENT = 6.0
"""Pairs whose inner product is beyond this are left alone, as in word2vec.c."""

# sigmoid(y) - 1/2 = y * P(y^2) / Q(y^2) for |y| < 6: minimax fit, largest error 7e-7.
_P = (2.49998100e-01, 6.71819519e-03, 1.34609500e-05)
_Q = (1.0, 1.10197398e-01, 9.06512961e-04)

_F32 = ir.FloatType()
_I32 = ir.IntType(32)
_I64 = ir.IntType(64)
_ROW4 = ir.VectorType(_F32, 4)
_LANE = ir.VectorType(_F32, LANES)
_ROWS = ir.VectorType(_I32, LANES)


def stride(dims: int) -> int:
    """Return how many floats a row of `dims` dimensions takes: rows are moved four at a time."""
    return -(-dims // 4) * 4


class _Emit:
    """Writes the vector instructions of the steps below into a function numba compiles."""

    def __init__(self, builder: ir.IRBuilder) -> None:
        self.b = builder

    def pointer(self, base: ir.Value, floats: ir.Value | int, kind: ir.Type) -> ir.Value:
        """Return the address `floats` elements of 4 bytes behind `base`."""
        if isinstance(floats, int):
            floats = _I64(floats)
        address = self.b.add(base, self.b.mul(floats, _I64(4)))
        return self.b.inttoptr(address, kind.as_pointer())

    def load(self, base: ir.Value, floats: ir.Value | int, kind: ir.Type) -> ir.Value:
        return self.b.load(self.pointer(base, floats, kind), align=4)

    def store(self, value: ir.Value, base: ir.Value, floats: ir.Value | int) -> None:
        self.b.store(value, self.pointer(base, floats, value.type), align=4)

    def shuffle(self, a: ir.Value, b: ir.Value, picks: list[int]) -> ir.Value:
        mask = ir.Constant(ir.VectorType(_I32, len(picks)), picks)
        return self.b.shuffle_vector(a, b, mask)

    def splat(self, scalar: ir.Value) -> ir.Value:
        one = self.b.insert_element(ir.Constant(_LANE, ir.Undefined), scalar, _I32(0))
        return self.shuffle(one, one, [0] * LANES)

    def splat_rows(self, row: ir.Value) -> ir.Value:
        one = self.b.insert_element(ir.Constant(_ROWS, ir.Undefined), row, _I32(0))
        return self.shuffle(one, one, [0] * LANES)

    def constant(self, value: float) -> ir.Value:
        return ir.Constant(_LANE, [float(np.float32(value))] * LANES)

    def fma(self, a: ir.Value, b: ir.Value, c: ir.Value) -> ir.Value:
        """Return a * b + c, fused where the processor can."""
        kind = ir.FunctionType(_LANE, [_LANE, _LANE, _LANE])
        name = f"llvm.fmuladd.v{LANES}f32"
        fused = cgutils.get_or_insert_function(self.b.module, kind, name)
        return self.b.call(fused, [a, b, c])

    def dot(self, x: list[ir.Value], w: list[ir.Value]) -> ir.Value:
        """Return the inner product, in two chains: what follows waits for it."""
        chains = [self.b.fmul(x[0], w[0]), self.b.fmul(x[1], w[1])]
        for d in range(2, len(x)):
            chains[d % 2] = self.fma(x[d], w[d], chains[d % 2])
        return self.b.fadd(chains[0], chains[1])

    def totals(self, v: list[ir.Value]) -> ir.Value:
        """Return the sums over the lanes of four registers, as one row of four."""
        evens, odds = [0, 8, 2, 10, 4, 12, 6, 14], [1, 9, 3, 11, 5, 13, 7, 15]
        a, b = (
            self.b.fadd(self.shuffle(x, y, evens), self.shuffle(x, y, odds))
            for x, y in ((v[0], v[1]), (v[2], v[3]))
        )
        front, back = [0, 1, 8, 9, 4, 5, 12, 13], [2, 3, 10, 11, 6, 7, 14, 15]
        c = self.b.fadd(self.shuffle(a, b, front), self.shuffle(a, b, back))
        return self.b.fadd(self.shuffle(c, c, [0, 1, 2, 3]), self.shuffle(c, c, [4, 5, 6, 7]))

    def gradient(self, dot: ir.Value, label: ir.Value, rate: ir.Value) -> ir.Value:
        """Return (label - sigmoid(dot)) * rate, 0 where the inner product is out of range.

        `label` is the label less one half, times the rate. Written for the shortest wait from
        `dot` to the result, not for the fewest operations.
        """
        z = self.b.fmul(dot, dot)
        scaled = self.b.fmul(dot, rate)
        q = self.fma(
            z, self.fma(z, self.constant(_Q[2]), self.constant(_Q[1])), self.constant(_Q[0])
        )
        p = self.fma(z, self.constant(_P[2]), self.constant(_P[1]))
        p = self.fma(self.b.fmul(scaled, z), p, self.b.fmul(scaled, self.constant(_P[0])))
        full = self.b.fsub(label, self.b.fdiv(p, q))
        inside = self.b.fcmp_ordered("<", z, self.constant(MAX_EXPONENT**2))
        return self.b.select(inside, full, self.constant(0.0))

    def transpose(self, four: list[ir.Value]) -> list[ir.Value]:
        """Return two 4 x 4 blocks side by side, each transposed; its own inverse."""
        low, high = [0, 8, 1, 9, 4, 12, 5, 13], [2, 10, 3, 11, 6, 14, 7, 15]
        front, back = [0, 1, 8, 9, 4, 5, 12, 13], [2, 3, 10, 11, 6, 7, 14, 15]
        a, b, c, d = four
        rows = []
        for half in (low, high):
            x, y = self.shuffle(a, b, half), self.shuffle(c, d, half)
            rows += [self.shuffle(x, y, front), self.shuffle(x, y, back)]
        return rows


@intrinsic  # type: ignore[untyped-decorator]
def _gather(typing_context, tile, rows, base, vectors, tag):  # type: ignore[no-untyped-def]
    """Copy rows of a matrix into a tile, eight rows a vector, transposed.

    The tile is laid out [vector][dimension][lane]. `tile`, `rows` (int32) and `base` are addresses;
    `tag` is a tuple whose length is the row's stride.
    """
    width = len(tag)

    def codegen(context, builder, signature, args):  # type: ignore[no-untyped-def]
        tile, rows, base, vectors, _ = args
        emit = _Emit(builder)
        with cgutils.for_range(builder, vectors) as loop:
            start = builder.mul(loop.index, _I64(width * LANES))
            places = _row_places(emit, rows, loop.index, width)
            for chunk in range(0, width, 4):
                r = [emit.load(base, builder.add(at, _I64(chunk)), _ROW4) for at in places]
                pairs = [emit.shuffle(r[k], r[k + 4], list(range(8))) for k in range(4)]
                for j, column in enumerate(emit.transpose(pairs)):
                    emit.store(column, tile, builder.add(start, _I64((chunk + j) * LANES)))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, types.int64, tag), codegen


@intrinsic  # type: ignore[untyped-decorator]
def _scatter(typing_context, tile, rows, base, vectors, tag):  # type: ignore[no-untyped-def]
    """Copy a tile back into the rows it was gathered from; the inverse of `_gather`."""
    width = len(tag)

    def codegen(context, builder, signature, args):  # type: ignore[no-untyped-def]
        tile, rows, base, vectors, _ = args
        emit = _Emit(builder)
        with cgutils.for_range(builder, vectors) as loop:
            start = builder.mul(loop.index, _I64(width * LANES))
            places = _row_places(emit, rows, loop.index, width)
            for chunk in range(0, width, 4):
                columns = [
                    emit.load(tile, builder.add(start, _I64((chunk + j) * LANES)), _LANE)
                    for j in range(4)
                ]
                for k, pair in enumerate(emit.transpose(columns)):
                    for lane, part in ((k, [0, 1, 2, 3]), (k + 4, [4, 5, 6, 7])):
                        row = emit.shuffle(pair, pair, part)
                        emit.store(row, base, builder.add(places[lane], _I64(chunk)))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, types.int64, tag), codegen


def _row_places(emit: _Emit, rows: ir.Value, vector: ir.Value, width: int) -> list[ir.Value]:
    first = emit.b.mul(vector, _I64(LANES))
    places = []
    for lane in range(LANES):
        row = emit.load(rows, emit.b.add(first, _I64(lane)), _I32)
        places.append(emit.b.mul(emit.b.sext(row, _I64), _I64(width)))
    return places


def groups(width: int) -> tuple[int, ...]:
    """Return how many neighbours are trained at once: as many as fit, then as many as are left.

    Those of one group do not see yet what the others change. With more dimensions there are fewer
    registers to hold them, and enough to do for one.
    """
    return (4, 2, 1) if width == 4 else (2, 1) if width == 8 else (1,)


@intrinsic  # type: ignore[untyped-decorator]
def _train(typing_context, tile, labels, slopes, rate, vectors, places, count, tag):  # type: ignore[no-untyped-def]
    """Train the `count` rows whose addresses stand at `places` (int64) against a tile of targets."""
    width = len(tag)

    def codegen(context, builder, signature, args):  # type: ignore[no-untyped-def]
        tile, labels, slopes, rate, vectors, places, count, _ = args
        emit = _Emit(builder)
        rate = emit.splat(rate)
        for size in groups(width):
            turns = builder.udiv(count, _I64(size))
            with cgutils.for_range(builder, turns) as loop:
                at = builder.add(places, builder.mul(loop.index, _I64(8 * size)))
                rows = [emit.load(at, 2 * k, _I64) for k in range(size)]
                x = [[emit.splat(emit.load(row, d, _F32)) for d in range(width)] for row in rows]
                _emit_slopes(emit, x, tile, labels, slopes, rate, vectors)
                _emit_changes(emit, x, rows, tile, slopes, vectors)
            done = builder.mul(turns, _I64(size))
            places = builder.add(places, builder.mul(done, _I64(8)))
            count = builder.sub(count, done)
        return context.get_dummy_value()

    at = types.int64
    return types.void(at, at, at, types.float32, at, at, at, tag), codegen


def _emit_slopes(
    emit: _Emit, x: list[list[ir.Value]], tile: ir.Value, labels: ir.Value, slopes: ir.Value,
    rate: ir.Value, vectors: ir.Value,
) -> None:  # fmt: skip
    """Work out the slopes: the gradients with regard to the inner products, times the rate.

    All of them before any change. In one pass the changes, which wait for the slopes, would fill
    the processor's queue and keep it from starting on the next ones: 60 cycles for eight lanes of
    eight dimensions instead of 40.
    """
    b, width = emit.b, len(x[0])
    with cgutils.for_range(b, vectors) as loop:
        start = b.mul(loop.index, _I64(width * LANES))
        label = b.fmul(emit.load(labels, b.mul(loop.index, _I64(LANES)), _LANE), rate)
        w = [emit.load(tile, b.add(start, _I64(d * LANES)), _LANE) for d in range(width)]
        to = b.mul(loop.index, _I64(len(x) * LANES))
        for k, row in enumerate(x):
            g = emit.gradient(emit.dot(row, w), label, rate)
            emit.store(g, slopes, b.add(to, _I64(k * LANES)))


def _emit_changes(
    emit: _Emit, x: list[list[ir.Value]], rows: list[ir.Value], tile: ir.Value, slopes: ir.Value,
    vectors: ir.Value,
) -> None:  # fmt: skip
    """Follow the slopes, in the tile and in the rows."""
    b, width = emit.b, len(x[0])
    zero = emit.constant(0.0)
    sums = [[cgutils.alloca_once_value(b, zero) for _ in range(width)] for _ in rows]
    for cell in (cell for cells in sums for cell in cells):
        b.store(zero, cell)
    with cgutils.for_range(b, vectors) as loop:
        start = b.mul(loop.index, _I64(width * LANES))
        at = b.mul(loop.index, _I64(len(x) * LANES))
        g = [emit.load(slopes, b.add(at, _I64(k * LANES)), _LANE) for k in range(len(x))]
        for d in range(width):
            place = b.add(start, _I64(d * LANES))
            w = moved = emit.load(tile, place, _LANE)
            for k, row in enumerate(x):
                b.store(emit.fma(g[k], w, b.load(sums[k][d])), sums[k][d])
                moved = emit.fma(g[k], row[d], moved)
            emit.store(moved, tile, place)
    for row, cells in zip(rows, sums, strict=True):
        for chunk in range(0, width, 4):
            change = emit.totals([b.load(cell) for cell in cells[chunk : chunk + 4]])
            # Read again: two of the rows may be the same artist's.
            emit.store(b.fadd(emit.load(row, chunk, _ROW4), change), row, chunk)


@intrinsic  # type: ignore[untyped-decorator]
def _unpack(typing_context, path, rows, labels, vectors):  # type: ignore[no-untyped-def]
    """Take a path apart, eight steps at once: inner nodes into `rows`, turns into `labels`.

    What lies behind the path's end is taken along; the targets that follow are written over it.
    """

    def codegen(context, builder, signature, args):  # type: ignore[no-untyped-def]
        path, rows, labels, vectors = args
        emit = _Emit(builder)
        one = ir.Constant(_ROWS, [1] * LANES)
        with cgutils.for_range(builder, vectors) as loop:
            at = builder.mul(loop.index, _I64(LANES))
            steps = emit.load(path, at, _ROWS)
            emit.store(builder.ashr(steps, one), rows, at)
            right = builder.sub(one, builder.and_(steps, one))
            label = builder.fsub(builder.sitofp(right, _LANE), emit.constant(0.5))
            emit.store(label, labels, at)
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, types.int64), codegen


@intrinsic  # type: ignore[untyped-decorator]
def _add_negatives(typing_context, noise, count, itself, scratch, rows, labels):  # type: ignore[no-untyped-def]
    """Write `count` negative samples behind the targets so far, eight at once.

    As in word2vec.c the centre itself is no negative sample. One that is drawn twice stands in two
    lanes that stay the same, and counts once for itself.
    """

    def codegen(context, builder, signature, args):  # type: ignore[no-untyped-def]
        noise, count, itself, scratch, rows, labels = args
        emit = _Emit(builder)
        itself, scratch = emit.splat_rows(itself), emit.splat_rows(scratch)
        turns = builder.udiv(builder.add(count, _I64(LANES - 1)), _I64(LANES))
        with cgutils.for_range(builder, turns) as loop:
            at = builder.mul(loop.index, _I64(LANES))
            drawn = emit.load(noise, at, _ROWS)
            same = builder.icmp_signed("==", drawn, itself)
            emit.store(builder.select(same, scratch, drawn), rows, at)
            label = builder.select(same, emit.constant(0.0), emit.constant(-0.5))
            emit.store(label, labels, at)
        return context.get_dummy_value()

    at = types.int64
    return types.void(at, at, types.int32, types.int32, at, at), codegen


@intrinsic  # type: ignore[untyped-decorator]
def _pad(typing_context, scratch, rows, labels):  # type: ignore[no-untyped-def]
    """Write eight scratch rows behind the targets, to fill up the last vector.

    Zeros, and a label half-way: no gradient, so they stay zeros.
    """

    def codegen(context, builder, signature, args):  # type: ignore[no-untyped-def]
        scratch, rows, labels = args
        emit = _Emit(builder)
        emit.store(emit.splat_rows(scratch), rows, 0)
        emit.store(emit.constant(0.0), labels, 0)
        return context.get_dummy_value()

    return types.void(types.int32, types.int64, types.int64), codegen


@nb.njit(nogil=True, cache=True, error_model="numpy")  # type: ignore[untyped-decorator]
def draw_noise(alias, seed, noise):  # type: ignore[no-untyped-def]
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


@nb.njit(nogil=True, cache=True, error_model="numpy")  # type: ignore[untyped-decorator]
def train_walks(
    walks, first, total, inputs, outputs, path_start, path, noise, keep,
    window, hs, negative, alpha, min_alpha, seed, tag,
):  # type: ignore[no-untyped-def]  # fmt: skip
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
