"""An artist that is dragged by its name: what the mouse carries, and what a drop brings."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import (
    QByteArray,
    QEvent,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    QRectF,
    Qt,
    pyqtSignal,
)
from PyQt6.QtGui import QColor, QDrag, QDropEvent, QMouseEvent, QPainter, QPen, QPixmap
from PyQt6.QtWidgets import QApplication, QWidget

from galaxy_desktop.model.shown_text import shown
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.row_text import draw_line, width_of

MIME = "application/x-galaxy-artist"
_WIDEST = 240


@dataclass(frozen=True, slots=True)
class Dragged:
    """An artist on its way.

    Attributes
    ----------
    artist : int
        Its number when the drag began; the galaxy may re-form meanwhile.
    name : str
    """

    artist: int
    name: str

    def in_world(self, world: World) -> int | None:
        """Return which artist of a galaxy it is, None where it is not in it."""
        names = world.galaxy.names
        if 0 <= self.artist < len(names) and shown(names[self.artist]) == shown(self.name):
            return self.artist
        return names.index(self.name) if self.name in names else None


def mime_of(dragged: Dragged) -> QMimeData:
    """Return what a drag carries: the artist, and for other programs its name."""
    data = QMimeData()
    data.setText(dragged.name)
    content = json.dumps([dragged.artist, dragged.name])
    data.setData(MIME, QByteArray(content.encode()))
    return data


def dragged_in(data: QMimeData | None) -> Dragged | None:
    """Return the artist that a drag carries, None where it is something else."""
    if data is None or not data.hasFormat(MIME):
        return None
    try:
        artist, name = json.loads(data.data(MIME).data())
    except (ValueError, TypeError):
        return None
    whole = type(artist) is int and isinstance(name, str)
    return Dragged(artist, name) if whole else None


def drag(source: QWidget, dragged: Dragged) -> None:
    """Let the mouse carry an artist from a widget, until it is dropped."""
    carried = QDrag(source)
    carried.setMimeData(mime_of(dragged))
    picture = _picture(dragged.name, source.devicePixelRatioF())
    carried.setPixmap(picture)
    carried.setHotSpot(QPoint(-12, round(picture.deviceIndependentSize().height() / 2)))
    carried.exec(Qt.DropAction.CopyAction)


class DragSource(QObject):
    """Lets an artist be dragged away from a widget that shows its name.

    Parameters
    ----------
    widget : QWidget
    shown : callable
        Returns the artist that it shows, None for none.
    """

    def __init__(self, widget: QWidget, shown: Callable[[], Dragged | None]) -> None:
        super().__init__(widget)
        self._widget, self._shown = widget, shown
        self._pressed: QPointF | None = None
        widget.installEventFilter(self)
        widget.setCursor(Qt.CursorShape.OpenHandCursor)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if watched is self._widget and isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress:
                left = event.button() == Qt.MouseButton.LeftButton
                self._pressed = event.position() if left else None
                return left
            if event.type() == QEvent.Type.MouseMove and self._moved_away(event):
                self._pressed = None
                if (dragged := self._shown()) is not None:
                    drag(self._widget, dragged)
                return True
        return super().eventFilter(watched, event)

    def _moved_away(self, event: QMouseEvent) -> bool:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        way = (event.position() - self._pressed).toPoint().manhattanLength()
        return way >= QApplication.startDragDistance()


class DropTarget(QObject):
    """Lets artists be dropped on a widget, which shows that they can be by its look.

    Signals
    -------
    entered() : an artist is dragged over it
    dropped(Dragged) : an artist was dropped

    Parameters
    ----------
    widget : QWidget
    marked : QWidget, optional
        Whose property ``target`` is on meanwhile, for the style sheet; default the widget.
    """

    entered = pyqtSignal()
    dropped = pyqtSignal(object)

    def __init__(self, widget: QWidget, marked: QWidget | None = None) -> None:
        super().__init__(widget)
        self._widget, self._marked = widget, marked or widget
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.DragLeave:
            self._mark(False)
        elif isinstance(event, QDropEvent):
            return self._over(event)
        return super().eventFilter(watched, event)

    def _over(self, event: QDropEvent) -> bool:
        """Take what comes, moves or is let go over the widget; return whether it is an artist."""
        dragged = dragged_in(event.mimeData())
        if dragged is None:
            return False
        event.acceptProposedAction()
        self._mark(event.type() != QEvent.Type.Drop)
        if event.type() == QEvent.Type.DragEnter:
            self.entered.emit()
        elif event.type() == QEvent.Type.Drop:
            self.dropped.emit(dragged)
        return True

    def _mark(self, on: bool) -> None:
        if self._marked.property("target") is not on:
            self._marked.setProperty("target", on)
            style = self._marked.style()
            assert style is not None
            style.unpolish(self._marked)
            style.polish(self._marked)


def _picture(name: str, ratio: float) -> QPixmap:
    """Return the name on a plate."""
    colours, font = theme.colours(), theme.font()
    wide = min(_WIDEST, round(width_of(name, font)) + 1) + 2 * theme.UNIT
    high = theme.pixels("body") + 2 * theme.UNIT
    picture = QPixmap(round(wide * ratio), round(high * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.accent), 1))
    painter.setBrush(QColor(colours.raised))
    plate = QRectF(0.5, 0.5, wide - 1, high - 1)
    painter.drawRoundedRect(plate, theme.RADIUS, theme.RADIUS)
    text = plate.adjusted(theme.UNIT, 0, -theme.UNIT, 0)
    draw_line(painter, text, name, font, colours.text)
    painter.end()
    return picture
