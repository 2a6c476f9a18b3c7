"""Vectors of eight numbers, one for each of eight targets: how the skip-gram kernel is written.

A layer over LLVM's own vector types, which it lowers to whatever the processor has (AVX, SSE,
NEON). numba's cache does not notice a change in this file: after one, run ``make clean``.
"""

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba.core import cgutils

LANES = 8
"""Targets side by side in one register: what 256 bits hold."""

MAX_EXPONENT = 6.0
"""Pairs whose inner product is beyond this are left alone, as in word2vec.c."""

# sigmoid(y) - 1/2 = y * P(y^2) / Q(y^2) for |y| < 6: minimax fit, largest error 7e-7.
_P = (2.49998100e-01, 6.71819519e-03, 1.34609500e-05)
_Q = (1.0, 1.10197398e-01, 9.06512961e-04)

F32 = ir.FloatType()
I32 = ir.IntType(32)
I64 = ir.IntType(64)
ROW4 = ir.VectorType(F32, 4)
LANE = ir.VectorType(F32, LANES)
ROWS = ir.VectorType(I32, LANES)


class Emit:
    """Writes the vector instructions of the steps below into a function numba compiles."""

    def __init__(self, builder: ir.IRBuilder) -> None:
        self.b = builder

    def pointer(self, base: ir.Value, floats: ir.Value | int, kind: ir.Type) -> ir.Value:
        """Return the address `floats` elements of 4 bytes behind `base`."""
        if isinstance(floats, int):
            floats = I64(floats)
        address = self.b.add(base, self.b.mul(floats, I64(4)))
        return self.b.inttoptr(address, kind.as_pointer())

    def load(self, base: ir.Value, floats: ir.Value | int, kind: ir.Type) -> ir.Value:
        """Return what stands `floats` elements of 4 bytes behind `base`."""
        return self.b.load(self.pointer(base, floats, kind), align=4)

    def store(self, value: ir.Value, base: ir.Value, floats: ir.Value | int) -> None:
        """Write a value `floats` elements of 4 bytes behind `base`."""
        self.b.store(value, self.pointer(base, floats, value.type), align=4)

    def shuffle(self, a: ir.Value, b: ir.Value, picks: list[int]) -> ir.Value:
        """Return the picked elements of two vectors, the second one counted on from the first."""
        mask = ir.Constant(ir.VectorType(I32, len(picks)), picks)
        return self.b.shuffle_vector(a, b, mask)

    def splat(self, scalar: ir.Value) -> ir.Value:
        """Return a number in all lanes."""
        one = self.b.insert_element(ir.Constant(LANE, ir.Undefined), scalar, I32(0))
        return self.shuffle(one, one, [0] * LANES)

    def splat_rows(self, row: ir.Value) -> ir.Value:
        """Return a row (int32) in all lanes."""
        one = self.b.insert_element(ir.Constant(ROWS, ir.Undefined), row, I32(0))
        return self.shuffle(one, one, [0] * LANES)

    def constant(self, value: float) -> ir.Value:
        """Return a known number in all lanes."""
        return ir.Constant(LANE, [float(np.float32(value))] * LANES)

    def fma(self, a: ir.Value, b: ir.Value, c: ir.Value) -> ir.Value:
        """Return a * b + c, fused where the processor can."""
        kind = ir.FunctionType(LANE, [LANE, LANE, LANE])
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
