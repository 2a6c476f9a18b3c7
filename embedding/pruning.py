"""Which artists of a graph make it into the galaxy, and what is said of the others."""

from __future__ import annotations

from os import PathLike

import numpy as np
import numpy.typing as npt
from scipy.sparse import csgraph

from embedding.errors import InputError
from embedding.graph import ArtistGraph


def components(graph: ArtistGraph) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Return the component of each artist, shape (n,), and the size of each component."""
    _, labels = csgraph.connected_components(graph.adjacency(), directed=False)
    return labels, np.bincount(labels)


def most_popular(graph: ArtistGraph, count: int) -> ArtistGraph:
    """Keep the `count` most popular artists; the degree stands in where no popularity is given."""
    if len(graph) <= count:
        return graph
    degrees = graph.degrees
    fame = degrees if graph.popularity is None else graph.popularity
    # Ties go to the better connected, then to the earlier one: the same choice every time.
    order = np.lexsort((np.arange(len(graph)), -degrees, -fame.astype(np.int64)))
    by = "most connected" if graph.popularity is None else "most popular"
    return graph.subgraph(order[:count]).with_notes(
        f"{len(graph) - count:,} of {len(graph):,} artists were left out:"
        f" only the {count:,} {by} are kept (--max-artists)."
    )


def without_small_components(graph: ArtistGraph, smallest: int) -> ArtistGraph:
    """Leave out connected components of fewer than `smallest` artists; the largest one stays.

    0 stands for a twentieth of the largest one. Walks never meet another component, so the place
    of a small one, and its likeness to anybody outside, mean nothing; yet it turns up in averages.
    """
    if not len(graph):
        return graph
    labels, sizes = components(graph)
    smallest = smallest or -(-int(sizes.max()) // 20)
    good = sizes >= smallest
    good[np.argmax(sizes)] = True
    if good.all():
        return graph
    kept = good[labels]
    left, parts = int(np.count_nonzero(~kept)), int(np.count_nonzero(~good))
    return graph.subgraph(kept).with_notes(
        f"{left:,} of {len(graph):,} artists were left out: they stand in {parts:,} separate"
        f" group{'s' if parts > 1 else ''} of fewer than {smallest:,} (--min-component)."
    )


def prune(
    graph: ArtistGraph,
    max_artists: int,
    min_component: int,
    where: str | PathLike[str] | None = None,
) -> ArtistGraph:
    """Keep what a galaxy can be made of.

    Parameters
    ----------
    graph : ArtistGraph
    max_artists, min_component : int
        See `embedding.settings.BuildSettings`.
    where : str or PathLike, optional
        The file that the graph is from, for what is said of it; its title stands in.

    Raises
    ------
    InputError
        Fewer than two artists, or no relation at all, are left.
    """
    where = where or graph.title or None
    if len(graph) < 2:
        raise InputError(
            f"there {'is only one artist' if len(graph) else 'are no artists'} in the data",
            where=where,
            remedy="give at least two artists that are related",
        )
    if not graph.edges:
        raise InputError("no two artists are related", where=where, remedy="give some relations")
    kept = most_popular(graph, max_artists)
    if not kept.edges:
        raise InputError(
            f"no two of the {len(kept):,} artists that are kept of {len(graph):,} are related",
            where="--max-artists",
            remedy="keep more of them",
        )
    return without_small_components(kept, min_component)
