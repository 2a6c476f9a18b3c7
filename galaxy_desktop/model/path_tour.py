"""`PathTour`: the flight from artist to artist, with a breath's pause at each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from galaxy_desktop.model.flight import LONGEST_STEP, Flight
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.touring import Touring

PAUSE = 1.8
"""Seconds at each stop: a name is read, a card looked at."""

_MOMENT = 1e-9
"""Seconds too short to tell from rounding."""


class PathTour:
    """Lets time pass for a flight, and sends it on whenever a pause is over.

    It tells `AppState.touring` how far it is, and ends when another artist is selected.

    Parameters
    ----------
    state : AppState
    flight : Flight
    fly_to : callable
        Selects an artist and begins the flight to it.
    """

    def __init__(self, state: AppState, flight: Flight, fly_to: Callable[[int], None]) -> None:
        self._state, self._flight, self._fly_to = state, flight, fly_to
        self._pause = self._left = PAUSE
        state.selected_changed.connect(self._selected_changed)

    @property
    def under_way(self) -> bool:
        """Whether there is one."""
        return self._state.touring is not None

    def begin(self, artists: Sequence[int], pause: float) -> None:
        """Set out for the first of some artists."""
        self._pause = pause
        self._go_on(Touring(tuple(artists), 0))

    def forget(self) -> None:
        """End it; the flight goes on to where it is bound for."""
        self._state.touring = None

    def stop(self) -> bool:
        """End it here; return whether there was one."""
        if not self.under_way:
            return False
        self.forget()
        self._flight.stop()
        return True

    def step(self, seconds: float) -> bool:
        """Let time pass, as `Flight.step`; return whether the picture changed.

        Parts of a frame are told apart, so that the way is the same at any frame rate.
        """
        left, changed = min(seconds, LONGEST_STEP), False
        while self.under_way and left > _MOMENT:
            flying = self._flight.travelling
            part = min(left, self._flight.arrives_in if flying else self._left)
            changed |= self._flight.step(part)
            left -= part
            if not flying:
                self._left -= part
                if self._left <= _MOMENT:
                    self._next()
        return self._flight.step(left) or changed

    def _next(self) -> None:
        touring = self._state.touring
        assert touring is not None
        if touring.last:
            self.forget()
        else:
            self._go_on(Touring(touring.artists, touring.at + 1))

    def _go_on(self, touring: Touring) -> None:
        self._left = self._pause
        # Told first: the artist that is selected next is the tour's own.
        self._state.touring = touring
        self._fly_to(touring.artist)

    def _selected_changed(self, artist: int | None) -> None:
        touring = self._state.touring
        if touring is not None and artist != touring.artist:
            self.stop()
