"""Several graphs as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.arrays import Bytes
from embedding.graph import ArtistGraph
from embedding.matching import Place, match
from embedding.sources.identity import mbid_of


def merge(graphs: Sequence[ArtistGraph]) -> ArtistGraph:
    """Return one graph with all artists and all relations of several.

    Who is who says `embedding.matching.match`. Of artists that are one, the one with an MBID gives
    key and name; the other spellings become aliases, tags are put together, and the popularity is
    the highest that any graph has (for a graph without any, what the number of relations says).
    Weights are made comparable: the mean of each graph's is 1, and so is the weight of relations
    that have none. Where two graphs relate the same artists the larger weight stands.

    The order of the graphs decides the numbering and nothing else.

    Parameters
    ----------
    graphs : sequence of ArtistGraph
        At least one; a single one is returned as it is.
    """
    if len(graphs) == 1:
        return graphs[0]
    matching = match(graphs)
    groups = [sorted(group, key=_by_rank(graphs)) for group in matching.groups]
    first = [group[0] for group in groups]
    number_of = [np.empty(len(graph), np.int32) for graph in graphs]
    for number, group in enumerate(groups):
        for graph, row in group:
            number_of[graph][row] = number
    ends = [
        tuple(number_of[k][side] for side in graph.edge_list()) for k, graph in enumerate(graphs)
    ]
    names = [graphs[graph].names[row] for graph, row in first]
    merged = ArtistGraph.from_edges(
        names,
        np.concatenate([a for a, _ in ends]),
        np.concatenate([b for _, b in ends]),
        _weights(graphs),
        popularity=_popularity(graphs, number_of, len(groups)),
        ids=_distinct_keys(graphs, first),
        tags=_put_together(graphs, groups, lambda graph: graph.tags),
        aliases=_aliases(graphs, groups, names),
        links=_links(graphs, groups),
        title=_joined((graph.title for graph in graphs), " + "),
        source=_joined((graph.source for graph in graphs), "; "),
        licence=_joined((graph.licence for graph in graphs), "; "),
    )
    told = sorted({f"{g.title}: {note}" if g.title else note for g in graphs for note in g.notes})
    return merged.with_notes(*told, *_notes(graphs, groups, matching.ambiguous))


def _by_rank(graphs: Sequence[ArtistGraph]) -> Callable[[Place], tuple[Any, ...]]:
    """Return what sorts artists by who speaks for the others, whatever the order of graphs."""

    def rank(place: Place) -> tuple[Any, ...]:
        graph, row = graphs[place[0]], place[1]
        key, popularity = graph.keys[row], graph.popularity
        fame = 0 if popularity is None else int(popularity[row])
        return not mbid_of(key), graph.names[row], key, -fame, graph.title, graph.source

    return rank


def _weights(graphs: Sequence[ArtistGraph]) -> npt.NDArray[np.float32] | None:
    if all(graph.weights is None for graph in graphs):
        return None
    parts = []
    for graph in graphs:
        if graph.weights is None:
            parts.append(np.ones(graph.edges, np.float32))
        else:
            rows = np.repeat(np.arange(len(graph)), graph.degrees)
            once = graph.weights[rows < graph.indices].astype(np.float64)
            scaled = once / (once.mean() if once.size else 1.0)
            # A mean over many powers of ten may push the faintest to 0, which is no weight.
            parts.append(np.maximum(scaled, np.finfo(np.float32).tiny).astype(np.float32))
    return np.concatenate(parts)


def _popularity(
    graphs: Sequence[ArtistGraph], number_of: Sequence[npt.NDArray[np.int32]], count: int
) -> Bytes | None:
    from embedding.pipeline import popularity_from_degrees

    if all(graph.popularity is None for graph in graphs):
        return None
    highest = np.zeros(count, np.uint8)
    for graph, numbers in zip(graphs, number_of, strict=True):
        if not len(graph):
            continue
        stands_in = graph.popularity
        if stands_in is None:
            stands_in = popularity_from_degrees(graph.degrees)
        np.maximum.at(highest, numbers, stands_in)
    return highest


def _distinct_keys(graphs: Sequence[ArtistGraph], places: Sequence[Place]) -> list[str]:
    """Return a key for each artist; of several that have one, all but the first get a number."""
    rank = _by_rank(graphs)
    keys = [graphs[graph].keys[row] for graph, row in places]
    counts = Counter(keys)
    alike: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        if counts[key] > 1:
            alike.setdefault(key, []).append(number)
    for key, numbers in sorted(alike.items()):
        ordered = sorted(numbers, key=lambda n: (rank(places[n]), _related(graphs, places[n])))
        again = 2
        for number in ordered[1:]:
            while f"{key} ({again})" in counts:
                again += 1
            keys[number] = f"{key} ({again})"
            counts[keys[number]] += 1
    return keys


def _related(graphs: Sequence[ArtistGraph], place: Place) -> list[str]:
    graph = graphs[place[0]]
    return sorted(graph.keys[i] for i in graph.related(place[1]))


def _put_together(
    graphs: Sequence[ArtistGraph],
    groups: Sequence[Sequence[Place]],
    of: Callable[[ArtistGraph], list[tuple[str, ...]] | None],
) -> list[tuple[str, ...]] | None:
    """Return the words that any graph has for each artist, without doubles."""
    words = [of(graph) for graph in graphs]
    if all(each is None for each in words):
        return None
    result = []
    for group in groups:
        found: dict[str, None] = {}
        for graph, row in group:
            column = words[graph]
            found.update(dict.fromkeys(() if column is None else column[row]))
        result.append(tuple(found))
    return result


def _aliases(
    graphs: Sequence[ArtistGraph], groups: Sequence[Sequence[Place]], names: Sequence[str]
) -> list[tuple[str, ...]] | None:
    """Return the other spellings of each artist: aliases, and names that did not become its own."""
    given = _put_together(graphs, groups, lambda graph: graph.aliases)
    called = _put_together(graphs, groups, lambda graph: [(name,) for name in graph.names])
    assert called is not None
    result = [
        tuple(other for other in dict.fromkeys((*all_names, *more)) if other != name)
        for name, all_names, more in zip(names, called, given or [()] * len(groups), strict=True)
    ]
    return result if any(result) else None


def _links(graphs: Sequence[ArtistGraph], groups: Sequence[Sequence[Place]]) -> list[str] | None:
    columns = [graph.links for graph in graphs]
    result = []
    for group in groups:
        links = [column[row] for graph, row in group if (column := columns[graph]) is not None]
        result.append(next((link for link in links if link), ""))
    return result if any(result) else None


def _joined(texts: Any, between: str) -> str:
    return between.join(sorted({text for text in texts if text}))


def _notes(
    graphs: Sequence[ArtistGraph], groups: Sequence[Sequence[Place]], ambiguous: int
) -> list[str]:
    several = sum(len(group) > 1 for group in groups)
    notes = [
        f"{len(graphs)} data sets are merged: of {len(groups):,} artists {several:,} stand in more"
        " than one."
    ]
    if ambiguous:
        notes.append(
            f"{ambiguous:,} names may stand for different artists: these were not joined by name."
        )
    return notes
