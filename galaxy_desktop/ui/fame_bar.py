"""How popular an artist is, as a bar and a number."""

from __future__ import annotations

from PyQt6.QtWidgets import QHBoxLayout, QWidget

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.bar import Bar
from galaxy_desktop.ui.labels import label


class FameBar(QWidget):
    """A row: what it is, a bar, the number of 100."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        self._bar = Bar()
        self._number = label("", "number")
        row.addWidget(label("Popularity", "small"))
        row.addWidget(self._bar, 1)
        row.addWidget(self._number)

    def set_fame(self, popularity: int) -> None:
        """Show a popularity of 0 to 100."""
        self._bar.set_share(popularity / 100)
        self._number.setText(f"{popularity}")
        self.setToolTip(f"Popularity {popularity} of 100")
        self.setAccessibleName(f"Popularity {popularity} of 100")
