"""`SoftwareView`: the galaxy as a plain widget, where there is no graphics card.

Qt puts a QOpenGLWidget together with the rest of its window by OpenGL. Without a graphics card this
takes some 15 ms for each frame of 1280x800, half of what a frame may take; a picture that was drawn
off the screen, read back and painted by Qt's own painter takes 4. Coarse pictures are enlarged by
that painter, too, in 5 ms of two cores instead of 9, and names painted on them in half a
millisecond, where OpenGL touches every pixel once more.
"""

from __future__ import annotations

import time
from typing import cast

from PyQt6.QtCore import QPointF, QRect, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from galaxy_desktop.model.state import AppState
from galaxy_desktop.scene.offscreen import Offscreen, Pixels
from galaxy_desktop.scene.renderer import Renderer
from galaxy_desktop.scene.rings import WIDTH, Ring
from galaxy_desktop.ui.names import Names


class SoftwareView(QWidget):
    """Draws what the state says, whenever it is told to `update`.

    Parameters
    ----------
    state : AppState
    offscreen : Offscreen
        Where it is drawn; closed with this.
    names : Names
        The names in it.
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
        names: Names,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # Each frame covers all of it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.renderer = Renderer(state, bare=True)
        self._offscreen, self._names = offscreen, names

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
            drawn = self.renderer.draw(size, ratio)
        over = None
        if drawn != size:
            with self._offscreen.drawing_layer(size):
                over = self.renderer.draw_threads(size, ratio)
        self._offscreen.begin()
        self._names.catch_up()
        picture = self._offscreen.read(drawn)
        painter = QPainter(self)
        try:
            painter.scale(1 / ratio, 1 / ratio)
            _paint_picture(painter, _image(picture, QImage.Format.Format_RGB32), size)
            if over is not None:
                # Lines as fine as at rest: enlarged they would be the coarsest of all.
                threads = self._offscreen.read_layer(over)
                form = QImage.Format.Format_ARGB32_Premultiplied
                painter.drawImage(over[0], over[1], _image(threads, form))
            _paint_rings(painter, self.renderer.rings(size, ratio), ratio)
            self._names.paint(painter, ratio)
        finally:
            # Qt crashes where one that paints a widget outlives that.
            painter.end()
        self.renderer.took(time.perf_counter() - started)
        # Whoever hears of it may paint again, which must not happen within this.
        QTimer.singleShot(0, self.frameSwapped.emit)


def _image(pixels: Pixels, form: QImage.Format) -> QImage:
    """Return pixels, which must live as long, as an image."""
    height, width = pixels.shape[:2]
    # PyQt6 takes anything with a buffer; its types say bytes.
    return QImage(cast(bytes, pixels.data), width, height, 4 * width, form)


def _paint_picture(painter: QPainter, image: QImage, size: tuple[int, int]) -> None:
    """Paint a picture, enlarged where it is coarse."""
    if (image.width(), image.height()) == size:
        painter.drawImage(0, 0, image)
        return
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRect(0, 0, *size), image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _paint_rings(painter: QPainter, rings: list[Ring], ratio: float) -> None:
    """Paint rings as `ring.frag` does: a line on a soft shade."""
    if not rings:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ring in rings:
        middle = QPointF(ring.x, ring.y)
        shade, line = QColor(0, 0, 0, 45), QColor.fromRgbF(*ring.colour)
        for colour, width in ((shade, 2.6 * WIDTH), (shade, 1.8 * WIDTH), (line, WIDTH)):
            painter.setPen(QPen(colour, width * ratio))
            painter.drawEllipse(middle, ring.radius, ring.radius)
    painter.restore()
