"""`Highlight`: the selected star, its related ones and what else is lit, added to the light."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.gliding import Gliding
from galaxy_desktop.model.star_size import GROWTH, RADIUS
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.palettes import Colour
from galaxy_desktop.scene.quads import Quads
from galaxy_desktop.scene.view import NEAR, View

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_LINE, _BETWEEN = 0.42, 0.08
#: Half the width of a line, and the least and the largest radius of a star, in pixels.
_WIDE, _LEAST, _MOST = 1.5, 4.0, 30.0
#: Half the width at least in pixels that are worked out: a narrower line is a row of dots.
_WHOLE = 1.2
#: How strongly stars shine that are lit with some strengths, and their least radius in parts of the
#: usual; related ones are lit evenly, and the selected one shines more than all.
_EVEN = 0.5
_LEVELS, _SHINE, _WIDE_BY = (0.0, _EVEN, 1.0), (0.15, 0.7, 1.5), (0.7, 1.0, 1.3)
_SELECTED = 1.6
#: More lines than this between the related ones hide more than they show.
_MOST_BETWEEN = 600


class Highlight:
    """A visual of its own: the stars and connections below keep their colours."""

    def __init__(self) -> None:
        self._glow = Quads("glow.frag")
        self._pairs: Ints = np.zeros((0, 2), np.int64)
        self._strength: Floats = np.zeros(0)
        self._lit: Ints = np.zeros(0, np.int64)
        self._shine: Floats = np.zeros(0)
        self._wide: Floats = np.zeros(0)

    def choose(
        self,
        world: World,
        selected: int | None,
        others: tuple[int, ...],
        strengths: tuple[float, ...] = (),
    ) -> None:
        """Say what is lit.

        Parameters
        ----------
        world : World
        selected : int or None
            Its related artists are lit, and the lines to and between them.
        others : tuple of int
            Artists that are lit besides.
        strengths : tuple of float
            Of each of them, 0 to 1; without any all are lit as the related ones are.
        """
        related = np.zeros(0, np.int64)
        pairs: list[tuple[int, int]] = []
        strength: list[float] = []
        if selected is not None:
            related = world.galaxy.related(selected).astype(np.int64)
            pairs += [(selected, int(artist)) for artist in related]
            strength += [_LINE] * len(pairs)
            kin = set(related.tolist())
            between = [
                (a, int(b)) for a in kin for b in world.galaxy.related(a) if int(b) in kin and a < b
            ][:_MOST_BETWEEN]
            pairs += between
            strength += [_BETWEEN] * len(between)
        self._pairs = np.array(pairs, np.int64).reshape(-1, 2)
        self._strength = np.array(strength)
        lit = dict.fromkeys(related.tolist(), _EVEN)
        for artist, own in zip(others, strengths or (_EVEN,) * len(others), strict=True):
            lit[artist] = max(own, lit.get(artist, 0.0))
        if selected is not None:
            lit[selected] = max(_EVEN, lit.get(selected, 0.0))
        self._lit = np.array(list(lit), np.int64)
        level = np.array(list(lit.values()))
        self._shine = np.interp(level, _LEVELS, _SHINE)
        self._wide = np.interp(level, _LEVELS, _WIDE_BY)
        self._shine[self._lit == selected] = _SELECTED

    def draw(self, gliding: Gliding, view: View, accent: Colour, unit: float) -> None:
        """Add it to the light: `unit` pixels are worked out for each logical one."""
        if not self._lit.size:
            return
        light = np.append(accent, 1.0)
        self._draw_lines(gliding, view, light, unit)
        pixels, depths = view.pose.project(gliding.places(self._lit), view.size)
        seen = depths > NEAR * view.radius
        fame = gliding.world.fame[self._lit][seen].astype(np.float64)
        radius = RADIUS * view.star_unit * (1 + GROWTH * fame**3)
        drawn = view.pose.focal(view.size[1]) * radius / depths[seen]
        halves = np.clip(1.6 * drawn, _LEAST * self._wide[seen] * unit, _MOST * unit)
        # The larger, the softer: near ones would hide their own colour.
        there = gliding.presence(self._lit)[seen]
        shine = self._shine[seen] * there * np.sqrt(_LEAST * unit / halves)
        self._glow.squares(pixels[seen], halves, shine[:, None] * light, view.size)

    def _draw_lines(self, gliding: Gliding, view: View, light: Floats, unit: float) -> None:
        if not self._pairs.size:
            return
        rotation, eye = view.pose.rotation(), np.array(view.pose.position)
        places = gliding.places(self._pairs.ravel()).reshape(-1, 2, 3)
        ends = (places - eye) @ rotation.T
        near = 2 * NEAR * view.radius
        ahead = -ends[..., 2]
        some = (ahead > near).any(axis=1)
        there = gliding.presence(self._pairs.ravel()).reshape(-1, 2).min(axis=1)
        ends, ahead, strength = ends[some], ahead[some], (self._strength * there)[some]
        # What is behind the camera is cut off where it comes into view.
        for one, other in ((0, 1), (1, 0)):
            behind = ahead[:, one] < near
            part = (near - ahead[:, one]) / np.where(behind, ahead[:, other] - ahead[:, one], 1)
            ends[behind, one] += part[behind, None] * (ends[behind, other] - ends[behind, one])
        focal = view.pose.focal(view.size[1])
        middle = np.array(view.size) / 2
        pixels = middle + ends[..., :2] * (focal, -focal) / np.maximum(-ends[..., 2:], near)
        # Lines that reach far out of the picture are cut, or their corners lose their precision.
        pixels = np.clip(pixels, -20 * middle, 22 * middle)
        away = np.linalg.norm(ends, axis=2).min(axis=1)
        fade = np.clip(1.2 * view.radius / (away + 0.6 * view.radius), 0.25, 1)
        wide = max(_WIDE * unit, _WHOLE)
        shine = strength * fade * np.sqrt(_WIDE * unit / wide)
        self._glow.lines(
            pixels[:, 0],
            pixels[:, 1],
            wide,
            shine[:, None] * light,
            view.size,
        )
