"""The widget that shows the galaxy: through the graphics card, or without one."""

from __future__ import annotations

import logging
from functools import cache

from PyQt6.QtGui import QOffscreenSurface, QOpenGLContext
from PyQt6.QtWidgets import QWidget

from galaxy_desktop.model.state import AppState
from galaxy_desktop.scene.canvas import GalaxyCanvas
from galaxy_desktop.scene.graphics import Graphics
from galaxy_desktop.scene.offscreen import GraphicsError, Offscreen, leave_thread
from galaxy_desktop.ui.names import Names
from galaxy_desktop.ui.software_view import SoftwareView

_log = logging.getLogger(__name__)


def make_view(
    state: AppState, names: Names, parent: QWidget | None = None
) -> GalaxyCanvas | SoftwareView:
    """Return what shows the galaxy best here; its widget is its ``native``.

    Parameters
    ----------
    state : AppState
    names : Names
        The names in it.
    parent : QWidget, optional

    Raises
    ------
    GraphicsError
        There is no OpenGL at all.
    """
    if window_graphics().software:
        try:
            return SoftwareView(state, Offscreen(), names, parent)
        except GraphicsError as error:
            _log.info("%s; the window's own OpenGL is used, which is slower", error)
    return GalaxyCanvas(state, names.draw, parent=parent, show=False, vsync=True)


@cache
def window_graphics() -> Graphics:
    """Return what a window would be drawn with; found out once.

    Raises
    ------
    GraphicsError
        There is no OpenGL at all.
    """
    leave_thread()
    context = QOpenGLContext()
    surface = QOffscreenSurface()
    if context.create():
        surface.setFormat(context.format())
        surface.create()
        if context.makeCurrent(surface):
            try:
                return Graphics.current()
            finally:
                context.doneCurrent()
    raise GraphicsError(
        "this system has no OpenGL",
        remedy="install the graphics driver, or Mesa (libgl1-mesa-dri) to draw without a card",
    )
