"""The knobs of a rebuild: what can be set, how far, and what each does to the shape.

The sentences say what was seen: the atlas of music built with each knob low and high and all others
as they were, in pictures and in the figures of `embedding.quality`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from embedding.errors import InputError
from embedding.settings import BuildSettings

MOST_DIMS = 64
"""The engine's `embedding.skipgram.MOST_DIMS`, which brings its compiler along."""
STEPS = 240
"""Places on a slider whose values lie on it by their ratio."""

Scale = Literal["linear", "log", "none"]
Value = int | float


@dataclass(frozen=True, slots=True)
class Knob:
    """One number of `BuildSettings` that can be set.

    Attributes
    ----------
    name : str
        The field of `BuildSettings`.
    title : str
        What it is called, short.
    sentence : str
        What it does to the shape.
    low, high : int or float
        The ends of its slider: where the shapes are. A field takes all that the engine takes.
    scale : {"linear", "log", "none"}
        How values lie on the slider; a knob without a scale has none.
    whole : bool
        Whether it is a whole number.
    """

    name: str
    title: str
    sentence: str
    low: Value
    high: Value
    scale: Scale = "linear"
    whole: bool = True

    @property
    def default(self) -> Value:
        """The value of the original galaxy."""
        value: Value = getattr(BuildSettings(), self.name)
        return value

    @property
    def steps(self) -> int:
        """The last place on the slider; the first is 0."""
        return STEPS if self.scale == "log" else int(self.high - self.low)

    def place(self, value: Value) -> int:
        """Return where on the slider a value lies; what is beyond an end lies at that end."""
        held = min(self.high, max(self.low, value))
        if self.scale == "log":
            return round(STEPS * math.log(held / self.low) / math.log(self.high / self.low))
        return round(held - self.low)

    def at(self, place: int) -> Value:
        """Return the value at a place of the slider, as round as a place is wide."""
        if self.scale != "log":
            return int(self.low) + place
        exact = self.low * math.pow(self.high / self.low, place / STEPS)
        if place in (0, STEPS):
            return self.low if place == 0 else self.high
        digits = 1 - math.floor(math.log10(exact))
        rounded = round(exact, digits)
        return int(rounded) if self.whole else rounded

    def within(self, artists: int) -> Knob:
        """Return this knob for a graph of so many artists: neither is asked for more than it has.

        Nothing else depends on the graph.
        """
        if self.name == "max_artists":
            low = self.low if artists >= 2 * self.low else 2
            return replace(self, low=low, high=max(3, artists))
        if self.name == "dims":
            return replace(self, high=max(self.low + 1, min(self.high, artists)))
        return self

    def show(self, value: Value) -> str:
        """Return a value as it stands in the field."""
        return f"{value:,}" if self.whole else f"{value:g}"

    def read(self, text: str, artists: int) -> Value:
        """Return the value that was typed, for a graph of so many artists.

        Raises
        ------
        InputError
            It is no number, or none that the engine takes; says which it takes.
        """
        least, most = self._bounds(artists)
        wanted = f"a {'whole ' if self.whole else ''}number from {least:,} to {most:,}"
        if not self.whole:
            wanted = "a number above 0, such as 0.5"
        plain = text.strip().replace(" ", "").replace("\u202f", "")
        try:
            value: Value = int(plain.replace(",", "")) if self.whole else float(_point(plain))
        except ValueError:
            kind = "whole number" if self.whole and _is_number(plain) else "number"
            raise InputError(
                f"“{text.strip()}” is no {kind}", where=self.title, remedy=f"give {wanted}"
            ) from None
        if not (least <= value <= most if self.whole else 0 < value < math.inf):
            raise InputError(
                f"{self.show(value)} is not possible", where=self.title, remedy=f"give {wanted}"
            )
        return value

    def _bounds(self, artists: int) -> tuple[int, int]:
        """Return what the engine takes of a whole number."""
        least, most = _BOUNDS.get(self.name, (0, 0))
        if self.name == "max_artists":
            return 2, max(2, artists)
        if self.name == "dims":
            return 3, max(3, min(MOST_DIMS, artists))
        return least, most


_BOUNDS = {
    "walks": (1, 10_000),
    "length": (2, 10_000),
    "window": (1, 1_000),
    "epochs": (1, 10_000),
    "seed": (0, 2**63 - 1),
}


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(_point(text)))
    except ValueError:
        return False


def _point(text: str) -> str:
    """Read "0,5" as people of many countries write it."""
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


KNOBS: tuple[Knob, ...] = (
    Knob(
        "p",
        "Return p",
        "High keeps a walk from turning back and draws arms out of the middle;"
        " low lets it dwell and makes the galaxy rounder.",
        0.1,
        10.0,
        "log",
        whole=False,
    ),
    Knob(
        "q",
        "In-out q",
        "Low sends a walk far out: arms, islands and voids;"
        " high keeps it near its start: an even ball.",
        0.1,
        10.0,
        "log",
        whole=False,
    ),
    Knob(
        "walks",
        "Walks",
        "How often a walk starts at each artist: many make clusters tighter and voids darker,"
        " and take longer.",
        1,
        40,
    ),
    Knob(
        "length",
        "Length",
        "Artists in a walk: long ones see whole regions and set them apart,"
        " short ones only neighbours, which makes an even ball.",
        2,
        80,
    ),
    Knob(
        "window",
        "Window",
        "How far apart in a walk two artists still count as near: wide gathers whole regions,"
        " narrow keeps only the closest together.",
        1,
        30,
    ),
    Knob(
        "epochs",
        "Epochs",
        "Passes over all walks: after one the artists are loose clouds,"
        " after many they are pulled into threads.",
        1,
        20,
    ),
    Knob(
        "dims",
        "Dimensions",
        "3 gives straight rays, 4 and 5 arms; the more there are, the more is lost on the way to 3,"
        " down to fog.",
        3,
        16,
    ),
    Knob(
        "max_artists",
        "Artists",
        "How many are kept, the best known first: fewer are built sooner, and leave small scenes"
        " out.",
        100,
        100_000,
        "log",
    ),
    Knob(
        "seed",
        "Seed",
        "Another seed is another throw of the dice: the same neighbours, at other places.",
        0,
        2**63 - 1,
        "none",
    ),
)
"""All of them, in the order of the panel."""


def knob(name: str) -> Knob:
    """Return the knob of a field.

    Raises
    ------
    KeyError
        There is none.
    """
    return _BY_NAME[name]


_BY_NAME = {each.name: each for each in KNOBS}


def settings_of(recorded: Mapping[str, Any], artists: int) -> BuildSettings:
    """Return the settings that a galaxy says it was built with, as far as they can be used again.

    Parameters
    ----------
    recorded : mapping
        `Galaxy.settings`: from a file, so that anything may stand there. A value that is no good
        gives way to the default, one by one.
    artists : int
        How many artists there are to build from.

    Returns
    -------
    BuildSettings
        Of our own engine, on all cores.
    """
    chosen = BuildSettings()
    # Some values depend on others, such as the two learning rates: twice finds them all.
    for field in (*fields(BuildSettings), *fields(BuildSettings)):
        if field.name in recorded and field.name not in ("engine", "replicas", "workers"):
            try:
                chosen = replace(chosen, **{field.name: recorded[field.name]})
            except (InputError, TypeError):
                continue
    return fitted(chosen, artists)


def fitted(settings: BuildSettings, artists: int) -> BuildSettings:
    """Return settings that a graph of so many artists can be built with."""
    most = max(2, artists)
    return replace(
        settings,
        dims=min(settings.dims, max(3, min(MOST_DIMS, most))),
        averager_dims=min(settings.averager_dims, max(2, min(MOST_DIMS, most))),
        max_artists=min(settings.max_artists, most),
    )
