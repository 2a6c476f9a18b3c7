"""`MixInSpace`: a mix as the galaxy shows it: curves or a path, and the artists found lit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.ingredient_colours import COLOURS
from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.springs import Spring
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.threads import Thread, curve, meeting_point, path

Floats = npt.NDArray[np.float64]

_STIFFNESS, _THERE = 25.0, 3e-4
"""Per second, of where the curves meet: 96% of its way takes 0.2 s; nearer than this, in R, it is
there."""
_STOP = 0.8
"""How strongly the artists on a path are lit, and its ends fully."""
_FAINTEST, _LEAST_SPAN = 0.2, 0.05
"""How strongly the last of the results is lit where its match is so much less than the first's."""


class MixInSpace:
    """Keeps threads and highlights of a state as the mix wants them, while it is shown.

    Where the curves meet glides to where they are to meet, as time is passed by `step`.

    Parameters
    ----------
    mix : Mix
    state : AppState
    """

    def __init__(self, mix: Mix, state: AppState) -> None:
        self._mix, self._state = mix, state
        self._shown = False
        self._threads: tuple[Thread, ...] = ()
        self._lit: tuple[int, ...] = ()
        #: Where the curves meet; None while there are none.
        self._meeting: Spring | None = None
        mix.changed.connect(self.refresh)
        state.gliding_changed.connect(self._gliding_changed)

    @property
    def shown(self) -> bool:
        """Whether it is seen in the galaxy."""
        return self._shown

    @shown.setter
    def shown(self, shown: bool) -> None:
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    @property
    def artists(self) -> tuple[int, ...]:
        """Who belongs to it in the galaxy: the ingredients, and whom they led to."""
        answer = self._mix.answer
        asked = [self._mix.artist(place) for place in answer.taking_part]
        here = [artist for artist in asked if artist is not None]
        return tuple(dict.fromkeys([*here, *answer.artists]))

    @property
    def moving(self) -> bool:
        """Whether `step` has something to do."""
        return self._meeting is not None and not self._meeting.resting

    def step(self, seconds: float) -> bool:
        """Let time pass; return whether what is seen changed."""
        if self._meeting is None or not self.moving:
            return False
        self._meeting.step(seconds)
        self._meeting.rest_within(_THERE * self._mix.world.radius)
        self._draw(self._lines())
        return True

    def refresh(self) -> None:
        """Show the mix as it is now; what others have lit meanwhile stays while it is not shown."""
        self._meet(self._middle() if self._shown else None)
        lit, state = self.artists if self._shown else (), self._state
        self._draw(self._lines() if self._shown else ())
        if lit or state.highlights == self._lit:
            state.light_up(lit, self._strengths() if lit else ())
        self._lit = lit

    def _draw(self, threads: tuple[Thread, ...]) -> None:
        if threads or self._state.threads == self._threads:
            self._state.threads = threads
        self._threads = threads

    def _meet(self, middle: Floats | None) -> None:
        """Let the curves meet somewhere else: soon, or at once where they met nowhere before."""
        if middle is None:
            self._meeting = None
        elif self._meeting is None or self._state.settings.reduced_motion:
            self._meeting = Spring(middle, np.full(3, _STIFFNESS))
        else:
            self._meeting.goal = middle

    def _strengths(self) -> tuple[float, ...]:
        """Return how strongly each of the artists is lit: the better a result fits, the more."""
        answer = self._mix.answer
        asked = [1.0] * len(answer.taking_part)
        if answer.average is None:
            # Of a path the ends come first, and all the others are of one kind.
            return (*asked, *[_STOP] * (len(self.artists) - len(asked)))
        matches = [found.match for found in answer.average.results]
        # Matches are often all alike: what sets them apart is shown larger than it is.
        span = max(matches[0] - matches[-1], _LEAST_SPAN)
        shares = [1 - (1 - _FAINTEST) * (matches[0] - match) / span for match in matches]
        return (*asked, *shares)

    def _gliding_changed(self, _: bool) -> None:
        self.refresh()

    def _middle(self) -> Floats | None:
        """Return where the curves are to meet, None where there are none."""
        average = self._mix.answer.average
        # While the stars are under way nobody is anywhere for long.
        if average is None or self._state.gliding.travelling:
            return None
        count = len(average.ingredients)
        places = self._state.places([*average.ingredients, *self._mix.answer.artists])
        matches = [found.cosine for found in average.results]
        results = range(count, len(places))
        return meeting_point(places, range(count), average.weights, results, matches)

    def _lines(self) -> tuple[Thread, ...]:
        state, answer = self._state, self._mix.answer
        if state.gliding.travelling:
            # They come back once the stars have arrived.
            return ()
        asked = [self._mix.ingredients[place] for place in answer.taking_part]
        colours = [COLOURS[each.colour] for each in asked]
        if answer.path is not None:
            return (path(state.places(list(answer.path.artists)), *colours),)
        average = answer.average
        if average is None or self._meeting is None:
            return ()
        places, middle = state.places(list(average.ingredients)), self._meeting.value
        return tuple(
            curve(place, middle, colour, dashed=weight < 0)
            for place, weight, colour in zip(places, average.weights, colours, strict=True)
            if weight
        )
