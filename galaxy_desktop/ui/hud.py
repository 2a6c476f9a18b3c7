"""A line at the edge of the galaxy: the mode, the speed, frames a second."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.labels import label

_MODES = {"orbit": "Orbit", "fly": "Fly"}


class Hud(QFrame):
    """Shown where the settings say so; the mouse goes through it.

    It follows `state.mode` and `state.settings`; the speed and the frames are told to it.

    Parameters
    ----------
    state : AppState
    over : QWidget
        It stays in its lower left corner.
    """

    def __init__(self, state: AppState, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._mode = _MODES[state.mode]
        self._speed: float | None = None
        self._frames: float | None = None
        self.setProperty("kind", "hud")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._line = label("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.UNIT, 3, theme.UNIT, 3)
        row.addWidget(self._line)
        over.installEventFilter(self)
        state.mode_changed.connect(self._mode_changed)
        state.settings_changed.connect(self._settings_changed)
        self._settings_changed(state.settings)
        self._show()

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

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if watched is self._over and event is not None and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _mode_changed(self, mode: str) -> None:
        self._mode = _MODES[mode]
        self._show()

    def _settings_changed(self, settings: Settings) -> None:
        self.setVisible(settings.show_speed)
        self._place()

    def _show(self) -> None:
        parts = [self._mode]
        if self._speed is not None:
            parts.append(f"{self._speed:.3g} R/s")
        if self._frames is not None:
            parts.append(f"{self._frames:.0f} frames/s")
        text = "   ".join(parts)
        if text != self._line.text():
            self._line.setText(text)
            self._place()

    def _place(self) -> None:
        if self.isHidden():
            return
        self.adjustSize()
        self.move(theme.UNIT, self._over.height() - self.height() - theme.UNIT)
