"""The very first look at a galaxy: from a few short walks, in a tenth of a second or two."""

from __future__ import annotations

from dataclasses import replace

from embedding.arrays import Float32
from embedding.graph import ArtistGraph
from embedding.progress import CancelToken, silent
from embedding.settings import BuildSettings

WORTH_IT = 2_000_000
"""Steps from which a build's own walks take too long to wait for."""

LENGTH = 10
"""Artists in the only walk of each artist.

Its connection ratio is 0.25, where all the walks, trained once, have 0.18; trained for longer, the
few walks draw dense clusters in other places than the build will.
"""


def is_worth_it(artists: int, settings: BuildSettings) -> bool:
    """Whether a build is so long that a draft comes well before its first positions."""
    steps = artists * settings.walks * settings.length
    return settings.engine == "own" and steps > WORTH_IT


def draft(graph: ArtistGraph, settings: BuildSettings, cancel: CancelToken) -> Float32:
    """Return vectors that spread the artists roughly as a build will begin to, float32 (n, dims).

    They start where those of the build start, and take steps as large as its first ones.

    Raises
    ------
    Cancelled
    """
    from embedding.skipgram import train
    from embedding.walking import walk

    few = replace(settings, walks=1, length=min(LENGTH, settings.length))
    return train(
        walk(graph, few, silent, cancel),
        len(graph),
        dims=settings.dims,
        window=settings.window,
        epochs=1,
        hs=settings.hs,
        negative=settings.negative,
        alpha=settings.alpha,
        min_alpha=settings.alpha,
        sample=settings.sample,
        seed=settings.seed,
        cancel=cancel,
    )
