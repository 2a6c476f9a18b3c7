"""The measured drawing: our scene, vispy's Markers, a plain program. Each runs in its own child.

All draw the same stars with the same colours and, but for ours, which grow as one comes near, the
sizes that ours have at the start. Only ours add up light in a half-float buffer, with bloom and
tone mapping.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.framing import heart
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.world import World
from tests.benchmarks.child import Answer
from tests.benchmarks.stages import (
    SIZE,
    InWindow,
    Offscreen,
    OwnWindow,
    Stage,
    Where,
    choose_app,
    turn,
)
from tests.galaxy_desktop.matrices import projection_matrix, view_matrix

Floats = npt.NDArray[np.float32]
SMALLEST = 2.0
"""Pixels: our smallest star, so also the others'."""

_VERTEX = """
uniform mat4 u_matrix;
attribute vec3 a_position;
attribute vec4 a_colour;
attribute float a_size;
varying vec4 v_colour;
void main() {
    v_colour = a_colour;
    gl_PointSize = a_size;
    gl_Position = u_matrix * vec4(a_position, 1.0);
}
"""
_FRAGMENT = """
varying vec4 v_colour;
void main() {
    vec2 at = gl_PointCoord * 2.0 - 1.0;
    float soft = max(1.0 - dot(at, at), 0.0);
    gl_FragColor = v_colour * soft * soft;
}
"""


def frames(
    contestant: str,
    galaxy: str,
    where: Where,
    platform: str,
    poses: int,
    seconds: float,
    workers: int,
) -> Answer:
    """Draw whole turns around a galaxy, and return how long each frame took."""
    del workers
    world = open_world(galaxy)
    path = turn(world, poses)
    choose_app(where, platform)
    stage = CONTESTANTS[contestant](world, path[0], where)
    times = stage.time_turns(path, seconds)
    stage.show(path[0])
    figures = {"seconds": sum(times), "frames": len(times), "renderer": stage.renderer}
    return figures, {"times": np.array(times), "picture": stage.picture()}


def renderer(platform: str, workers: int) -> Answer:
    """Tell what draws without a window."""
    del workers
    choose_app("offscreen", platform)
    from vispy import app

    return {"seconds": 0.0, "renderer": Offscreen(app.Canvas(size=SIZE), _nothing).renderer}, {}


def open_world(galaxy: str) -> World:
    """Return the world of a file, without its connections: what is compared is stars."""
    from embedding.galaxy_file import load

    return World(load(Path(galaxy)))


def colours(world: World) -> Floats:
    """Return the colour of each star as ours has it, without the curve of the screen."""
    from galaxy_desktop.scene.palettes import PALETTES, hues

    of_stars = hues(world.positions, world.centre, world.radius)
    return PALETTES["lagoon"].colours(of_stars).astype(np.float32)


def diameters(world: World, pose: Pose) -> Floats:
    """Return how large each star is in pixels, seen from a pose."""
    from galaxy_desktop.model.star_size import radius_px

    away = np.linalg.norm(world.positions - np.array(pose.position), axis=1)
    radii = radius_px(away / world.radius / pose.focal(SIZE[1]), world.fame)
    return np.maximum(2 * radii, SMALLEST).astype(np.float32)


def _own(world: World, start: Pose, where: Where) -> Stage:
    """Draw as the window does, at full quality, with nothing to give way."""
    from dataclasses import replace

    look = replace(Look(), connections=0.0)
    if where == "offscreen":
        return _own_offscreen(world, start, look)
    from galaxy_desktop.model.settings import Settings
    from galaxy_desktop.model.state import AppState
    from galaxy_desktop.ui.galaxy_view import make_view
    from galaxy_desktop.ui.names import Names

    state = AppState(world, Settings(look=replace(look, labels=0.0), quality="full"))
    state.pose = start

    def show(pose: Pose) -> None:
        state.pose = pose

    return OwnWindow(make_view(state, Names(state)), show)


def _own_offscreen(world: World, start: Pose, look: Look) -> Stage:
    from vispy import app

    from galaxy_desktop.scene.scene import Scene

    canvas = app.Canvas(size=SIZE, keys=None)
    canvas.set_current()
    scene, now = Scene(world, look), [start]
    canvas.events.draw.connect(lambda _event: scene.draw(now[0], SIZE))

    def show(pose: Pose) -> None:
        now[0] = pose

    return Offscreen(canvas, show)


def _markers(world: World, start: Pose, where: Where) -> Stage:
    """Draw with vispy's Markers in a scene canvas: no outline, a smooth rim, as ours are soft."""
    return _scene_canvas(world, start, where, antialias=1.0)


def _hard_markers(world: World, start: Pose, where: Where) -> Stage:
    """Draw with what makes Markers fastest: a hard rim too."""
    return _scene_canvas(world, start, where, antialias=0.0)


def _scene_canvas(world: World, start: Pose, where: Where, antialias: float) -> Stage:
    from vispy import scene

    canvas = scene.SceneCanvas(size=SIZE, bgcolor="black")
    view = canvas.central_widget.add_view()
    middle = heart(world)
    camera = scene.TurntableCamera(
        fov=start.fov,
        distance=float(np.linalg.norm(np.array(start.position) - middle)),
        center=tuple(middle.tolist()),
        up="+y",
    )
    view.camera = camera
    markers = scene.visuals.Markers(parent=view.scene, antialias=antialias)
    markers.set_data(
        world.positions,
        size=diameters(world, start),
        edge_width=0,
        face_color=np.column_stack((colours(world), np.full(len(world), 0.6, np.float32))),
        symbol="disc",
    )
    markers.set_gl_state("additive", depth_test=False, blend_func=("src_alpha", "one"))

    def show(pose: Pose) -> None:
        camera.elevation = -np.degrees(pose.pitch)
        camera.azimuth = np.degrees(pose.yaw) + 90

    return _stage(canvas, show, where)


def _points(world: World, start: Pose, where: Where) -> Stage:
    """Draw with the plainest program there is: no buffers, no bloom, no tone mapping."""
    from vispy import app, gloo

    canvas = app.Canvas(size=SIZE, keys=None)
    kinds = [("a_position", "f4", 3), ("a_colour", "f4", 4), ("a_size", "f4")]
    data = np.zeros(len(world), kinds)
    data["a_position"] = world.positions
    data["a_colour"] = np.column_stack((colours(world) * 0.6, np.ones(len(world))))
    data["a_size"] = diameters(world, start)
    program = gloo.Program(_VERTEX, _FRAGMENT)
    program.bind(gloo.VertexBuffer(data))
    project = projection_matrix(start.fov, SIZE[0] / SIZE[1], 0.01, 100.0)

    def show(pose: Pose) -> None:
        program["u_matrix"] = (project @ view_matrix(pose)).T.astype(np.float32)

    def draw(_event: object) -> None:
        gloo.set_viewport(0, 0, *SIZE)
        gloo.set_state(depth_test=False, blend=True, blend_func=("one", "one"))
        gloo.clear((0, 0, 0, 1))
        program.draw("points")

    show(start)
    canvas.events.draw.connect(draw)
    return _stage(canvas, show, where)


def _stage(canvas: Any, show: Callable[[Pose], None], where: Where) -> Stage:
    return InWindow(canvas, show) if where == "window" else Offscreen(canvas, show)


def _nothing(_pose: Pose) -> None:
    """Show nothing."""


CONTESTANTS: dict[str, Callable[[World, Pose, Where], Stage]] = {
    "own": _own,
    "Markers": _markers,
    "Markers, hard rim": _hard_markers,
    "points": _points,
}
