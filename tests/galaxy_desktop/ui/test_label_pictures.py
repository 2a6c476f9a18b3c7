"""Names that Qt paints: where they are, how they glide, and that few are made in a frame."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtGui import QColor, QImage, QPainter

from galaxy_desktop.model.label_kinds import PlacedLabel
from galaxy_desktop.ui.label_pictures import LabelPictures, moved

Picture = npt.NDArray[np.uint8]
SIZE = (100, 60)
GROUND = (0, 0, 255)


def placed(text: str, x: float, y: float, alpha: float = 1.0, angle: float = 0.0) -> PlacedLabel:
    return PlacedLabel(text, text, x, y, 20, 10, alpha, "star", 12, angle)


def red(_label: PlacedLabel) -> Picture:
    picture = np.zeros((10, 20, 4), np.uint8)
    picture[..., 0] = picture[..., 3] = 255
    return picture


class Painted:
    def __init__(self) -> None:
        self.pictures = LabelPictures()
        self.missing = 0

    def __call__(
        self, *some: PlacedLabel, rasterise: Callable[[PlacedLabel], Picture] = red, **how: object
    ) -> Picture:
        image = QImage(*SIZE, QImage.Format.Format_RGB32)
        image.fill(QColor(*GROUND))
        painter = QPainter(image)
        self.missing = self.pictures.paint(painter, some, 1.0, rasterise, **how)  # type: ignore[arg-type]
        painter.end()
        bits = image.constBits()
        assert bits is not None
        pixels = np.frombuffer(bits.asstring(image.sizeInBytes()), np.uint8)
        return pixels.reshape(SIZE[1], SIZE[0], 4)[..., 2::-1].copy()


@pytest.fixture
def paint() -> Painted:
    return Painted()


@pytest.mark.parametrize("still", [True, False])
def test_labels_lie_where_they_are_placed_and_nowhere_else(paint: Painted, still: bool) -> None:
    picture = paint(placed("one", 10.1, 5.0), placed("two", 60, 40, alpha=0.5), still=still)
    assert (picture[5:15, 10:30] == (255, 0, 0)).all()
    np.testing.assert_allclose(picture[40:50, 60:80].reshape(-1, 3), [[128, 0, 128]] * 200, atol=2)
    picture[5:15, 10:30] = picture[40:50, 60:80] = GROUND
    assert (picture == GROUND).all()


def test_in_motion_they_stand_between_pixels(paint: Painted) -> None:
    paint(placed("one", 10.25, 5.0))
    picture = paint(placed("one", 10.5, 5.25), still=False)
    np.testing.assert_allclose(picture[8, 9:12, 0], [0, 128, 255], atol=1)
    np.testing.assert_allclose(picture[4:7, 20, 0], [0, 191, 255], atol=1)
    np.testing.assert_allclose(picture[14:17, 20, 0], [255, 64, 0], atol=1)
    assert (paint(placed("one", 10.5, 5.25))[5:15, 11:31] == (255, 0, 0)).all()


def test_few_are_moved_in_a_frame_and_the_others_stand_on_whole_pixels(paint: Painted) -> None:
    many = [placed(str(i), 40.5, 20.0) for i in range(13)]
    paint(*many)
    one_by_one = [paint(label, still=False) for label in many]
    assert all(28 < picture[25, 40, 0] < 228 for picture in one_by_one)
    fresh = Painted()
    fresh(*many)
    fresh(*many, still=False)
    # Each of them has a soft edge by now, but the thirteenth: that is made in the next frame.
    assert sum(len(text.images) == 2 for text in fresh.pictures._texts.values()) == 12
    fresh(*many, still=False)
    assert all(len(text.images) == 2 for text in fresh.pictures._texts.values())


def test_what_moves_fast_stands_on_whole_pixels(paint: Painted) -> None:
    paint(placed("one", 10.0, 5.0))
    assert (paint(placed("one", 13.5, 5.0), still=False)[5:15, 14:34] == (255, 0, 0)).all()
    assert 28 < paint(placed("one", 13.5, 5.0), still=False)[8, 13, 0] < 228


def test_a_later_one_lies_over_those_before(paint: Painted) -> None:
    def colours(label: PlacedLabel) -> Picture:
        picture = red(label)
        if label.text == "two":
            picture[...] = (0, 255, 0, 255)
        return picture

    picture = paint(placed("one", 10, 5), placed("two", 20, 5), rasterise=colours)
    assert (picture[10, 12:20] == (255, 0, 0)).all()
    assert (picture[10, 20:40] == (0, 255, 0)).all()


def test_so_many_new_ones_are_made_and_the_last_first(paint: Painted) -> None:
    made: list[str] = []

    def remember(label: PlacedLabel) -> Picture:
        made.append(label.text)
        return red(label)

    three = [placed(text, 5, y) for text, y in (("a", 0), ("b", 20), ("c", 40))]
    paint(*three, rasterise=remember, most=1)
    assert (made, paint.missing) == (["c"], 2)
    paint(*three, rasterise=remember, most=1)
    paint(*three, rasterise=remember)
    paint(*three, rasterise=remember)
    assert (made, paint.missing) == (["c", "b", "a"], 0)
    paint.pictures.clear()
    paint(*three, rasterise=remember)
    assert made == ["c", "b", "a", "c", "b", "a"]


def test_an_arrow_is_turned_around_its_middle(paint: Painted) -> None:
    picture = paint(placed("arrow", 40, 25, angle=np.pi / 2))[..., 0]
    rows, columns = np.nonzero(picture > 128)
    assert (rows.min(), rows.max()) == (20, 39)
    assert (columns.min(), columns.max()) == (45, 54)


def test_those_that_were_not_wanted_for_long_are_forgotten(paint: Painted) -> None:
    made: list[str] = []

    def remember(label: PlacedLabel) -> Picture:
        made.append(label.text)
        return red(label)

    for i in range(300):
        paint(placed(str(i), 5, 5), rasterise=remember)
    paint(placed("299", 5, 5), placed("0", 5, 5), rasterise=remember)
    assert made[300:] == ["0"]


@given(
    st.integers(0, 3), st.integers(0, 3), st.integers(1, 6), st.integers(1, 6), st.integers(0, 99)
)
def test_moving_keeps_the_light_and_moves_its_middle(
    right: int, down: int, high: int, wide: int, seed: int
) -> None:
    picture = np.random.default_rng(seed).integers(0, 256, (high, wide, 4), dtype=np.uint8)
    picture[0, 0] = 255
    after = moved(picture, (right, down))
    assert after.shape == (high + 1, wide + 1, 4)
    np.testing.assert_allclose(
        after.sum((0, 1), dtype=int), picture.sum((0, 1), dtype=int), atol=after[..., 0].size
    )
    y, x = np.mgrid[: high + 1, : wide + 1]
    before = np.zeros_like(after)
    before[:high, :wide] = picture
    for axis, part in ((x, right), (y, down)):
        middles = [(axis[..., None] * p).sum((0, 1)) / p.sum((0, 1)) for p in (before, after)]
        np.testing.assert_allclose(middles[1] - middles[0], part / 4, atol=0.25)
    if not right and not down:
        np.testing.assert_array_equal(after, before)
