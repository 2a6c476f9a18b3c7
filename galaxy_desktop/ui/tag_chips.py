"""The tags of an artist as chips: a click on one lights up all artists that have it."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QPushButton, QWidget

from galaxy_desktop.model.shown_text import shown
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.flow_layout import FlowLayout
from galaxy_desktop.ui.labels import tip

FIRST = 8
"""So many are shown before one asks for more."""
_WIDEST = 220


class TagChips(QWidget):
    """Chips that can be on, one at a time.

    Signals
    -------
    chosen(str) : a tag was switched on, or "" where the one that was on was switched off
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._tags: tuple[str, ...] = ()
        self._lit = ""
        self._chips: dict[str, QPushButton] = {}

    @property
    def tags(self) -> list[str]:
        """What is shown now."""
        return list(self._chips)

    def chip(self, tag: str) -> QPushButton:
        """Return the chip of a tag that is shown."""
        return self._chips[tag]

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """Show the tags of another artist; the one that is lit stays so where it is there."""
        self._tags = tags
        self._fill(FIRST if len(tags) > FIRST + 1 else len(tags))

    def set_lit(self, tag: str) -> None:
        """Show which tag is lit, "" for none; says nothing."""
        self._lit = tag
        for name, chip in self._chips.items():
            chip.setChecked(name == tag)

    def _fill(self, count: int) -> None:
        self._flow.clear()
        self._chips = {}
        for tag in self._tags[:count]:
            self._chips[tag] = chip = button("", "chip")
            metrics = QFontMetrics(theme.font("small"))
            chip.setText(_elided(tag, metrics).replace("&", "&&"))
            chip.setToolTip(tip(f"Light up all artists tagged {tag}"))
            chip.setAccessibleName(shown(tag))
            chip.setCheckable(True)
            chip.setChecked(tag == self._lit)
            chip.clicked.connect(lambda on, tag=tag: self._clicked(tag, on))
            self._flow.addWidget(chip)
        if rest := len(self._tags) - count:
            more = button(f"+{rest}", "chip")
            more.setToolTip("Show all tags")
            more.clicked.connect(lambda: self._fill(len(self._tags)))
            self._flow.addWidget(more)
        self.setVisible(bool(self._tags))
        self.updateGeometry()

    def _clicked(self, tag: str, on: bool) -> None:
        self.set_lit(tag if on else "")
        self.chosen.emit(self._lit)


def _elided(tag: str, metrics: QFontMetrics) -> str:
    return metrics.elidedText(" ".join(shown(tag).split()), Qt.TextElideMode.ElideRight, _WIDEST)
