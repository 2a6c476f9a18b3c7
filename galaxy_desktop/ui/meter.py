"""`Meter`: how fast one flies, and how many frames a second there are, for who wants to see it."""

from __future__ import annotations

from time import perf_counter

from PyQt6.QtCore import QObject

from galaxy_desktop.ui.explorer import Explorer
from galaxy_desktop.ui.hud import Hud

_EVERY = 0.5
"""Seconds; numbers that change faster cannot be read."""


class Meter(QObject):
    """Counts the frames of an explorer and tells a `Hud`.

    Parameters
    ----------
    explorer : Explorer
    hud : Hud
    """

    def __init__(self, explorer: Explorer, hud: Hud) -> None:
        super().__init__(hud)
        self._explorer, self._hud = explorer, hud
        self._since: float | None = None
        self._frames = 0
        explorer.drawn.connect(self._drawn)
        explorer.moving_changed.connect(self._moving_changed)

    def _drawn(self) -> None:
        if not self._explorer.moving:
            return
        now = perf_counter()
        if self._since is None:
            self._since, self._frames = now, 0
            return
        self._frames += 1
        if now - self._since >= _EVERY:
            flight = self._explorer.navigator.flight
            self._hud.set_frames(self._frames / (now - self._since))
            self._hud.set_speed(flight.cruise if flight.mode == "fly" else None)
            self._since, self._frames = now, 0

    def _moving_changed(self, moving: bool) -> None:
        if not moving:
            self._since = None
            self._hud.set_frames(None)
            self._hud.set_speed(None)
