"""`Wish`: what is to be named, whatever the pose."""

from __future__ import annotations

from dataclasses import dataclass

from galaxy_desktop.model.landmarks import LANDMARKS
from galaxy_desktop.model.look import Look

_AREA = 24_000.0
"""Logical pixels of picture for each name."""
_FEWEST, _MOST = 10, 110


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be named; see `Labeller.update`."""

    size: tuple[float, float]
    hovered: int | None
    selected: int | None
    related: tuple[int, ...]
    highlights: tuple[int, ...]
    look: Look
    strengths: tuple[float, ...] = ()

    @property
    def names(self) -> int:
        """How many names there may be."""
        if self.look.labels <= 0:
            return 0
        room = self.size[0] * self.size[1] / _AREA / self.look.label_size**1.3
        return max(1, round(float(min(max(room, _FEWEST), _MOST)) * self.look.labels))

    @property
    def landmarks(self) -> int:
        """How many landmarks there may be from afar."""
        return min(self.names, round(LANDMARKS * max(self.look.labels, 0.0)))
