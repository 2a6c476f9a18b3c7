"""A column of a panel that scrolls where it is too high."""

from __future__ import annotations

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from galaxy_desktop.ui import theme


def scroll_to(widget: QWidget, place: QRect) -> None:
    """Bring a part of a widget into sight, where it stands in a column."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Column):
        above = above.parentWidget()
    if above is not None:
        above.keep_in_sight(widget, place)


class Column(QScrollArea):
    """Widgets from top to bottom; `column` is their layout."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The keyboard goes to what is in it, which it then scrolls into sight.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        # As high as it is at the width that it gets: not as its hint, which breaks lines early.
        inside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(inside)
        side = 2 * theme.UNIT
        self.column.setContentsMargins(side, theme.UNIT, side, side)
        self.column.setSpacing(theme.UNIT)
        self.setWidget(inside)
        bar = self.verticalScrollBar()
        assert bar is not None
        bar.setSingleStep(theme.ROW)

    def keep_in_sight(self, widget: QWidget, place: QRect) -> None:
        """Scroll so far that a part of a widget in it is seen."""
        inside = self.widget()
        assert inside is not None
        corner = widget.mapTo(inside, place.topLeft())
        self.ensureVisible(corner.x(), corner.y() + place.height() // 2, 0, place.height())

    def to_top(self) -> None:
        """Scroll to the top."""
        bar = self.verticalScrollBar()
        assert bar is not None
        bar.setValue(0)
