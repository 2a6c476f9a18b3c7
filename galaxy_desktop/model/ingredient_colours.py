"""The colours of what is averaged: the same in the sidebar and in space."""

from __future__ import annotations

COLOURS = (
    "#ff8296",
    "#a58bff",
    "#b6f05a",
    "#ffa24d",
    "#5fc3ff",
    "#ffe066",
    "#ff7ae0",
    "#d9e2ec",
)
"""sRGB, in the order they are handed out: the first two are told apart by eyes of every kind, and
from the stars and what is selected among them."""


def free_colour(taken: list[int]) -> int:
    """Return the place in `COLOURS` of the first that is not taken."""
    return next(place for place in range(len(COLOURS)) if place not in taken)
