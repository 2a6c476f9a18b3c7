"""Names that always win: of what is selected, pointed at, related to it, or highlighted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.edge_pointer import MARGIN, edge_pointer
from galaxy_desktop.model.label_choice import ALL_SIDES, RIM, Choice, corner
from galaxy_desktop.model.label_kinds import Kind
from galaxy_desktop.model.label_tracks import Track

_MODEST = 0.78
"""How strongly the other names show while some are chosen."""
_MOST = 60
_CAREFUL = 16
"""So many are placed with an eye to the stars of the others: each takes 0.1 ms."""
_STAR = 9.0
"""Logical pixels: a name of another that comes so near to a lit star could be taken for its own."""


def pin(choice: Choice) -> None:
    """Name what is selected, hovered, related and highlighted, in this order."""
    wish = choice.wish
    if wish.selected is not None and wish.names:
        _pin(choice, wish.selected, "selected")
    if wish.hovered is not None and not choice.is_named(wish.hovered):
        _pin(choice, wish.hovered, "hovered")
    if not wish.names:
        return
    lit = np.array(wish.highlights, np.intp)
    if wish.strengths:
        # Asked for one by one: more than who is related to one of them.
        _pin_many(choice, "highlight", lit, np.array(wish.strengths))
    if wish.selected is not None:
        _pin_many(choice, "related", np.array(wish.related, np.intp))
    if not wish.strengths:
        _pin_many(choice, "highlight", lit)


def _pin(choice: Choice, artist: int, kind: Kind) -> None:
    place, size = choice.places([artist])[0], choice.wish.size
    pixels, depths = choice.pose.project(place[None], size)
    off, rings = choice.standoff(depths, np.array([artist]), ringed=True)
    (x, y), away = pixels[0].tolist(), float(off[0])
    inside = 0 <= x <= size[0] and 0 <= y <= size[1]
    if not inside and kind != "selected":
        return
    track = choice.track(artist, kind, ringed=True)
    box = (track.width, track.height)
    if not inside:
        pointer = edge_pointer(choice.pose, place, size, box)
        if pointer is not None:
            choice.take(pointer.label_x, pointer.label_y, track)
            choice.take_around(pointer.x, pointer.y, MARGIN)
    else:
        sides = [track.side, *(side for side in ALL_SIDES if side != track.side)]
        if artist not in choice.old:
            sides = list(ALL_SIDES)
        side = choice.fitting(sides, x, y, away, box, RIM[0])
        if side is None:
            side = choice.fitting(sides, x, y, away, box, None)
        track.side = sides[0] if side is None else side
        choice.take_around(x, y, float(rings[0]))
        choice.take_box(track, x, y, away)
    choice.keep(track, pinned=True)


def _pin_many(
    choice: Choice,
    kind: Kind,
    artists: npt.NDArray[np.intp],
    strengths: npt.NDArray[np.float64] | None = None,
) -> None:
    """Name some artists, as many as there is room for: the strongest first, if they are."""
    if not artists.size:
        return
    choice.modesty = _MODEST
    world, size = choice.world, choice.wish.size
    pixels, depths = choice.pose.project(choice.places(artists), size)
    seen = ((pixels > 0) & (pixels < size)).all(axis=1)
    ranks = np.zeros(len(artists)) if strengths is None else -strengths
    artists, pixels, depths, ranks = artists[seen], pixels[seen], depths[seen], ranks[seen]
    fame = world.fame[artists].astype(np.float64)
    # The nearer of equally famous ones.
    order = np.lexsort((artists, depths / world.radius - 2 * fame, ranks))
    left, careful = min(_MOST, 8 + choice.wish.names), _CAREFUL
    off, _ = choice.standoff(depths, artists, ringed=False)
    for place in order.tolist():
        if left <= 0:
            break
        artist, (x, y), away = int(artists[place]), pixels[place].tolist(), float(off[place])
        sides: Sequence[int] = ()
        if strengths is not None and careful:
            careful -= 1
            others = np.delete(pixels, place, axis=0)
            sides = _sides_by_clearness(choice.track(artist, kind), x, y, away, others)
        left -= choice.name(artist, kind, x, y, away, 1.0, sides)


def _sides_by_clearness(
    track: Track, x: float, y: float, off: float, stars: npt.NDArray[np.float64]
) -> list[int]:
    """Return all sides of a star, those first where its name comes near to the fewest others."""
    corners = np.array([corner(side, x, y, off, track.width, track.height) for side in ALL_SIDES])
    box = np.array([track.width, track.height])
    near = (stars > corners[:, None] - _STAR) & (stars < corners[:, None] + box + _STAR)
    hidden = near.all(axis=2).sum(axis=1)
    return [ALL_SIDES[place] for place in np.argsort(hidden, kind="stable").tolist()]
