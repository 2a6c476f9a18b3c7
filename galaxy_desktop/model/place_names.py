"""What to call the places that were visited."""

from __future__ import annotations

import math

from galaxy_desktop.model.history import History, Place
from galaxy_desktop.model.world import World

NEAR = 0.15
"""In R: farther from any star, one looks at many of them."""
_WHOLE = 1.6
"""In R: farther from its centre, one sees the galaxy as a whole."""


def place_name(place: Place, world: World) -> str:
    """Return what a place is called: after whom it shows, and from how near."""
    position, radius = place.pose.position, world.radius
    artist = world.find_key(place.artist) if place.artist else None
    if artist is not None:
        name = world.name(artist)
        near = math.dist(position, world.positions[artist]) <= NEAR * radius
        return name if near else f"{name} from afar"
    if math.dist(position, world.centre) >= _WHOLE * radius:
        return "The whole galaxy"
    if world.tree_ready:
        apart, star = world.tree.query(position)
        if apart <= NEAR * radius:
            return f"Near {world.name(int(star))}"
    return "A view"


def named_places(history: History, world: World) -> list[tuple[int, str]]:
    """Return which places of a history to list, and their names, the latest first.

    Of several in a row that are called the same, one is enough: the present one, else the latest.
    """
    listed: list[tuple[int, str]] = []
    for i, place in enumerate(history.places):
        name = place_name(place, world)
        if not listed or listed[-1][1] != name:
            listed.append((i, name))
        elif listed[-1][0] != history.at:
            listed[-1] = (i, name)
    return listed[::-1]
