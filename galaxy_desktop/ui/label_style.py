"""How names in the galaxy are written: fonts and colours by kind of label."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtGui import QColor, QFont

from galaxy_desktop.model.label_kinds import Kind
from galaxy_desktop.model.look import PaletteName
from galaxy_desktop.scene.palettes import PALETTES
from galaxy_desktop.ui import theme

Weight = QFont.Weight


@dataclass(frozen=True, slots=True)
class Style:
    """How the labels of one kind are written.

    Attributes
    ----------
    colour : str
        Of the letters.
    weight : QFont.Weight
    tracking : float
        Room between letters, as a part of their size.
    capitals : bool
    halo : float
        How dark it is around the letters, 0 to 1.
    blur : float
        How soft that is, in logical pixels: letters that stand apart need a wider shade.
    plate : bool
        Whether there is a rounded plate behind, and how wide and high it is beyond the text.
    """

    colour: str
    weight: QFont.Weight = Weight.Medium
    tracking: float = 0.0
    capitals: bool = False
    halo: float = 0.85
    blur: float = 1.7
    plate: bool = False


_STYLES: dict[Kind, Style] = {
    "star": Style("#d3dfec"),
    "landmark": Style("#f4f8ff", Weight.DemiBold, 0.015),
    "region": Style("#c9dcfb", Weight.DemiBold, 0.16, capitals=True, halo=0.95, blur=2.6),
    "selected": Style("#ffffff", Weight.DemiBold, plate=True),
    "hovered": Style("#ffffff", Weight.DemiBold, plate=True),
    "related": Style("#ffffff"),
    "highlight": Style("#ffffff"),
    "pointer": Style("#ffffff"),
}
# From Hebrew and Arabic to Burmese, Khmer and Mongolian, and the ready-made forms of Arabic.
_JOINING = (
    ("\u0590", "\u109f"),
    ("\u1700", "\u18af"),
    ("\u1900", "\u1cff"),
    ("\ua800", "\uabff"),
    ("\ufb1d", "\ufefc"),
)
_CHOSEN = ("related", "highlight", "pointer")


def style_of(kind: Kind) -> Style:
    """Return how labels of a kind are written."""
    return _STYLES[kind]


def text_colour(kind: Kind, palette: PaletteName) -> QColor:
    """Return the colour of the letters: what is chosen has the colour of the chosen stars."""
    if kind not in _CHOSEN:
        return QColor(_STYLES[kind].colour)
    accent = accent_colour(palette)
    white = 0.0 if kind == "pointer" else 0.55
    return QColor.fromRgbF(
        *(white + (1 - white) * c for c in (accent.redF(), accent.greenF(), accent.blueF()))
    )


def accent_colour(palette: PaletteName) -> QColor:
    """Return the colour of what is chosen in the galaxy."""
    # What `linear` made of it, back.
    linear = PALETTES[palette].accent
    srgb = (c * 12.92 if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in linear)
    return QColor.fromRgbF(*(min(max(c, 0.0), 1.0) for c in srgb))


def font_of(kind: Kind, pixels: float, text: str = "") -> QFont:
    """Return the font of a text on a kind of label whose letters are so many pixels large."""
    style = _STYLES[kind]
    font = QFont(theme.font())
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(style.weight)
    tracking = 0.0 if _joined(text) else style.tracking * pixels
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking)
    # Widths then grow evenly with the size, whatever the pixel ratio.
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def _joined(text: str) -> bool:
    """Return whether a text has letters that join others: room between them would tear it."""
    return not text.isascii() and any(
        first <= letter <= last for letter in text for first, last in _JOINING
    )
