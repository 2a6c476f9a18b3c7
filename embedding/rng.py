"""The random numbers of the kernels: SplitMix64 (Steele, Lea and Flood 2014), a counter and a mix.

Every walk seeds a generator of its own from the build's seed and the walk's number, so that the
result cannot depend on which thread did which walk. numpy's generators are not used inside the
kernels because one of theirs per walk would cost more than the walk.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from embedding.kernel_cache import ensure_kernel_cache

ensure_kernel_cache()  # every module with kernels to keep imports this one or does the same

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
LOW_32 = np.uint64(0xFFFFFFFF)
S32 = np.uint64(32)


@nb.njit(inline="always", error_model="numpy")
def mix(z: np.uint64) -> np.uint64:
    """Return the finalizer of SplitMix64: a bijection of 64 bits that looks random."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@nb.njit(inline="always", error_model="numpy")
def stream(seed: np.uint64, number: np.uint64) -> np.uint64:
    """Return the first state of stream `number`; the next draw is ``mix(state + GOLDEN)``."""
    return mix(seed ^ mix(number))


@nb.njit(inline="always", error_model="numpy")
def below(draw: np.uint64, count: np.uint64) -> np.uint64:
    """Return a number from 0 to ``count - 1`` from the upper half of a draw (count < 2**32).

    Lemire's multiply-and-shift without its rejection step: the bias is below count / 2**32.
    """
    return (draw >> S32) * count >> S32
