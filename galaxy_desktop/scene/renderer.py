"""`Renderer`: keeps the picture of the state up to date, as good as time allows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from vispy.gloo import gl

from galaxy_desktop.model.state import AppState
from galaxy_desktop.scene.graphics import Graphics
from galaxy_desktop.scene.offscreen import Box
from galaxy_desktop.scene.quality_control import FULL, QualityControl
from galaxy_desktop.scene.rings import Ring
from galaxy_desktop.scene.scene import Scene

Size = tuple[int, int]
#: Seconds of a frame at rest that go into the whole picture.
_PATIENCE = 0.04
_DARK = 0.5
#: Draws over the finished picture: called with its size in pixels, and pixels per logical one.
Overlay = Callable[[Size, float], None]


class Renderer:
    """Draws the state's world from the state's pose with the OpenGL context that is current.

    Light is worked out anew only if what shines has changed; rings and names are drawn over it at
    each frame. Without a graphics card a camera under way is shown with less detail, and with all
    of it as soon as it rests.

    Parameters
    ----------
    state : AppState
    overlay : callable, optional
        Draws the names.
    patient : bool
        Whether every frame has all detail, however long it takes.
    bare : bool
        Whether whoever shows the picture enlarges it where it is coarse, lays what `draw_threads`
        draws over it, and draws `rings` and names: without a graphics card OpenGL takes longer for
        these than Qt's painter.

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
        self,
        state: AppState,
        overlay: Overlay | None = None,
        *,
        patient: bool = False,
        bare: bool = False,
    ) -> None:
        self._state = state
        self._bare = bare
        self._patient = patient
        self._overlay = overlay
        self._scene: Scene | None = None
        self._quality: QualityControl | None = None
        self._lit: tuple[Any, ...] = ()
        self._full = self._coarse = False
        self._refining: tuple[tuple[Any, ...], Iterator[None]] | None = None
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
        state, lit = self._state, self._lit
        return self._full and (lit[0], lit[3]) == (state.pose, state.gliding.stamp)

    @property
    def effort(self) -> float:
        """From 1, all detail, to 0: what the quality control has come to."""
        quality = self._quality
        return 1.0 if quality is None or not self._gives_way() else quality.effort

    def draw(self, size: Size, ratio: float) -> Size:
        """Draw one frame into the frame buffer that is active.

        Parameters
        ----------
        size : (int, int)
            In pixels.
        ratio : float
            Pixels for each logical one.

        Returns
        -------
        (int, int)
            How large the picture is: if `bare`, smaller than `size` where it is coarse.
        """
        state = self._state
        scene = self._up_to_date()
        # A galaxy that turns by itself moves, too; and the first picture is wanted at once.
        moved = state.pose, size, ratio, state.gliding.stamp
        wanted = (*moved, state.settings.look, state.selected, state.highlights, state.strengths)
        coarse = self._gives_way() and (self.moving or self._lit[:4] != moved)
        if coarse:
            assert self._quality is not None
            detail = self._quality.detail()
            scene.light_up(state.pose, size, detail, ratio)
            self._lit, self._full, self._refining = wanted, detail == FULL, None
        elif wanted != self._lit or not self._full:
            self._refine(scene, wanted, size, ratio)
        drawn = scene.part if self._bare else size
        scene.show(state.pose, drawn, dim=self.dim)
        if drawn == size:
            scene.draw_threads(state.threads, state.pose, size, ratio, self.dim)
        if not self._bare:
            scene.draw_rings(self.rings(size, ratio), size, ratio)
            if self._overlay is not None:
                self._overlay(size, ratio)
        self.frames += 1
        self._coarse = coarse
        return drawn

    def draw_threads(self, size: Size, ratio: float) -> Box | None:
        """Draw the threads that the last frame lacks, being coarse, for a picture of `size`.

        Returns
        -------
        (int, int, int, int) or None
            Which part of it they are in: left, top, width and height.
        """
        state, scene = self._state, self._scene
        if scene is None or scene.part == size:
            return None
        return scene.draw_threads_apart(state.threads, state.pose, size, ratio, self.dim)

    def rings(self, size: Size, ratio: float) -> list[Ring]:
        """Return the rings of the last frame, in a picture of so many pixels; none in the dark."""
        if self._scene is None or self.dim < _DARK:
            return []
        return self._scene.rings(self._state.pose, size, ratio, self._state.hovered)

    def _refine(self, scene: Scene, wanted: tuple[Any, ...], size: Size, ratio: float) -> None:
        """Go on with the whole picture for a moment; until it is finished the last one stays."""
        if self._refining is None or self._refining[0] != wanted:
            steps = scene.light_up_in_steps(self._state.pose, size, FULL, ratio)
            self._refining, self._full = (wanted, steps), False
        started = time.perf_counter()
        for _ in self._refining[1]:
            if self._gives_way():
                gl.glFinish()
                if time.perf_counter() - started > _PATIENCE:
                    return
        self._lit, self._full, self._refining = wanted, True, None

    def took(self, seconds: float) -> None:
        """Take in how long the last frame took, from its beginning to its being seen."""
        if self._quality is not None and self._coarse:
            self._quality.note(seconds)

    def forget(self) -> None:
        """Draw with another OpenGL context from now on: the last one is gone, with all in it."""
        self._scene = None
        self._lit, self._full, self._refining = (), False, None

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
        known = scene.world
        scene.follow(state.gliding)
        if known is not state.world:
            assert self._quality is not None
            effort = self._quality.effort
            self._quality = QualityControl(len(state.world), scene.lines)
            if state.gliding.displaced:
                # It re-forms: what the machine can do is known by now.
                self._quality.effort = effort
            self._lit, self._refining = (), None
        if scene.look != look:
            scene.look = look
        scene.choose(state.selected, state.highlights, state.strengths)
        return scene
