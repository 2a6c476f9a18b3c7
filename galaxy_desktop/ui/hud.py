"""A line at the edge of the galaxy: the mode, the speed, frames a second, how far a tour is."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from galaxy_desktop.model.label_text import label_text
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.touring import Touring
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.labels import label

_NOTED_MS = 1_600
_NAME = 34
_MODES = {"orbit": "Orbit", "fly": "Fly"}


class Hud(QFrame):
    """Shown where the settings say so, for a moment to say what was set, and during a tour.

    The mouse goes through it.

    It follows `state.mode`, `state.touring` and `state.settings`; the speed and the frames are told
    to it.

    Parameters
    ----------
    state : AppState
    over : QWidget
        It stays in its lower left corner.
    """

    def __init__(self, state: AppState, over: QWidget) -> None:
        super().__init__(over)
        self._over, self._state = over, state
        self._mode = _MODES[state.mode]
        self._speed: float | None = None
        self._frames: float | None = None
        self._note = self._tour = ""
        self._always = state.settings.show_speed
        self._noted = QTimer(self)
        self._noted.setSingleShot(True)
        self._noted.setInterval(_NOTED_MS)
        self._noted.timeout.connect(lambda: self._take_note(""))
        self.setProperty("kind", "hud")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._line = label("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.UNIT, 3, theme.UNIT, 3)
        row.addWidget(self._line)
        over.installEventFilter(self)
        state.mode_changed.connect(self._mode_changed)
        state.touring_changed.connect(self._touring_changed)
        state.settings_changed.connect(self._settings_changed)
        self._settings_changed(state.settings)

    @property
    def text(self) -> str:
        """What it says."""
        return self._line.text()

    def set_speed(self, speed: float | None) -> None:
        """Tell the speed in radii of the galaxy a second, None where nothing flies."""
        self._speed = speed
        self._show()

    def set_frames(self, frames: float | None) -> None:
        """Tell the frames a second, None where nothing moves."""
        self._frames = frames
        self._show()

    def note(self, text: str) -> None:
        """Show for a moment what was set, such as a speed."""
        self._take_note(text)
        self._noted.start()

    def close_down(self) -> None:
        """Follow nothing any more: the window is being taken apart."""
        self._noted.stop()
        self._over.removeEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if watched is self._over and event is not None and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _mode_changed(self, mode: str) -> None:
        self._mode = _MODES[mode]
        self._show()

    def _touring_changed(self, touring: Touring | None) -> None:
        self._tour = ""
        if touring is not None:
            name = label_text(self._state.world.galaxy.names[touring.artist], _NAME)
            stop = f"{touring.at + 1} of {len(touring.artists)}"
            self._tour = f"Artist {stop}: {name}   Esc ends the flight"
        self._show()

    def _settings_changed(self, settings: Settings) -> None:
        self._always = settings.show_speed
        self._show()

    def _take_note(self, text: str) -> None:
        self._note = text
        self._show()

    def _show(self) -> None:
        self.setVisible(self._always or bool(self._note or self._tour))
        parts = [self._mode] if self._always else []
        if self._note:
            parts.append(self._note)
        elif self._tour:
            parts.append(self._tour)
        elif self._speed is not None and self._always:
            parts.append(f"{self._speed:.3g} R/s")
        if self._frames is not None and self._always:
            parts.append(f"{self._frames:.0f} frames/s")
        text = "   ".join(parts)
        if text and text != self._line.text():
            self._line.setText(text)
        self._place()

    def _place(self) -> None:
        if self.isHidden():
            return
        self.adjustSize()
        self.move(theme.UNIT, self._over.height() - self.height() - theme.UNIT)
