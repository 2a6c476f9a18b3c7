"""An OpenGL context without a window, and what it drew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from embedding.galaxy import Galaxy
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.graphics import Graphics
from galaxy_desktop.scene.offscreen import GraphicsError, Offscreen
from galaxy_desktop.scene.quality_control import FULL, Detail
from galaxy_desktop.scene.scene import Scene

Picture = npt.NDArray[np.float64]
Drawer = Callable[..., Picture]


@pytest.fixture(scope="session")
def offscreen() -> Iterator[Offscreen]:
    try:
        made = Offscreen()
    except GraphicsError as error:
        pytest.skip(str(error))
    made.make_current()
    # What the pixels mean is held to one renderer, or every card would need its own tolerances.
    assert Graphics.current().software, Graphics.current()
    yield made
    made.close()


@pytest.fixture
def draw(offscreen: Offscreen) -> Iterator[Drawer]:
    """Return a function that draws a world: red, green, blue from 0 to 1, shape (h, w, 3)."""
    scenes: list[Scene] = []

    def drawn(
        world: World,
        pose: Pose,
        *,
        look: Look | None = None,
        size: tuple[int, int] = (240, 160),
        detail: Detail = FULL,
        selected: int | None = None,
        lit: Sequence[int] = (),
        strengths: Sequence[float] = (),
        hovered: int | None = None,
        ratio: float = 1.0,
        **shown: Any,
    ) -> Picture:
        offscreen.make_current()
        scene = Scene(world, look or Look())
        scenes.append(scene)
        scene.choose(selected, tuple(lit), tuple(strengths))
        with offscreen.drawing(size):
            scene.light_up(pose, size, detail, ratio)
            scene.show(pose, size, **shown)
            scene.draw_rings(scene.rings(pose, size, ratio, hovered), size, ratio)
        pixels = offscreen.read()
        assert pixels.shape == (size[1], size[0], 4)
        assert (pixels[..., 3] == 255).all()
        return pixels[..., 2::-1] / 255

    yield drawn
    offscreen.make_current()
    for scene in scenes:
        scene.delete()


def world_of(
    positions: npt.ArrayLike,
    pairs: Sequence[tuple[int, int]] = (),
    popularity: int | Sequence[int] = 50,
) -> World:
    """Return a world of artists at these places, some of them related."""
    places = np.array(positions, np.float32).reshape(-1, 3)
    n = len(places)
    rows: list[list[int]] = [[] for _ in range(n)]
    for a, b in pairs:
        rows[a].append(b)
        rows[b].append(a)
    return World(
        Galaxy(
            names=[f"artist {i}" for i in range(n)],
            positions=places,
            vectors=np.ones((n, 8), np.float32),
            popularity=np.broadcast_to(np.array(popularity, np.uint8), n).copy(),
            indptr=np.cumsum([0, *map(len, rows)]).astype(np.int32),
            indices=np.array([b for row in rows for b in sorted(row)], np.int32),
        )
    )
