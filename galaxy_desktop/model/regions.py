"""Regions: parts of the galaxy whose artists share a tag, so that they can be called by it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.world import World

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the galaxy with a name.

    Attributes
    ----------
    name : str
        The tag.
    centre : (float, float, float)
        The middle of its artists, in galaxy units; artists far from the others do not shift it.
    radius : float
        Half of its artists, about, stand nearer to the centre than this; galaxy units.
    level : int
        0 for those that together divide the whole galaxy; 1, 2 for finer ones.
    artists : int
        How many have the tag.
    """

    name: str
    centre: tuple[float, float, float]
    radius: float
    level: int
    artists: int


@dataclass(frozen=True, slots=True)
class _Level:
    """Which regions a level is made of; lengths in R."""

    most: int
    widest: float
    narrowest: float
    apart: float
    artists: int


_LEVELS = (
    _Level(most=20, widest=0.5, narrowest=0.1, apart=0.38, artists=60),
    _Level(most=60, widest=0.24, narrowest=0.045, apart=0.2, artists=25),
    _Level(most=240, widest=0.12, narrowest=0.015, apart=0.085, artists=12),
)
_LEAST_ARTISTS = 10
_PURE = 0.16
"""Of the artists in a region, so many at least have its tag."""
_LARGE = 14.0
"""So many times the artists that a level asks for: more make a region no better."""
_ROUNDS = 4
_CANDIDATES = 900

# A decade is everywhere, and what everybody is tells nobody apart.
_NO_PLACE = re.compile(
    r"(19|20)?\d0'?s|oldies|music|artists?|bands?|favou?rites?|live|best|various"
)


def find_regions(world: World) -> tuple[Region, ...]:
    """Find the regions of a galaxy, the coarse ones first; none where there are no tags.

    A tag names a region if its artists stand close together and not many others among them. For a
    worker thread: 0.1 s for 40,000 artists with four tags each.
    """
    tags = world.galaxy.tags
    if tags is None:
        return ()
    names, owners, tag = _pairs(tags)
    if not names:
        return ()
    count = np.bincount(tag, minlength=len(names))
    centres, radii = _middles(world, owners, tag, count)
    likely = np.flatnonzero((count >= _LEAST_ARTISTS) & (radii < _LEVELS[0].widest * world.radius))
    if not likely.size:
        return ()
    # The cheap test first: many artists in little room.
    promise = count[likely] / np.maximum(radii[likely] / world.radius, 0.03) ** 1.5
    likely = likely[np.argsort(-promise, kind="stable")[:_CANDIDATES]]
    purity = _purity(world, owners, tag, likely, centres, radii)
    pure = purity >= _PURE
    likely, purity = likely[pure], purity[pure]
    return tuple(_chosen(world, names, likely, purity, centres, radii, count))


def _pairs(
    tags: Iterable[tuple[str, ...]],
) -> tuple[list[str], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the tags that may name a region, and every pair of an artist and its tag."""
    numbers: dict[str, int] = {}
    each = list(tags)
    lengths = np.fromiter(map(len, each), np.intp, len(each))
    found = [numbers.setdefault(tag, len(numbers)) for tag in chain.from_iterable(each)]
    tag = np.array(found, np.intp)
    owners = np.repeat(np.arange(len(each)), lengths)
    names = list(numbers)
    named = np.array([bool(name.strip()) and not _NO_PLACE.fullmatch(name) for name in names], bool)
    if not named.all() and len(names):
        new = np.cumsum(named) - 1
        keep = named[tag]
        owners, tag = owners[keep], new[tag[keep]]
        names = [name for name, good in zip(names, named, strict=True) if good]
    order = np.argsort(tag, kind="stable")
    return names, owners[order], tag[order]


def _middles(
    world: World,
    owners: npt.NDArray[np.intp],
    tag: npt.NDArray[np.intp],
    count: npt.NDArray[np.intp],
) -> tuple[Floats, Floats]:
    """Return a robust middle of each tag's artists, shape (t, 3), and how far they are from it.

    Mean, then means in which an artist counts the less the farther it is from the last.
    """
    places = world.positions[owners].T.astype(np.float64)
    tags = len(count)
    weight = np.ones(len(owners))
    for turn in range(_ROUNDS):
        total = np.maximum(np.bincount(tag, weight, tags), 1e-300)
        centre = np.stack([np.bincount(tag, weight * c, tags) / total for c in places])
        away = np.sqrt(np.square(places - centre[:, tag]).sum(axis=0))
        if turn == 0:
            scale = np.bincount(tag, away, tags) / np.maximum(count, 1)
        else:
            scale = np.bincount(tag, weight * away, tags) / total
        near = away / np.maximum(scale, 1e-9 * world.radius)[tag]
        weight = 1 / (1 + near**4)
    return centre.T, scale


def _purity(
    world: World,
    owners: npt.NDArray[np.intp],
    tag: npt.NDArray[np.intp],
    likely: npt.NDArray[np.intp],
    centres: Floats,
    radii: Floats,
) -> Floats:
    """Return which share of the artists around each tag's middle has the tag."""
    starts = np.searchsorted(tag, likely)
    ends = np.searchsorted(tag, likely, "right")
    everyone = world.tree.query_ball_point(
        centres[likely], np.maximum(radii[likely], 1e-9), return_length=True
    )
    own = [
        int((np.linalg.norm(world.positions[owners[a:b]] - centres[t], axis=1) <= radii[t]).sum())
        for t, a, b in zip(likely, starts, ends, strict=True)
    ]
    purity: Floats = np.array(own) / np.maximum(everyone, 1)
    return purity


def _chosen(
    world: World,
    names: list[str],
    likely: npt.NDArray[np.intp],
    purity: Floats,
    centres: Floats,
    radii: Floats,
    count: npt.NDArray[np.intp],
) -> Iterable[Region]:
    """Choose, level by level, the best regions that are far from better ones."""
    unit = world.radius
    taken: set[int] = set()
    for number, level in enumerate(_LEVELS):
        wide = radii[likely] / unit
        size = np.minimum(count[likely] / level.artists, _LARGE)
        fits = (wide <= level.widest) & (wide >= level.narrowest) & (size >= 1)
        merit = np.where(fits, purity * np.sqrt(size), 0)
        order = np.argsort(-merit, kind="stable")
        chosen: list[int] = []
        for place in order[: int(fits.sum())]:
            this = int(likely[place])
            if this in taken or len(chosen) == level.most:
                continue
            gaps = np.linalg.norm(centres[chosen] - centres[this], axis=1)
            if chosen and gaps.min() < level.apart * unit:
                continue
            chosen.append(this)
            taken.add(this)
            x, y, z = centres[this]
            centre = (float(x), float(y), float(z))
            yield Region(names[this], centre, float(radii[this]), number, int(count[this]))
