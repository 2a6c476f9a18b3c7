"""`Scene`: draws a world into the current OpenGL context."""

from __future__ import annotations

from dataclasses import dataclass

from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.connections import Connections
from galaxy_desktop.scene.light import Exposure, Light
from galaxy_desktop.scene.palettes import PALETTES
from galaxy_desktop.scene.stars import Stars
from galaxy_desktop.scene.view import View


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of the picture is worked out.

    Attributes
    ----------
    scale : float
        Part of the width and height, 0 to 1.
    stars, lines : int or None
        About how many at most; None for all.
    """

    scale: float = 1.0
    stars: int | None = None
    lines: int | None = None


FULL = Detail()


class Scene:
    """The galaxy, drawn.

    Parameters
    ----------
    world : World
    look : Look
    """

    def __init__(self, world: World, look: Look) -> None:
        self._look = look
        self._light = Light()
        self.world = world
        self._palette = PALETTES[look.palette]
        self._stars = Stars(world, self._palette)
        self._connections = Connections(world, self._stars)

    def draw(
        self, pose: Pose, size: tuple[int, int], detail: Detail = FULL, dim: float = 1.0
    ) -> None:
        """Draw one picture into the frame buffer that is active."""
        look = self._look
        used = self._light.begin(size, detail.scale)
        view = View.of(pose, used, self.world, self._palette.haze)
        self._connections.draw(view, look.connections, detail.lines, detail.scale)
        self._stars.draw(view, look, detail.stars, detail.scale)
        self._light.end()
        self._light.bloom()
        self._light.show(
            size,
            Exposure(
                look.exposure * 2.0, look.bloom, look.tone == "aces", self._palette.space, dim
            ),
        )
