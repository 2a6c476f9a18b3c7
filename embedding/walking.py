"""The walks of a build, by the engine that its settings name."""

from __future__ import annotations

from embedding.arrays import Int32
from embedding.graph import ArtistGraph
from embedding.progress import CancelToken, OnProgress
from embedding.settings import BuildSettings


def walk(
    graph: ArtistGraph, settings: BuildSettings, on_progress: OnProgress, cancel: CancelToken
) -> Int32:
    """Walk over the graph; see `embedding.walks.generate_walks`."""
    if settings.engine == "reference":
        from embedding.reference import reference_walks

        return reference_walks(graph, settings, on_progress, cancel)

    from embedding.walks import generate_walks

    return generate_walks(
        graph,
        p=settings.p,
        q=settings.q,
        walks=settings.walks,
        length=settings.length,
        seed=settings.seed,
        workers=settings.threads,
        on_progress=on_progress,
        cancel=cancel,
    )
