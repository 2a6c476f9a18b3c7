"""`Renderer`: keeps the picture of the state up to date, as good as time allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from galaxy_desktop.model.state import AppState
from galaxy_desktop.scene.graphics import Graphics
from galaxy_desktop.scene.quality_control import FULL, QualityControl
from galaxy_desktop.scene.scene import Scene

Size = tuple[int, int]
#: Draws over the finished picture: called with its size in pixels, and pixels per logical one.
Overlay = Callable[[Size, float], None]


class Renderer:
    """Draws the state's world from the state's pose with the OpenGL context that is current.

    Light is worked out anew only if what shines has changed; names and rings are drawn over it at
    each frame. Without a graphics card a camera under way is shown with less detail, and with all
    of it as soon as it rests.

    Parameters
    ----------
    state : AppState
    overlay : callable, optional
        Draws the names.
    patient : bool
        Whether every frame has all detail, however long it takes.

    Attributes
    ----------
    moving : bool
        Whether the camera is under way.
    dim : float
        1 as it is, 0 black.
    frames : int
        How many were drawn.
    """

    def __init__(
        self, state: AppState, overlay: Overlay | None = None, *, patient: bool = False
    ) -> None:
        self._state = state
        self._patient = patient
        self._overlay = overlay
        self._scene: Scene | None = None
        self._quality: QualityControl | None = None
        self._lit: tuple[Any, ...] = ()
        self._full = self._coarse = False
        self._graphics: Graphics | None = None
        self.moving = False
        self.dim = 1.0
        self.frames = 0

    @property
    def graphics(self) -> Graphics | None:
        """What draws; None before the first frame."""
        return self._graphics

    @property
    def converged(self) -> bool:
        """Whether the picture, if nothing moves, is as good as it gets."""
        return self._full and self._lit[:1] == (self._state.pose,)

    @property
    def effort(self) -> float:
        """From 1, all detail, to 0: what the quality control has come to."""
        quality = self._quality
        return 1.0 if quality is None or not self._gives_way() else quality.effort

    def draw(self, size: Size, ratio: float) -> None:
        """Draw one frame into the frame buffer that is active.

        Parameters
        ----------
        size : (int, int)
            In pixels.
        ratio : float
            Pixels for each logical one.
        """
        state = self._state
        scene = self._up_to_date()
        # A galaxy that turns by itself moves, too; and the first picture is wanted at once.
        coarse = self._gives_way() and (self.moving or self._lit[:1] != (state.pose,))
        wanted = (state.pose, size, ratio, state.settings.look, state.selected, state.highlights)
        if wanted != self._lit or not (coarse or self._full):
            assert self._quality is not None
            detail = self._quality.detail() if coarse else FULL
            scene.light_up(state.pose, size, detail, ratio)
            self._lit, self._full = wanted, detail == FULL
        scene.show(state.pose, size, ratio=ratio, hovered=state.hovered, dim=self.dim)
        if self._overlay is not None:
            self._overlay(size, ratio)
        self.frames += 1
        self._coarse = coarse

    def took(self, seconds: float) -> None:
        """Take in how long the last frame took, from its beginning to its being seen."""
        if self._quality is not None and self._coarse:
            self._quality.note(seconds)

    def forget(self) -> None:
        """Draw with another OpenGL context from now on: the last one is gone, with all in it."""
        self._scene = None
        self._lit, self._full = (), False

    def delete(self) -> None:
        """Give the graphics memory back."""
        if self._scene is not None:
            self._scene.delete()
        self.forget()

    def _gives_way(self) -> bool:
        graphics = self._graphics
        without_card = graphics is not None and graphics.software
        return without_card and not self._patient and self._state.settings.quality != "full"

    def _up_to_date(self) -> Scene:
        """Return the scene, changed to what the state says."""
        state = self._state
        look = state.settings.look
        scene = self._scene
        if scene is None:
            self._graphics = Graphics.current()
            scene = self._scene = Scene(state.world, look)
            self._quality = QualityControl(len(state.world), scene.lines)
        elif scene.world is not state.world:
            scene.world = state.world
            self._quality = QualityControl(len(state.world), scene.lines)
            self._lit = ()
        if scene.look != look:
            scene.look = look
        scene.choose(state.selected, state.highlights)
        return scene
