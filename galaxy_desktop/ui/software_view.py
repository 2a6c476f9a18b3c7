"""`SoftwareView`: the galaxy as a plain widget, where there is no graphics card.

Qt puts a QOpenGLWidget together with the rest of its window by OpenGL. Without a graphics card this
takes some 15 ms for each frame of 1280x800, half of what a frame may take; a picture that was drawn
off the screen, read back and painted by Qt's own painter takes 4.
"""

from __future__ import annotations

import time
from typing import cast

import numpy as np
from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QImage, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from galaxy_desktop.model.state import AppState
from galaxy_desktop.scene.offscreen import Offscreen
from galaxy_desktop.scene.renderer import Overlay, Renderer


class SoftwareView(QWidget):
    """Draws what the state says, whenever it is told to `update`.

    Parameters
    ----------
    state : AppState
    offscreen : Offscreen
        Where it is drawn; closed with this.
    overlay : callable, optional
        Draws the names, while the OpenGL context is current.
    parent : QWidget, optional

    Attributes
    ----------
    renderer : Renderer
    """

    frameSwapped = pyqtSignal()  # noqa: N815  # as QOpenGLWidget calls it
    """A frame was painted."""

    def __init__(
        self,
        state: AppState,
        offscreen: Offscreen,
        overlay: Overlay | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # Each frame covers all of it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.renderer = Renderer(state, overlay)
        self._offscreen = offscreen
        self._pixels = np.zeros((0, 0, 4), np.uint8)
        self._image = QImage()

    @property
    def native(self) -> SoftwareView:
        """The widget, as a vispy canvas calls its own."""
        return self

    def close_graphics(self) -> None:
        """Give everything back."""
        self._offscreen.make_current()
        self.renderer.delete()
        self._offscreen.close()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw one frame and paint it."""
        started = time.perf_counter()
        ratio = self.devicePixelRatioF()
        size = (max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        with self._offscreen.drawing(size):
            self.renderer.draw(size, ratio)
        if self._pixels.shape[:2] != size[::-1]:
            self._pixels = np.zeros((size[1], size[0], 4), np.uint8)
            # PyQt6 takes anything with a buffer; its types say bytes.
            data = cast(bytes, self._pixels.data)
            self._image = QImage(data, size[0], size[1], 4 * size[0], QImage.Format.Format_RGB32)
        self._offscreen.read(self._pixels)
        self._image.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawImage(0, 0, self._image)
        painter.end()
        self.renderer.took(time.perf_counter() - started)
        # Whoever hears of it may paint again, which must not happen within this.
        QTimer.singleShot(0, self.frameSwapped.emit)
