"""The controls of the settings dialog: a slider with its value, a switch, a choice of a few."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from galaxy_desktop.model.settings import Span
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import Switch, Tabs
from galaxy_desktop.ui.labels import label
from galaxy_desktop.ui.slider import Slider

_STEPS = 400
_VALUE_WIDTH = 48


class SettingRow(QWidget):
    """A title, what it means, and a control.

    Signals
    -------
    changed(object) : the user chose another value
    """

    changed = pyqtSignal(object)

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self.title = title
        self.setToolTip(hint)

    def set_value(self, value: object) -> None:
        """Show a value; says nothing."""
        raise NotImplementedError


class SliderRow(SettingRow):
    """A number on a slider.

    Factors that can be halved as well as doubled lie on it by their ratio, so that 1 is its middle.

    Parameters
    ----------
    title, hint : str
    span : Span
    unit : str
        "%" shows 1 as 100%; any other is put after the number.
    """

    def __init__(self, title: str, hint: str, span: Span, unit: str = "%") -> None:
        super().__init__(title, hint)
        self._span = span
        self._unit = unit
        self._by_ratio = span.low > 0 and math.isclose(span.low * span.high, 1)
        self.slider = Slider(title)
        self.slider.setRange(0, _STEPS if self._by_ratio else round(self._width() / span.step))
        self.slider.setPageStep(max(1, self.slider.maximum() // 10))
        self.slider.setSingleStep(max(1, self.slider.maximum() // 40))
        self.value_label = label("", "number")
        self.value_label.setFixedWidth(_VALUE_WIDTH)
        self.value_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = _row(self, label(title))
        row.addWidget(self.slider, 1)
        row.addWidget(self.value_label)
        self.slider.valueChanged.connect(self._moved)

    def value(self) -> float:
        """Return the number that is chosen."""
        place = self.slider.value()
        span = self._span
        if not self._by_ratio:
            return round(min(span.high, span.low + place * span.step), 6)
        exact = span.low * math.pow(span.high / span.low, place / _STEPS)
        stepped = round(exact / span.step) * span.step
        return round(min(span.high, max(span.low, stepped)), 6)

    def set_value(self, value: object) -> None:
        assert isinstance(value, float | int)
        self.slider.blockSignals(True)
        self.slider.setValue(self._place(float(value)))
        self.slider.blockSignals(False)
        self._show(float(value))

    def _width(self) -> float:
        return self._span.high - self._span.low

    def _place(self, value: float) -> int:
        span = self._span
        if self._by_ratio:
            return round(_STEPS * math.log(value / span.low) / math.log(span.high / span.low))
        return round((value - span.low) / span.step)

    def _moved(self) -> None:
        self._show(self.value())
        self.changed.emit(self.value())

    def _show(self, value: float) -> None:
        text = f"{value:.0%}" if self._unit == "%" else f"{value:.0f}{self._unit}"
        self.value_label.setText(text)


class SwitchRow(SettingRow):
    """Yes or no; a click anywhere on the row turns it over."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__(title, hint)
        self.switch = Switch(title)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(title))
        words.addWidget(label(hint, "small", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.UNIT // 2, 0, theme.UNIT // 2)
        row.setSpacing(2 * theme.UNIT)
        row.addLayout(words, 1)
        row.addWidget(self.switch)
        self.switch.toggled.connect(self.changed.emit)

    def set_value(self, value: object) -> None:
        self.switch.set_on(bool(value))


class ChoiceRow(SettingRow):
    """One of a few words.

    Parameters
    ----------
    title, hint : str
    words : sequence of (str, str)
        What each value is, and what it is called.
    """

    def __init__(self, title: str, hint: str, words: Sequence[tuple[str, str]]) -> None:
        super().__init__(title, hint)
        self._values = [value for value, _ in words]
        self.tabs = Tabs([name for _, name in words])
        row = _row(self, label(title))
        row.addWidget(self.tabs, 1)
        self.tabs.changed.connect(lambda place: self.changed.emit(self._values[place]))

    def set_value(self, value: object) -> None:
        self.tabs.blockSignals(True)
        self.tabs.current = self._values.index(str(value))
        self.tabs.blockSignals(False)


def _row(owner: QWidget, title: QLabel) -> QHBoxLayout:
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2 * theme.UNIT)
    title.setFixedWidth(17 * theme.UNIT)
    row.addWidget(title)
    return row
