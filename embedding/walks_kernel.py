"""The kernel of the random walks: many walks at once, one step each in turn.

A step of a node2vec walk from v, come from t, goes to x with a chance proportional to w(v, x) times
1/p if x is t, 1 if x is related to t, and 1/q otherwise (Grover and Leskovec 2016, section 3.2.2).
Instead of a table for every pair (t, v), which takes memory in the square of the degrees, a
candidate is drawn by w(v, x) alone and accepted with its factor over the largest one (rejection
sampling: Yang et al. 2019, "KnightKing", section 4.1). Three things keep the drawing short and
exact:

- A return factor above all others is no candidate's envelope but an outlier drawn by itself
  (KnightKing, section 4.2), so a small p costs nothing.
- Whether x is related to t is asked only where the random number leaves it open, and then first
  of a Bloom filter of t's neighbours; a "no" there is sure, and most are.
- After `PATIENCE` refusals the step is drawn from the exact sums over all neighbours. Refusals are
  independent of what follows, so the distribution stays the same, and no p or q makes it slow.

Walks wait for memory, not for arithmetic: so `FLIGHT` of them go side by side, in short loops that
each ask for what the next one reads, with hardly a branch that depends on chance.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from embedding.alias import fill
from embedding.prefetch import prefetch
from embedding.rng import GOLDEN, LOW_32, S32, below, mix, stream

FLIGHT = 64
PATIENCE = 16
HASH = np.uint32(2654435761)
"""Knuth's multiplier (The Art of Computer Programming, vol. 3, section 6.4)."""


@nb.njit(nogil=True, cache=True, error_model="numpy")
def signatures(indptr, indices, words):
    """Return a Bloom filter of each row's entries: uint64, shape (n * words,)."""
    n = indptr.size - 1
    mask = words * 64 - 1
    filters = np.zeros(n * words, np.uint64)
    for i in range(n):
        for e in range(indptr[i], indptr[i + 1]):
            bit = np.int64(np.uint32(indices[e]) * HASH >> np.uint32(16)) & mask
            filters[i * words + (bit >> 6)] |= np.uint64(1) << np.uint64(bit & 63)
    return filters


@nb.njit(nogil=True, cache=True, error_model="numpy")
def row_tables(indptr, weights):
    """Return, for a weighted graph, each row's alias table (Vose 1991) and the rows' sums.

    The table is uint64 (m,): the threshold in the upper 32 bits, the place in the row in the lower.
    """
    n = indptr.size - 1
    table = np.empty(weights.size, np.uint64)
    sums = np.zeros(n)
    most = 0
    for i in range(n):
        most = max(most, indptr[i + 1] - indptr[i])
    share, small, large = np.empty(most), np.empty(most, np.int64), np.empty(most, np.int64)
    for i in range(n):
        low, d = indptr[i], indptr[i + 1] - indptr[i]
        for e in range(d):
            sums[i] += weights[low + e]
        for e in range(d):
            share[e] = weights[low + e] * d / sums[i]
        fill(share[:d], table[low : low + d], small, large)
    return table, sums


@nb.njit(inline="always", error_model="numpy")
def _find(indices, low, count, x):
    """Return where `x` stands in a sorted row of at least one entry, or -1."""
    while count > 1:
        half = count >> 1
        low = low + half if indices[low + half] <= x else low
        count -= half
    return low if indices[low] == x else -1


@nb.njit(error_model="numpy")
def _exact_step(indptr, indices, weights, v, t, p, q, draw):
    """Draw the step from v, come from t, from the sums over all neighbours of v."""
    low, high = indptr[v], indptr[v + 1]
    t_low, t_count = indptr[t], indptr[t + 1] - indptr[t]
    total = 0.0
    left = 0.0
    # Twice over the row: once for the sum, once to where the sum passes the draw.
    for turn in range(2):
        left = (draw >> np.uint64(11)) * (1.0 / 9007199254740992.0) * total
        for e in range(low, high):
            x = indices[e]
            w = np.float64(weights[e]) if weights.size else 1.0
            if x == t:
                w /= p
            elif t_count == 0 or _find(indices, t_low, t_count, x) < 0:
                w /= q
            if turn == 0:
                total += w
            else:
                left -= w
                if left < 0.0:
                    return x
    return indices[high - 1]


@nb.njit(nogil=True, cache=True, error_model="numpy")
def walk(indptr, indices, weights, table, sums, filters, starts, first, out, p, q, seed):
    """Walk from each of `starts`.

    Parameters
    ----------
    indptr, indices : int32
        CSR adjacency, rows sorted; not necessarily symmetric.
    weights : float32 (m,), table : uint64 (m,), sums : float64 (n,)
        The weights with what `row_tables` makes of them; all empty for an unweighted graph.
    filters : uint64
        What `signatures` makes of the adjacency.
    starts : int32 (w,)
    first : int
        Number of the first of these walks in the whole build: it picks the random numbers.
    out : int32 (w, length)
        Filled with the walks; -1 after the end of one that could not go on.
    p, q : float
    seed : uint64
    """
    length = out.shape[1]
    words = filters.size // (indptr.size - 1)
    mask = words * 64 - 1
    top = max(1.0, 1.0 / q)
    scale = 4294967296.0
    back = np.uint64(min(scale, scale / p / top))
    near = np.uint64(min(scale, scale / top))
    far = np.uint64(min(scale, scale / q / top))
    least, most = min(near, far), max(near, far)
    excess = max(0.0, 1.0 / p - top)
    weighted = weights.size > 0
    state = np.empty(FLIGHT, np.uint64)
    now, before = np.empty(FLIGHT, np.int32), np.empty(FLIGHT, np.int32)
    low, degree = np.empty(FLIGHT, np.int32), np.empty(FLIGHT, np.int32)
    before_low, before_degree = np.empty(FLIGHT, np.int32), np.empty(FLIGHT, np.int32)
    place, end = np.empty(FLIGHT, np.int64), np.empty(FLIGHT, np.int64)
    refusals = np.empty(FLIGHT, np.int64)
    candidate, luck = np.empty(FLIGHT, np.int32), np.empty(FLIGHT, np.uint64)
    threshold, open_ = np.empty(FLIGHT, np.uint64), np.empty(FLIGHT, np.int64)
    found, left = np.empty(FLIGHT, np.int32), np.empty(FLIGHT, np.int32)
    entry, shift = np.empty(FLIGHT, np.int64), np.empty(FLIGHT, np.uint64)
    row_base, start_base = indices.ctypes.data, indptr.ctypes.data
    filter_base = filters.ctypes.data
    flat = out.ravel()
    started, flying = 0, 0
    while True:
        while flying < FLIGHT and started < starts.size:
            v = starts[started]
            base = started * length
            s = stream(seed, np.uint64(first + started))
            started += 1
            flat[base] = v
            d = indptr[v + 1] - indptr[v]
            if d == 0:
                flat[base + 1 : base + length] = -1
                continue
            # The first step knows no artist before: it goes by weight alone.
            s += GOLDEN
            draw = mix(s)
            at = indptr[v] + np.int32(below(draw, np.uint64(d)))
            if weighted and draw & LOW_32 >= table[at] >> S32:
                at = indptr[v] + np.int32(table[at] & LOW_32)
            x = indices[at]
            flat[base + 1] = x
            k = flying
            state[k], before[k], now[k], refusals[k] = s, v, x, 0
            before_low[k], before_degree[k] = indptr[v], d
            low[k], degree[k] = indptr[x], indptr[x + 1] - indptr[x]
            place[k], end[k] = base + 2, base + length
            if length == 2:
                continue
            if degree[k] == 0:
                flat[base + 2 : base + length] = -1
                continue
            flying += 1
        if flying == 0:
            return
        for k in range(flying):
            s = state[k] + GOLDEN
            draw = mix(s)
            at = low[k] + np.int64(below(draw, np.uint64(degree[k])))
            if weighted:
                # The draw's lower half goes into the alias table; the test needs one of its own.
                if draw & LOW_32 >= table[at] >> S32:
                    at = low[k] + np.int64(table[at] & LOW_32)
                s += GOLDEN
                draw = mix(s)
            state[k] = s
            luck[k] = draw & LOW_32
            entry[k] = at
            prefetch(row_base + at * 4)
        for k in range(flying):
            x = indices[entry[k]]
            candidate[k] = x
            bit = np.int64(np.uint32(x) * HASH >> np.uint32(16)) & mask
            word = before[k] * words + (bit >> 6)
            entry[k] = word
            shift[k] = np.uint64(bit & 63)
            prefetch(filter_base + word * 8)
            prefetch(start_base + np.int64(x) * 4)
        if excess > 0.0:
            for k in range(flying):
                home = _find(indices, low[k], degree[k], before[k])
                state[k] += GOLDEN
                if home >= 0:
                    extra = excess * (weights[home] if weighted else 1.0)
                    rest = top * (sums[now[k]] if weighted else degree[k])
                    chance = (mix(state[k]) >> np.uint64(11)) * (1.0 / 9007199254740992.0)
                    if chance * (extra + rest) < extra:
                        candidate[k] = before[k]
                        luck[k] = 0  # always accepted, whatever the filter says
        undecided = 0
        for k in range(flying):
            x, t, r = candidate[k], before[k], luck[k]
            maybe = (filters[entry[k]] >> shift[k]) & np.uint64(1)
            returns = x == t
            threshold[k] = back if returns else far
            open_[undecided] = k
            undecided += np.int64((maybe != 0) & (not returns) & (r >= least) & (r < most))
        # All open questions at once, a halving of every row in turn: 25 million steps a second
        # instead of 20 with one binary search after the other.
        longest = 0
        for i in range(undecided):
            k = open_[i]
            count = before_degree[k]
            at = row_base + np.int64(before_low[k]) * 4
            prefetch(at)
            prefetch(at + np.int64(count >> 1) * 4)
            prefetch(at + np.int64(count - 1) * 4)
            found[i], left[i] = before_low[k], count
            longest = max(longest, count)
        while longest > 1:
            longest -= longest >> 1
            for i in range(undecided):
                half = left[i] >> 1
                left[i] -= half
                middle = found[i] + half
                found[i] = middle if indices[middle] <= candidate[open_[i]] else found[i]
        for i in range(undecided):
            k = open_[i]
            threshold[k] = near if indices[found[i]] == candidate[k] else far
        for k in range(flying):
            good = luck[k] < threshold[k]
            x, v = candidate[k], now[k]
            # Written even if refused: the place is written again until it is right.
            flat[place[k]] = x
            before[k] = v if good else before[k]
            before_low[k] = low[k] if good else before_low[k]
            before_degree[k] = degree[k] if good else before_degree[k]
            v = x if good else v
            now[k] = v
            low[k] = indptr[v]
            degree[k] = indptr[v + 1] - indptr[v]
            place[k] += np.int64(good)
            refusals[k] = 0 if good else refusals[k] + 1
        k = 0
        while k < flying:
            if refusals[k] >= PATIENCE:
                state[k] += GOLDEN
                v = now[k]
                x = _exact_step(indptr, indices, weights, v, before[k], p, q, mix(state[k]))
                flat[place[k]] = x
                before[k], before_low[k], before_degree[k] = v, low[k], degree[k]
                now[k], low[k], degree[k] = x, indptr[x], indptr[x + 1] - indptr[x]
                place[k] += 1
                refusals[k] = 0
            if place[k] >= end[k] or degree[k] == 0:
                flat[place[k] : end[k]] = -1
                flying -= 1
                last = flying
                state[k], now[k], before[k] = state[last], now[last], before[last]
                low[k], degree[k] = low[last], degree[last]
                before_low[k], before_degree[k] = before_low[last], before_degree[last]
                place[k], end[k], refusals[k] = place[last], end[last], refusals[last]
            else:
                k += 1
