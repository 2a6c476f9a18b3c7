"""The quality figures of the galaxy before and of this one, side by side."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from galaxy_desktop.model.figures import Compared, Verdict
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.labels import Kind, label
from galaxy_desktop.ui.pointing import Pointing

_KINDS: dict[Verdict, Kind] = {"better": "accent", "worse": "warning", "same": "small", "": "small"}


class FiguresTable(QWidget):
    """A row for each figure: what it is called, before, now, and which is better.

    Signals
    -------
    pointed(str) : the sentence of the row that the cursor or the keyboard is on, "" for none
    """

    pointed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.UNIT)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.rows: list[FigureRow] = []

    def show_figures(self, figures: list[Compared]) -> None:
        """Show other figures."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        right = Qt.AlignmentFlag.AlignRight
        for column, head in enumerate(("before", "now"), 1):
            self._grid.addWidget(label(head, "small"), 0, column, right)
        for place, figure in enumerate(figures, 1):
            row = FigureRow(figure)
            Pointing(row, row.sentence, self.pointed.emit)
            self.rows.append(row)
            self._grid.addWidget(row, place, 0)
            self._grid.addWidget(label(figure.before, "number"), place, 1, right)
            self._grid.addWidget(label(figure.now), place, 2, right)
            word = label(figure.verdict, _KINDS[figure.verdict])
            self._grid.addWidget(word, place, 3)


class FigureRow(QWidget):
    """The name of a figure; it can have the keyboard, so that what it means can be read.

    Attributes
    ----------
    sentence : str
        What it means.
    """

    def __init__(self, figure: Compared) -> None:
        super().__init__()
        self.sentence = f"{figure.title}: {figure.sentence}"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(
            f"{figure.title}: {figure.before} before, {figure.now} now, {figure.verdict}"
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.title = label(figure.title, "muted")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.title)

    def focusInEvent(self, _event: object) -> None:
        self._dress("accent")

    def focusOutEvent(self, _event: object) -> None:
        self._dress("muted")

    def _dress(self, kind: Kind) -> None:
        self.title.setProperty("kind", kind)
        style = self.title.style()
        if style is not None:
            style.unpolish(self.title)
            style.polish(self.title)
