"""The steps of the skip-gram kernel on a tile: eight targets a register, one dimension each.

A tile holds a centre's targets, laid out [vector of eight targets][dimension][lane]; addresses are
whole numbers (int64). numba's cache does not notice a change in this file: after one, run
``make clean``.
"""

from __future__ import annotations

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from embedding.lanes import F32, I32, I64, LANE, LANES, ROW4, ROWS, Emit


def stride(dims: int) -> int:
    """Return how many floats a row of `dims` dimensions takes: rows are moved four at a time."""
    return -(-dims // 4) * 4


@intrinsic
def gather(typing_context, tile, rows, base, vectors, tag):
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
def scatter(typing_context, tile, rows, base, vectors, tag):
    """Copy a tile back into the rows it was gathered from; the inverse of `gather`."""
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
def train(typing_context, tile, labels, slopes, rate, vectors, places, count, tag):
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
def unpack(typing_context, path, rows, labels, vectors):
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
def add_negatives(typing_context, noise, count, itself, scratch, rows, labels):
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
def pad(typing_context, scratch, rows, labels):
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
