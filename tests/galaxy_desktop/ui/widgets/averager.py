"""What the tests of the averager's panel share."""

from __future__ import annotations

from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt
from PyQt6.QtGui import QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QApplication, QWidget

from galaxy_desktop.ui.averager_panel import AveragerPanel
from galaxy_desktop.ui.path_rows import PathRow
from galaxy_desktop.ui.result_rows import ResultRow
from tests.galaxy_desktop.ui.widgets.long_name import LONG

NAMES = ["Björk", "宇多田ヒカル", "فيروز", LONG, "<b>AC/DC</b> & 🎸", "x", *"PQRSTUVW"]


def fill(panel: AveragerPanel, *artists: int) -> None:
    """Add artists and show the panel."""
    for artist in artists:
        assert panel.mix.add(artist)
    panel.refresh()


def results(panel: AveragerPanel) -> list[ResultRow]:
    """Return the rows of the results."""
    return [row for row in panel.results.rows if isinstance(row, ResultRow)]


def stops(panel: AveragerPanel) -> list[PathRow]:
    """Return the rows of the path."""
    return [row for row in panel.path.rows if isinstance(row, PathRow)]


def drop(widget: QWidget | None, data: QMimeData) -> bool:
    """Drop something on a widget; return whether it was taken."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), action, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(5, 5), action, data, buttons, keys)
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()
