"""`BuildInputs`: what each galaxy of the window is built from, and in which files that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from weakref import WeakKeyDictionary

from embedding.settings import BuildSettings
from galaxy_desktop.jobs.rebuild_messages import RebuildRequest
from galaxy_desktop.model.knobs import settings_of
from galaxy_desktop.model.world import World
from galaxy_desktop.model.world_file import WorldFiles

_EVERYBODY = 2**31 - 2
"""The most artists that `BuildSettings` can ask for."""
_PAIR = 2


class BuildInputs:
    """Knows for each galaxy which one it is built anew from.

    That is the one that was opened, so that the number of artists can go up again; for one that
    was grown, and for all that are built from it, it is the grown one.
    """

    def __init__(self) -> None:
        self._files = WorldFiles()
        #: A world that is not in here is built from itself.
        self._sources: WeakKeyDictionary[World, World] = WeakKeyDictionary()

    def source_of(self, world: World) -> World:
        """Return what a galaxy is built anew from."""
        return self._sources.get(world, world)

    def built(self, world: World, before: World) -> None:
        """Note that a galaxy was built anew from what the one before was built from."""
        self._sources[world] = self.source_of(before)

    def needs(self, world: World) -> bool:
        """Whether some other galaxy is built anew from this one."""
        return any(source is world for source in self._sources.values())

    def forget(self) -> list[World]:
        """Forget all: another galaxy was opened. Return what galaxies were built from."""
        sources = list({id(each): each for each in self._sources.values()}.values())
        self._sources.clear()
        return sources

    def request(self, settings: BuildSettings, shown: World) -> RebuildRequest:
        """Return how a galaxy that is shown is built with other settings; on a worker thread.

        Raises
        ------
        InputError
            A file would have to be written, and cannot be.
        """
        source = self.source_of(shown)
        recorded = settings_of(source.galaxy.settings, len(source))
        # Of fewer artists other groups are cut off, about which nobody has said anything.
        whole = settings.max_artists >= len(source)
        settings = replace(settings, min_component=recorded.min_component if whole else 0)
        return RebuildRequest(
            input=str(self._files.file_of(source)),
            settings=settings,
            like=str(self._files.file_of(shown)),
        )

    def growing(
        self, settings: BuildSettings, shown: World, more: Sequence[Path]
    ) -> RebuildRequest:
        """Return how a galaxy that is shown is merged with crawls; on a worker thread.

        Everybody is kept, whatever the settings say: who was asked for is not cut off again.

        Raises
        ------
        InputError
            As above.
        """
        file = str(self._files.file_of(shown))
        recorded = settings_of(shown.galaxy.settings, len(shown))
        settings = replace(
            settings, max_artists=_EVERYBODY, min_component=recorded.min_component or _PAIR
        )
        return RebuildRequest(
            input=file,
            more=tuple(str(path) for path in more),
            settings=settings,
            like=file,
            # It stays the galaxy that it was; where the rest is from is said besides.
            title=shown.galaxy.title,
        )

    def close(self) -> None:
        """Remove the files that were written."""
        self._files.close()
