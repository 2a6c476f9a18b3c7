"""`Way`: what the shaders are told of a leg, star by star in the order of the drawing; no OpenGL.

For 100,000 artists it takes 0.1 s to work out, so whoever sends a galaxy into another shape calls
`prepare` in a thread, and the window's thread finds it done. Piece by piece: no frame of the window
is to wait for all of it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.course import Course, Leg
from galaxy_desktop.model.gliding import Fading, Gliding
from galaxy_desktop.model.stepping_aside import step_aside
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.arrangement import Arrangement, arrange
from galaxy_desktop.scene.line_lengths import LineLengths
from galaxy_desktop.scene.moving_cells import Box, MovingCells
from galaxy_desktop.scene.palettes import Hues, Palette, hues

Floats = npt.NDArray[np.float32]

RESTING = [("a_position", np.float32, 3), ("a_light", np.float32, 4)]
GLIDING = [
    *RESTING,
    ("a_way", np.float32, 4),
    ("a_drift", np.float32, 4),
    ("a_turning", np.float32, 4),
]
LINES_ASKED = 64
"""Of each cell, so many lines say where it is; with them all it would take far longer."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """The ways of all stars of a leg.

    Attributes
    ----------
    data : ndarray, shape (n,)
        Nineteen float32 for each star, as `gliding_vertex.glsl` has them.
    hues : ndarray of uint8, shape (n,)
        Of each star at the goal.
    palette : Palette
    there : ndarray of bool, shape (n,), or None
        Which stars are there at any time of it; None: all.
    ends : (ndarray, ndarray) of float32, shape (n,), or None
        How much of the connections of each star is there, at the start and at the goal; None: all.
    stars : MovingCells
    lines : MovingCells
        Of the first `LINES_ASKED` of each cell.
    line_lengths : LineLengths
    """

    data: npt.NDArray[Any]
    hues: Hues
    palette: Palette
    there: npt.NDArray[np.bool_] | None
    ends: tuple[Floats, Floats] | None
    stars: MovingCells
    lines: MovingCells
    line_lengths: LineLengths

    @classmethod
    def of(
        cls,
        world: World,
        leg: Leg,
        palette: Palette,
        lights: Floats | None = None,
        before: tuple[Way, Course] | None = None,
    ) -> Way:
        """Work it out.

        Parameters
        ----------
        world : World
            Whose artists they are.
        leg : Leg
        palette : Palette
        lights : ndarray of float32, shape (n, 4), optional
            Colour and fame of each artist at the start; None: as at rest, or at the end of
            `before`.
        before : (Way, Course), optional
            What is left for it, as far as it has come.
        """
        arrangement = arrange(world)
        order, first = arrangement.order, arrangement.always
        data = np.empty(len(order), GLIDING)
        if lights is not None:
            data["a_light"] = lights.take(order, axis=0)
        elif before is not None:
            data["a_light"] = before[0].lights(before[1].share)
        else:
            data["a_light"] = resting(world, palette)["a_light"]
        step_aside()
        start, goal = leg.start.take(order, axis=0), leg.goal.take(order, axis=0)
        drift = leg.drift.take(order, axis=0) if leg.drifts else None
        data["a_position"] = start
        step_aside()
        data["a_way"][:, :3] = goal - start
        data["a_way"][:, 3] = leg.before.take(order)
        step_aside()
        data["a_drift"][:, :3] = 0 if drift is None else drift
        data["a_drift"][:, 3] = leg.after.take(order)
        there = (data["a_way"][:, 3] > 0) | (data["a_drift"][:, 3] > 0)
        ends = (leg.before, leg.after) if leg.ends is None else (leg.ends, leg.ends)
        whole = min(float(part.min(initial=1)) for part in ends) >= 1
        step_aside()
        tones = _hues(world, leg, goal, arrangement)
        _turn(data, palette.colours(tones))
        step_aside()
        data["a_turning"][:, 3] = world.fame.take(order) - data["a_light"][:, 3]

        stars, lines = arrangement.stars, arrangement.lines
        lengths, parts = LineLengths(arrangement), _Lines(arrangement)
        if before is not None:
            lengths.go_on(before[0].line_lengths, before[1], leg)
        step_aside()
        lengths.know(parts.places, leg)
        step_aside()
        star_boxes = [Box.of(points[first:], stars.starts) for points in (start, goal)]
        step_aside()
        line_boxes = [parts.boxes(points) for points in (start, goal)]
        step_aside()
        if drift is not None:
            star_boxes.append(Box.of(drift[first:], stars.starts))
            line_boxes.append(parts.boxes(drift))
        return cls(
            data,
            tones,
            palette,
            None if there.all() else there,
            None if whole else (ends[0].take(order), ends[1].take(order)),
            MovingCells(stars, *star_boxes),
            MovingCells(lines, *line_boxes),
            lengths,
        )

    def lights(self, share: float) -> Floats:
        """Return colour and fame of each star at a share of the way, shape (n, 4), in the order."""
        now: Floats = self.data["a_light"] + self.data["a_turning"] * np.float32(share)
        return now

    def recoloured(self, palette: Palette, start: Floats) -> Way:
        """Return the same with other colours, shape (n, 3) at the start, in the order."""
        data = self.data.copy()
        data["a_light"][:, :3] = start
        _turn(data, palette.colours(self.hues))
        return replace(self, data=data, palette=palette)


class _Lines:
    """Some lines of each cell, which stand for all of it."""

    def __init__(self, arrangement: Arrangement) -> None:
        counts = np.minimum(arrangement.lines.counts, LINES_ASKED)
        self._starts = np.cumsum(counts) - counts
        before = np.repeat(arrangement.lines.starts - self._starts, counts)
        self.places = np.arange(int(counts.sum())) + before
        self._ends = arrangement.pairs[self.places].T

    def boxes(self, points: Floats) -> Box:
        """Return what holds both ends of the lines of each cell; points in the order."""
        one, other = (Box.of(points.take(ends, axis=0), self._starts) for ends in self._ends)
        return one.around(other)


_ways: WeakKeyDictionary[Leg, Way] = WeakKeyDictionary()
_rests: WeakKeyDictionary[World, tuple[Palette, npt.NDArray[Any]]] = WeakKeyDictionary()
_lock = threading.Lock()


def resting(world: World, palette: Palette) -> npt.NDArray[Any]:
    """Return the stars of a world at rest, seven float32 for each, in the order; from any thread.

    Not to be changed.
    """
    with _lock:
        rest = _rests.get(world)
    if rest is None or rest[0] is not palette:
        arrangement = arrange(world)
        data = np.empty(len(world), RESTING)
        data["a_position"] = world.positions.take(arrangement.order, axis=0)
        data["a_light"][:, :3] = palette.colours(arrangement.hues.take(arrangement.order))
        data["a_light"][:, 3] = world.fame.take(arrangement.order)
        rest = palette, data
        with _lock:
            _rests[world] = rest
    return rest[1]


def known(leg: Leg) -> bool:
    """Return whether `way_of` answers at once."""
    with _lock:
        return leg in _ways


def way_of(
    world: World,
    leg: Leg,
    palette: Palette,
    lights: Floats | None = None,
    before: tuple[Way, Course] | None = None,
) -> Way:
    """Return the way of a leg, worked out at the first call; from any thread. See `Way.of`."""
    with _lock:
        way = _ways.get(leg)
    if way is None:
        way = Way.of(world, leg, palette, lights, before)
    elif way.palette is not palette:
        way = way.recoloured(palette, resting(world, palette)["a_light"][:, :3])
    else:
        return way
    with _lock:
        _ways[leg] = way
    return way


def prepare(seen: Gliding, then: Gliding, palette: Palette) -> None:
    """Work out the ways of what takes over from what is seen, for `way_of`; in a worker thread.

    Parameters
    ----------
    seen : Gliding
        At the moment at which it is left, which is the one at which `then` begins.
    then : Gliding
    palette : Palette
    """
    before = None
    if seen.course is not None:
        before = way_of(seen.world, seen.course.leg, palette), seen.course
    last = then.fading[-1] if then.fading else None
    if last is not None and last.course.leg not in {one.course.leg for one in seen.fading}:
        way_of(last.world, last.course.leg, palette, before=before)
        lights = shown_lights(seen.world, palette, before)
        lights = handed_over(last, lights, then.world, palette)
        if then.course is not None:
            way_of(then.world, then.course.leg, palette, lights)
        resting(then.world, palette)
    elif then.course is not None:
        way_of(then.world, then.course.leg, palette, before=before)


def shown_lights(world: World, palette: Palette, now: tuple[Way, Course] | None) -> Floats:
    """Return colour and fame of each artist as they are, float32 of shape (n, 4)."""
    if now is None:
        lights: Floats = resting(world, palette)["a_light"]
    else:
        lights = now[0].lights(now[1].share)
    return lights.take(arrange(world).place, axis=0)


def handed_over(fading: Fading, lights: Floats, world: World, palette: Palette) -> Floats:
    """Return with which lights, shape (n, 4), the artists of a world take over from one fading."""
    came = shown_lights(world, palette, None)
    if fading.found is not None:
        kept = np.flatnonzero(fading.found >= 0)
        came[fading.found[kept]] = lights.take(kept, axis=0)
    return came


def _hues(world: World, leg: Leg, goal: Floats, arrangement: Arrangement) -> Hues:
    """Return the hues at the goal, in the order; `goal` is in the order, too."""
    if leg.goal is world.positions:
        return arrangement.hues.take(arrangement.order)
    extent = leg.extents[1]
    return hues(goal, extent.centre, extent.radius)


def _turn(data: npt.NDArray[Any], colours: Floats) -> None:
    data["a_turning"][:, :3] = colours - data["a_light"][:, :3]
