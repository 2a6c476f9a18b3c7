"""Which artists may be named from a pose, and which of them matter most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.landmarks import LANDMARKS, landmarks
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.prominence import REALMS, Prominence
from galaxy_desktop.model.world import World

Indices = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

ALWAYS, NEVER = 0.05, 0.11
"""Units of R: nearer, every artist is named if there is room; farther, none that is ordinary."""
_FAME = 1.9
_SIGHT = 5.0
"""An artist is named from so many times its realm, more or less by its fame."""
LINGER = 1.12
"""A name that is shown stays until its artist is so much farther than where it came."""
_NEAREST = 256
_FEW = 3000
_KEPT = 0.2
_FAR, _NEAR = 1.7, 0.9
"""From this many R away from the centre landmarks come before all else; from the second, not."""
_FAINTEST = 0.38
"""So much fainter than the nearest are the landmarks farthest behind."""
_POOL = 3 * LANDMARKS
"""So many may be landmarks: from any side some stand behind others, whose names are in the way."""
_DEPTH, _STAYING = 0.6, 3.0
"""So many times 25 landmarks are put back that are far behind, and put forward that are shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Artists that may be named, the ones that matter most first; arrays of length m.

    Attributes
    ----------
    artists : ndarray of intp
    scores : ndarray of float64
        In R; lower matters more.
    light : ndarray of float64
        How strongly each is named, from 0 to 1: what is far is fainter.
    pixels : ndarray of float64, shape (m, 2)
    depths : ndarray of float64
    """

    artists: Indices
    scores: Floats
    light: Floats
    pixels: Floats
    depths: Floats


class Candidates:
    """Finds the artists that may be named; made once for a world.

    From afar these are the landmarks. Nearer, an artist is named from as far away as it is the
    best known of its surroundings, so that names are about as dense everywhere; in the end all
    that are around.

    Parameters
    ----------
    world : World

    Attributes
    ----------
    landmarks : ndarray of intp
    """

    def __init__(self, world: World) -> None:
        self._world = world
        prominence = Prominence(world)
        self.landmarks = landmarks(world, _POOL)
        self._rank = np.arange(len(self.landmarks)) / LANDMARKS
        self._landmark = np.zeros(len(world), bool)
        self._landmark[self.landmarks] = True
        self._realm = prominence.realm
        self._reach = np.maximum(_SIGHT * self._realm * (0.45 + 0.8 * world.fame), NEVER)
        # These are named from anywhere; the others, where these leave room.
        self._reach[self.landmarks[:LANDMARKS]] = np.inf
        self._tiers = []
        for tier in prominence.tiers:
            # The first landmarks are looked at anyway.
            reach = np.where(np.isinf(self._reach), 0, self._reach)[tier.artists] * world.radius
            farthest = float(reach.max(initial=0))
            self._tiers.append((tier.artists, tier.positions, np.square(reach), farthest))
        # Of few, all are near enough to be looked at, and no tree is needed.
        self._all = np.arange(len(world)) if len(world) <= _FEW else None

    def is_landmark(self, artist: int) -> bool:
        """Return whether an artist is a landmark."""
        return bool(self._landmark[artist])

    def far(self, pose: Pose) -> float:
        """Return how far outside the camera is: from 0, landmarks are like others, to 1."""
        return min(max((self._outside(pose) - _NEAR) / (_FAR - _NEAR), 0.0), 1.0)

    def landmarks_seen(self, pose: Pose, size: tuple[float, float], shown: list[int]) -> Found:
        """Return the landmarks in the picture.

        Those that matter more to the galaxy come first, unless they are far behind it; what is
        `shown` has an advantage.
        """
        world = self._world
        pixels, depths = pose.project(world.positions[self.landmarks], size)
        away = np.linalg.norm(world.positions[self.landmarks] - pose.position, axis=1)
        behind = self._behind(pose, away / world.radius)
        kept = np.isin(self.landmarks, shown)
        scores = self._rank + _DEPTH * behind - _STAYING * kept
        order = np.argsort(scores, kind="stable")
        # What has no pixel compares as false.
        order = order[((pixels > 0) & (pixels < size)).all(axis=1)[order]]
        light = 1 - _FAINTEST * behind
        return Found(
            self.landmarks[order], scores[order], light[order], pixels[order], depths[order]
        )

    def find(
        self,
        pose: Pose,
        size: tuple[float, float],
        shown: list[int],
        most: int,
        sight: float = 1.0,
    ) -> Found:
        """Return who may be named.

        Parameters
        ----------
        pose : Pose
        size : (float, float)
            Of the picture.
        shown : list of int
            Who is named now; they have an advantage.
        most : int
            How many to return at most.
        sight : float
            Factor of how far away an artist may be named from.
        """
        world, unit = self._world, self._world.radius
        eye = np.array(pose.position)
        some = [self.landmarks[:LANDMARKS], np.array(shown, np.intp), self._around(pose)]
        for artists, (x, y, z), reach, farthest in self._tiers:
            first, last = np.searchsorted(x, (eye[0] - sight * farthest, eye[0] + sight * farthest))
            part = slice(first, last)
            away = np.square(x[part] - np.float32(eye[0]))
            away += np.square(y[part] - np.float32(eye[1]))
            away += np.square(z[part] - np.float32(eye[2]))
            some.append(artists[part][away <= np.float32(sight * sight) * reach[part]])
        artists = np.unique(np.concatenate(some))
        pixels, depths = pose.project(world.positions[artists], size)
        # What has no pixel compares as false.
        seen = ((pixels > 0) & (pixels < size)).all(axis=1)
        artists, pixels, depths = artists[seen], pixels[seen], depths[seen]
        away = np.linalg.norm(world.positions[artists] - eye, axis=1) / unit
        kept = np.isin(artists, shown)
        share = away / (sight * self._reach[artists])
        near = share <= np.where(kept, LINGER, 1.0)
        artists, pixels, depths = artists[near], pixels[near], depths[near]
        away, kept, share = away[near], kept[near], share[near]
        fame = world.fame[artists].astype(np.float64)
        crowding = REALMS[0] - self._realm[artists]
        scores = away - _FAME * fame * fame + crowding
        scores -= 1.5 * np.clip((NEVER - away) / (NEVER - ALWAYS), 0, 1)
        landmark = self._landmark[artists]
        scores -= kept * _KEPT
        faint = _FAINTEST * self._behind(pose, away)
        light = np.where(landmark, 1 - faint, 1 - 0.2 * np.minimum(share, 1) ** 2)
        order = np.lexsort((artists, scores))[:most]
        return Found(artists[order], scores[order], light[order], pixels[order], depths[order])

    def _outside(self, pose: Pose) -> float:
        return float(np.linalg.norm(pose.position - self._world.centre)) / self._world.radius

    def _behind(self, pose: Pose, away: Floats) -> Floats:
        """Return how far behind the middle something `away` is, both in R; from 0 to 1."""
        behind: Floats = np.clip((away - max(0.5, self._outside(pose) - 0.9)) / 2.2, 0, 1)
        return behind

    def _around(self, pose: Pose) -> Indices:
        """Return the artists nearest to where the camera looks."""
        world = self._world
        if self._all is not None:
            return self._all
        ahead = np.array(pose.position) + pose.forward * (NEVER / 3 * world.radius)
        bound = NEVER * world.radius
        _, found = world.tree.query(ahead, min(_NEAREST, len(world)), distance_upper_bound=bound)
        near: Indices = found[found < len(world)]
        return near
