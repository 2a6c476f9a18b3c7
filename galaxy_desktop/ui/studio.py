"""`Studio`: pictures of a galaxy of any size, drawn as the window draws, without a window."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from PyQt6.QtGui import QGuiApplication
from vispy.gloo import gl

from embedding.errors import InputError
from galaxy_desktop.model.desktop_entry import APP_ID
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.threads import Thread
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.offscreen import Offscreen
from galaxy_desktop.scene.renderer import Renderer
from galaxy_desktop.ui.names import Names

Pixels = npt.NDArray[np.uint8]

_ONE_TO_ONE = (1920, 1080)
"""A larger picture is not one with tinier names, but one with sharper ones."""


class Studio:
    """Draws pictures for as long as it is entered.

    Parameters
    ----------
    world : World
    settings : Settings
        How it looks.

    Raises
    ------
    GraphicsError
        On entering: there is no OpenGL to be had without a window.
    """

    def __init__(self, world: World, settings: Settings) -> None:
        self._state = AppState(world, settings)

    def __enter__(self) -> Self:
        """Get ready."""
        self._offscreen = Offscreen()
        self._offscreen.make_current()
        self._most = int(gl.glGetParameter(gl.GL_MAX_TEXTURE_SIZE))
        # Qt writes the names, and needs to have been started for that.
        self._app = QGuiApplication.instance() or QGuiApplication([APP_ID])
        self._names = Names(self._state)
        self._renderer = Renderer(self._state, self._names.draw, patient=True)
        return self

    def __exit__(self, *_: object) -> None:
        """Give everything back."""
        self._offscreen.make_current()
        self._names.delete()
        self._renderer.delete()
        self._offscreen.close()

    def glide(
        self, positions: npt.ArrayLike, share: float, pose: Pose, size: tuple[int, int]
    ) -> Pixels:
        """Return the picture from a pose while the stars are on their way to other places.

        The names are those that were seen from there when the stars set off. See `AppState.glide`,
        and `take` for size and errors. Later pictures are of the stars on their way, too.

        Parameters
        ----------
        positions : array_like of float, shape (n, 3)
        share : float
            The share of the time that is over, 0 to 1.
        pose : Pose
        size : (int, int)
        """
        self._look(pose, size)
        self._state.glide(positions, 1.0)
        self._state.pass_time(share)
        return self.take(pose, size)

    def take(
        self,
        pose: Pose,
        size: tuple[int, int],
        selected: int | None = None,
        highlights: tuple[int, ...] = (),
        threads: tuple[Thread, ...] = (),
        strengths: tuple[float, ...] = (),
    ) -> Pixels:
        """Return the finished picture from a pose, red, green and blue, shape (height, width, 3).

        Parameters
        ----------
        pose : Pose
        size : (int, int)
            Width and height in pixels.
        selected : int, optional
            The artist to be shown with its related ones.
        highlights : tuple of int
            Artists to be lit besides.
        threads : tuple of Thread
            Lines to be drawn over the light.
        strengths : tuple of float
            How strongly each highlight is lit; see `AppState.light_up`.

        Raises
        ------
        InputError
            This machine cannot draw a picture so large.
        """
        if max(size) > self._most:
            raise InputError(
                f"this machine cannot draw a picture of {size[0]} by {size[1]} pixels",
                remedy=f"ask for {self._most} by {self._most} at most",
            )
        state = self._state
        state.selected = selected
        state.light_up(highlights, strengths)
        state.threads = threads
        ratio = self._look(pose, size)
        with self._offscreen.drawing(size):
            self._renderer.draw(size, ratio)
        return np.ascontiguousarray(self._offscreen.read()[..., 2::-1])

    def _look(self, pose: Pose, size: tuple[int, int]) -> float:
        """Choose the names for a picture; return how many of its pixels are a logical one."""
        self._state.pose = pose
        ratio = max(1.0, min(size[0] / _ONE_TO_ONE[0], size[1] / _ONE_TO_ONE[1]))
        self._names.settle(pose, (size[0] / ratio, size[1] / ratio))
        return ratio
