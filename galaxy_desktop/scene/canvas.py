"""`GalaxyCanvas`: the vispy canvas that a graphics card draws on."""

from __future__ import annotations

import math
import time
from typing import Any

from vispy import app
from vispy.gloo import gl
from vispy.gloo.glir import GlirParser

from galaxy_desktop.model.state import AppState
from galaxy_desktop.scene.renderer import Overlay, Renderer


class GalaxyCanvas(app.Canvas):  # type: ignore[misc]  # vispy has no types
    """Draws what the state says, whenever it is told to `update`.

    Parameters
    ----------
    state : AppState
    overlay : callable, optional
        Draws the names, while the OpenGL context is current.

    Attributes
    ----------
    renderer : Renderer
    """

    def __init__(self, state: AppState, overlay: Overlay | None = None, **options: Any) -> None:
        super().__init__(
            keys=None,
            autoswap=False,
            config={"depth_size": 0, "stencil_size": 0, "samples": 0},
            # vispy would start programs to find out, and warn where they do not know.
            dpi=96,
            **options,
        )
        self.renderer = Renderer(state, overlay)

    def on_initialize(self, _event: object) -> None:
        """Begin anew: Qt makes another context when a widget moves to another window."""
        # What is numbered in the last context has the number of something else in this one: vispy
        # must neither use it nor delete it.
        self.context.glir.clear()
        self.context.shared.parser = GlirParser()
        if hasattr(self, "renderer"):
            self.renderer.forget()

    def on_draw(self, _event: object) -> None:
        """Draw one frame."""
        started = time.perf_counter()
        widget = self.native
        ratio = widget.devicePixelRatioF()
        # As Qt rounds. vispy's own size is cut off, and a row of the picture would stay black.
        width, height = (math.floor(n * ratio + 0.5) for n in (widget.width(), widget.height()))
        self.renderer.draw((max(1, width), max(1, height)), ratio)
        if self.renderer.effort < 1:
            # A graphics card is never waited for.
            gl.glFinish()
            self.renderer.took(time.perf_counter() - started)
