"""The labels that are shown, from frame to frame: where each is now, and how visible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.label_boxes import gaps
from galaxy_desktop.model.label_kinds import Key, Kind
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.star_size import GROWTH, RADIUS, radius_px

Floats = npt.NDArray[np.float64]

FADE_IN, FADE_OUT = 0.15, 0.25
"""Seconds from nothing to all, and back."""
ROOM = 12.0
"""Logical pixels: of two labels that come nearer to each other, the later one fades away."""
_CLEAR = 4.0
_RING = (8.0, 60.0, 5.0)
"""Of the ring around a chosen star: the least and the largest radius, and its gap."""

SIDES = np.array([[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1], [0, 0]])
"""Where a name stands from its star: right, left, above, below, in the corners; on it."""
MIDDLE = 8
ALWAYS_FIRST: tuple[Kind, ...] = ("selected", "hovered", "related", "highlight")
"""Other names give way to these."""


@dataclass(slots=True)
class Track:
    """A label that is shown, or fading.

    Attributes
    ----------
    key, kind, text, size
        As in `PlacedLabel`.
    artist : int
        -1 for a region.
    anchor : (float, float, float)
        Its place in the galaxy.
    fame : float
    width, height : float
    side : int
        Index into `SIDES`.
    ringed : bool
        Whether there is a ring around its star; then the name stays within the picture, too.
    wanted : bool
        Whether it is to be seen; else it fades away.
    light : float
        The alpha that it has when nothing is in its way.
    alpha : float
    """

    key: Key
    kind: Kind
    text: str
    size: int
    artist: int
    anchor: tuple[float, float, float]
    fame: float
    width: float
    height: float
    side: int
    ringed: bool = False
    wanted: bool = True
    light: float = 1.0
    alpha: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """Where labels are in one frame; arrays of length n.

    Attributes
    ----------
    stars : ndarray of float64, shape (n, 2)
        The pixels of their stars; NaN behind the camera.
    middles : ndarray of float64, shape (n, 2)
        Of their boxes.
    halves : ndarray of float64, shape (n, 2)
        Half of the width and height of the boxes.
    rings : ndarray of float64
        The radius of the ring around the star, 0 for none.
    """

    stars: Floats
    middles: Floats
    halves: Floats
    rings: Floats


class Layout:
    """The unchanging figures of some labels as arrays, to place them in each frame at once.

    Parameters
    ----------
    tracks : list of Track
    unit : float
        `World.star_unit`.
    star_size : float
        `Look.star_size`.
    """

    def __init__(self, tracks: list[Track], unit: float, star_size: float) -> None:
        n = len(tracks)
        self._anchors = np.array([t.anchor for t in tracks], np.float64).reshape(n, 3)
        self._sides = SIDES[[t.side for t in tracks]].astype(np.float64).reshape(n, 2)
        self._fame = np.array([t.fame for t in tracks], np.float64)
        self._ringed = np.array([t.ringed for t in tracks], bool)
        self._halves = np.array([(t.width / 2, t.height / 2) for t in tracks]).reshape(n, 2)
        self._unit, self._star_size = unit, star_size

    def place(self, pose: Pose, size: tuple[float, float]) -> Geometry:
        """Return where everything is, seen from a pose."""
        stars, depths = pose.project(self._anchors, size)
        focal = pose.focal(size[1])
        off, rings = standoff(depths, self._fame, self._ringed, focal, self._unit, self._star_size)
        # In a corner the star's own roundness brings the name nearer.
        corner = np.where(np.abs(self._sides).sum(axis=1) == 2, 0.7, 1.0)
        middles = stars + self._sides * (off * corner)[:, None] + self._sides * self._halves
        return Geometry(stars, middles, self._halves, rings)


def standoff(
    depths: Floats,
    fame: Floats,
    ringed: npt.NDArray[np.bool_],
    focal: float,
    unit: float,
    star_size: float,
) -> tuple[Floats, Floats]:
    """Return how far from its star's middle a name begins, and the ring's radius, 0 for none.

    All in logical pixels, but `depths` and `unit`, `World.star_unit`, in the galaxy's.
    """
    away = np.maximum(np.nan_to_num(depths), 1e-9 * unit)
    radii = radius_px(away / (unit * focal * star_size), fame)
    least, most, gap = _RING
    body = RADIUS * unit * (1 + GROWTH * fame**3)
    rings = np.where(ringed, np.clip(focal * body / away + gap, least, most), 0.0)
    # A star is soft: its light ends before its radius does.
    off: Floats = np.maximum(0.7 * radii, rings) + _CLEAR
    return off, rings


def exchanged(tracks: list[Track], goal: list[Track]) -> tuple[list[Track], bool]:
    """Return labels on the way to others, and whether they are those but for fading.

    What stands elsewhere than it should fades where it is, and comes there once it is gone; a
    name with a ring slides.

    Parameters
    ----------
    tracks : list of Track
        As they are.
    goal : list of Track
        As they shall be; they take the alphas over.
    """
    seen = {track.key: track for track in tracks if track.alpha > 0}
    stays: dict[Key, Track] = {}
    leading, coming, waiting = [], [], False
    for track in goal:
        before = seen.get(track.key)
        if before is not None and before.side != track.side and not track.ringed:
            waiting = True
            continue
        if before is not None:
            track.alpha = before.alpha
            stays[track.key] = track
        if track.kind in ALWAYS_FIRST:
            leading.append(track)
        elif before is None:
            coming.append(track)
    middle = []
    for track in seen.values():
        track.wanted = False
        now = stays.get(track.key, track)
        if now.wanted is False or now.kind not in ALWAYS_FIRST:
            middle.append(now)
    return [*leading, *middle, *coming], not waiting


def hold_within(middles: Floats, halves: Floats, size: tuple[float, float]) -> Floats:
    """Return middles of boxes moved so that the boxes lie within the picture, where they fit."""
    edge = 6.0
    low = np.minimum(halves + edge, np.array(size) / 2)
    return np.clip(middles, low, np.maximum(np.array(size) - low, low))


def room(geometry: Geometry, alive: npt.NDArray[np.bool_]) -> Floats:
    """Return how much each label may be seen for those before it in the list, from 0 to 1.

    It falls to 0 as a box comes to touch one before it, or the ring of another star: so no two
    are ever seen over each other, and none vanishes with a jump.
    """
    n = len(alive)
    if n == 0:
        return np.ones(0)
    distance = gaps(geometry.middles, geometry.halves)
    earlier = np.tri(n, n, -1, bool) & alive[None]
    distance = np.where(earlier & ~np.isnan(distance), distance, np.inf)
    free = distance.min(axis=1)
    for ringed in np.flatnonzero(geometry.rings > 0):
        later = slice(ringed + 1, None)
        apart = np.abs(geometry.middles[later] - geometry.stars[ringed]) - geometry.halves[later]
        clear = np.maximum(apart[:, 0], apart[:, 1]) - geometry.rings[ringed]
        free[later] = np.fmin(free[later], clear)
    allowed: Floats = np.clip(free / ROOM, 0, 1)
    return allowed


def faded(alpha: Floats, goal: Floats, allowed: Floats, dt: float) -> Floats:
    """Return alphas a moment later: nearer to the goal, and never more than is allowed."""
    step = np.clip(goal * allowed - alpha, -dt / FADE_OUT, dt / FADE_IN)
    after: Floats = np.clip(np.minimum(alpha + step, allowed), 0, 1)
    return after
