"""How the window looks: one table of colours and sizes, from which palette and style sheet follow.

Dark and quiet, so that the galaxy is what shines; one accent, that of the palette it is drawn in.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from string import Template
from typing import Literal

from PyQt6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PyQt6.QtWidgets import QApplication

from galaxy_desktop.model.look import PaletteName

UNIT = 8
"""The grid: every distance is a multiple or a half of it."""
RADIUS = 8
ROW = 36
"""Height of a row in a list."""
CONTROL = 32
"""Height of buttons and fields."""
SIDEBAR = 320
ICON = 18
SMALL_ICON = 14
VEIL = 0.97
"""How opaque a panel over the galaxy is."""

TextSize = Literal["small", "body", "heading", "title"]
_STEPS: dict[TextSize, int] = {"small": -1, "body": 0, "heading": 2, "title": 9}
_SMALLEST_BODY = 13

_ACCENTS: dict[PaletteName, str] = {"lagoon": "#42e7ed", "aurora": "#7df0b0", "ember": "#ffd166"}
_SURFACE = "#0c121b"
# Where the desktop asks for no more than "some sans", the first of these that is there.
_PLEASANT = (
    "Inter", "Noto Sans", "Source Sans 3", "Cantarell", "Ubuntu", "Open Sans", "Noto Sans CJK JP"
)  # fmt: skip
_GENERIC = {"", "sans", "sans serif", "sans-serif"}


@dataclass(frozen=True, slots=True)
class Colours:
    """All colours of the window, ``#rrggbb``. Text has a contrast of 4.5 or more on every ground.

    Grounds, from behind to before: `ink` `surface` (panels) `raised` (fields, buttons, chips)
    `hover` `pressed`, and `chosen` under what is selected. Hairlines are `line`, borders `edge`.
    """

    accent: str
    chosen: str
    on_accent: str = "#04161a"
    ink: str = "#070b12"
    surface: str = _SURFACE
    raised: str = "#151e2a"
    hover: str = "#1c2735"
    pressed: str = "#223042"
    line: str = "#1c2633"
    edge: str = "#2d3c4f"
    text: str = "#e8eef5"
    muted: str = "#a6b5c5"
    faint: str = "#8d9eb1"
    warning: str = "#ffb65c"
    danger: str = "#ff8f98"


@cache
def colours_of(palette: PaletteName) -> Colours:
    """Return the colours that go with a palette of the galaxy."""
    accent = _ACCENTS[palette]
    return Colours(accent, chosen=_mix(accent, _SURFACE, 0.16))


def colours() -> Colours:
    """Return the colours in use."""
    return _in_use


@cache
def pixels(size: TextSize) -> int:
    """Return the height of a text in pixels; it follows the size that the desktop asks for."""
    return max(_SMALLEST_BODY, QFontInfo(_system_font()).pixelSize()) + _STEPS[size]


@cache
def font(size: TextSize = "body", *, bold: bool = False) -> QFont:
    """Return the font of a text; whoever wants it otherwise copies it."""
    chosen = QFont(_system_font())
    if chosen.family().casefold() in _GENERIC:
        chosen.setFamilies([*_PLEASANT, chosen.family()])
    chosen.setPixelSize(pixels(size))
    if bold:
        chosen.setWeight(QFont.Weight.DemiBold)
    return chosen


def apply(app: QApplication, palette: PaletteName = "lagoon") -> None:
    """Dress the application; again with another palette, all open windows change."""
    global _in_use
    _in_use = colours_of(palette)
    # The desktop may ask for another size by now.
    pixels.cache_clear()
    font.cache_clear()
    if not app.styleSheet():
        app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_palette(_in_use))
    app.setStyleSheet(_style_sheet(_in_use))


def _system_font() -> QFont:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)


def _mix(colour: str, ground: str, share: float) -> str:
    over, under = (bytes.fromhex(each[1:]) for each in (colour, ground))
    parts = (round(a * share + b * (1 - share)) for a, b in zip(over, under, strict=True))
    return "#" + bytes(parts).hex()


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for colour, roles in {
        c.ink: (role.Window, role.Shadow, role.Dark),
        c.surface: (role.Base, role.ToolTipBase),
        c.raised: (role.AlternateBase, role.Button),
        c.line: (role.Mid,),
        c.hover: (role.Midlight, role.Light),
        c.text: (role.WindowText, role.Text, role.ButtonText, role.ToolTipText),
        c.faint: (role.PlaceholderText,),
        c.accent: (role.Highlight, role.Link, role.LinkVisited, role.Accent, role.BrightText),
        c.on_accent: (role.HighlightedText,),
    }.items():
        for each in roles:
            palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(c.faint))
    return palette


def _style_sheet(c: Colours) -> str:
    template = Template((resources.files(__package__) / "theme.qss").read_text("utf-8"))
    surface = QColor(c.surface)
    veil = f"rgba({surface.red()}, {surface.green()}, {surface.blue()}, {VEIL})"
    sizes = {size: f"{pixels(size)}px" for size in _STEPS}
    return template.substitute(
        asdict(c) | sizes,
        veil=veil,
        radius=f"{RADIUS}px",
        half=f"{UNIT // 2}px",
        unit=f"{UNIT}px",
        twice=f"{2 * UNIT}px",
        control=f"{CONTROL}px",
    )


_in_use = colours_of("lagoon")
