"""A list of artists: one row each, with a bar for how popular; a click or Enter chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
)
from PyQt6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from galaxy_desktop.ui import icons, theme
from galaxy_desktop.ui.artist_drag import Dragged, drag
from galaxy_desktop.ui.column import scroll_to
from galaxy_desktop.ui.row_text import Span, draw_line, width_of

ROW = Qt.ItemDataRole.UserRole
_BAR = 36


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows.

    Attributes
    ----------
    artist : int
    name : str
    fame : float
        0 to 1, drawn as a bar at the end of the row.
    aside : str
        Muted text in place of the bar.
    detail : str
        Muted, in a second line; "" for none, and the row is lower.
    bright, bright_detail : tuple of (int, int)
        Which letters of the name and of the detail are emphasised.
    warning : str
        A sentence that a mark at the end of the row tells; "" for no mark.
    """

    artist: int
    name: str
    fame: float = 0.0
    aside: str = ""
    detail: str = ""
    bright: tuple[Span, ...] = ()
    bright_detail: tuple[Span, ...] = ()
    warning: str = ""


class RowModel(QAbstractListModel):
    """The rows as Qt's views read them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.name
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.warning or row.detail
        if role == Qt.ItemDataRole.ToolTipRole:
            # Plain text: a name with "<" in it must not be read as markup.
            return row.warning
        return None


class RowPainter(QStyledItemDelegate):
    """Draws a `Row`."""

    def inner(self, whole: QRectF, _row: Row) -> QRectF:
        """Return the part of a row that text and bar may fill."""
        return whole.adjusted(theme.UNIT, 0, -theme.UNIT, 0)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        row = index.data(ROW)
        return QSize(0, row_height(bool(row and row.detail)))

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        row = index.data(ROW)
        if painter is None or row is None:
            return
        colours = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(option.rect)
        draw_ground(painter, option)
        inner = self.inner(whole, row)
        text = inner.adjusted(0, 0, -_BAR - 2 * theme.UNIT, 0)
        if row.aside:
            text.setRight(self._draw_aside(painter, inner, row) - theme.UNIT)
        else:
            draw_fame(painter, inner, row.fame)
        if row.warning:
            text.setRight(text.right() - theme.ICON)
            mark = QRectF(0, 0, 14, 14)
            mark.moveCenter(text.center())
            mark.moveLeft(text.right() + 6)
            icons.draw(painter, "split", colours.warning, mark)
        name = text
        if row.detail:
            middle = whole.center().y()
            name = QRectF(text.left(), whole.top() + 5, text.width(), middle - whole.top() - 4)
            below = QRectF(text.left(), middle, text.width(), whole.bottom() - middle - 5)
            small = theme.font("small")
            draw_line(
                painter, below, row.detail, small, colours.muted, row.bright_detail, colours.text
            )
        draw_line(painter, name, row.name, theme.font(), colours.text, row.bright, colours.accent)
        painter.restore()

    def _draw_aside(self, painter: QPainter, inner: QRectF, row: Row) -> float:
        """Draw the text at the end and return where it begins; the name keeps most of the row."""
        font = theme.font("small")
        most = max(inner.width() / 3, inner.width() - 3 * theme.UNIT - width_of(row.name))
        wide = min(width_of(row.aside, font), most)
        place = QRectF(inner.right() - wide, inner.top(), wide, inner.height())
        draw_line(painter, place, row.aside, font, theme.colours().faint)
        return place.left()


def draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Draw what lies under a row that is chosen, or under the cursor."""
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen or option.state & QStyle.StateFlag.State_MouseOver:
        colours = theme.colours()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.chosen if chosen else colours.hover))
        ground = QRectF(option.rect).adjusted(0, 1, 0, -1)
        painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)


def draw_fame(painter: QPainter, place: QRectF, fame: float) -> None:
    """Draw a small bar for how popular an artist is, 0 to 1, at the right end of a place."""
    colours = theme.colours()
    bar = QRectF(place.right() - _BAR, place.center().y() - 1.5, _BAR, 3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.edge))
    painter.drawRoundedRect(bar, 1.5, 1.5)
    bar.setWidth(max(3.0, _BAR * min(1.0, fame)))
    painter.setBrush(QColor(colours.accent))
    painter.drawRoundedRect(bar, 1.5, 1.5)


def row_height(detail: bool) -> int:
    """Return the height of a row; it grows with the text."""
    one = theme.pixels("body") + 3 * theme.UNIT - 4
    return one + theme.pixels("small") + 5 if detail else one


class ArtistRows(QListView):
    """Rows to choose from by mouse or keyboard.

    Parameters
    ----------
    whole : bool
        Whether it is as high as all of its rows (what it stands in scrolls) or scrolls itself.

    Where rows are artists, `setDragEnabled` lets their names be dragged away.

    Signals
    -------
    dragged() : a name is being dragged away
    chosen(int) : the artist whose row was clicked, or on which Enter was pressed
    hovered(int | None) : the artist whose row is under the cursor or, by keyboard, current
    """

    chosen = pyqtSignal(int)
    hovered = pyqtSignal(object)
    dragged = pyqtSignal()

    def __init__(self, *, whole: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self._rows = RowModel(self)
        self._hovered: int | None = None
        self.setModel(self._rows)
        self.setItemDelegate(RowPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabKeyNavigation(False)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows, none of them current."""
        self._set_hovered(None)
        self._rows.show(rows)
        self.updateGeometry()

    def height_of_all(self, most: int | None = None) -> int:
        """Return how high it must be to show every row, or the first so many."""
        return sum(row_height(bool(row.detail)) for row in self.rows[:most])

    def sizeHint(self) -> QSize:
        return QSize(theme.SIDEBAR, self.height_of_all()) if self._whole else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height_of_all() if self._whole else row_height(False))

    def current(self) -> int | None:
        """Return the artist of the current row."""
        place = self.currentIndex()
        return self.rows[place.row()].artist if place.isValid() else None

    def step(self, by: int) -> int | None:
        """Make a row further down (or, below 0, up) the current one; return its artist."""
        if not self.rows:
            return None
        here = self.currentIndex().row()
        there = (0 if by > 0 else len(self.rows) - 1) if here < 0 else here + by
        there = max(0, min(len(self.rows) - 1, there))
        self.setCurrentIndex(self._rows.index(there, 0))
        return self.current()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if self._whole and current.isValid():
            scroll_to(self, self.visualRect(current))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (artist := self.current()) is not None:
                self.chosen.emit(artist)
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
        self._set_hovered(self.current())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        super().mouseMoveEvent(event)
        place = self.indexAt(event.position().toPoint())
        self._set_hovered(self.rows[place.row()].artist if place.isValid() else None)
        over = Qt.CursorShape.PointingHandCursor if place.isValid() else Qt.CursorShape.ArrowCursor
        self.setCursor(over)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        super().mouseReleaseEvent(event)
        place = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and place.isValid():
            self.chosen.emit(self.rows[place.row()].artist)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        place = self.currentIndex()
        if place.isValid():
            row = self.rows[place.row()]
            self.dragged.emit()
            drag(self, Dragged(row.artist, row.name))
            self.clearSelection()

    def leaveEvent(self, event: QEvent | None) -> None:
        super().leaveEvent(event)
        self._set_hovered(None)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        # Qt makes the first row current then, but shows it to nobody.
        if self.rows:
            self.setCurrentIndex(self._rows.index(max(0, self.currentIndex().row()), 0))
        self._set_hovered(self.current())

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        if self._whole:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        self._set_hovered(None)

    def _set_hovered(self, artist: int | None) -> None:
        if artist != self._hovered:
            self._hovered = artist
            self.hovered.emit(artist)
