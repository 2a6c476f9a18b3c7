from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.edge_pointer import MARGIN, edge_pointer
from galaxy_desktop.model.pose import Pose

SIZE = (800.0, 600.0)
POSE = Pose((0.0, 0.0, 0.0))


@pytest.mark.parametrize("star", [[0, 0, -1], [0.2, -0.1, -1], [-5, 4, -10]])
def test_a_star_in_the_picture_needs_no_pointer(star: list[float]) -> None:
    assert edge_pointer(POSE, np.array(star), SIZE) is None


@pytest.mark.parametrize(
    ("star", "x", "y", "angle"),
    [
        ([9, 0, -1], 800 - MARGIN, 300, 0.0),
        ([-9, 0, -1], MARGIN, 300, math.pi),
        ([0, 9, -1], 400, MARGIN, -math.pi / 2),
        ([0, -9, -1], 400, 600 - MARGIN, math.pi / 2),
        ([9, 0, 20], 800 - MARGIN, 300, 0.0),
        ([0, 0, 5], 400, 600 - MARGIN, math.pi / 2),
        ([0, 0, 0], 400, 600 - MARGIN, math.pi / 2),
    ],
)
def test_an_arrow_points_the_way_to_turn(
    star: list[float], x: float, y: float, angle: float
) -> None:
    pointer = edge_pointer(POSE, np.array(star, float), SIZE, (60, 20))
    assert pointer is not None
    assert (pointer.x, pointer.y) == pytest.approx((x, y))
    assert math.cos(pointer.angle - angle) == pytest.approx(1)


coordinate = st.floats(-50, 50)


@given(
    st.tuples(coordinate, coordinate, coordinate),
    st.floats(-3, 3),
    st.floats(-1.5, 1.5),
    st.tuples(st.floats(50, 3000), st.floats(50, 2000)),
)
def test_arrow_and_name_are_in_the_picture(
    star: tuple[float, float, float], yaw: float, pitch: float, size: tuple[float, float]
) -> None:
    pose = Pose((1.0, 2.0, 3.0), yaw, pitch)
    pointer = edge_pointer(pose, np.array(star), size, (40, 18))
    pixels, depths = pose.project(np.array([star]), size)
    inside = depths[0] > 0 and (pixels[0] >= 0).all() and (pixels[0] <= size).all()
    if pointer is None:
        assert depths[0] > 0
        assert (pixels[0] >= -1e-3).all()
        assert (pixels[0] <= np.array(size) + 1e-3).all()
        return
    assert not inside or min(*pixels[0], *(np.array(size) - pixels[0])) < 1e-3
    assert 0 <= pointer.x <= size[0]
    assert 0 <= pointer.y <= size[1]
    assert pointer.label_x >= 0
    assert pointer.label_x + 40 <= size[0]
    assert pointer.label_y >= 0
    assert pointer.label_y + 18 <= size[1]


def test_the_arrow_glides_as_the_star_goes_behind() -> None:
    places = [
        edge_pointer(POSE, np.array([math.sin(a), 0.3, -math.cos(a)]) * 4, SIZE)
        for a in np.linspace(1.2, math.pi - 0.5, 400)
    ]
    track = np.array([(p.x, p.y) for p in places if p is not None])
    assert len(track) == 400
    assert np.abs(np.diff(track, axis=0)).max() < 10
