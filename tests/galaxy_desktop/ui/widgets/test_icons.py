"""The icons are there, in the colours of the theme, crisp at any ratio."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QColor, QIcon, QImage
from PyQt6.QtWidgets import QApplication

from galaxy_desktop.ui import icons, theme


def _colours(image: QImage) -> set[str]:
    """Return the colours of what is opaque."""
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", icons.NAMES)
def test_every_icon_draws_in_one_colour_and_touches_no_edge(name: str) -> None:
    image = icons.icon(name).pixmap(QSize(48, 48)).toImage()
    # Where two strokes cross, blending rounds.
    muted = QColor(theme.colours().muted)
    assert all(abs(QColor(c).lightness() - muted.lightness()) < 5 for c in _colours(image))
    edge = [image.pixelColor(i, j).alpha() for i in range(48) for j in (0, 47)]
    assert max(edge) == 0


def test_tints_say_what_state_a_button_is_in() -> None:
    colours = theme.colours()
    home, size = icons.icon("home"), QSize(48, 48)
    mode, state = QIcon.Mode, QIcon.State
    for tint, drawn in {
        colours.muted: home.pixmap(size, mode.Normal),
        colours.text: home.pixmap(size, mode.Active),
        colours.accent: home.pixmap(size, mode.Normal, state.On),
        colours.edge: home.pixmap(size, mode.Disabled),
        colours.on_accent: icons.icon("home", "primary").pixmap(size),
        colours.danger: icons.icon("home", "danger").pixmap(size),
    }.items():
        assert _colours(drawn.toImage()) == {tint}


def test_an_icon_follows_the_theme(qapp: QApplication) -> None:
    home = icons.icon("home", "soft")
    try:
        theme.apply(qapp, "aurora")
        after = home.pixmap(QSize(48, 48)).toImage()
    finally:
        theme.apply(qapp)
    assert _colours(after) == {theme.colours_of("aurora").accent}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_has_a_pixel_for_every_pixel(ratio: float) -> None:
    drawn = icons.icon("search").pixmap(QSize(18, 18), ratio)
    assert drawn.size() == QSize(round(18 * ratio), round(18 * ratio))
    assert drawn.devicePixelRatio() == ratio


def test_an_icon_outlives_the_one_it_was_copied_from() -> None:
    copies = [QIcon(icons.icon("home")) for _ in range(50)]
    assert all(not copy.pixmap(QSize(16, 16)).isNull() for copy in copies)


def test_there_is_no_such_icon() -> None:
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")


@pytest.mark.parametrize("size", [16, 32, 256])
def test_the_programs_icon_is_a_bright_heart_on_a_dark_square(size: int) -> None:
    image = icons.program_icon().pixmap(QSize(size, size)).toImage()
    assert image.size() == QSize(size, size)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(size // 2, size // 2).lightness() > 200
    assert image.pixelColor(size // 2, size // 8).lightness() < 60
