"""`FrameLoop`: one frame after the other while something moves, and none while nothing does."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PyQt6.QtCore import QObject, Qt, QTimer

LONGEST_STEP = 0.1
"""Seconds that a frame may take in the eyes of the model: after a stall, things go on, not jump."""


class FrameLoop(QObject):
    """Paces the frames of one canvas.

    A frame is a step of everything that moves, then a drawing. The next one starts once the
    drawing was shown, and not before its time at the rate of the screen. When a step says that
    nothing is left to do, the loop sleeps until `wake`.

    Parameters
    ----------
    step : callable
        ``step(seconds since the last frame) -> (draw, go_on)``: whether the picture changed, and
        whether another frame is needed. After a sleep the seconds are 0.
    draw : callable
        Asks for a drawing, which ends in a call of `shown`.
    rate : callable
        Frames per second of the screen; asked each frame, as the window may change screens.
    clock : callable
        Seconds, never going back.

    Attributes
    ----------
    frames : int
        How many drawings were asked for.
    """

    # A drawing that is never shown (the window is hidden) must not end the loop for good.
    _PATIENCE_MS = 250

    def __init__(
        self,
        step: Callable[[float], tuple[bool, bool]],
        draw: Callable[[], None],
        rate: Callable[[], float],
        *,
        clock: Callable[[], float] = perf_counter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._step, self._draw, self._rate, self._clock = step, draw, rate, clock
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last: float | None = None
        self._waiting = False
        self._stepping = self._woken = self._stopped = False
        self.frames = 0

    @property
    def running(self) -> bool:
        """Whether a frame is coming."""
        return self._timer.isActive() or self._waiting

    def wake(self) -> None:
        """See to it that a frame comes soon."""
        self._woken = True
        if not self._stopped and not self.running and not self._stepping:
            self._timer.start(0)

    def shown(self) -> None:
        """Hear that the drawing is on the screen."""
        if self._waiting:
            self._waiting = False
            self._schedule()

    def stop(self) -> None:
        """End the loop for good."""
        self._stopped = True
        self._waiting = False
        self._timer.stop()

    def _tick(self) -> None:
        now = self._clock()
        since = now - self._last if self._last is not None else 1 / max(self._rate(), 1.0)
        self._last = now
        self._waiting = self._woken = False
        self._stepping = True
        try:
            draw, go_on = self._step(min(since, LONGEST_STEP))
        finally:
            self._stepping = False
        if self._stopped:
            return
        if draw:
            self.frames += 1
            self._waiting = go_on or self._woken
            if self._waiting:
                self._timer.start(self._PATIENCE_MS)
            self._draw()
        elif go_on or self._woken:
            self._schedule()
        if not go_on and not self._woken:
            self._last = None

    def _schedule(self) -> None:
        due = (self._last or 0.0) + 1 / max(self._rate(), 1.0)
        self._timer.start(max(0, round((due - self._clock()) * 1000)))
