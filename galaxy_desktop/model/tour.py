"""`Tour`: a flight through a galaxy that is the same every time, and what to see on the way."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model import framing
from galaxy_desktop.model.motion import Motion, as_vector
from galaxy_desktop.model.pose import Pose, looking_at
from galaxy_desktop.model.trip import Trip
from galaxy_desktop.model.world import World

_SAMPLE = 500
"""Of so many artists it is looked at how densely they stand."""
_REGION = 200
"""A region is one artist in so many, and the most that are looked at to find one."""
_OUTER = 0.7
"""Farther than this from the middle, in R, a region is one of its own."""
_FAMOUS = 60
"""Among so many of the best known, the places for names are looked for."""
_PAUSE = 0.8
"""Seconds at each stop."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One picture of the tour.

    Attributes
    ----------
    name : str
        For a file: lower case and hyphens.
    pose : Pose
    selected : int or None
        The artist whose card is open there.
    """

    name: str
    pose: Pose
    selected: int | None = None


class Tour:
    """Five stops and the way through them, back to the first.

    Parameters
    ----------
    world : World
    aspect : float
        Width over height of the pictures.
    fov : float
        Vertical field of view in degrees.

    Attributes
    ----------
    stops : tuple of Stop
        Overview, from the side, towards a dense region, among well-known artists, at the best
        known one.
    duration : float
        Seconds that the way takes.
    """

    def __init__(self, world: World, aspect: float = 1.6, fov: float = 60.0) -> None:
        home = framing.home_pose(world, aspect, fov)
        self.stops = _stops(world, home)
        poses = [stop.pose for stop in self.stops]
        self._trips = [
            Trip(one, Motion(), other, world.radius, world.centre)
            for one, other in pairwise([*poses, home])
        ]
        self._begins = np.cumsum([0.0, *(trip.duration + _PAUSE for trip in self._trips)]).tolist()
        self.duration: float = self._begins.pop()

    def pose_at(self, seconds: float) -> Pose:
        """Return where the camera is so long after the start; after the end it starts again."""
        seconds %= self.duration
        leg = bisect_right(self._begins, seconds) - 1
        return self._trips[leg].pose(max(0.0, seconds - self._begins[leg] - _PAUSE))


def _stops(world: World, home: Pose) -> tuple[Stop, ...]:
    heart = framing.heart(world)
    best = int(np.argmax(world.fame))
    away = float(np.linalg.norm(np.array(home.position) - heart))
    # Along the longest axis, from a little below: a bowl or a flat galaxy gives itself away here.
    side = replace(home, yaw=home.yaw + 1.75, pitch=0.3)
    side = replace(side, position=as_vector(heart - side.forward * 0.8 * away))
    far = np.linalg.norm(world.positions - heart, axis=1) > _OUTER * world.radius
    outer = np.flatnonzero(far) if far.any() else np.arange(len(world))
    cluster = world.positions[_densest(world, outer)].astype(np.float64)
    famous = np.argsort(-world.fame, kind="stable")[:_FAMOUS]
    among = world.positions[_densest(world, famous)].astype(np.float64)
    survey = framing.SURVEY * world.star_unit / world.radius
    # From outside and a little above, so that all the rest is behind it.
    outside = looking_at(cluster * 2 - heart + [0.0, 0.6 * world.radius, 0.0], cluster, home.fov)
    return (
        Stop("overview", home),
        Stop("from-the-side", side),
        Stop("towards-a-cluster", _before(world, cluster, 0.5, outside)),
        Stop("among-the-names", _before(world, among, 0.2, home)),
        Stop("at-an-artist", _before(world, world.positions[best], survey, home), best),
    )


def _densest(world: World, artists: npt.NDArray[np.intp]) -> int:
    """Return, of some artists, or a sample of them, the one whose neighbours are nearest."""
    sample = artists[:: max(1, len(artists) // _SAMPLE)]
    near = min(len(world), max(2, min(_REGION, len(world) // _REGION)))
    reach = world.tree.query(world.positions[sample], k=[near])[0][:, 0]
    return int(sample[np.argmin(reach)])


def _before(world: World, point: npt.NDArray[np.floating[Any]], away: float, start: Pose) -> Pose:
    """Return the pose `away` (in R) before a point, as seen from `start`; it is in the middle."""
    look = looking_at(start.position, point, start.fov)
    return framing.arrival(look, point, away * world.radius)
