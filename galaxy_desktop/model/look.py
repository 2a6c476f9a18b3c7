"""`Look`: what a user can change about how a galaxy is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

PaletteName = Literal["lagoon", "aurora", "ember"]
ToneMapping = Literal["reinhard", "aces"]
PALETTES: tuple[PaletteName, ...] = get_args(PaletteName)
TONE_MAPPINGS: tuple[ToneMapping, ...] = get_args(ToneMapping)


@dataclass(frozen=True, slots=True)
class Look:
    """How a galaxy is drawn.

    Attributes
    ----------
    palette : {"lagoon", "aurora", "ember"}
        The colours: the original's teal and blue; a wide one; one safe for colour-blind eyes.
    tone : {"reinhard", "aces"}
        The curve from light to screen.
    exposure : float
        Factor of all light, 0.25 to 4.
    bloom : float
        Factor of the light that bleeds, 0 to 2.
    star_size : float
        Factor, 0.5 to 2.
    connections : float
        Which share of the lines is drawn, 0 (none) to 1.
    labels : float
        Factor of how many names are shown, 0 (none) to 2.
    label_size : float
        Factor of the size of names, 0.75 to 2.
    """

    palette: PaletteName = "lagoon"
    tone: ToneMapping = "aces"
    exposure: float = 1.0
    bloom: float = 1.0
    star_size: float = 1.0
    connections: float = 1.0
    labels: float = 1.0
    label_size: float = 1.0
