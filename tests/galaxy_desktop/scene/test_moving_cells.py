"""What cells hold while stars glide: everything that is in them, at any time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.gliding import Gliding
from galaxy_desktop.scene.cells import Cells
from galaxy_desktop.scene.moving_cells import Box, MovingCells
from tests.galaxy_desktop.scene.conftest import world_of

shares = st.floats(0, 1)


def holds(cells: Cells, points: np.ndarray) -> bool:
    sizes = np.diff([*cells.starts, len(points)])
    apart = np.linalg.norm(points - np.repeat(cells.middles, sizes, axis=0), axis=1)
    return bool((apart <= np.repeat(cells.reach, sizes) + 1e-5).all())


@given(seed=st.integers(0, 99), n=st.integers(1, 90), times=st.lists(shares, min_size=3))
def test_cells_hold_their_items_at_any_time(seed: int, n: int, times: list[float]) -> None:
    rng = np.random.default_rng(seed)
    world = world_of(rng.normal(size=(n, 3)))
    cells = Cells.of(world.positions, 16)
    gliding, moving = Gliding(world), None
    for at in times:
        goal = rng.normal(size=(n, 3)).astype(np.float32)
        before = gliding.course
        gliding.glide(goal, 1.5)
        course = gliding.course
        assert course is not None
        box = Box.of(goal[cells.order], cells.starts)
        if moving is None or before is None:
            moving = MovingCells(cells, Box.at_rest(cells), box)
        else:
            moving = moving.onwards(before, box, 1.5)
        for share in (0.0, at / 2, at):
            course.gone = share * 1.5
            assert holds(moving.at(course), course.places()[cells.order])
    course.gone = 1.5
    there = moving.at(course)
    assert holds(there, goal[cells.order])
    tight = np.linalg.norm(box.high - box.low, axis=1) / 2
    np.testing.assert_allclose(there.reach, tight, rtol=1e-3, atol=1e-5)


def test_those_of_a_galaxy_that_came_from_elsewhere_hold_them_too() -> None:
    rng = np.random.default_rng(1)
    old, new = (world_of(rng.normal(size=(60, 3))) for _ in range(2))
    gliding = Gliding(old)
    gliding.glide(rng.normal(size=(60, 3)), 1.0)
    gliding.step(0.4)
    gliding = gliding.reformed(new, np.arange(60), 1.0)
    course = gliding.course
    assert course is not None
    leg = course.leg
    cells = Cells.of(new.positions, 16)
    boxes = Box.whole(leg.start), Box.of(leg.goal[cells.order], cells.starts), Box.whole(leg.drift)
    moving = MovingCells(cells, *boxes)
    for gone in (0.0, 0.2, 0.5, 0.9, 1.0):
        course.gone = gone
        assert holds(moving.at(course), course.places()[cells.order])
