"""`Reshaping`: lets the galaxy take other shapes, which are made ready in a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from galaxy_desktop.model.departure import Departure
from galaxy_desktop.model.landmarks import landmarks
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.stepping_aside import step_aside
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.palettes import PALETTES
from galaxy_desktop.scene.way import prepare
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.world_card import LANDMARKS

FEW = 3_000
"""Of so many artists a shape is ready in a fraction of a frame: no thread is needed."""
_SPARE, _LONGEST = 1.3, 0.4
"""So many times what the last took is planned for the next, and at most so many seconds."""
_EACH = 1.5e-6
"""Seconds that are planned for each artist before any was timed."""


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """What somebody asked for, and who hears whether it has come to be.

    A passing one is left out where something else is asked for before the stars set off.
    """

    shape: Callable[[Departure], None]
    done: Callable[[bool], object]
    artists: int = 0
    passing: bool = False


class Reshaping:
    """Grants one wish after the other; of those to glide, only the newest counts.

    Where the artists are at a moment soon to come is known before. A thread works out their ways
    from there and all that the graphics card is told of them; the stars set off at that moment.

    Parameters
    ----------
    state : AppState
    background : Background
    few : int
        Of so many artists it happens at once.
    """

    def __init__(self, state: AppState, background: Background, few: int = FEW) -> None:
        self._state, self._background, self._few = state, background, few
        self._waiting: list[_Wish] = []
        self._now: _Wish | None = None
        self._departure: Departure | None = None
        self._took = _EACH * len(state.world)
        state.gliding_changed.connect(self._gliding_changed)
        state.world_changed.connect(self._world_changed)

    def glide(self, shape: Callable[[Departure], None]) -> None:
        """Let the stars glide as `shape` says, which gets a departure, maybe in a thread."""
        if self._waiting and self._waiting[-1].passing:
            self._waiting.pop()
        self._ask(_Wish(shape, lambda _: None, passing=True))

    def back(self) -> None:
        """Let all stars glide to where the world says."""
        self._drop_passing()
        self._ask(_Wish(lambda departure: departure.reform(departure.seen.world), lambda _: None))

    def reform(self, world: World, done: Callable[[bool], object]) -> None:
        """Let another build of the galaxy take over.

        Parameters
        ----------
        world : World
        done : callable
            Gets whether it has: not where another galaxy was opened before.
        """
        self._drop_passing()

        def shape(departure: Departure) -> None:
            world.prepare()
            landmarks(world, LANDMARKS)
            departure.reform(world)

        self._ask(_Wish(shape, done, len(world)))

    def _drop_passing(self) -> None:
        self._waiting = [wish for wish in self._waiting if not wish.passing]
        if self._now is not None and self._now.passing:
            self._state.stay()
            self._now = self._departure = None

    def _ask(self, wish: _Wish) -> None:
        self._waiting.append(wish)
        if self._now is None:
            self._begin()

    def _begin(self) -> None:
        if not self._waiting:
            return
        wish = self._now = self._waiting.pop(0)
        state = self._state
        palette = PALETTES[state.settings.look.palette]
        if max(wish.artists, len(state.world)) <= self._few:
            departure = state.plan(0.0)
            wish.shape(departure)
            self._ready(wish, departure)
            return
        departure = state.plan(min(_SPARE * self._took, _LONGEST))
        started = perf_counter()

        def work() -> None:
            wish.shape(departure)
            step_aside()
            prepare(departure.seen, departure.then, palette)

        def ready(_: None) -> None:
            self._took = perf_counter() - started
            self._ready(wish, departure)

        def failed(sentence: str) -> None:
            state.message.emit(sentence)
            if self._now is wish:
                self._end(good=False)

        self._background.start(work, ready, failed)

    def _ready(self, wish: _Wish, departure: Departure) -> None:
        if self._now is not wish:
            return
        self._departure = departure
        if not self._state.depart(departure):
            self._end(good=False)

    def _gliding_changed(self, _: bool) -> None:
        departure = self._departure
        if departure is not None and departure.turn != self._state.turn:
            self._end(good=self._state.gliding is departure.then)

    def _world_changed(self, _: World) -> None:
        wishes = [wish for wish in (self._now, *self._waiting) if wish is not None]
        self._now = self._departure = None
        self._waiting = []
        for wish in wishes:
            wish.done(False)

    def _end(self, *, good: bool) -> None:
        wish, self._now, self._departure = self._now, None, None
        if wish is not None:
            wish.done(good)
        if self._now is None:
            self._begin()
