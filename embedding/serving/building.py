"""A build with what the workshop keeps: the same galaxy as ``galaxy-embed build`` makes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from embedding.arrays import Float32
from embedding.drafting import is_worth_it
from embedding.galaxy_file import save
from embedding.pipeline import build
from embedding.progress import CancelToken, Progress
from embedding.serving.previews import FIRST_STEPS, Previews
from embedding.serving.requests import Request
from embedding.serving.workshop import Workshop
from embedding.terminal import Display


def prepare(workshop: Workshop, request: Request, shown: Display, cancel: CancelToken) -> None:
    """Read what a build will need, and load its kernels."""
    from embedding.sweep_steps import warm_up

    small = replace(request.settings, dims=4, averager_dims=8)
    for settings in (small, replace(small, dims=8)):
        warm_up(settings, shown.progress, cancel)
    workshop.graph(request, shown.progress, cancel)
    if request.like is not None:
        workshop.like(request.like)


def build_and_save(
    workshop: Workshop, request: Request, shown: Display, cancel: CancelToken
) -> dict[str, Any]:
    """Build, show previews, save; return what is told of the result.

    Raises
    ------
    GalaxyError
    Cancelled
    """
    assert request.output is not None
    started = time.perf_counter()
    earlier = None if request.like is None else workshop.like(request.like)
    graph = workshop.graph(request, shown.progress, cancel)
    about = {key: getattr(request, key) for key in ("title", "source", "licence")}
    graph = replace(graph, **{key: text for key, text in about.items() if text is not None})
    settings = request.settings
    on_training = None
    if request.previews is not None:
        first = FIRST_STEPS / (settings.walks * settings.length * settings.epochs)
        previews = Previews(request.previews, graph.keys, shown, first)

        def on_training(share: float, positions: Callable[[], Float32]) -> None:
            cancel.check()
            previews.watch(share, positions)

    galaxy = build(
        graph,
        settings,
        on_progress=shown.progress,
        cancel=cancel,
        on_training=on_training,
        earlier=earlier,
        walker=workshop.walk,
        drafting=is_worth_it(len(graph), settings) and not workshop.has_walks(settings),
    )
    shown.progress(Progress("save", 0, 1))
    save(galaxy, request.output)
    shown.progress(Progress("save", 1, 1))
    return {
        "path": str(request.output),
        "artists": len(galaxy),
        "relations": galaxy.edges,
        "seconds": round(time.perf_counter() - started, 3),
        "title": galaxy.title,
        "quality": galaxy.quality,
        "settings": galaxy.settings,
        "notes": list(galaxy.notes),
    }
