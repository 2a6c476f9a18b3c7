"""`MixInSpace`: a mix as the galaxy shows it: curves or a path, and the artists found lit."""

from __future__ import annotations

from galaxy_desktop.model.ingredient_colours import COLOURS
from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.threads import Thread, curve, meeting_point, path

_STOP = 0.8
"""How strongly the artists on a path are lit, and its ends fully."""
_FAINTEST, _LEAST_SPAN = 0.2, 0.05
"""How strongly the last of the results is lit where its match is so much less than the first's."""


class MixInSpace:
    """Keeps threads and highlights of a state as the mix wants them, while it is shown.

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

    def refresh(self) -> None:
        """Show the mix as it is now; what others have lit meanwhile stays while it is not shown."""
        threads, lit = (self._lines(), self.artists) if self._shown else ((), ())
        state = self._state
        if threads or state.threads == self._threads:
            state.threads = threads
        if lit or state.highlights == self._lit:
            state.light_up(lit, self._strengths() if lit else ())
        self._threads, self._lit = threads, lit

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

    def _lines(self) -> tuple[Thread, ...]:
        if self._state.gliding.travelling:
            # Nobody is anywhere for long: the lines come back once the stars have arrived.
            return ()
        answer = self._mix.answer
        asked = [self._mix.ingredients[place] for place in answer.taking_part]
        colours = [COLOURS[each.colour] for each in asked]
        if answer.path is not None:
            return (path(self._state.places(list(answer.path.artists)), *colours),)
        average = answer.average
        if average is None:
            return ()
        count = len(average.ingredients)
        places = self._state.places([*average.ingredients, *answer.artists])
        middle = meeting_point(
            places,
            range(count),
            average.weights,
            range(count, len(places)),
            [found.cosine for found in average.results],
        )
        return tuple(
            curve(place, middle, colour, dashed=weight < 0)
            for place, weight, colour in zip(places[:count], average.weights, colours, strict=True)
            if weight
        )
