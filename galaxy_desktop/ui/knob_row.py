"""A knob as a row: what it is called, a slider, and a field for those who know the number."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from embedding.errors import InputError
from galaxy_desktop.model.knobs import KNOBS, Knob, Value
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import IconButton
from galaxy_desktop.ui.labels import label
from galaxy_desktop.ui.slider import Slider

_FIELD_ROOM = 24
"""What a field needs beside its digits."""
_SEEDS = 1000


class KnobRow(QWidget):
    """One knob.

    Signals
    -------
    changed(str, object) : its name and the value that it has by now; a slider may still be held
    let_go(str) : its name; the user is done with it, at another value
    refused(str) : one sentence on why what was typed cannot be
    corrected() : what was typed can be

    Parameters
    ----------
    knob : Knob
    """

    changed = pyqtSignal(str, object)
    let_go = pyqtSignal(str)
    refused = pyqtSignal(str)
    corrected = pyqtSignal()

    def __init__(self, knob: Knob) -> None:
        super().__init__()
        self.knob = knob
        self._artists = 0
        self._value = knob.default
        self.field = _Field(knob)
        self.slider = Slider(knob.title)
        self.again = IconButton("rotate", "Take another seed")
        self.setAccessibleName(knob.title)
        title = label(knob.title)
        title.setBuddy(self.field)
        title.setFixedWidth(_title_width())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(title)
        if knob.scale == "none":
            row.addWidget(self.field, 1)
            row.addWidget(self.again)
            self.slider.setParent(None)
        else:
            row.addWidget(self.slider, 1)
            row.addWidget(self.field)
            self.again.setParent(None)
        self._fit(knob)
        self.slider.valueChanged.connect(lambda place: self._moved(self._fitted.at(place)))
        self.slider.let_go.connect(lambda: self.let_go.emit(knob.name))
        self.field.editingFinished.connect(self._typed)
        self.field.left.connect(self._left)
        self.field.stepped.connect(self._step)
        self.again.clicked.connect(self._another)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What the keyboard can be on, from left to right."""
        if self.knob.scale == "none":
            return self.field, self.again
        return self.slider, self.field

    @property
    def value(self) -> Value:
        """The value that it has."""
        return self._value

    def set_value(self, value: Value, artists: int) -> None:
        """Show a value, for a graph of so many artists; says nothing."""
        self._artists = artists
        self._fit(self.knob.within(artists))
        self._show(value)

    def _fit(self, knob: Knob) -> None:
        self._fitted = knob
        if knob.scale == "none":
            return
        self.slider.blockSignals(True)
        self.slider.setRange(0, knob.steps)
        # A key goes far enough to be seen: by an eighth where values lie by their ratio.
        self.slider.setSingleStep(6 if knob.scale == "log" else 1)
        self.slider.setPageStep(max(1, knob.steps // 8))
        self.slider.blockSignals(False)

    def _show(self, value: Value, *, slider: bool = True) -> None:
        self._value = value
        self.field.show_value(self.knob.show(value))
        if slider and self.knob.scale != "none":
            self.slider.blockSignals(True)
            self.slider.setValue(self._fitted.place(value))
            self.slider.blockSignals(False)

    def _moved(self, value: Value) -> None:
        if value != self._value:
            self._show(value, slider=False)
            self.changed.emit(self.knob.name, value)

    def _take(self, value: Value) -> None:
        if value == self._value:
            self._show(value)
            return
        self._show(value)
        self.changed.emit(self.knob.name, value)
        self.let_go.emit(self.knob.name)

    def _typed(self) -> None:
        if not self.field.isModified():
            return
        try:
            self._take(self.knob.read(self.field.text(), self._artists))
            self.corrected.emit()
        except InputError as error:
            self.refused.emit(str(error))
            self.field.mark_wrong()

    def _left(self) -> None:
        if self.field.isModified():
            self._show(self._value)

    def _step(self, by: int) -> None:
        if self.knob.scale == "none":
            self._take(max(0, int(self._value) + by))
        else:
            place = self._fitted.place(self._value) + by * self.slider.singleStep()
            self._take(self._fitted.at(min(self._fitted.steps, max(0, place))))

    def _another(self) -> None:
        # In order and not at random: a seed that was liked is found again.
        self._take((int(self._value) + 1) % _SEEDS)


class _Field(QLineEdit):
    stepped = pyqtSignal(int)
    left = pyqtSignal()

    def __init__(self, knob: Knob) -> None:
        super().__init__()
        self.setAccessibleName(knob.title)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(24)
        widest = QFontMetrics(theme.font()).horizontalAdvance("100,000")
        self.setMinimumWidth(widest + _FIELD_ROOM)
        if knob.scale != "none":
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.setFixedWidth(widest + _FIELD_ROOM)

    def show_value(self, text: str) -> None:
        """Show a value that is good."""
        self.setText(text)
        self.setModified(False)
        self._dress(wrong=False)

    def mark_wrong(self) -> None:
        """Show that what was typed is no value."""
        self._dress(wrong=True)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key())) if event else None
        if step is not None and not self.isModified():
            self.stepped.emit(step)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        # What is typed and good is taken first.
        super().focusOutEvent(event)
        self.left.emit()

    def _dress(self, *, wrong: bool) -> None:
        if self.property("wrong") == wrong:
            return
        self.setProperty("wrong", wrong)
        style = self.style()
        if style is not None:
            style.unpolish(self)
            style.polish(self)


def _title_width() -> int:
    metrics = QFontMetrics(theme.font())
    return max(metrics.horizontalAdvance(knob.title) for knob in KNOBS)
