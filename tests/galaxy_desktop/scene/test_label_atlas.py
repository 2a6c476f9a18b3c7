from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.scene.label_atlas import GUTTER, Shelves

sizes = st.lists(st.tuples(st.integers(1, 120), st.integers(1, 40)), min_size=1, max_size=60)


@given(st.lists(sizes, min_size=1, max_size=4))
def test_what_a_frame_uses_never_overlaps(frames: list[list[tuple[int, int]]]) -> None:
    shelves = Shelves(256)
    for number, frame in enumerate(frames):
        shelves.turn()
        taken = np.zeros((256, 256), int)
        for place, (width, height) in enumerate(frame):
            key = (number, place)
            slot = shelves.add(key, width, height)
            if slot is None:
                continue
            assert (slot.width, slot.height) == (width, height)
            top, left = slot.y - GUTTER, slot.x - GUTTER
            assert min(top, left) >= 0
            bottom, right = slot.y + height + GUTTER, slot.x + width + GUTTER
            assert max(bottom, right) <= 256
            taken[top:bottom, left:right] += 1
            assert shelves.find(key) == slot
        assert taken.max(initial=0) <= 1


@given(st.lists(sizes, min_size=2, max_size=6))
def test_all_that_is_kept_is_apart(frames: list[list[tuple[int, int]]]) -> None:
    shelves = Shelves(160)
    keys: list[tuple[int, int]] = []
    for number, frame in enumerate(frames):
        shelves.turn()
        for place, (width, height) in enumerate(frame):
            shelves.add((number, place), width, height)
            keys.append((number, place))
    kept = [slot for key in keys if (slot := shelves.find(key)) is not None]
    assert len(kept) == len(shelves)
    taken = np.zeros((160, 160), int)
    for slot in kept:
        taken[slot.y : slot.y + slot.height, slot.x : slot.x + slot.width] += 1
    assert taken.max(initial=0) <= 1


def test_the_shelf_that_was_used_longest_ago_makes_room() -> None:
    shelves = Shelves(256)
    for number in range(8):
        shelves.turn()
        assert shelves.add(number, 250, 30) is not None
    shelves.turn()
    assert shelves.find(0) is not None
    shelves.turn()
    assert shelves.add("new", 250, 30) is not None
    assert shelves.find(1) is None
    assert shelves.find(0) is not None


def test_what_is_in_use_is_never_cleared() -> None:
    shelves = Shelves(256)
    shelves.turn()
    found = [shelves.add(number, 250, 30) is not None for number in range(9)]
    assert found == [True] * 8 + [False]


def test_low_shelves_make_room_for_a_high_one() -> None:
    shelves = Shelves(256)
    shelves.turn()
    for number in range(16):
        assert shelves.add(number, 250, 14) is not None
    shelves.turn()
    assert shelves.add("high", 250, 90) is not None
    assert shelves.add("low", 250, 14) is not None


def test_what_is_larger_than_all_has_no_place() -> None:
    assert Shelves(64).add("wide", 64, 10) is None
    assert Shelves(64).add("high", 10, 64) is None
    assert Shelves(64).add("just", 62, 62) is not None
