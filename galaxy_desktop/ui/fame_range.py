"""The popularity that results must have: a range, and two words for its usual ends."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from galaxy_desktop.model.recipe import ANY_FAME, Fame
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.flow_layout import FlowLayout
from galaxy_desktop.ui.labels import label
from galaxy_desktop.ui.range_slider import RangeSlider

_OBSCURE, _WELL_KNOWN = 50, 80
"""Per cent of the artists of a galaxy are less popular than what these words begin at."""


class FameRange(QWidget):
    """A range slider with its numbers; under it "hide obscure" and "hide well-known".

    Signals
    -------
    changed(int, int) : the user chose another range of popularity
    """

    changed = pyqtSignal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._world: World | None = None
        self._obscure, self._well_known = ANY_FAME
        self.slider = RangeSlider("Lowest popularity", "Highest popularity")
        self.numbers = label("", "number")
        self.hide_obscure = button("Hide obscure", "chip")
        self.hide_well_known = button("Hide well-known", "chip")
        for chip in (self.hide_obscure, self.hide_well_known):
            chip.setCheckable(True)
        top = QHBoxLayout()
        top.setSpacing(theme.UNIT)
        top.addWidget(label("Popularity", "small"))
        top.addWidget(self.slider, 1)
        top.addWidget(self.numbers)
        chips = FlowLayout()
        chips.addWidget(self.hide_obscure)
        chips.addWidget(self.hide_well_known)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(top)
        column.addLayout(chips)
        self.slider.changed.connect(self.changed)
        self.hide_obscure.clicked.connect(self._hide_obscure)
        self.hide_well_known.clicked.connect(self._hide_well_known)

    def show_fame(self, fame: Fame, world: World) -> None:
        """Show a range in a galaxy; says nothing."""
        if world is not self._world:
            self._world = world
            low, high = np.percentile(world.galaxy.popularity, (_OBSCURE, _WELL_KNOWN))
            self._obscure, self._well_known = round(low), max(round(low), round(high))
            self.hide_obscure.setToolTip(f"Only artists of a popularity of {self._obscure} or more")
            self.hide_well_known.setToolTip(
                f"Only artists of a popularity of {self._well_known} or less"
            )
        low, high = fame
        self.slider.set_range(low, high)
        self.numbers.setText(f"{low}–{high}")
        self.numbers.setMinimumWidth(self.numbers.fontMetrics().horizontalAdvance("00–100"))
        self.hide_obscure.setChecked(low >= self._obscure > 0)
        self.hide_well_known.setChecked(high <= self._well_known < ANY_FAME[1])

    def _hide_obscure(self, on: bool) -> None:
        _, high = self.slider.range
        low = self._obscure if on else 0
        self.changed.emit(low, max(low, high))

    def _hide_well_known(self, on: bool) -> None:
        low, _ = self.slider.range
        high = self._well_known if on else 100
        self.changed.emit(min(low, high), high)
