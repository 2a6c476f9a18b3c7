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
    gliding = Gliding(world)
    for at in times:
        goal = rng.normal(size=(n, 3)).astype(np.float32)
        gliding.glide(goal, 1.5)
        course = gliding.course
        assert course is not None
        leg = course.leg
        start, box, drift = (
            Box.of(points[cells.order], cells.starts) for points in (leg.start, goal, leg.drift)
        )
        moving = MovingCells(cells, start, box, drift if leg.drifts else None)
        for share in (0.0, at / 2, at):
            course.gone = share * 1.5
            assert holds(moving.at(course), course.places()[cells.order])
    course.gone = 1.5
    there = moving.at(course)
    assert holds(there, goal[cells.order])
    tight = np.linalg.norm(box.high - box.low, axis=1) / 2
    np.testing.assert_allclose(there.reach, tight, rtol=1e-3, atol=1e-5)
