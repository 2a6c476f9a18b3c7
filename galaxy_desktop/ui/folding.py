"""`Folding`: the sidebar is beside the galaxy where there is room for both, else folded."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject
from PyQt6.QtWidgets import QSplitter

from galaxy_desktop.ui.sidebar import Sidebar
from galaxy_desktop.ui.theme import SIDEBAR

LEAST = 420
"""Logical pixels of width that the galaxy should have: a panel over it is read well."""


class Folding(QObject):
    """Shares the width between the galaxy and the sidebar, and knows what the user chose.

    In a narrow window the sidebar folds by itself, and unfolds in a wide one. Whoever unfolds it
    in the narrow one keeps it until the window was wide; that is no choice for later.

    Parameters
    ----------
    splitter : QSplitter
        The galaxy, and the sidebar on the right.
    sidebar : Sidebar
    """

    def __init__(self, splitter: QSplitter, sidebar: Sidebar) -> None:
        super().__init__(splitter)
        self._splitter, self._sidebar = splitter, sidebar
        self._width, self._folded = SIDEBAR, False
        self._narrow = self._by_itself = False
        splitter.installEventFilter(self)
        splitter.splitterMoved.connect(self._moved)
        sidebar.folded_changed.connect(self._changed)

    @property
    def width(self) -> int:
        """How wide the user wants the sidebar."""
        return self._width

    @property
    def folded(self) -> bool:
        """Whether the user folded it away, in a window with room for it."""
        return self._folded

    def restore(self, width: int, folded: bool) -> None:
        """Be as the user chose; a width of 0 is none."""
        self._width, self._folded = width or SIDEBAR, folded
        self._narrow = self._room < SIDEBAR
        self._fold(self._narrow or folded)
        self._share()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Resize:
            narrow = self._room < SIDEBAR
            if narrow != self._narrow:
                self._narrow = narrow
                self._fold(narrow or self._folded)
            self._share()
        return super().eventFilter(watched, event)

    @property
    def _room(self) -> int:
        return self._splitter.width() - LEAST

    def _fold(self, folded: bool) -> None:
        self._by_itself = True
        self._sidebar.folded = folded
        self._by_itself = False

    def _changed(self, folded: bool) -> None:
        if not (self._by_itself or self._narrow):
            self._folded = folded
        self._share()

    def _moved(self) -> None:
        self._width = self._sidebar.width()

    def _share(self) -> None:
        if not self._sidebar.folded:
            wide = min(self._width, max(self._room, SIDEBAR))
            self._splitter.setSizes([max(1, self._splitter.width() - wide), wide])
