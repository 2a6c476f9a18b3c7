"""`GalaxyCanvas`: the vispy canvas that shows what the state says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vispy import app

from galaxy_desktop.model.state import AppState
from galaxy_desktop.scene.scene import Scene


class GalaxyCanvas(app.Canvas):  # type: ignore[misc]  # vispy has no types
    """Draws the state's world from the state's pose.

    Nothing is drawn by itself: whoever moves something calls `update`.

    Parameters
    ----------
    state : AppState
    after_draw : callable, optional
        Called at the end of each frame, while the OpenGL context is current: labels are drawn
        there.

    Attributes
    ----------
    moving : bool
        Whether the camera is under way, so that quality may give way to smoothness.
    frames : int
        How many frames were drawn.
    """

    def __init__(
        self,
        state: AppState,
        after_draw: Callable[[GalaxyCanvas], None] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(
            keys=None,
            autoswap=False,
            config={"depth_size": 0, "stencil_size": 0, "samples": 0},
            **options,
        )
        self._state = state
        self._after_draw = after_draw
        self._scene: Scene | None = None
        self.moving = False
        self.dim = 1.0
        self.frames = 0

    @property
    def converged(self) -> bool:
        """Whether the picture is as good as it gets, so that no further frame is needed."""
        return True

    @property
    def scene(self) -> Scene:
        """What draws; made at the first use, which needs the OpenGL context."""
        if self._scene is None:
            self._scene = Scene(self._state.world, self._state.settings.look)
        return self._scene

    def on_draw(self, _event: object) -> None:
        """Draw one frame."""
        self.scene.draw(self._state.pose, self.physical_size, dim=self.dim)
        if self._after_draw is not None:
            self._after_draw(self)
        self.frames += 1
