"""The steps of a sweep that take long: walking and training, by the engine the settings name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from embedding.arrays import Float32, Int32
from embedding.graph import ArtistGraph
from embedding.progress import CancelToken, OnProgress, Progress
from embedding.settings import BuildSettings
from embedding.training import train_one
from embedding.walking import walk

__all__ = ["train", "walk", "warm_up"]


def train(
    walks: Int32,
    artists: int,
    settings: BuildSettings,
    on_progress: OnProgress,
    cancel: CancelToken,
) -> Float32:
    """Train one embedding of `settings.dims` dimensions: float32 (artists, dims)."""
    return train_one(
        walks, artists, settings, settings.dims, on_progress=on_progress, cancel=cancel
    )


def warm_up(settings: BuildSettings, on_progress: OnProgress, cancel: CancelToken) -> None:
    """Compile what the settings need on a ring of artists, so that no time is taken with it."""
    if settings.engine == "reference":
        return

    def only_compiling(step: Progress) -> None:
        if step.stage == "compile":
            on_progress(step)

    artists = max(16, settings.dims + 1)
    ring = np.arange(artists)
    graph = ArtistGraph.from_edges([""] * artists, ring, (ring + 1) % artists)
    few = replace(settings, epochs=1, walks=1)
    train(walk(graph, few, only_compiling, cancel), artists, few, only_compiling, cancel)
