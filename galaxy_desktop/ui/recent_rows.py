"""Averages of lately: a click brings one back."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from galaxy_desktop.model.recent import Recents
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_rows import Row
from galaxy_desktop.ui.labels import hairline, label
from galaxy_desktop.ui.tool_rows import ToolPainter, ToolRows


class RecentList(QWidget):
    """The recent averages under their heading; not there while there are none.

    Signals
    -------
    chosen(Recipe) : bring this one back

    Parameters
    ----------
    recents : Recents
        Shown as they are at any time; forgotten here.
    """

    chosen = pyqtSignal(object)

    def __init__(self, recents: Recents, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recents = recents
        self.rows = ToolRows(
            ToolPainter("close", "Forget this one ( Delete )"),
            (Qt.Key.Key_Delete, Qt.Key.Key_Backspace),
        )
        self.rows.setAccessibleName("Recent averages")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT)
        column.addWidget(hairline())
        column.addWidget(label("RECENT", "section"))
        column.addWidget(self.rows)
        self.rows.chosen.connect(lambda place: self.chosen.emit(recents.all[place]))
        self.rows.tooled.connect(lambda place: recents.remove(recents.all[place]))
        recents.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show them as they are now."""
        all_ = self._recents.all
        self.rows.show_rows([Row(i, each.title, aside=" ") for i, each in enumerate(all_)])
        self.setVisible(bool(all_))
