"""`Fade`: the picture goes dark, the camera jumps, the picture comes back: no flight."""

from __future__ import annotations

import math

from galaxy_desktop.model.pose import Pose

_DARKENS, _LIGHTENS = 0.12, 0.2
"""Seconds."""


class Fade:
    """A jump in the dark.

    Attributes
    ----------
    pending : Pose or None
        Where it jumps to once it is dark. None given meanwhile: it does not jump.
    """

    def __init__(self) -> None:
        self.pending: Pose | None = None
        self._level = 0.0

    @property
    def darkness(self) -> float:
        """From 0 (as ever) to 1 (black)."""
        return self._level * self._level * (3 - 2 * self._level)

    @property
    def busy(self) -> bool:
        """Whether it is dark, or getting so."""
        return self.pending is not None or self._level > 0

    @property
    def jumps_in(self) -> float:
        """How many seconds it takes until it jumps; infinite if it does not."""
        return (1 - self._level) * _DARKENS if self.pending is not None else math.inf

    def begin(self, end: Pose) -> None:
        """Jump to `end` once it is dark."""
        self.pending = end

    def advance(self, dt: float) -> Pose | None:
        """Let `dt` seconds pass; return where to jump to if that is now."""
        end = None
        if self.pending is not None:
            needed = self.jumps_in
            if dt < needed - 1e-9:
                self._level += dt / _DARKENS
                return None
            end, self.pending = self.pending, None
            self._level, dt = 1.0, max(0.0, dt - needed)
        self._level = max(0.0, self._level - dt / _LIGHTENS)
        return end
