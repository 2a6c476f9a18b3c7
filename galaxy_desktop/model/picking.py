"""`Picker`: the star under the cursor, the same one that testing every star would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.blocks import Blocks, Level
from galaxy_desktop.model.gliding import Gliding
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.star_size import Numbers, radius_px
from galaxy_desktop.model.world import World

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
SizeRule = Callable[[Numbers, Numbers], Numbers]

REACH = 10.0
"""Logical pixels: a star this far from the cursor is still meant."""
CORE = 0.5
"""Part of a star's radius that is bright enough to be pointed at; the rest is its soft edge."""
NEAR = 1e-4
"""Stars nearer than this, in units of R, along the look are in the camera, not before it."""
FEW = 4096
"""So many stars are tested one and all as fast as they are searched."""
_THERE = 0.5
"""A star that has faded more than this away cannot be meant."""
AT_ONCE = 16_384
"""Tested so many at a time, they stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class _Best:
    """The best star so far: its score, lower is better; its distance; its index, -1 for none."""

    score: float = np.inf
    distance: float = np.inf
    artist: int = -1


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a question is about: a place on a picture seen from a pose."""

    eye: Floats
    rotation: Floats
    ray: Floats
    focal: float
    x: float
    y: float
    near: float
    unit: float
    """Divides distances for the rule of sizes."""
    reach: float


class Picker:
    """Finds the star that a user points at.

    It is the star whose core is nearest to the cursor in the picture, at most `reach` pixels
    away, measured in units of the star's own radius: so a bright star among thousands of faint
    ones is easily hit. A radius below a pixel counts squared, as its light does. Of several
    cores under the cursor, the one nearest to the camera; of several just there, the first.
    Stars that the camera has passed do not count. All pixels are logical ones, so the pixel ratio
    changes nothing.

    Parameters
    ----------
    world : World
    rule : callable, optional
        How large stars look; see `radius_px`. Never larger farther away, never smaller for the
        better known.
    """

    def __init__(self, world: World, rule: SizeRule = radius_px) -> None:
        self._world, self._rule = world, rule
        self._blocks: Blocks | None = None
        self._making = Lock()

    @property
    def ready(self) -> bool:
        """Whether `prepare` is done."""
        return self._blocks is not None or len(self._world) <= FEW

    def prepare(self) -> None:
        """Make ready for quick answers; for a worker thread. Until then each star is tested."""
        with self._making:
            if self._blocks is None:
                self._blocks = Blocks.of(self._world)

    def pick(
        self,
        pose: Pose,
        x: float,
        y: float,
        size: tuple[float, float],
        reach: float = REACH,
        star_size: float = 1.0,
        gliding: Gliding | None = None,
    ) -> int | None:
        """Return the star at a place of the picture, None where there is none.

        Parameters
        ----------
        pose : Pose
        x, y : float
            The cursor.
        size : (float, float)
            Width and height of the picture.
        reach : float
            How far from the cursor a star may be.
        star_size : float
            `Look.star_size`.
        gliding : Gliding, optional
            Where the stars are seen. While they are away from where the world says, each is
            tested: 100,000 take some 10 ms.
        """
        if min(size) <= 0 or not len(self._world):
            return None
        focal = pose.focal(size[1])
        sight = _Sight(
            np.array(pose.position, np.float64),
            pose.rotation(),
            pose.ray(x, y, size),
            focal,
            x - size[0] / 2,
            size[1] / 2 - y,
            NEAR * self._world.radius,
            self._world.star_unit * focal * star_size,
            reach,
        )
        blocks = self._blocks
        if gliding is not None and gliding.displaced:
            best = self._test_all(sight, gliding)
        else:
            best = self._test_all(sight) if blocks is None else self._search(sight, blocks)
        return best.artist if best.artist >= 0 else None

    def _test_all(self, sight: _Sight, gliding: Gliding | None = None) -> _Best:
        best = _Best()
        for start in range(0, len(self._world), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            fame = self._world.fame[some]
            artists = np.arange(start, start + fame.size)
            if gliding is None:
                places = self._world.positions[some]
            else:
                there = gliding.presence(some) >= _THERE
                places, fame, artists = gliding.places(some)[there], fame[there], artists[there]
            best = self._test(best, sight, places.T, fame, artists)
        return best

    def _search(self, sight: _Sight, blocks: Blocks) -> _Best:
        """Go down only where a star may be in reach, and to the most promising blocks first."""
        best = _Best()
        inside = np.arange(len(blocks.levels[0]))
        for above, level in enumerate(blocks.levels):
            score, distance = self._least(sight, level, inside)
            may = score < np.inf
            inside, score, distance = inside[may], score[may], distance[may]
            if above + 1 < len(blocks.levels):
                inside = blocks.below(above, inside)
        order = np.lexsort((distance, score))
        inside, score, distance = inside[order], score[order], distance[order]
        many = 32
        while inside.size:
            stars = blocks.stars(inside[:many])
            places = blocks.positions[:, stars]
            best = self._test(best, sight, places, blocks.fame[stars], blocks.artists[stars])
            inside, score, distance = inside[many:], score[many:], distance[many:]
            may = (score < best.score) | ((score == best.score) & (distance <= best.distance))
            inside, score, distance = inside[may], score[may], distance[may]
            many *= 4
        return best

    def _least(self, sight: _Sight, level: Level, blocks: Ints) -> tuple[Floats, Floats]:
        """Return lower bounds of score and distance in each of some blocks, in balls around them.

        Two directions are never more pixels apart than their angle times the focal length is
        less: towards the edges of the picture an angle takes more pixels, never fewer.
        """
        x, y, z = (c[blocks] - e for c, e in zip(level.centres, sight.eye, strict=True))
        radius = level.radii[blocks]
        along = x * sight.ray[0] + y * sight.ray[1] + z * sight.ray[2]
        square = x * x + y * y + z * z
        away = np.sqrt(square)
        angle = np.arctan2(np.sqrt(np.maximum(square - along * along, 0)), along)
        angle -= np.arcsin(np.minimum(radius / np.maximum(away, 1e-300), 1))
        # A ball around the camera has stars in every direction; rounding must not hide any.
        angle[away <= radius * 1.000001] = 0
        distance = np.maximum(away - radius, 0) * 0.999999
        radius = self._rule(distance / sight.unit, level.fame[blocks])
        miss = np.maximum(sight.focal * angle * 0.999999 - CORE * radius - 1e-3, 0)
        return np.where(miss > sight.reach, np.inf, miss / _weight(radius) * 0.999999), distance

    def _test(
        self,
        best: _Best,
        sight: _Sight,
        places: npt.NDArray[np.float32],
        fame: npt.NDArray[np.float32],
        artists: Ints,
    ) -> _Best:
        """Return the best of some stars and the best before them.

        Nothing here depends on which other stars are tested, not even by rounding.
        """
        x, y, z = (c.astype(np.float64) - e for c, e in zip(places, sight.eye, strict=True))
        right, up, back = (x * a + y * b + z * c for a, b, c in sight.rotation)
        before = np.flatnonzero(back < -sight.near)
        right, up, depth = right[before], up[before], -back[before]
        across, upwards = sight.focal * right / depth - sight.x, sight.focal * up / depth - sight.y
        apart = np.sqrt(across * across + upwards * upwards)
        distance = np.sqrt(right * right + up * up + depth * depth)
        radius = self._rule(distance / sight.unit, fame[before])
        miss = np.maximum(apart - CORE * radius, 0)
        score = np.where(miss > sight.reach, np.inf, miss / _weight(radius))
        least = float(score.min(initial=np.inf))
        if least == np.inf or least > best.score:
            return best
        equal = np.flatnonzero(score == least)
        equal = equal[distance[equal] == distance[equal].min()]
        first = int(artists[before[equal]].min())
        found = _Best(least, float(distance[equal[0]]), first)
        return min(found, best, key=lambda star: (star.score, star.distance, star.artist))


def _weight(radius: Numbers) -> Numbers:
    """Return what a distance in pixels is divided by: the radius; squared if below a pixel."""
    weight: Numbers = np.maximum(radius * np.minimum(radius, 1), 1e-100)
    return weight
