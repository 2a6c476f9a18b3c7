"""`Touring`: how far the flight along a path has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Touring:
    """How far a tour has come.

    Attributes
    ----------
    artists : tuple of int
        The stops.
    at : int
        Which of them it is at, or on its way to.
    """

    artists: tuple[int, ...]
    at: int

    @property
    def artist(self) -> int:
        """The artist that it is at, or on its way to."""
        return self.artists[self.at]

    @property
    def last(self) -> bool:
        """Whether it is the last one."""
        return self.at == len(self.artists) - 1
