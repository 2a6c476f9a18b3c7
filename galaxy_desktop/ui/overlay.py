"""`Overlay`: a panel over the galaxy, in the middle of what it lies on."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLayoutItem, QVBoxLayout, QWidget

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import IconButton
from galaxy_desktop.ui.column import Column
from galaxy_desktop.ui.labels import label

_BORDER = 1
"""Of a panel, as the style sheet says."""


class Overlay(QFrame):
    """A panel with a title and a button that closes it; Escape does too.

    It covers no more than it needs, so that the galaxy behind is drawn at full speed.

    Signals
    -------
    closed() : the keyboard should go back to the galaxy

    Parameters
    ----------
    title : str
    over : QWidget
        What it lies on, and stays in the middle of.
    size : QSize
        How large it is where there is room; a height of 0 is what its content needs.

    Attributes
    ----------
    column : QVBoxLayout
        All of it: the title with the button, and the sheet.
    sheet : Column
        What is to be read; it scrolls where there is no room for all of it.
    """

    closed = pyqtSignal()

    def __init__(self, title: str, over: QWidget, size: QSize) -> None:
        super().__init__(over)
        self._over = over
        self._wanted = size
        self.setProperty("kind", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.close_button = IconButton("close", "Close (Esc)")
        self.close_button.clicked.connect(self.close_panel)
        top = QHBoxLayout()
        self.title = label(title, "heading")
        top.addWidget(self.title, 1)
        top.addWidget(self.close_button)
        self.column = QVBoxLayout(self)
        side = 3 * theme.UNIT
        self.column.setContentsMargins(side, 2 * theme.UNIT, 2 * theme.UNIT, side)
        self.column.setSpacing(theme.UNIT)
        self.column.addLayout(top)
        self.sheet = Column()
        # Beside the words there is room for the bar.
        self.sheet.column.setContentsMargins(0, 0, theme.UNIT, 0)
        # As high as the words are at its width: their hint for the least height breaks lines early.
        self._inside.setMinimumHeight(1)
        self.column.addWidget(self.sheet, 1)
        over.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it and take the keyboard."""
        self._centre()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Take it away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def toggle(self) -> None:
        """Show it, or take it away."""
        if self.isHidden():
            self.open()
        else:
            self.close_panel()

    def needed_height(self, wide: int) -> int:
        """Return the height at which nothing has to be scrolled, at a width."""
        sides = self.column.contentsMargins()
        inner = wide - sides.left() - sides.right() - 2 * _BORDER
        rows = [
            self._height_of(item, inner)
            for item in map(self.column.itemAt, range(self.column.count()))
            if item is not None and not item.isEmpty()
        ]
        gaps = self.column.spacing() * (len(rows) - 1)
        return sides.top() + sum(rows) + gaps + sides.bottom() + 2 * _BORDER

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        bar = self.sheet.verticalScrollBar()
        assert bar is not None
        step = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif step is not None:
            bar.setValue(bar.value() + step)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if watched is self._over and event is not None and event.type() == QEvent.Type.Resize:
            self._centre()
        return super().eventFilter(watched, event)

    @property
    def _inside(self) -> QWidget:
        inside = self.sheet.widget()
        assert inside is not None
        return inside

    def _height_of(self, item: QLayoutItem, wide: int) -> int:
        if item.widget() is self.sheet:
            return self._inside.heightForWidth(wide)
        return item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()

    def _centre(self) -> None:
        room = self._over.size() - QSize(4 * theme.UNIT, 4 * theme.UNIT)
        wide = min(self._wanted.width(), room.width())
        high = self._wanted.height() or self.needed_height(wide)
        self.resize(wide, min(high, room.height()))
        left = (self._over.width() - self.width()) // 2
        self.move(max(0, left), max(0, (self._over.height() - self.height()) // 2))
