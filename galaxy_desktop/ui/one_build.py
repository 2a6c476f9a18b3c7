"""`Build`: one build of a galaxy, and what has been seen of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from embedding.settings import BuildSettings
from galaxy_desktop.jobs.rebuild_messages import Preview
from galaxy_desktop.model.departure import Departure
from galaxy_desktop.model.gliding import SECONDS
from galaxy_desktop.model.preview_places import PreviewPlaces

_LAST_SECONDS = 0.6
"""In which the stars come to rest in the finished shape."""


@dataclass(slots=True, eq=False)
class Build:
    """What is being built: the file `graph`, else the galaxy shown, merged with crawls.

    Attributes
    ----------
    number : int
    settings : BuildSettings
    graph : str
    more : tuple of Path
    away : bool
        Whether any star has set off to where this build has it, or one whose place it took.
    word : str
        What is to be said when it is done, if anything.
    """

    number: int
    settings: BuildSettings
    graph: str = ""
    more: tuple[Path, ...] = ()
    away: bool = False
    word: str = ""
    _places: PreviewPlaces | None = field(default=None, repr=False)

    def shape(self, preview: Preview) -> Callable[[Departure], None]:
        """Return what lets stars glide to where a preview has them; for `Reshaping.glide`."""
        self.away = True
        return partial(self._set_off, preview)

    def _set_off(self, preview: Preview, departure: Departure) -> None:
        world, places = departure.seen.world, self._places
        if places is None or places.world is not world or places.keys is not preview.keys:
            places = self._places = PreviewPlaces(world, preview.keys)
        # What is finished is near by then, and nothing comes after it to wait for.
        seconds = _LAST_SECONDS if preview.share == 1 else SECONDS
        departure.glide(places.of(preview.positions), seconds)
