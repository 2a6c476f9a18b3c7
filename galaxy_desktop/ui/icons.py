"""Line icons of our own, tinted by the theme and crisp at any pixel ratio."""

from __future__ import annotations

from functools import lru_cache

from PyQt6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PyQt6.QtSvg import QSvgRenderer

from galaxy_desktop.model.assets import asset_file
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.icon_shapes import SHAPES

NAMES = tuple(SHAPES)
_SIZES = (16, 24, 32, 48, 64, 128, 256)


def icon(name: str, kind: str = "") -> QIcon:
    """Return an icon of `NAMES`; it follows the theme.

    Parameters
    ----------
    name : str
    kind : str
        "soft" is in the accent, "primary" is what goes on it, "warning" and "danger" have their
        colours. Any other is muted, bright under the cursor, and in the accent where it is on.

    Raises
    ------
    KeyError
        There is no such icon.
    """
    return QIcon(_LineIcon(SHAPES[name], kind))


def program_icon() -> QIcon:
    """Return the icon of the program, drawn from its SVG in the usual sizes."""
    renderer = QSvgRenderer(str(asset_file("icon.svg", "the icon")))
    whole = QIcon()
    for size in _SIZES:
        whole.addPixmap(QPixmap.fromImage(_drawn(renderer, QSize(size, size))))
    return whole


def draw(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Draw an icon into `rect`."""
    _renderer(SHAPES[name], colour).render(painter, rect)


class _LineIcon(QIconEngine):
    def __init__(self, shape: str, kind: str) -> None:
        super().__init__()
        self._shape = shape
        self._kind = kind

    def clone(self) -> QIconEngine:
        return _LineIcon(self._shape, self._kind)

    def paint(
        self, painter: QPainter | None, rect: QRect, mode: QIcon.Mode, state: QIcon.State
    ) -> None:
        assert painter is not None
        _renderer(self._shape, self._tint(mode, state)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        tint = self._tint(mode, state)
        return QPixmap.fromImage(_image(self._shape, tint, size.width(), size.height()))

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        colours = theme.colours()
        if mode == QIcon.Mode.Disabled:
            return colours.edge
        if self._kind == "primary":
            return colours.on_accent
        if self._kind in ("danger", "warning"):
            return colours.danger if self._kind == "danger" else colours.warning
        if self._kind == "soft" or state == QIcon.State.On:
            return colours.accent
        return colours.muted if mode == QIcon.Mode.Normal else colours.text


def _renderer(shape: str, colour: str) -> QSvgRenderer:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'stroke="{colour}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">'
        f"{shape.replace('currentColor', colour)}</svg>"
    )
    return QSvgRenderer(QByteArray(svg.encode()))


@lru_cache(256)
def _image(shape: str, colour: str, width: int, height: int) -> QImage:
    return _drawn(_renderer(shape, colour), QSize(width, height))


def _drawn(renderer: QSvgRenderer, size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(QRect(QPoint(), size)))
    painter.end()
    return image
