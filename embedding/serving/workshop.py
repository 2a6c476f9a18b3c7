"""What stays in memory between requests, so that the next one need not read it again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from embedding.arrays import Int32
from embedding.galaxy import Galaxy
from embedding.graph import ArtistGraph
from embedding.progress import CancelToken, OnProgress
from embedding.pruning import prune
from embedding.serving.requests import Request
from embedding.settings import BuildSettings
from embedding.walking import walk

Stamp = tuple[object, ...]

MOST_WALKS = 2**28
"""Bytes of walks that are kept: those of 300,000 artists with the settings of the original."""


@dataclass
class Workshop:
    """The graph read last, its walks, and the galaxy that was on the screen; used by one thread."""

    _graph: tuple[Stamp, ArtistGraph] | None = None
    _pruned: tuple[Stamp, ArtistGraph] | None = None
    _like: tuple[Stamp, Galaxy] | None = None
    _walks: tuple[Stamp, Int32] | None = None

    def graph(self, request: Request, on_progress: OnProgress, cancel: CancelToken) -> ArtistGraph:
        """Return the pruned graph of a request, read only where its file has changed.

        Raises
        ------
        InputError
            It cannot be read, or no galaxy can be made of it.
        Cancelled
        """
        settings = request.settings
        stamp = (request.format, *(stamp_of(path) for path in request.inputs))
        kept = (*stamp, settings.max_artists, settings.min_component)
        if self._pruned is None or self._pruned[0] != kept:
            self._pruned = self._walks = None
            whole = self._whole(stamp, request, on_progress, cancel)
            cancel.check()
            where = request.inputs[0] if len(request.inputs) == 1 else None
            pruned = prune(whole, settings.max_artists, settings.min_component, where)
            self._pruned = kept, pruned
        return self._pruned[1]

    def like(self, path: Path) -> Galaxy:
        """Return the galaxy that another is to be turned like.

        Raises
        ------
        GalaxyFileError
        """
        from embedding.galaxy_file import load

        stamp = stamp_of(path)
        if self._like is None or self._like[0] != stamp:
            self._like = None
            self._like = stamp, load(path)
        return self._like[1]

    def has_walks(self, settings: BuildSettings) -> bool:
        """Whether the walks over the graph given last need not be made again."""
        return self._walks is not None and self._walks[0] == _walking(settings)

    def walk(
        self,
        graph: ArtistGraph,
        settings: BuildSettings,
        on_progress: OnProgress,
        cancel: CancelToken,
    ) -> Int32:
        """Walk over the graph given last; see `embedding.walking.walk`."""
        if self._walks is not None and self.has_walks(settings):
            return self._walks[1]
        self._walks = None
        walks = walk(graph, settings, on_progress, cancel)
        if walks.nbytes <= MOST_WALKS and settings.engine == "own":
            self._walks = _walking(settings), walks
        return walks

    def _whole(
        self, stamp: Stamp, request: Request, on_progress: OnProgress, cancel: CancelToken
    ) -> ArtistGraph:
        from embedding.commands.inputs import read_inputs

        if self._graph is None or self._graph[0] != stamp:
            self._graph = None  # two large graphs at once might not fit
            graph = read_inputs(request.inputs, request.format, on_progress, cancel)
            self._graph = stamp, graph
        return self._graph[1]


def _walking(s: BuildSettings) -> Stamp:
    return s.p, s.q, s.walks, s.length, s.seed, s.engine


def stamp_of(path: Path) -> Stamp:
    """Return what changes when a file, or a file in a folder, is written; for readers to judge."""
    try:
        names = [Path(at) / name for at, _, names in os.walk(path) for name in sorted(names)]
        if not names:
            # What a crawl that is going on adds stands beside its file at first.
            log = Path(f"{path}-wal")
            names = [path, log] if log.exists() else [path]
        stats = [(str(name), name.stat()) for name in names]
    except OSError:
        return (str(path), object())  # equal to nothing: whoever reads it says what is wrong
    return tuple((name, s.st_mtime_ns, s.st_size, s.st_ino) for name, s in stats)
