"""Rows with a tool at their end: a small icon that does something to the row."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QModelIndex, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from galaxy_desktop.ui import icons, theme
from galaxy_desktop.ui.artist_rows import ROW, ArtistRows, Row, RowPainter
from galaxy_desktop.ui.labels import tip

_SIZE = 16


class ToolPainter(RowPainter):
    """Draws a row with its tool.

    Parameters
    ----------
    tool : str
        An icon.
    tool_tip : str
        What it does.
    """

    def __init__(self, tool: str, tool_tip: str) -> None:
        super().__init__()
        self.tool, self.tool_tip = tool, tool_tip

    def row_tip(self, row: Row) -> str:
        """Return what the tooltip of a row says."""
        return row.warning

    def has_tool(self, _row: Row) -> bool:
        """Return whether a row has the tool."""
        return True

    def tool_place(self, whole: QRectF) -> QRectF:
        """Return where in a row the tool is."""
        left = whole.right() - theme.UNIT - _SIZE
        return QRectF(left, whole.center().y() - _SIZE / 2, _SIZE, _SIZE)

    def inner(self, whole: QRectF, row: Row) -> QRectF:
        return super().inner(whole, row).adjusted(0, 0, -_SIZE - theme.UNIT, 0)

    def draw_tool(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        """Draw the tool: bright where the row is chosen or under the cursor."""
        if not self.has_tool(row):
            return
        state, flag = option.state, QStyle.StateFlag
        colours = theme.colours()
        bright = state & (flag.State_Selected | flag.State_MouseOver)
        colour = colours.text if bright else colours.faint
        icons.draw(painter, self.tool, colour, self.tool_place(QRectF(option.rect)))

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if painter is not None:
            self.draw_tool(painter, option, index.data(ROW))

    def helpEvent(
        self,
        event: QHelpEvent | None,
        view: QAbstractItemView | None,
        option: QStyleOptionViewItem,
        index: QModelIndex,
    ) -> bool:
        if event is not None and index.isValid() and event.type() == QEvent.Type.ToolTip:
            row = index.data(ROW)
            over = self.tool_place(QRectF(option.rect)).adjusted(-4, -8, 4, 8)
            if self.has_tool(row) and over.contains(QPointF(event.pos())):
                QToolTip.showText(event.globalPos(), self.tool_tip, view)
            else:
                QToolTip.showText(event.globalPos(), tip(self.row_tip(row)))
            return True
        return super().helpEvent(event, view, option, index)


class ToolRows(ArtistRows):
    """Rows of which each can have a tool; the mouse and some keys use it.

    Signals
    -------
    tooled(int) : the tool of the row of this artist was used

    Parameters
    ----------
    painter : ToolPainter
    keys : tuple of Qt.Key
        Use the tool of the current row.
    """

    tooled = pyqtSignal(int)

    def __init__(
        self, painter: ToolPainter, keys: tuple[Qt.Key, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._painter, self._keys = painter, keys
        painter.setParent(self)
        self.setItemDelegate(painter)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; who is among them by keyboard stays at the place."""
        if tuple(rows) == self.rows:
            return
        here = self.currentIndex().row() if self.hasFocus() else -1
        super().show_rows(rows)
        if here >= 0 and self.step(1) is not None:
            self.step(here)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        place = self.currentIndex()
        if event.key() in self._keys and place.isValid():
            self._use(self.rows[place.row()])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        at = event.position()
        place = self.indexAt(at.toPoint())
        over = self._painter.tool_place(QRectF(self.visualRect(place))).adjusted(-6, -10, 6, 10)
        if place.isValid() and self._painter.has_tool(self.rows[place.row()]) and over.contains(at):
            if event.button() == Qt.MouseButton.LeftButton:
                self._use(self.rows[place.row()])
            return
        super().mouseReleaseEvent(event)

    def _use(self, row: Row) -> None:
        if self._painter.has_tool(row):
            self.tooled.emit(row.artist)
