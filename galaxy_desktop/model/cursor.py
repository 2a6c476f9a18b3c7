"""`Cursor`: what is under the cursor, looked up while the picture rests."""

from __future__ import annotations

from collections.abc import Callable

from galaxy_desktop.model.picking import Picker
from galaxy_desktop.model.state import AppState

Point = tuple[float, float]


class Cursor:
    """Where the cursor is, and which artist is meant there.

    Places are in logical pixels of the picture.

    Parameters
    ----------
    state : AppState

    Attributes
    ----------
    picker : Picker
        Finds stars in the picture.
    named : callable or None
        From a place to the artist whose name stands there, None for none.
    at : (float, float) or None
        Where the cursor is, None: outside.
    size : (float, float)
        Width and height of the picture.
    """

    def __init__(self, state: AppState) -> None:
        self._state = state
        self._awaited = False
        self.picker = Picker(state.world)
        self.named: Callable[[float, float], int | None] | None = None
        self.at: Point | None = None
        self.size: Point = (1280.0, 800.0)

    @property
    def awaited(self) -> bool:
        """Whether what is there is still to be looked up."""
        return self._awaited and self.at is not None

    def move(self, at: Point | None) -> None:
        """Move it, or take it away."""
        # Somebody else may light a star up while it is away.
        if at is None and self.at is not None:
            self._state.hovered = None
        self.at, self._awaited = at, at is not None

    def look_again(self) -> None:
        """Have it looked up again: another artist may be there by now."""
        self._awaited = self.at is not None

    def rely_on(self, artist: int) -> None:
        """Light an artist up that is elsewhere, until something moves."""
        self._awaited = False
        self._state.hovered = artist

    def look_up(self) -> None:
        """Light up what is there, if nobody has looked since something moved."""
        if self._awaited:
            self._awaited = False
            self._state.hovered = None if self.at is None else self.artist_at(self.at)

    def artist_at(self, place: Point) -> int | None:
        """Return the artist that is meant by a place in the picture, None for none."""
        artist = self.named(*place) if self.named is not None else None
        if artist is not None:
            return artist
        state = self._state
        star_size = state.settings.look.star_size
        return self.picker.pick(
            state.pose, *place, self.size, star_size=star_size, gliding=state.gliding
        )
