"""Buttons of the theme: with a text, with an icon alone, a row of tabs, a switch, a choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PyQt6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QRectF,
    QSize,
    Qt,
    QVariantAnimation,
    pyqtSignal,
)
from PyQt6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QToolButton,
    QWidget,
)

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.icons import draw, icon

Kind = Literal["", "primary", "soft", "quiet", "chip", "link", "tab", "room"]


def button(text: str, kind: Kind = "", icon_name: str = "") -> QPushButton:
    """Return a button with a text and, in front of it, an icon."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("kind", kind)
    # By mouse it does not take the focus, so that a focus ring always means the keyboard.
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if icon_name:
        made.setIcon(icon(icon_name, kind))
        size = theme.SMALL_ICON if kind == "link" else theme.ICON
        made.setIconSize(QSize(size, size))
    return made


class IconButton(QToolButton):
    """A button that is an icon; its tooltip says what it does."""

    def __init__(self, icon_name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icon(icon_name))
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        self.setFixedSize(theme.CONTROL, theme.CONTROL)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoRaise(True)
        self.set_tip(tip)

    def set_tip(self, tip: str) -> None:
        """Say what it does: to the eye, and to a screen reader."""
        self.setToolTip(tip)
        self.setAccessibleName(tip)

    def set_icon(self, icon_name: str, kind: str = "") -> None:
        """Show another icon, of the kinds of `icons.icon`."""
        self.setIcon(icon(icon_name, kind))


class Choice(QComboBox):
    """One of a list that opens."""

    def __init__(self) -> None:
        super().__init__()
        # The style sheet reaches the rows of this delegate alone.
        self.setItemDelegate(QStyledItemDelegate(self))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        place = QRectF(0, 0, theme.SMALL_ICON, theme.SMALL_ICON)
        place.moveCenter(QRectF(self.rect()).center())
        place.moveRight(self.width() - 12)
        draw(QPainter(self), "down", theme.colours().muted, place)


class Tabs(QWidget):
    """A row of which one is on; the arrow keys go along it.

    Signals
    -------
    changed(int) : the user or the program chose another one

    Parameters
    ----------
    titles : sequence of str
    kind : {"tab", "room"}
        Pills, or words that are underlined.
    """

    changed = pyqtSignal(int)

    def __init__(
        self,
        titles: Sequence[str] = (),
        kind: Literal["tab", "room"] = "tab",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: Literal["tab", "room"] = kind
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.UNIT // 2)
        self._group.idToggled.connect(self._toggled)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for title in titles:
            self.add(title)

    def add(self, title: str, tip: str = "") -> int:
        """Add one at the end and return which it is."""
        place = len(self)
        made = button(title, self._kind)
        made.setCheckable(True)
        made.setToolTip(tip)
        made.installEventFilter(self)
        self._row.addWidget(made, 1)
        self._group.addButton(made, place)
        if place == 0:
            made.setChecked(True)
        return place

    def __len__(self) -> int:
        return len(self._group.buttons())

    @property
    def current(self) -> int:
        """Which one is on."""
        return self._group.checkedId()

    @current.setter
    def current(self, place: int) -> None:
        self.at(place).setChecked(True)

    def at(self, place: int) -> QAbstractButton:
        """Return one of its buttons."""
        made = self._group.button(place)
        assert made is not None, place
        return made

    def set_title(self, place: int, title: str) -> None:
        """Call one of them something else."""
        self.at(place).setText(title.replace("&", "&&"))

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        # Qt would move the focus among them by where they lie, and stop at the ends.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.current = (self.current + step) % len(self)
                self.at(self.current).setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _toggled(self, place: int, on: bool) -> None:
        if on:
            self.changed.emit(place)


class Switch(QAbstractButton):
    """On or off, as a knob that slides."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._at = 0.0
        self._slide = QVariantAnimation(self)
        self._slide.setDuration(120)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._set_knob)
        self.toggled.connect(self._move)

    def set_on(self, on: bool) -> None:
        """Turn it on or off; says nothing."""
        self.blockSignals(True)
        self.setChecked(on)
        self.blockSignals(False)
        self._move(on)

    def sizeHint(self) -> QSize:
        return QSize(36, 24)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(1, self.height() / 2 - 9, 34, 18)
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.edge), 1.5))
        painter.setBrush(QColor(colours.accent if self.isChecked() else colours.raised))
        painter.drawRoundedRect(track, 9, 9)
        painter.setPen(Qt.PenStyle.NoPen)
        bright = colours.text if self.underMouse() or self.hasFocus() else colours.muted
        painter.setBrush(QColor(colours.on_accent if self.isChecked() else bright))
        painter.drawEllipse(QRectF(track.left() + 3.5 + 16 * self._at, track.top() + 3.5, 11, 11))

    def _move(self, on: bool) -> None:
        self._slide.stop()
        if not self.isVisible():
            self._set_knob(float(on))
            return
        self._slide.setStartValue(self._at)
        self._slide.setEndValue(float(on))
        self._slide.start()

    def _set_knob(self, at: float) -> None:
        self._at = at
        self.update()
