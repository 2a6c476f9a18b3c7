"""What labels there are, and how large their letters are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal[
    "star", "landmark", "region", "selected", "hovered", "related", "highlight", "pointer"
]
Key = int | str
"""Of a star its artist's index; of a region, or the pointer, a name of its own."""

#: Returns the width and height of a text of some kind and letter size, in logical pixels.
Measure = Callable[[str, Kind, int], tuple[float, float]]

POINTER: Literal["pointer"] = "pointer"
"""Key and kind of the arrow that points to a selected star out of sight."""

_LARGER = {"landmark": 1, "hovered": 1, "selected": 2}
# Popularity from 0 to 1, and logical pixels: few sizes, so that few pictures of texts are needed.
_BY_FAME = ((0.82, 15), (0.62, 14), (0.35, 13), (0.0, 12))
_REGIONS = (18, 15, 13)
_ARROW = 20


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A text and where it stands now. Lengths are in logical pixels, y down.

    Attributes
    ----------
    key : int or str
        The artist; of a region ``"region:"`` and its name; of the pointer `POINTER`.
    text : str
    x, y, width, height : float
        The box that nothing else may stand in; `x`, `y` is its top left corner.
    alpha : float
        From 0, not seen, to 1.
    kind : Kind
        How it is drawn. A ``"pointer"`` is an arrow without a text.
    size : int
        Of the letters, logical pixels.
    angle : float
        Radians, clockwise as seen, by which it is turned around its middle; 0 for texts.
    """

    key: Key
    text: str
    x: float
    y: float
    width: float
    height: float
    alpha: float
    kind: Kind
    size: int
    angle: float = 0.0


@lru_cache(4096)
def letter_size(kind: Kind, fame: float = 0.0, level: int = 0, factor: float = 1.0) -> int:
    """Return how large the letters of a label are, in logical pixels.

    Parameters
    ----------
    kind : Kind
    fame : float
        Of the artist, from 0 to 1.
    level : int
        Of the region.
    factor : float
        `Look.label_size`.
    """
    if kind == "region":
        size = _REGIONS[min(level, len(_REGIONS) - 1)]
    elif kind == POINTER:
        size = _ARROW
    else:
        size = next(size for least, size in _BY_FAME if fame >= least) + _LARGER.get(kind, 0)
    # Fonts have whole sizes.
    return round(size * factor)
