"""Texts can be read on every ground, and the accent follows the palette."""

from __future__ import annotations

import pytest
from PyQt6.QtGui import QColor, QPalette
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.look import PALETTES, PaletteName
from galaxy_desktop.ui import theme

_GROUNDS = ("ink", "surface", "raised", "hover", "pressed", "chosen")
_TEXTS = ("text", "muted", "faint", "accent", "warning", "danger")


def _light(colour: str) -> float:
    channels = QColor(colour).getRgbF()[:3]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # type: ignore[operator]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES)
def test_every_text_can_be_read_on_every_ground(palette: PaletteName) -> None:
    colours = theme.colours_of(palette)
    for ground in _GROUNDS:
        for text in _TEXTS:
            contrast = _contrast(getattr(colours, text), getattr(colours, ground))
            assert contrast >= 4.5, f"{text} on {ground}: {contrast:.2f}"
    assert _contrast(colours.on_accent, colours.accent) >= 4.5


def test_accents_differ() -> None:
    assert len({theme.colours_of(palette).accent for palette in PALETTES}) == len(PALETTES)


def test_the_accent_follows_the_palette(qtbot: QtBot, qapp: QApplication) -> None:
    button = QLabel()
    qtbot.addWidget(button)
    try:
        theme.apply(qapp, "ember")
        accent = theme.colours_of("ember").accent
        assert theme.colours().accent == accent
        assert button.palette().color(QPalette.ColorRole.Highlight).name() == accent
        assert accent in qapp.styleSheet()
    finally:
        theme.apply(qapp)
    assert accent not in qapp.styleSheet()


def test_nothing_in_the_style_sheet_is_left_open(qapp: QApplication) -> None:
    assert "$" not in qapp.styleSheet()


def test_sizes_are_in_order() -> None:
    sizes = [theme.pixels(size) for size in ("small", "body", "heading", "title")]
    assert sizes == sorted(sizes)
    assert sizes[0] >= 12
