from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pytest
from vispy import gloo

from galaxy_desktop.model.label_kinds import PlacedLabel
from galaxy_desktop.scene import labels as module
from galaxy_desktop.scene.labels import Labels
from galaxy_desktop.scene.offscreen import Offscreen

SIZE = (100, 60)
GROUND = (0, 0, 255)
Picture = npt.NDArray[np.uint8]


def placed(text: str, x: float, y: float, alpha: float = 1.0, angle: float = 0.0) -> PlacedLabel:
    return PlacedLabel(text, text, x, y, 20, 10, alpha, "star", 12, angle)


def red(_label: PlacedLabel) -> Picture:
    picture = np.zeros((10, 20, 4), np.uint8)
    picture[..., 0] = picture[..., 3] = 255
    return picture


@pytest.fixture
def draw(offscreen: Offscreen) -> Iterator[Callable[..., Picture]]:
    offscreen.make_current()
    labels = Labels()

    def drawn(*some: PlacedLabel, rasterise: Callable = red, ratio: float = 1.0, **how) -> Picture:
        with offscreen.drawing(SIZE):
            gloo.set_viewport(0, 0, *SIZE)
            gloo.set_clear_color((0, 0, 1, 1))
            gloo.clear()
            drawn.missing = labels.draw(some, SIZE, ratio, rasterise, **how)
        return offscreen.read()[..., 2::-1]

    drawn.labels = labels
    yield drawn
    offscreen.make_current()
    labels.delete()


def test_labels_lie_where_they_are_placed_and_nowhere_else(draw) -> None:
    picture = draw(placed("one", 10.3, 5.0), placed("two", 60, 40, alpha=0.5))
    assert (picture[5:15, 10:30] == (255, 0, 0)).all()
    np.testing.assert_allclose(picture[40:50, 60:80].reshape(-1, 3), [[128, 0, 128]] * 200, atol=2)
    picture[5:15, 10:30] = picture[40:50, 60:80] = GROUND
    assert (picture == GROUND).all()


def test_a_later_one_lies_over_those_before(draw) -> None:
    def colours(label: PlacedLabel) -> Picture:
        picture = red(label)
        return picture if label.text == "red" else picture[..., [1, 0, 2, 3]]

    picture = draw(placed("red", 10, 10), placed("green", 20, 15), rasterise=colours)
    assert (picture[15:25, 20:40] == (0, 255, 0)).all()
    assert (picture[12, 12] == (255, 0, 0)).all()


def test_colours_come_times_alpha_already(draw) -> None:
    def half(_label: PlacedLabel) -> Picture:
        return np.full((10, 20, 4), (100, 100, 100, 128), np.uint8)

    picture = draw(placed("half", 10, 10), rasterise=half)
    np.testing.assert_allclose(picture[15, 20], (100, 100, 100 + 127), atol=2)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_picture_has_the_middle_of_its_box_at_any_ratio(draw, ratio: float) -> None:
    def drawn(_label: PlacedLabel) -> Picture:
        picture = np.zeros((round(10 * ratio) + 6, round(20 * ratio) + 6, 4), np.uint8)
        picture[3:-3, 3:-3] = 255
        return picture

    picture = draw(placed("a", 10, 8), rasterise=drawn, ratio=ratio)
    rows, columns = np.nonzero(picture[..., 0])
    assert (rows.mean() + 0.5, columns.mean() + 0.5) == pytest.approx(
        (13 * ratio, 20 * ratio), abs=0.51
    )
    assert rows.size == round(10 * ratio) * round(20 * ratio)


def test_at_rest_texts_stand_on_whole_pixels(draw) -> None:
    sharp = draw(placed("a", 10.4, 5.4))
    assert set(map(tuple, sharp.reshape(-1, 3).tolist())) == {(255, 0, 0), GROUND}


def test_in_motion_texts_glide(draw) -> None:
    def rimmed(label: PlacedLabel) -> Picture:
        return np.pad(red(label), ((2, 2), (2, 2), (0, 0)))

    moved = draw(placed("a", 10.5, 5.0), rasterise=rimmed, still=False)
    np.testing.assert_allclose(moved[10, 10], (128, 0, 128), atol=3)
    np.testing.assert_allclose(moved[10, 30], (128, 0, 128), atol=3)


def test_an_arrow_is_turned_around_its_middle_clockwise(draw) -> None:
    def half(label: PlacedLabel) -> Picture:
        picture = red(label)
        picture[:, :10] = 0
        return picture

    picture = draw(placed("arrow", 40, 25, angle=math.pi / 2), rasterise=half)
    rows, columns = np.nonzero(picture[..., 0] > 128)
    assert rows.min() == 30
    assert rows.max() == 39
    assert columns.min() == 45
    assert columns.max() == 54


def test_a_text_is_asked_for_once_and_after_clearing_again(draw) -> None:
    asked: list[str] = []

    def rasterise(label: PlacedLabel) -> Picture:
        asked.append(label.text)
        return red(label)

    for _ in range(3):
        draw(placed("a", 10, 5), placed("b", 60, 5), rasterise=rasterise)
    assert sorted(asked) == ["a", "b"]
    draw(placed("a", 10, 5), rasterise=rasterise, ratio=2.0)
    assert len(asked) == 3
    draw.labels.clear()
    draw(placed("a", 10, 5), rasterise=rasterise)
    assert len(asked) == 4


def test_new_texts_may_come_a_few_at_a_time(draw) -> None:
    some = [placed(str(k), 4 + 24 * k, 5) for k in range(4)]
    shown = []
    for left in (2, 0, 0):
        picture = draw(*some, most=2)
        assert draw.missing == left
        shown.append(int((picture[..., 0] > 0).sum()) // 200)
    assert shown == [2, 4, 4]


def test_more_texts_than_the_texture_holds_are_all_drawn(draw, monkeypatch) -> None:
    monkeypatch.setattr(module, "_SMALLEST", 32)
    draw.labels.__init__()
    places = [(2 + 24 * (k % 4), 2 + 12 * (k // 4)) for k in range(16)]
    some = [placed(f"text {k}", x, y) for k, (x, y) in enumerate(places)]
    picture = draw(*some)
    for x, y in places:
        assert (picture[y : y + 10, x : x + 20] == (255, 0, 0)).all()
    # And others after them, again and again.
    for turn in range(8):
        other = [placed(f"{turn} {k}", x, y) for k, (x, y) in enumerate(places)]
        picture = draw(*other)
        assert (picture[..., 0] > 0).sum() == 16 * 200


def test_no_labels_draw_nothing(draw) -> None:
    assert (draw() == GROUND).all()
