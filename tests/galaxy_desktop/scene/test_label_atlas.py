from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vispy import gloo

from galaxy_desktop.model.label_kinds import PlacedLabel
from galaxy_desktop.scene.label_atlas import LabelAtlas
from galaxy_desktop.scene.labels import Labels
from galaxy_desktop.scene.offscreen import Offscreen


@pytest.fixture
def atlas(offscreen: Offscreen) -> Iterator[LabelAtlas]:
    offscreen.make_current()
    made = LabelAtlas(256)
    yield made
    made.delete()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 120), st.integers(1, 40)), min_size=1, max_size=60))
def test_what_a_frame_uses_never_overlaps(atlas: LabelAtlas, sizes: list[tuple[int, int]]) -> None:
    atlas.clear()
    taken = np.zeros((256, 256), int)
    atlas.tick()
    for number, (width, height) in enumerate(sizes):
        box = atlas.add(number, np.zeros((height, width, 4), np.uint8))
        if box is not None:
            left, top, w, h = box
            assert (w, h) == (width, height)
            taken[top : top + h, left : left + w] += 1
            assert atlas.find(number) == box
    assert taken.max() == 1


def test_the_shelf_that_was_used_longest_ago_makes_room(atlas: LabelAtlas) -> None:
    picture = np.zeros((31, 250, 4), np.uint8)
    for number in range(8):
        atlas.tick()
        assert atlas.add(number, picture) is not None
    atlas.tick()
    atlas.find(0)
    atlas.tick()
    assert atlas.add("new", picture) is not None
    assert atlas.find(1) is None
    assert atlas.find(0) is not None


def test_without_room_in_a_frame_a_label_is_left_out(atlas: LabelAtlas) -> None:
    atlas.tick()
    picture = np.zeros((31, 250, 4), np.uint8)
    assert [atlas.add(n, picture) is not None for n in range(9)] == [True] * 8 + [False]


def test_labels_lie_where_they_are_placed(offscreen: Offscreen) -> None:
    offscreen.make_current()
    red = np.zeros((10, 20, 4), np.uint8)
    red[..., 0] = red[..., 3] = 255
    painted: list[str] = []

    def rasterise(label: PlacedLabel, _ratio: float) -> np.ndarray:
        painted.append(label.text)
        return red

    labels = Labels(rasterise)
    size = (100, 60)
    placed = [
        PlacedLabel(1, "one", 10.3, 5.0, 20, 10, 1.0, "star", 12.0),
        PlacedLabel(2, "two", 60.0, 40.0, 20, 10, 0.5, "star", 12.0),
        PlacedLabel(3, "gone", 60.0, 5.0, 20, 10, 0.0, "star", 12.0),
    ]
    for _ in range(2):
        with offscreen.drawing(size):
            gloo.set_clear_color((0, 0, 1, 1))
            gloo.clear()
            assert labels.draw(placed, size, 1.0) == 2
    labels.delete()
    assert painted == ["one", "two"]
    picture = offscreen.read()[..., 2::-1]
    assert (picture[5:15, 10:30] == (255, 0, 0)).all()
    np.testing.assert_allclose(picture[40:50, 60:80], [[(128, 0, 128)] * 20] * 10, atol=2)
    elsewhere = np.ones((60, 100), bool)
    elsewhere[5:15, 10:30] = elsewhere[40:50, 60:80] = False
    assert (picture[elsewhere] == (0, 0, 255)).all()
