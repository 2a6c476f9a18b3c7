"""The Huffman tree and the alias table, against their definitions."""

from __future__ import annotations

import heapq

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embedding.huffman import alias_table, huffman_paths


def codes(counts: list[int]) -> list[tuple[list[int], str]]:
    """Return each artist's inner nodes and its code as a string of turns."""
    start, path = huffman_paths(np.array(counts, np.int64))
    ways = [path[start[i] : start[i + 1]] for i in range(len(counts))]
    return [([int(x) >> 1 for x in way], "".join(str(int(x) & 1) for x in way)) for way in ways]


def test_a_tree_done_by_hand() -> None:
    # 1 + 2 = 3, 3 + 3 = 6, 6 + 10 = 16
    lengths = [len(code) for _, code in codes([10, 1, 3, 2])]
    assert lengths == [1, 3, 2, 3]


def test_two_artists() -> None:
    assert sorted(code for _, code in codes([5, 5])) == ["0", "1"]


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=60))
def test_the_code_is_optimal_and_free_of_prefixes(counts: list[int]) -> None:
    ways = codes(counts)
    heap = list(counts)
    heapq.heapify(heap)
    best = 0
    while len(heap) > 1:
        both = heapq.heappop(heap) + heapq.heappop(heap)
        best += both
        heapq.heappush(heap, both)
    assert sum(c * len(code) for c, (_, code) in zip(counts, ways, strict=True)) == best
    assert sum(2.0 ** -len(code) for _, code in ways) == 1
    # The same turns lead through the same inner nodes, and others through others.
    nodes: dict[str, int] = {}
    for inner, code in ways:
        for depth, node in enumerate(inner):
            assert nodes.setdefault(code[:depth], node) == node
    assert sorted(nodes.values()) == list(range(len(counts) - 1))
    assert len({code for _, code in ways}) == len(counts)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50).filter(lambda odds: sum(odds) > 1e-3))
def test_the_alias_table_gives_the_odds(odds: list[float]) -> None:
    table = alias_table(odds)
    n = len(odds)
    chances = np.zeros(n)
    for i, entry in enumerate(table.tolist()):
        own = (entry >> 32) / 0xFFFFFFFF
        chances[i] += own / n
        chances[entry & 0xFFFFFFFF] += (1 - own) / n
    np.testing.assert_allclose(chances, np.array(odds) / sum(odds), atol=1e-8)
