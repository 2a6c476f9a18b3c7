"""From a graph of related artists to a galaxy: the whole build in one call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.arrays import Bytes, Float32, Int32
from embedding.drafting import draft
from embedding.errors import InputError
from embedding.galaxy import Galaxy
from embedding.graph import ArtistGraph
from embedding.placing import Placing
from embedding.progress import CancelToken, OnProgress, Progress, silent
from embedding.pruning import prune
from embedding.settings import BuildSettings
from embedding.training import train_both, train_one
from embedding.walking import walk

OnPreview = Callable[[int, Float32], None]
"""Told the epoch, from 1, and the positions so far: a new array of float32, shape (n, 3)."""

OnTraining = Callable[[float, Callable[[], Float32]], None]
"""Told the share of the training that is done, up to 1, and what gives the positions so far.

To be asked during the call only. With the share 1 they are those of the galaxy to come.
"""

Walker = Callable[[ArtistGraph, BuildSettings, OnProgress, CancelToken], Int32]
"""What walks; see `embedding.walking.walk`."""


def build(
    graph: ArtistGraph,
    settings: BuildSettings,
    *,
    on_progress: OnProgress = silent,
    cancel: CancelToken | None = None,
    on_preview: OnPreview | None = None,
    on_training: OnTraining | None = None,
    earlier: Galaxy | None = None,
    walker: Walker = walk,
    drafting: bool = False,
) -> Galaxy:
    """Build the galaxy of a graph.

    Prunes the graph, walks over it (node2vec: Grover and Leskovec 2016), trains two embeddings on
    the same walks (skip-gram: Mikolov et al. 2013), one for the positions and one for averaging,
    projects the first to three dimensions, and measures how good the result is.

    Parameters
    ----------
    graph : ArtistGraph
        Who is related to whom.
    settings : BuildSettings
        Equal settings give the same galaxy, but for `created`.
    on_progress : callable, optional
        Told the stages ``walks``, ``compile`` (where kernels are not cached yet), ``train 4-D``,
        ``train 8-D`` (which may have begun before it is told of), ``project`` and ``quality``.
        May be called from other threads, never from two at once.
    cancel : CancelToken, optional
        Looked at between chunks of work.
    on_preview : callable, optional
        Told the positions after every epoch, turned like `earlier`, or else like the preview
        before, so that the picture does not flip. Row i is artist i of the galaxy to come.
    on_training : callable, optional
        The same many times an epoch, for whoever wants to show the galaxy while it takes shape.
    earlier : Galaxy, optional
        The new galaxy is turned so that the artists both hold stay where they were.
    walker : callable, optional
        What makes the walks, for whoever has them already.
    drafting : bool
        Whether `on_training` is first of all told of a draft (`embedding.drafting.draft`), with
        the share 0.

    Returns
    -------
    Galaxy

    Raises
    ------
    InputError
        The graph is too small for a galaxy, or for so many dimensions.
    Cancelled
        `cancel` was set.
    """
    from embedding.quality import measure

    cancel = cancel or CancelToken()
    cancel.check()
    graph = prune(graph, settings.max_artists, settings.min_component)
    require_dimensions(len(graph), settings)
    placing = Placing(graph.keys, settings, earlier)
    if drafting and on_training is not None:
        placing.at_blocks(on_training)(0, draft(graph, settings, cancel))
    walks = walker(graph, settings, on_progress, cancel)
    cancel.check()
    for_positions, for_averaging = train_both(
        walks,
        len(graph),
        settings,
        on_epoch=None if on_preview is None else placing.at_epochs(on_preview),
        on_progress=on_progress,
        cancel=cancel,
        on_block=None if on_training is None else placing.at_blocks(on_training),
    )
    del walks  # up to gigabytes that the quality figures can use
    cancel.check()

    on_progress(Progress("project", 0, 1))
    positions = placing.final(for_positions)
    on_progress(Progress("project", 1, 1))
    cancel.check()

    on_progress(Progress("quality", 0, 1))
    quality = measure(
        graph.indptr,
        graph.indices,
        positions,
        for_averaging,
        for_positions,
        workers=settings.threads,
    )
    on_progress(Progress("quality", 1, 1))
    cancel.check()
    return _galaxy(graph, settings, positions, for_averaging, quality)


def measure_link_auc(
    graph: ArtistGraph,
    settings: BuildSettings,
    *,
    on_progress: OnProgress = silent,
    cancel: CancelToken | None = None,
) -> float:
    """Return the link AUC of an embedding for averaging that is trained without a tenth of `graph`.

    Parameters
    ----------
    graph : ArtistGraph
        What `embedding.pruning.prune` leaves.
    settings : BuildSettings
        Those of the build.
    on_progress : callable, optional
        Told the same stages as by `build`, with ``link auc:`` before their names.
    cancel : CancelToken, optional

    Raises
    ------
    InputError
        No relation can be held out, or there are too few artists for so many dimensions.
    Cancelled
        `cancel` was set.
    """
    from embedding.link_prediction import link_auc

    stop = cancel or CancelToken()
    require_dimensions(len(graph), settings)

    def tell(step: Progress) -> None:
        on_progress(Progress(f"link auc: {step.stage}", step.done, step.total))

    def train(some: ArtistGraph) -> Float32:
        walks = walk(some, settings, tell, stop)
        return train_one(
            walks, len(some), settings, settings.averager_dims, on_progress=tell, cancel=stop
        )

    return link_auc(graph, train, seed=settings.seed)


def require_dimensions(artists: int, settings: BuildSettings) -> None:
    """Raise `InputError` if an embedding would have more dimensions than can be trained."""
    from embedding.skipgram import MOST_DIMS

    for option, dims, fewest in (
        ("--dims", settings.dims, 3),
        ("--averager-dims", settings.averager_dims, 2),
    ):
        if dims > artists:
            room = f"give at most {artists}, or " if artists >= fewest else ""
            raise InputError(
                f"{dims} dimensions are more than the {artists} artists there are",
                where=option,
                remedy=f"{room}give data with more related artists",
            )
        if settings.engine == "own" and dims > MOST_DIMS:
            raise InputError(
                f"{dims} dimensions are more than this engine's {MOST_DIMS}",
                where=option,
                remedy="give fewer or use --engine reference",
            )


def popularity_from_degrees(degrees: npt.NDArray[np.integer[Any]]) -> Bytes:
    """Return a popularity of 1 to 100 that grows with the logarithm of the degree.

    Degrees are heavy-tailed like listeners are: the logarithm spreads them over the whole range.
    Where all artists are equal each gets 50.

    Parameters
    ----------
    degrees : ndarray of int, shape (n,)

    Returns
    -------
    ndarray of uint8, shape (n,)
    """
    fame = np.log1p(degrees.astype(np.float64))
    low, high = fame.min(), fame.max()
    if low == high:
        return np.full(degrees.shape, 50, np.uint8)
    spread: Bytes = np.rint(1 + 99 * (fame - low) / (high - low)).astype(np.uint8)
    return spread


def _galaxy(
    graph: ArtistGraph,
    settings: BuildSettings,
    positions: Float32,
    vectors: Float32,
    quality: dict[str, float],
) -> Galaxy:
    popularity, notes = graph.popularity, graph.notes
    if popularity is None:
        popularity = popularity_from_degrees(graph.degrees)
        notes = (
            *notes,
            "The data does not say how popular an artist is:"
            " the number of related artists stands in for it.",
        )
    return Galaxy(
        names=graph.names,
        positions=positions,
        vectors=vectors,
        popularity=popularity,
        indptr=graph.indptr,
        indices=graph.indices,
        weights=graph.weights,
        ids=graph.ids,
        tags=graph.tags,
        aliases=graph.aliases,
        links=graph.links,
        title=graph.title,
        source=graph.source,
        licence=graph.licence,
        settings=settings.as_dict(),
        quality=quality,
        notes=notes,
    )
