"""Where a window may be put, on screens that come and go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_TITLE = 40
"""Logical pixels: a title bar is no higher."""
_TITLES_TALL = 8
"""A screen that is no higher than so many of them has none to spare."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the desktop's logical pixels: its left top corner and its size."""

    x: int
    y: int
    width: int
    height: int

    def overlap(self, other: Box) -> int:
        """Return how many pixels are in both."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(0, across) * max(0, down)

    def inside(self, other: Box) -> Box:
        """Return this one moved, and made smaller if it must be, so that it lies in another."""
        width, height = min(self.width, other.width), min(self.height, other.height)
        return Box(
            max(other.x, min(self.x, other.x + other.width - width)),
            max(other.y, min(self.y, other.y + other.height - height)),
            width,
            height,
        )

    def centred_in(self, other: Box) -> Box:
        """Return this one in the middle of another, made smaller if it must be."""
        small = self.inside(other)
        return Box(
            other.x + (other.width - small.width) // 2,
            other.y + (other.height - small.height) // 2,
            small.width,
            small.height,
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen, and the part of the desktop on it that windows may take."""

    name: str
    box: Box


def fit_to_screens(window: Box, screens: Sequence[Screen], wanted: str = "") -> Box:
    """Return where a window goes that was somewhere when other screens may have been there.

    On the screen that it lies on most, as it was as far as that screen has room. If it lies on
    none, in the middle of the screen `wanted`, else of the first one. Where it is moved, its title
    bar has room above it: that is not part of a window's own place.

    Parameters
    ----------
    window : Box
    screens : sequence of Screen
        The main one first; with none, the window stays as it is.
    wanted : str
        The name of the screen that it was on.
    """
    if not screens:
        return window
    best = max(screens, key=lambda screen: (window.overlap(screen.box), screen.name == wanted))
    if window.inside(best.box) == window:
        return window
    if window.overlap(best.box):
        return window.inside(_below_title(best.box))
    named = [screen for screen in screens if wanted and screen.name == wanted]
    return window.centred_in(_below_title((named or screens)[0].box))


def _below_title(room: Box) -> Box:
    if room.height <= _TITLES_TALL * _TITLE:
        return room
    return Box(room.x, room.y + _TITLE, room.width, room.height - _TITLE)
