"""`SeedField`: the artists that a growth begins with, as chips, and a field for more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetrics, QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from galaxy_desktop.model.growth_plan import MOST_SEEDS
from galaxy_desktop.model.shown_text import shown
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.flow_layout import FlowLayout
from galaxy_desktop.ui.labels import tip

_LONGEST, _WIDEST = 200, 260


class SeedField(QWidget):
    """Names of artists. Enter adds what is typed; Backspace in the empty field removes the last.

    Signals
    -------
    changed() : there is another list of names

    Attributes
    ----------
    field : QLineEdit
    chips : list of QPushButton
        One for each name that was added; a click removes it.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self.chips: list[QPushButton] = []
        self._box = QWidget()
        self._flow = FlowLayout(self._box)
        self.field = QLineEdit()
        self.field.setMaxLength(_LONGEST)
        self.field.setAccessibleName("The name of an artist to begin with")
        self.field.installEventFilter(self)
        self.field.textChanged.connect(lambda _: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT)
        column.addWidget(self._box)
        column.addWidget(self.field)
        self.setFocusProxy(self.field)
        self._show()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, with what is typed and not added yet."""
        typed = self.field.text().strip()
        return tuple(dict.fromkeys([*self._names, *([typed] if typed else [])]))[:MOST_SEEDS]

    def set_names(self, names: Sequence[str]) -> None:
        """Show these."""
        self._names = list(dict.fromkeys(names))[:MOST_SEEDS]
        self._show()

    def add(self) -> None:
        """Add what is typed."""
        names = self.names
        self.field.clear()
        self.set_names(names)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        empty = not self.field.text().strip()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not empty:
            # Not the dialog's: what was typed is one of several, perhaps.
            self.add()
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.field.text() and self._names:
            self._remove(self._names[-1])
            return True
        return super().eventFilter(watched, event)

    def _remove(self, name: str) -> None:
        self._names.remove(name)
        self._show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self._flow.clear()
        self.chips = []
        metrics = QFontMetrics(theme.font("small"))
        for name in self._names:
            text = " ".join(shown(name).split())
            chip = button("", "chip")
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, _WIDEST)
            chip.setText(f"{text}  ×".replace("&", "&&"))
            chip.setToolTip(tip(f"Do not begin with {name}"))
            chip.setAccessibleName(f"Do not begin with {shown(name)}")
            chip.clicked.connect(partial(self._remove, name))
            self._flow.addWidget(chip)
            self.chips.append(chip)
        self._box.setVisible(bool(self._names))
        full = len(self._names) >= MOST_SEEDS
        self.field.setEnabled(not full)
        again = "Another artist" if self._names else "The name of an artist"
        self.field.setPlaceholderText(f"{MOST_SEEDS} artists are the most" if full else again)
        self.updateGeometry()
        self.changed.emit()
