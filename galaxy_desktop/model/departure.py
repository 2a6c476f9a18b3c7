"""`Departure`: a way into another shape of the galaxy, worked out before it is set off on."""

from __future__ import annotations

import numpy.typing as npt

from galaxy_desktop.model.gliding import SECONDS, Gliding
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.world import World


class Departure:
    """What is going to be seen from a moment on that is still to come.

    `AppState.plan` makes one, `glide` or `reform` say on a worker thread what it shall be, and
    `AppState.depart` lets it take over when its moment has come. Where artists are by then is
    known before, so whatever follows from it can be worked out meanwhile.

    Parameters
    ----------
    seen : Gliding
        At that moment.
    at : float
        Seconds, of `AppState.clock`.
    turn : int
        Of `AppState.turn`: what sets off otherwise before makes it worthless.
    fade : bool
        With reduced motion.

    Attributes
    ----------
    seen : Gliding
        As above; it stays what it is.
    then : Gliding
        What takes over.
    change : Reforming or None
        None: the galaxy stays the same.
    """

    def __init__(self, seen: Gliding, at: float, turn: int, *, fade: bool) -> None:
        self.seen, self.then = seen, seen.ahead(0.0)
        self.at, self.turn, self._fade = at, turn, fade
        self.change: Reforming | None = None

    def glide(self, positions: npt.ArrayLike, seconds: float = SECONDS) -> None:
        """Be a way to other places; see `Gliding.glide`."""
        self.then.glide(positions, seconds, fade=self._fade)

    def reform(self, world: World, seconds: float = SECONDS) -> None:
        """Be the way into another build of the galaxy; see `Gliding.reformed`."""
        if world is self.seen.world:
            self.glide(world.positions, seconds)
            return
        self.change = Reforming.of(self.seen.world, world)
        found = self.change.found
        self.then = self.then.reformed(world, found, seconds, fade=self._fade)
