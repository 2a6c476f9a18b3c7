"""`Threads`: lines through the galaxy, over the finished picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from vispy import gloo

from galaxy_desktop.model.threads import Thread
from galaxy_desktop.scene.offscreen import Box
from galaxy_desktop.scene.shaders import shader
from galaxy_desktop.scene.view import View, tell

Floats = npt.NDArray[np.floating[Any]]
Vertices = npt.NDArray[np.void]
Ints = npt.NDArray[np.uint32]

#: Logical pixels: half the width of a thread with its glow; how far from its star it begins to be
#: seen, and is fully.
_REACH, _OPENS = 12.0, (2.0, 14.0)
#: In R: nearer to the camera a thread is not drawn, and from the second on it is whole. What passes
#: close by would run right across the picture.
_NEAR, _WHOLE = 0.012, 0.05

#: A part is as long as a thread turns no farther (radians) and is no longer (in R): without a
#: graphics card each costs a microsecond.
_BEND, _LONGEST = 0.12, 0.12

_VERTEX = [
    ("a_before", np.float32, 3),
    ("a_point", np.float32, 3),
    ("a_after", np.float32, 3),
    ("a_star", np.float32, 4),
    ("a_corner", np.float32, 2),
    ("a_colour", np.float32, 3),
]
#: Of four corners, or of two points with two sides each.
_TRIANGLES = np.array([0, 1, 2, 2, 1, 3], np.uint32)
_CORNERS = np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)], np.float32)


class Threads:
    """Lines as wide on any screen, that begin at stars and glow where they meet."""

    def __init__(self) -> None:
        self._program = gloo.Program(shader("thread.vert"), shader("thread.frag"))
        self._program["u_reach"], self._program["u_opens"] = _REACH, _OPENS
        self._threads: tuple[Thread, ...] = ()
        self._vertices: gloo.VertexBuffer | None = None
        self._triangles: gloo.IndexBuffer | None = None

    def choose(self, threads: tuple[Thread, ...], radius: float) -> None:
        """Say which there are, in a galaxy of this radius."""
        if threads == self._threads:
            return
        self.delete()
        self._threads = threads
        if threads:
            vertices, triangles = mesh(threads, _LONGEST * radius)
            self._vertices = gloo.VertexBuffer(vertices)
            self._triangles = gloo.IndexBuffer(triangles)
            self._program.bind(self._vertices)

    def box(self, view: View, unit: float) -> Box | None:
        """Return the part of a picture that they are drawn in, None where none is seen.

        Parameters
        ----------
        view : View
        unit : float
            Pixels for each logical one.
        """
        size = np.array(view.size)
        low, high = size.astype(np.float64), np.zeros(2)
        for thread in self._threads:
            pixels, depths = view.pose.project(thread.points, view.size)
            ahead = depths > _NEAR * view.radius
            if not ahead.any():
                continue
            if not ahead.all():
                # It passes the camera, and so the edge of the picture, somewhere.
                return (0, 0, *view.size)
            low, high = np.minimum(low, pixels.min(axis=0)), np.maximum(high, pixels.max(axis=0))
        edge = _REACH * unit + 1
        first = np.clip(np.floor(low - edge), 0, size).astype(int)
        last = np.clip(np.ceil(high + edge), 0, size).astype(int)
        if (last <= first).any():
            return None
        left, top = first.tolist()
        width, height = (last - first).tolist()
        return left, top, width, height

    def draw(self, view: View, unit: float, dim: float) -> None:
        """Draw them into the frame buffer that is active.

        Parameters
        ----------
        view : View
        unit : float
            Pixels for each logical one.
        dim : float
            1 as it is, 0 not seen.
        """
        if not self._threads:
            return
        near = {"u_near": _NEAR * view.radius, "u_whole": _WHOLE * view.radius}
        picture = {"u_size": view.size, "u_unit": unit, "u_dim": dim}
        tell(self._program, view.uniforms() | near | picture)
        gloo.set_viewport(0, 0, *view.size)
        gloo.set_state(depth_test=False, blend=True, blend_func=("one", "one_minus_src_alpha"))
        self._program.draw("triangles", self._triangles)

    def delete(self) -> None:
        """Give the graphics memory back."""
        for buffer in (self._vertices, self._triangles):
            if buffer is not None:
                buffer.delete()
        self._vertices = self._triangles = None
        self._threads = ()


def mesh(threads: tuple[Thread, ...], longest: float) -> tuple[Vertices, Ints]:
    """Return what `thread.vert` is told of threads, and the triangles of it.

    Two vertices for each point of a thread that is needed, four for each place where curves end.

    Parameters
    ----------
    threads : tuple of Thread
        One at least.
    longest : float
        The length of a part from which on no point is left out.
    """
    knots, mixed = _knots(threads)
    parts = [_line(thread, _needed(thread.points, longest)) for thread in threads] + [
        _glow(place, colour) for place, colour in zip(knots, mixed, strict=True)
    ]
    triangles, first = [], 0
    for part in parts:
        # From each two vertices to the next two; the four of a glow are no different.
        starts = np.arange(first, first + len(part) - 2, 2, dtype=np.uint32)
        triangles.append((starts[:, None] + _TRIANGLES).ravel())
        first += len(part)
    return np.concatenate(parts), np.concatenate(triangles)


def _needed(points: Floats, longest: float) -> npt.NDArray[np.intp]:
    """Return which points of a polyline it cannot do without; both ends among them."""
    ways = np.diff(points.astype(np.float64), axis=0)
    lengths = np.linalg.norm(ways, axis=1)
    ways /= np.maximum(lengths, 1e-12)[:, None]
    turns = np.arccos(np.clip((ways[1:] * ways[:-1]).sum(axis=1), -1, 1))
    # At each point: how far it has come, in parts that are as long as can be.
    come = np.cumsum(turns / _BEND + lengths[:-1] / longest)
    kept = np.ones(len(points), bool)
    kept[1:-1] = np.diff(np.floor(come), prepend=0) > 0
    return np.flatnonzero(kept)


def _line(thread: Thread, needed: npt.NDArray[np.intp]) -> Vertices:
    points, colours = thread.points[needed], _colours(thread)[needed]
    count = len(points)
    along = np.concatenate((points[:1], points, points[-1:]))
    vertices = np.zeros((count, 2), _VERTEX)
    vertices["a_before"], vertices["a_after"] = along[:-2, None], along[2:, None]
    vertices["a_point"] = points[:, None]
    # The sign tells the shader of dashes.
    vertices["a_star"][..., :3], vertices["a_star"][..., 3] = points[0], -1 if thread.dashed else 1
    if thread.kind == "path":
        vertices["a_star"][count // 2 :, :, :3] = points[-1]
    vertices["a_corner"][..., 1] = (-1, 1)
    vertices["a_colour"] = colours[:, None]
    return vertices.ravel()


def _glow(place: Floats, colour: Floats) -> Vertices:
    vertices = np.zeros(4, _VERTEX)
    for field in ("a_before", "a_point", "a_after"):
        vertices[field] = place
    vertices["a_corner"], vertices["a_colour"] = _CORNERS, colour
    return vertices


def _knots(threads: tuple[Thread, ...]) -> tuple[Floats, Floats]:
    """Return where curves end, each place once, and the mean colours there, shape (k, 3)."""
    curves = [thread for thread in threads if thread.kind == "curve"]
    ends = np.array([thread.points[-1] for thread in curves]).reshape(-1, 3)
    places, at = np.unique(ends, axis=0, return_inverse=True)
    colours = np.array([_colours(thread)[-1] for thread in curves]).reshape(-1, 3)
    sums = np.zeros(places.shape)
    np.add.at(sums, at.ravel(), colours)
    return places, sums / np.bincount(at.ravel(), minlength=len(places))[:, None]


def _colours(thread: Thread) -> Floats:
    """Return the colour of each point as it is shown, from 0 to 1, shape (k, 3)."""
    ends = (_shown(thread.colour), _shown(thread.end_colour or thread.colour))
    share = np.linspace(0, 1, len(thread.points))[:, None]
    # Mixed as light: half-way between two hues it would be dull.
    mixed: Floats = np.sqrt((1 - share) * np.square(ends[0]) + share * np.square(ends[1]))
    return mixed


def _shown(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
