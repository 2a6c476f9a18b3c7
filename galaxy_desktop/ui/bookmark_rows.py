"""The list of bookmarks: a small picture and a name each; renamed in place, removed, flown to."""

from __future__ import annotations

from typing import Any

from PyQt6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
)
from PyQt6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPixmap
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from galaxy_desktop.model.bookmarks import Bookmark, Bookmarks
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import icons, theme
from galaxy_desktop.ui.column import scroll_to
from galaxy_desktop.ui.row_text import draw_line

MARK = Qt.ItemDataRole.UserRole
PICTURE = Qt.ItemDataRole.UserRole + 1
HERE = Qt.ItemDataRole.UserRole + 2
_PICTURE_SIZE = QSize(72, 45)
_ROW = 61
_ELSEWHERE = "The artist it was kept for is not in this galaxy."


class BookmarkModel(QAbstractListModel):
    """The bookmarks as Qt's views read and rename them."""

    def __init__(self, bookmarks: Bookmarks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bookmarks = bookmarks
        self._world: World | None = None
        self._marks = bookmarks.all
        self._pictures: dict[str, QPixmap] = {}

    def refresh(self, world: World | None = None) -> None:
        """Read the bookmarks again; with a world, what can be flown to in it."""
        self._world = world or self._world
        self.beginResetModel()
        self._marks = self._bookmarks.all
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._marks)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._marks):
            return None
        mark = self._marks[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return mark.name
        if role == MARK:
            return mark
        if role == PICTURE:
            return self._picture(mark)
        if role == HERE:
            return self._is_here(mark)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "" if self._is_here(mark) else _ELSEWHERE
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not str(value).strip():
            return False
        self._bookmarks.rename(self._marks[index.row()], str(value))
        return True

    def _is_here(self, mark: Bookmark) -> bool:
        return self._world is None or mark.pose_in(self._world) is not None

    def _picture(self, mark: Bookmark) -> QPixmap:
        if mark.id not in self._pictures:
            picture = QPixmap()
            picture.loadFromData(self._bookmarks.picture(mark) or b"", "PNG")
            self._pictures[mark.id] = picture
        return self._pictures[mark.id]


class BookmarkPainter(QStyledItemDelegate):
    """Draws a bookmark; under the cursor with what can be done to it at its end."""

    removed = pyqtSignal(QModelIndex)
    renaming = pyqtSignal(QModelIndex)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if painter is None:
            return
        colours = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(option.rect).adjusted(0, 1, 0, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or under:
            painter.setBrush(QColor(colours.chosen if chosen else colours.hover))
            painter.drawRoundedRect(whole, theme.RADIUS, theme.RADIUS)
        _draw_picture(painter, _picture_rect(option.rect), index.data(PICTURE))
        text = QRectF(_name_rect(option.rect))
        if chosen or under:
            text.setRight(_tool_rect(option.rect, 1).left() - theme.UNIT)
            for place, name in enumerate(("remove", "edit")):
                icons.draw(painter, name, colours.muted, QRectF(_tool_rect(option.rect, place)))
        here = index.data(HERE)
        name = index.data(Qt.ItemDataRole.DisplayRole)
        draw_line(painter, text, name, theme.font(), colours.text if here else colours.faint)
        painter.restore()

    def createEditor(
        self, parent: QWidget | None, _option: QStyleOptionViewItem, _index: QModelIndex
    ) -> QWidget:
        field = QLineEdit(parent)
        field.setMaxLength(300)
        field.setAccessibleName("Name of the bookmark")
        return field

    def updateEditorGeometry(
        self, editor: QWidget | None, option: QStyleOptionViewItem, _index: QModelIndex
    ) -> None:
        assert editor is not None
        place = _name_rect(option.rect)
        place.setHeight(theme.CONTROL)
        place.moveCenter(QRect(_name_rect(option.rect)).center())
        editor.setGeometry(place)

    def editorEvent(
        self,
        event: QEvent | None,
        _model: QAbstractItemModel | None,
        option: QStyleOptionViewItem,
        index: QModelIndex,
    ) -> bool:
        if not isinstance(event, QMouseEvent) or event.button() != Qt.MouseButton.LeftButton:
            return False
        at = event.position().toPoint()
        signals = (self.removed, self.renaming)
        for place, signal in enumerate(signals):
            if _tool_rect(option.rect, place).adjusted(-4, -8, 4, 8).contains(at):
                if event.type() == QEvent.Type.MouseButtonRelease:
                    signal.emit(index)
                return True
        return False


class BookmarkRows(QListView):
    """The bookmarks; Enter or a click flies, F2 renames, Delete removes.

    Signals
    -------
    chosen(Bookmark) : fly there
    removed(Bookmark) : the user wants it gone
    """

    chosen = pyqtSignal(object)
    removed = pyqtSignal(object)

    def __init__(self, bookmarks: Bookmarks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = BookmarkModel(bookmarks, self)
        painter = BookmarkPainter(self)
        self.setModel(self.marks)
        self.setItemDelegate(painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        painter.removed.connect(lambda index: self.removed.emit(index.data(MARK)))
        painter.renaming.connect(self.edit)
        self.clicked.connect(self._clicked)

    def refresh(self, world: World | None = None) -> None:
        """Show the bookmarks as they are now."""
        row = self.currentIndex().row()
        self.marks.refresh(world)
        if row >= 0:
            self.setCurrentIndex(self.marks.index(min(row, self.marks.rowCount() - 1), 0))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(theme.SIDEBAR, self.marks.rowCount() * _ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.marks.rowCount() * _ROW)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            scroll_to(self, self.visualRect(current))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._clicked(index)
        elif index.isValid() and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(index.data(MARK))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.data(HERE):
            self.chosen.emit(index.data(MARK))


def _picture_rect(row: QRect) -> QRect:
    place = QRect(row.topLeft(), _PICTURE_SIZE)
    place.moveCenter(row.center())
    place.moveLeft(row.left() + theme.UNIT)
    return place


def _name_rect(row: QRect) -> QRect:
    left = _picture_rect(row).right() + 12
    return QRect(left, row.top(), row.right() - theme.UNIT - left, row.height())


def _tool_rect(row: QRect, place: int) -> QRect:
    """Return where the tool is that comes so many before the last."""
    size = theme.ICON - 2
    left = row.right() - theme.UNIT - size - place * (size + theme.UNIT)
    return QRect(left, row.center().y() - size // 2 + 1, size, size)


def _draw_picture(painter: QPainter, place: QRect, picture: QPixmap) -> None:
    rounded = QPainterPath()
    rounded.addRoundedRect(QRectF(place), 5, 5)
    painter.save()
    painter.setClipPath(rounded)
    painter.fillRect(place, QColor(theme.colours().ink))
    if picture.isNull():
        painter.setClipping(False)
        mark = QRectF(0, 0, theme.ICON, theme.ICON)
        mark.moveCenter(QRectF(place).center())
        icons.draw(painter, "bookmark", theme.colours().faint, mark)
    else:
        # Fill the place and cut what stands over.
        size = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        whole = QRect(place.topLeft(), size)
        whole.moveCenter(place.center())
        painter.drawPixmap(whole, picture)
    painter.restore()
