"""Back and forth between galaxies, within the memory there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.generations import Generations, memory_of, share
from galaxy_desktop.model.preview_places import PreviewPlaces
from galaxy_desktop.model.world import World
from tests.embedding.galaxies import galaxy


def _built(number: int, n: int = 20) -> World:
    made = World(galaxy(n, seed=number, title=f"Number {number}"), f"/tmp/{number}.galaxy")
    made.temporary = True
    return made


def test_undo_and_redo_go_back_and_forth() -> None:
    first, second, third = World(galaxy(20)), _built(1), _built(2)
    row = Generations(first)
    assert row.present is first
    assert row.before is row.after is None
    row.add(second)
    row.add(third)
    assert row.undo() is second
    assert (row.before, row.after) == (first, third)
    assert row.undo() is first
    assert row.redo() is second
    row.add(other := _built(3))
    assert row.present is other
    assert row.after is None
    assert len(row) == 3


def test_there_is_nothing_beyond_the_ends() -> None:
    row = Generations(World(galaxy(20)))
    for beyond in (row.undo, row.redo, row.throw_away):
        with pytest.raises(IndexError):
            beyond()


def test_what_is_thrown_away_is_gone() -> None:
    first = World(galaxy(20))
    row = Generations(first)
    gone: list[World] = []
    row.dropped.connect(gone.append)
    row.add(second := _built(1))
    row.add(third := _built(2))
    row.undo()
    assert row.throw_away() is first
    assert gone == [second]
    assert row.redo() is third
    row.undo()
    assert row.throw_away() is third
    assert len(row) == 1


def test_another_galaxy_begins_another_row() -> None:
    row = Generations(first := World(galaxy(20)))
    row.add(second := _built(1))
    gone: list[World] = []
    row.dropped.connect(gone.append)
    row.begin(other := _built(7))
    assert gone == [first, second]
    assert row.present is other
    assert len(row) == 1


def test_what_is_kept_is_the_users() -> None:
    row = Generations(World(galaxy(20)))
    row.add(world := _built(1))
    row.kept(world, "/home/me/mine.galaxy")
    assert (world.path, world.temporary) == ("/home/me/mine.galaxy", False)


def test_the_memory_is_bounded_and_it_is_said() -> None:
    sample = memory_of([_built(1)])
    row = Generations(World(galaxy(20)), memory=3 * sample + sample // 2)
    said: list[str] = []
    row.forgotten.connect(said.append)
    for number in range(5):
        row.add(_built(number))
    assert len(row) == 3
    assert said == ["The memory for galaxies is full: Undo has lost the oldest galaxy."] * 3
    assert row.undo().galaxy.title == "Number 3"
    assert row.undo().galaxy.title == "Number 2"


def test_two_stay_whatever_they_take() -> None:
    row = Generations(World(galaxy(20)), memory=1)
    row.add(_built(1))
    row.add(_built(2))
    assert row.before is not None
    assert row.before.galaxy.title == "Number 1"


@given(st.lists(st.sampled_from(["add", "undo", "redo", "throw", "begin"]), max_size=30))
def test_whatever_is_done_one_is_shown_and_each_is_dropped_once(steps: list[str]) -> None:
    row = Generations(made := World(galaxy(8)), memory=4 * memory_of([World(galaxy(8))]))
    born, gone = [made], list[World]()
    row.dropped.connect(gone.append)
    for number, step in enumerate(steps):
        if step in ("add", "begin"):
            born.append(_built(number, 8))
            (row.add if step == "add" else row.begin)(born[-1])
        elif step == "undo" and row.before:
            row.undo()
        elif step == "redo" and row.after:
            row.redo()
        elif step == "throw" and len(row) > 1:
            row.throw_away()
    assert len(gone) + len(row) == len(born)
    assert len({id(world) for world in gone}) == len(gone)
    assert all(row.present is not world for world in gone)


def test_what_is_equal_is_held_once() -> None:
    old = galaxy(50)
    new = replace(galaxy(50), positions=old.positions + 1)
    shared = share(new, old)
    assert shared.names is old.names
    assert shared.indices is old.indices
    assert shared.tags is old.tags
    assert shared.vectors is old.vectors
    assert shared.positions is new.positions
    both = memory_of([World(old), World(shared)])
    assert both < memory_of([World(old)]) + memory_of([World(new)])
    other = galaxy(50, seed=4)
    assert share(other, old).popularity is other.popularity


def test_a_preview_is_put_in_the_order_of_the_world() -> None:
    world = World(galaxy(4, ids=["a", "b", "c", "d"]))
    keys = ("c", "x", "a")
    positions = np.arange(9, dtype=np.float32).reshape(3, 3)
    places = PreviewPlaces(world, keys).of(positions)
    assert places[2].tolist() == [0, 1, 2]
    assert places[0].tolist() == [6, 7, 8]
    assert np.isnan(places[[1, 3]]).all()
    assert np.isnan(PreviewPlaces(world, ()).of(np.zeros((0, 3), np.float32))).all()
