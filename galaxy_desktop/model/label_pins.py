"""Names that always win: of what is selected, pointed at, related to it, or highlighted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.edge_pointer import MARGIN, edge_pointer
from galaxy_desktop.model.label_choice import ALL_SIDES, RIM, Choice
from galaxy_desktop.model.label_kinds import Kind

_MODEST = 0.78
"""How strongly the other names show while some are chosen."""
_MOST = 60


def pin(choice: Choice) -> None:
    """Name what is selected, hovered, related and highlighted, in this order."""
    wish = choice.wish
    if wish.selected is not None and wish.names:
        _pin(choice, wish.selected, "selected")
    if wish.hovered is not None and not choice.is_named(wish.hovered):
        _pin(choice, wish.hovered, "hovered")
    if not wish.names:
        return
    kinds: tuple[tuple[Kind, tuple[int, ...]], ...] = (
        ("related", wish.related if wish.selected is not None else ()),
        ("highlight", wish.highlights),
    )
    for kind, artists in kinds:
        if artists:
            choice.modesty = _MODEST
            _pin_many(choice, kind, np.array(artists, np.intp))


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


def _pin_many(choice: Choice, kind: Kind, artists: npt.NDArray[np.intp]) -> None:
    world, size = choice.world, choice.wish.size
    pixels, depths = choice.pose.project(choice.places(artists), size)
    seen = ((pixels > 0) & (pixels < size)).all(axis=1)
    artists, pixels, depths = artists[seen], pixels[seen], depths[seen]
    fame = world.fame[artists].astype(np.float64)
    # The nearer of equally famous ones.
    order = np.lexsort((artists, depths / world.radius - 2 * fame))
    left = min(_MOST, 8 + choice.wish.names)
    off, _ = choice.standoff(depths, artists, ringed=False)
    for place in order.tolist():
        if left <= 0:
            break
        x, y = pixels[place].tolist()
        left -= choice.name(int(artists[place]), kind, x, y, float(off[place]), 1.0)
