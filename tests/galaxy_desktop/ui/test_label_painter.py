from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pytest
from PyQt6.QtGui import QColor, QFontMetrics

from galaxy_desktop.model.label_kinds import Kind, PlacedLabel
from galaxy_desktop.model.look import PALETTES
from galaxy_desktop.scene.palettes import PALETTES as COLOURS
from galaxy_desktop.scene.palettes import linear
from galaxy_desktop.ui.label_painter import LabelPainter, Pixels
from galaxy_desktop.ui.label_style import accent_colour, font_of

pytestmark = pytest.mark.usefixtures("qtbot")
TEXTS: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != "pointer")
NOWHERE = "\U000f1234"  # for private use: no font has it, so what is drawn is the box


def paint(
    text: str,
    kind: Kind = "star",
    size: int = 14,
    ratio: float = 1.0,
    painter: LabelPainter | None = None,
) -> Pixels:
    painter = painter or LabelPainter()
    width, height = painter.measure(text, kind, size)
    label = PlacedLabel(0, text, 0, 0, width, height, 1.0, kind, size)
    return painter.paint(label, ratio)


def ink(picture: Pixels) -> np.ndarray:
    """Return where something bright is."""
    return picture[..., :3].max(axis=2) > 60


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("kind", TEXTS)
def test_letters_are_in_the_box_that_was_measured_and_in_its_middle(
    kind: Kind, ratio: float
) -> None:
    painter = LabelPainter()
    width, height = painter.measure("Hannah H", kind, 14)
    picture = paint("Hannah H", kind, 14, ratio, painter)
    rows, columns = np.nonzero(ink(picture))
    middle = (picture.shape[1] - 1) / 2
    assert (columns.min() + columns.max()) / 2 == pytest.approx(middle, abs=1.5 * ratio)
    assert columns.max() - columns.min() <= width * ratio + 2
    assert columns.max() - columns.min() >= (width - 20) * ratio
    assert rows.max() - rows.min() <= height * ratio + 1
    middle = (picture.shape[0] - 1) / 2
    assert (rows.min() + rows.max()) / 2 == pytest.approx(middle, abs=1.5 * ratio)


@pytest.mark.parametrize("kind", TEXTS)
def test_pictures_fade_to_nothing_at_their_rim_and_colours_keep_below_alpha(kind: Kind) -> None:
    picture = paint("Ångström ğ", kind, 18, 1.5)
    rim = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    assert (rim <= 4).all()
    assert (picture[..., :3] <= picture[..., 3:]).all()


def test_light_letters_have_a_dark_halo_that_covers_what_glows_behind() -> None:
    picture = paint("Nina Simone", "star", 14, 2.0)
    letters = ink(picture)
    grown = letters.copy()
    for axis in (0, 1):
        for shift in (-2, -1, 1, 2):
            grown |= np.roll(letters, shift, axis)
    rim = grown & ~letters
    assert np.median(picture[rim][:, 3]) > 160
    over_white = picture[..., :3] + (255 - picture[..., 3:].astype(int))
    assert np.median(over_white[rim].max(axis=1)) < 120
    assert np.median(over_white[letters].max(axis=1)) > 150


def test_only_hovered_and_selected_names_have_a_plate() -> None:
    for kind in TEXTS:
        picture = paint("i" + 20 * " " + "i", kind, 14, 1.0)
        between = picture[picture.shape[0] // 2, picture.shape[1] // 2]
        assert (between[3] > 150) == (kind in ("hovered", "selected"))


@pytest.mark.parametrize(
    "text", ["Radiohead", "椎名林檎", "방탄소년단", "أم كلثوم", "Кино", "Σωκράτης", "จินตหรา", "🎸"]
)
@pytest.mark.parametrize("kind", ["star", "selected"])
def test_any_script_is_written(text: str, kind: Kind) -> None:
    painter = LabelPainter()
    picture = paint(text, kind, 20, 2.0, painter)
    assert ink(picture).sum() > 50
    if not QFontMetrics(font_of(kind, 20)).inFontUcs4(ord(text[0])) and text != "Radiohead":
        # The font of the interface has no such letter. Unless no font here has, it is no box.
        box = paint(NOWHERE, kind, 20, 2.0, painter)
        one = paint(text[0], kind, 20, 2.0, painter)
        if one.shape == box.shape and (one == box).all():
            pytest.skip(f"no font on this machine has {text[0]}")


def test_text_from_right_to_left_is_as_long_as_it_was_measured() -> None:
    painter = LabelPainter()
    width, _ = painter.measure("فيروز (مطربة)", "star", 20)
    _, columns = np.nonzero(ink(paint("فيروز (مطربة)", "star", 20, 1.0, painter)))
    assert columns.max() - columns.min() == pytest.approx(width, abs=8)


def test_names_of_regions_are_capitals_and_wide() -> None:
    painter = LabelPainter()
    assert painter.measure("jazz", "region", 14)[0] > 1.3 * painter.measure("jazz", "star", 14)[0]
    np.testing.assert_array_equal(paint("jazz", "region"), paint("JAZZ", "region"))


def test_letters_that_join_are_never_torn_apart() -> None:
    painter = LabelPainter()
    assert painter.measure("طرب", "region", 14) == painter.measure("طرب", "landmark", 14)


def test_a_larger_size_is_larger_by_as_much() -> None:
    painter = LabelPainter()
    small, large = (painter.measure("Björk", "star", size)[0] for size in (12, 24))
    assert large == pytest.approx(2 * small, rel=0.03)


@pytest.mark.parametrize("palette", PALETTES)
def test_what_is_chosen_has_the_colour_of_the_chosen_stars(palette: str) -> None:
    painter = LabelPainter(palette)
    accent = accent_colour(palette)
    np.testing.assert_allclose(linear(accent.name()), COLOURS[palette].accent, atol=0.01)
    arrow = PlacedLabel("pointer", "", 0, 0, 20, 20, 1.0, "pointer", 20)
    picture = painter.paint(arrow, 4.0)
    solid = picture[picture.shape[0] // 2, picture.shape[1] // 2]
    assert QColor(*solid.tolist()[:3]).name() == accent.name()


def test_an_arrow_points_to_the_right() -> None:
    arrow = PlacedLabel("pointer", "", 0, 0, 20, 20, 1.0, "pointer", 20)
    columns = ink(LabelPainter().paint(arrow, 4.0)).sum(axis=0)
    used = np.flatnonzero(columns)
    length = used.max() - used.min()
    assert columns[used.min() + length // 5] > 3 * columns[used.max() - length // 10]


def test_sizes_are_remembered_but_not_without_end() -> None:
    painter = LabelPainter()
    for number in range(10_000):
        painter.measure(f"Artist {number}", "star", 12)
    remembered = painter.measure.cache_info()
    assert remembered.currsize == remembered.maxsize < 10_000
    assert math.isclose(painter.measure("x", "star", 12)[1], 12 * 1.35)
