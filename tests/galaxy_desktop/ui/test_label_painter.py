from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.label_kinds import Kind
from galaxy_desktop.ui.label_painter import LabelPainter

pytestmark = pytest.mark.usefixtures("qtbot")
KINDS: tuple[Kind, ...] = ("star", "landmark", "region", "selected", "hovered", "related")


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_as_large_as_was_measured(kind: Kind, ratio: float) -> None:
    painter = LabelPainter()
    width, height = painter.measure("Sigur Rós", kind, 14)
    picture = painter.paint("Sigur Rós", kind, 14, ratio)
    assert picture.shape == (int(np.ceil(height * ratio)), int(np.ceil(width * ratio)), 4)
    assert picture[..., 3].max() > 150


@pytest.mark.parametrize("text", ["Radiohead", "椎名林檎", "أم كلثوم", "Кино", "🎸", "a" * 300])
@pytest.mark.parametrize("kind", ["star", "selected"])
def test_any_script_leaves_ink_and_none_beyond_its_opacity(text: str, kind: Kind) -> None:
    picture = LabelPainter().paint(text, kind, 14, 1.0)
    assert (picture[..., :3] <= picture[..., 3:]).all()
    assert picture[..., 3].any()


def test_letters_are_light_on_a_dark_shade_and_nothing_is_cut_off() -> None:
    picture = LabelPainter().paint("Høyåq", "landmark", 16, 2.0)
    assert (picture[..., :3].min(axis=2) > 200).any()
    shade = (picture[..., 3] > 60) & (picture[..., :3].max(axis=2) < 40)
    assert shade.any()
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    assert (edge[:, :3] < 60).all()


def test_the_selected_one_wears_the_accent(qtbot: QtBot) -> None:
    del qtbot
    picture = LabelPainter("#ff0000").paint("Nina", "selected", 16, 2.0).astype(int)
    assert ((picture[..., 0] > 200) & (picture[..., 1] < 60)).any()


def test_an_arrow_points_to_the_right() -> None:
    ink = LabelPainter().paint("", "pointer", 18, 4.0)[..., 3] > 128
    rows = ink.sum(axis=0)
    assert rows[ink.shape[1] // 4] > rows[3 * ink.shape[1] // 4]
