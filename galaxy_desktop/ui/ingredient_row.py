"""One artist that is averaged: who, how much of it, and whether it is taken away."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QPointF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QEnterEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from galaxy_desktop.model.ingredient_colours import COLOURS
from galaxy_desktop.model.recipe import Ingredient
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_drag import Dragged, DragSource, DropTarget
from galaxy_desktop.ui.buttons import IconButton
from galaxy_desktop.ui.labels import label
from galaxy_desktop.ui.name_button import NameButton
from galaxy_desktop.ui.slider import Slider

_STEPS = 100


class IngredientRow(QFrame):
    """A dot in the artist's colour, the name, a sign, a way out; below them the weight.

    Signals
    -------
    weighed(float) : the user set the weight, 0 to 1
    signed(bool) : whether it is to be taken away
    removed() : it is to go
    pressed() : the name was clicked
    hovered(bool) : the cursor came, or left
    dropped(Dragged) : another artist was dropped here, to take its place
    """

    weighed = pyqtSignal(float)
    signed = pyqtSignal(bool)
    removed = pyqtSignal()
    pressed = pyqtSignal()
    hovered = pyqtSignal(bool)
    dropped = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "ingredient")
        self._artist: int | None = None
        self._colour = ""
        self._dot = _Dot()
        self.name = NameButton()
        self.role = label("", "small")
        self.sign = IconButton("minus", "")
        self.sign.setCheckable(True)
        self.remove = IconButton("close", "")
        for tool in (self.sign, self.remove):
            tool.setFixedSize(26, 26)
            tool.setIconSize(QSize(theme.SMALL_ICON, theme.SMALL_ICON))
        self.slider = Slider()
        self.slider.setRange(0, _STEPS)
        self.slider.setSingleStep(5)
        self.slider.setPageStep(25)
        self.value = label("", "number")
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.missing = label("Not in this galaxy", "small")
        self._arrange()
        self.name.clicked.connect(self.pressed)
        self.remove.clicked.connect(self.removed)
        self.sign.toggled.connect(self.signed)
        self.slider.valueChanged.connect(lambda value: self.weighed.emit(value / _STEPS))
        DragSource(self.name, self._dragged)
        DropTarget(self).dropped.connect(self.dropped)

    def show_ingredient(self, each: Ingredient, artist: int | None, role: str = "") -> None:
        """Show an ingredient; says nothing.

        Parameters
        ----------
        each : Ingredient
        artist : int or None
            None where it is not in the galaxy that is open.
        role : str
            What it is on a path, in place of weight and sign; "" for no path.
        """
        self._artist = artist
        here = artist is not None
        weighed = here and not role
        self._show_colour(COLOURS[each.colour], hollow=(each.minus and weighed) or not here)
        self.name.set_name(each.name, "Fly there" if here else "")
        self.role.setText(role)
        self.role.setVisible(bool(role))
        self.missing.setVisible(not here)
        self.remove.set_tip(f"Remove {each.name}")
        self.sign.setVisible(weighed)
        self.sign.blockSignals(True)
        self.sign.setChecked(each.minus)
        self.sign.blockSignals(False)
        self.sign.set_tip("Add it again" if each.minus else "Take it away: A − B")
        self.sign.setAccessibleName(f"Take {each.name} away")
        self.slider.setVisible(weighed)
        self.slider.setAccessibleName(f"Weight of {each.name}")
        self.slider.blockSignals(True)
        self.slider.setValue(round(each.weight * _STEPS))
        self.slider.blockSignals(False)
        self.value.setVisible(weighed)
        self.value.setText(f"{'−' if each.minus and each.weight else ''}{each.weight:.0%}")
        self.value.setMinimumWidth(self.value.fontMetrics().horizontalAdvance("−100%") + 2)

    def _show_colour(self, colour: str, *, hollow: bool) -> None:
        self._dot.show_colour(colour, hollow=hollow)
        if colour != self._colour:
            self._colour = colour
            self.slider.setStyleSheet(
                f"QSlider::sub-page:horizontal {{ background: {colour}; height: 4px;"
                " border-radius: 2px; }"
            )

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self._dot)
        top.addWidget(self.name, 1)
        top.addWidget(self.role)
        top.addWidget(self.sign)
        top.addWidget(self.remove)
        below = QHBoxLayout()
        below.setContentsMargins(18, 0, 4, 0)
        below.setSpacing(theme.UNIT)
        below.addWidget(self.slider, 1)
        below.addWidget(self.value)
        below.addWidget(self.missing)
        below.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, 3, 4, 4)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(below)

    def _dragged(self) -> Dragged | None:
        return None if self._artist is None else Dragged(self._artist, self.name.name())

    def enterEvent(self, event: QEnterEvent | None) -> None:
        super().enterEvent(event)
        self.hovered.emit(True)

    def leaveEvent(self, event: QEvent | None) -> None:
        super().leaveEvent(event)
        self.hovered.emit(False)


class _Dot(QWidget):
    """The colour of an ingredient; a ring where it is taken away or missing."""

    def __init__(self) -> None:
        super().__init__()
        self._colour, self._hollow = COLOURS[0], False
        self.setFixedSize(16, 16)

    def show_colour(self, colour: str, *, hollow: bool) -> None:
        """Show a colour."""
        self._colour, self._hollow = colour, hollow
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._colour), 2))
        if not self._hollow:
            painter.setBrush(QColor(self._colour))
        painter.drawEllipse(QPointF(7, 8), 4, 4)
