"""The colours of what is averaged: the same in the sidebar and in space."""

from __future__ import annotations

COLOURS = (
    "#ffa24d",
    "#a58bff",
    "#6fe08a",
    "#ff7ab8",
    "#ffe066",
    "#5fc3ff",
    "#ff6b6b",
    "#d9e2ec",
)
"""sRGB, in the order they are handed out: the first two are told apart by eyes of every kind, and
none is the colour of what is selected."""


def free_colour(taken: list[int]) -> int:
    """Return the place in `COLOURS` of the first that is not taken."""
    return next(place for place in range(len(COLOURS)) if place not in taken)
