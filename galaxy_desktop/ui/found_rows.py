"""Rows of artists that the averager found: two lines each, and a + that averages with them too."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QRectF, Qt
from PyQt6.QtGui import QPainter
from PyQt6.QtWidgets import QStyleOptionViewItem

from galaxy_desktop.ui.artist_rows import ROW, Row, draw_ground
from galaxy_desktop.ui.tool_rows import ToolPainter, ToolRows


class FoundPainter(ToolPainter):
    """Draws a row's ground and its tool; what it says is drawn by `draw_lines`."""

    def __init__(self) -> None:
        super().__init__("plus", "Average with this artist too ( + )")

    def draw_lines(
        self, painter: QPainter, row: Row, whole: QRectF, above: QRectF, below: QRectF
    ) -> None:
        """Draw what a row says.

        Parameters
        ----------
        painter : QPainter
        row : Row
        whole : QRectF
            The row.
        above, below : QRectF
            Its two lines, between its edge and the tool.
        """
        raise NotImplementedError

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        row = index.data(ROW)
        if painter is None or not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option)
        self.draw_tool(painter, option, row)
        whole = QRectF(option.rect)
        inner = self.inner(whole, row)
        middle = inner.center().y()
        above = QRectF(inner.left(), inner.top() + 5, inner.width(), middle - inner.top() - 4)
        below = QRectF(inner.left(), middle, inner.width(), inner.bottom() - middle - 5)
        self.draw_lines(painter, row, whole, above, below)
        painter.restore()


class FoundRows(ToolRows):
    """The rows; each can be dragged away by its name.

    Parameters
    ----------
    painter : FoundPainter
    name : str
        What they are, for those who hear it.
    """

    def __init__(self, painter: FoundPainter, name: str) -> None:
        super().__init__(painter, (Qt.Key.Key_Plus, Qt.Key.Key_Insert))
        self.setDragEnabled(True)
        self.setAccessibleName(name)
