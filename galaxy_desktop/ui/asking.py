"""`Asking`: a dialog that says something and ends with a row of buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import button


class Asking(QDialog):
    """As wide as is said and as high as its words need; what is asked goes into `column`.

    Parameters
    ----------
    title : str
    width : int
        In logical pixels.
    answers : sequence of QPushButton
        From left to right; the last one is what Enter means.
    parent : QWidget, optional

    Attributes
    ----------
    column : QVBoxLayout
    stay : QPushButton
        Changes nothing, as Escape does.
    """

    def __init__(
        self, title: str, width: int, answers: Sequence[QPushButton], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(width)
        self.stay = button("Cancel")
        self.stay.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        row.addWidget(self.stay)
        row.addStretch(1)
        for answer in answers:
            row.addWidget(answer)
        answers[-1].setDefault(True)
        answers[-1].setFocus()
        self.column = QVBoxLayout()
        self.column.setSpacing(2 * theme.UNIT)
        whole = QVBoxLayout(self)
        side = 3 * theme.UNIT
        whole.setContentsMargins(side, side, side, side)
        whole.setSpacing(3 * theme.UNIT)
        whole.addLayout(self.column)
        whole.addLayout(row)

    def fit(self) -> None:
        """Be as high as the words need that stand there now."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        # By itself Qt asks sentences how high they are where they are narrow, and leaves gaps.
        self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def showEvent(self, event: QShowEvent | None) -> None:
        self.fit()
        super().showEvent(event)
