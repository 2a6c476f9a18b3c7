"""The settings: every choice, with its effect at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from galaxy_desktop.model.settings import ALLOWED, LOOK_ALLOWED, Settings, Span
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import Tabs, button
from galaxy_desktop.ui.column import Column
from galaxy_desktop.ui.labels import hairline
from galaxy_desktop.ui.settings_rows import ChoiceRow, SettingRow, SliderRow, SwitchRow

_WIDTH, _HEIGHT = 480, 472


class SettingsDialog(QDialog):
    """All settings in a small window beside the galaxy, which follows every change.

    Signals
    -------
    changed(Settings) : the user chose something; Cancel gives back what there was at first
    """

    changed = pyqtSignal(Settings)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = self._before = settings
        self._rows: dict[str, SettingRow] = {}
        self.setWindowTitle("Settings")
        self.setModal(False)
        self.tabs = Tabs()
        self._pages = QStackedWidget()
        for title, rows in _pages().items():
            self._add_page(title, rows)
        self.reset = button("Reset to defaults", "quiet")
        self.cancel = button("Cancel")
        self.done_button = button("Done", "primary")
        self._arrange()
        self.resize(_WIDTH, _HEIGHT)
        self.tabs.changed.connect(self._pages.setCurrentIndex)
        self.reset.clicked.connect(self._reset)
        self.cancel.clicked.connect(self.reject)
        self.done_button.clicked.connect(self.accept)
        self.show_settings(settings)

    @property
    def settings(self) -> Settings:
        """What is chosen now."""
        return self._settings

    def row(self, name: str) -> SettingRow:
        """Return the control of a field of `Settings` or `Look`."""
        return self._rows[name]

    def show_settings(self, settings: Settings) -> None:
        """Show what was chosen elsewhere, by a key for one; says nothing."""
        self._settings = settings
        for name, row in self._rows.items():
            row.set_value(getattr(settings.look if name in LOOK_ALLOWED else settings, name))
        self._enable()

    def reject(self) -> None:
        """Close, and give back what there was at first."""
        # What was read or shown meanwhile is no choice that could be taken back.
        self._choose(replace(self._before, welcomed=self._settings.welcomed))
        super().reject()

    def showEvent(self, event: Any) -> None:
        self._before = self._settings
        super().showEvent(event)

    def place_beside(self, window: QWidget) -> None:
        """Lie at the right of a window, over its sidebar, so that the galaxy is seen."""
        whole = window.frameGeometry()
        left = whole.right() - self.width() - 2 * theme.UNIT
        top = whole.center().y() - self.height() // 2
        self.move(max(whole.left(), left), max(whole.top(), top))

    def _add_page(self, title: str, rows: dict[str, SettingRow]) -> None:
        page = Column()
        page.column.setContentsMargins(0, theme.UNIT, theme.UNIT, 0)
        for name, row in rows.items():
            self._rows[name] = row
            row.changed.connect(lambda value, name=name: self._changed(name, value))
            page.column.addWidget(row)
        page.column.addStretch(1)
        self.tabs.add(title)
        self._pages.addWidget(page)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        side = 2 * theme.UNIT
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.UNIT)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.UNIT)
        buttons.addWidget(self.reset)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.done_button)
        column.addWidget(self.tabs)
        column.addWidget(hairline())
        column.addWidget(self._pages, 1)
        column.addWidget(hairline())
        column.addLayout(buttons)
        self.done_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, name: str, value: object) -> None:
        change: dict[str, Any] = {name: value}
        if name in LOOK_ALLOWED:
            change = {"look": replace(self._settings.look, **change)}
        self._choose(replace(self._settings, **change))

    def _reset(self) -> None:
        self._choose(Settings(welcomed=self._settings.welcomed))

    def _choose(self, settings: Settings) -> None:
        if settings != self._settings:
            self.show_settings(settings)
            self.changed.emit(settings)

    def _enable(self) -> None:
        """Let nobody choose what reduced motion rules out."""
        self._rows["rotate"].setEnabled(not self._settings.reduced_motion)


def _pages() -> dict[str, dict[str, SettingRow]]:
    """Return the controls of each page, by the fields that they set."""
    return {
        "Picture": {
            "palette": ChoiceRow(
                "Palette",
                "Ember is safe for colour-blind eyes.",
                (("lagoon", "Lagoon"), ("aurora", "Aurora"), ("ember", "Ember")),
            ),
            "tone": ChoiceRow(
                "Light",
                "Film deepens the shadows; soft keeps more of what is faint.",
                (("aces", "Film"), ("reinhard", "Soft")),
            ),
            "exposure": _slider("exposure", "Exposure", "How bright all light is."),
            "bloom": _slider("bloom", "Glow", "How far light bleeds around what is bright."),
            "star_size": _slider("star_size", "Star size", "How large the stars are."),
            "connections": _slider(
                "connections", "Connections", "Which share of the lines between artists is drawn."
            ),
            "quality": ChoiceRow(
                "Quality",
                "Smooth lets the picture give way while it moves, where the machine needs it.",
                (("auto", "Smooth motion"), ("full", "Always full")),
            ),
        },
        "Motion": {
            "rotate": SwitchRow("Slow rotation", "The galaxy turns by itself until touched."),
            "reduced_motion": SwitchRow(
                "Reduced motion", "Fades to a place instead of flying; nothing turns by itself."
            ),
            "adaptive_speed": SwitchRow(
                "Speed follows the surroundings", "Fast in the void, slow among stars."
            ),
            "invert_y": SwitchRow("Invert up and down", "Mouse up looks down."),
            "speed": _slider("speed", "Flying speed", "How fast the keys fly."),
            "mouse_speed": _slider("mouse_speed", "Mouse speed", "How far the mouse turns."),
            "fov": _slider("fov", "Field of view", "From top to bottom of the picture.", "°"),
        },
        "Names and window": {
            "labels": _slider("labels", "Names", "How many names are shown; none at 0%."),
            "label_size": _slider("label_size", "Size of names", "How large the names are."),
            "show_speed": SwitchRow(
                "Show speed and frames", "A line at the edge: the mode, the speed, frames a second."
            ),
        },
    }


def _slider(name: str, title: str, hint: str, unit: str = "%") -> SliderRow:
    span = {**LOOK_ALLOWED, **ALLOWED}[name]
    assert isinstance(span, Span)
    return SliderRow(title, hint, span, unit)
