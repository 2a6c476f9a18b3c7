"""`ArtistGraph` to and from networkx."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.readers import fields

if TYPE_CHECKING:
    import networkx as nx

_NAMES = ("name", "label")
_TAGS = ("tags", "genres")


def to_networkx(graph: ArtistGraph) -> nx.Graph[Any]:
    """Return the graph as a `networkx.Graph`.

    Parameters
    ----------
    graph : ArtistGraph

    Returns
    -------
    networkx.Graph
        Its nodes are the ids; without ids the names; where names are shared, the numbers of the
        artists. Node attributes: ``name`` and, where known, ``popularity`` (int), ``tags`` and
        ``aliases`` (tuple of str) and ``link``. Edge attribute: ``weight``, where there are any.
        Graph attributes: ``title``, ``source``, ``licence`` and ``notes``.
    """
    import networkx as nx

    keys: list[Any] = graph.keys
    if len(set(keys)) < len(keys):
        keys = list(range(len(graph)))
    popularity = None if graph.popularity is None else graph.popularity.tolist()
    known: dict[str, list[Any] | None] = {
        "name": graph.names,
        "popularity": popularity,
        "tags": graph.tags,
        "aliases": graph.aliases,
        "link": graph.links,
    }
    columns = {key: values for key, values in known.items() if values is not None}
    result: nx.Graph[Any] = nx.Graph(
        title=graph.title, source=graph.source, licence=graph.licence, notes=graph.notes
    )
    rows = zip(*columns.values(), strict=True)
    result.add_nodes_from(
        (key, dict(zip(columns, row, strict=True))) for key, row in zip(keys, rows, strict=True)
    )
    sources, targets = graph.edge_list()
    pairs = ((keys[a], keys[b]) for a, b in zip(sources.tolist(), targets.tolist(), strict=True))
    if graph.weights is None:
        result.add_edges_from(pairs)
    else:
        rows_of = np.repeat(np.arange(len(graph)), graph.degrees)
        weights = graph.weights[rows_of < graph.indices].tolist()
        result.add_weighted_edges_from((*pair, w) for pair, w in zip(pairs, weights, strict=True))
    return result


def from_networkx(network: nx.Graph[Any]) -> ArtistGraph:
    """Return a networkx graph of any kind as an `ArtistGraph`.

    Directions are dropped, and of several edges between two artists the heaviest stands.

    Parameters
    ----------
    network : networkx.Graph
        Read are the attributes that `to_networkx` writes; ``label`` stands in for ``name`` and
        ``genres`` for ``tags``, which may also be text, divided by bars or semicolons. A node
        without a name is called what it is. Nodes that are called otherwise keep what they are
        as their ids, except where they are the numbers 0 to n - 1 only.

    Returns
    -------
    ArtistGraph
        ``from_networkx(to_networkx(graph))`` is the same graph again, with names and tags
        tidied as every reader does, and ids that are all equal to the names left out.

    Raises
    ------
    InputError
        A name is empty, a popularity is not from 0 to 100, a weight is not above 0, tags are
        not text, or two nodes are spelled the same.
    """
    nodes = list(network.nodes(data=True))
    title = str(network.graph.get("title") or network.graph.get("name") or "")
    names = [_read(node, about, _name) for node, about in nodes]
    popularity = [_read(node, about, _popularity) for node, about in nodes]
    tags = [_read(node, about, _tags) for node, about in nodes]
    aliases = [_read(node, about, _aliases) for node, about in nodes]
    links = [str(about.get("link") or "") for _, about in nodes]
    number = {node: k for k, (node, _) in enumerate(nodes)}
    edges = list(network.edges(data="weight"))
    weights = None
    if any(weight is not None for *_, weight in edges):
        weights = np.array([_weight(edge) for edge in edges], np.float32)
    has = {key for _, about in nodes for key in about}
    notes = list(network.graph.get("notes") or ())
    unknown = sum(value is None for value in popularity)
    if 0 < unknown < len(nodes):
        notes.append(f"{unknown:,} of {len(nodes):,} artists have no popularity: 0 is taken.")
    return ArtistGraph.from_edges(
        names,
        np.array([number[a] for a, *_ in edges], np.int64),
        np.array([number[b] for _, b, *_ in edges], np.int64),
        weights,
        ids=_ids([node for node, _ in nodes], names),
        popularity=(
            np.array([value or 0 for value in popularity], np.uint8)
            if unknown < len(nodes)
            else None
        ),
        tags=tags if has.intersection(_TAGS) else None,
        aliases=aliases if "aliases" in has else None,
        links=links if "link" in has else None,
        title=title,
        source=str(network.graph.get("source") or ""),
        licence=str(network.graph.get("licence") or ""),
        notes=tuple(notes),
    )


def _read(node: Hashable, about: Mapping[str, Any], read: Any) -> Any:
    try:
        return read(node, about)
    except ValueError as error:
        raise InputError(
            str(error), where=f"node {fields.shown(node)}", remedy="correct that node"
        ) from error


def _first(about: Mapping[str, Any], keys: Iterable[str]) -> Any:
    return next((about[key] for key in keys if about.get(key) is not None), None)


def _name(node: Hashable, about: Mapping[str, Any]) -> str:
    name = _first(about, _NAMES)
    return fields.clean_name(str(node if name is None else name))


def _popularity(_: Hashable, about: Mapping[str, Any]) -> int | None:
    value = about.get("popularity")
    return fields.popularity(value.item() if isinstance(value, np.generic) else value)


def _tags(_: Hashable, about: Mapping[str, Any]) -> tuple[str, ...]:
    return _texts(_first(about, _TAGS))


def _aliases(_: Hashable, about: Mapping[str, Any]) -> tuple[str, ...]:
    return _texts(about.get("aliases"))


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return fields.split_tags(value, "|" if "|" in value else ";")
    if isinstance(value, Iterable):
        return fields.tidy_tags(list(value))
    raise ValueError(f"the tags {fields.shown(value)} are not text")


def _weight(edge: tuple[Hashable, Hashable, Any]) -> float:
    a, b, value = edge
    try:
        value = value.item() if isinstance(value, np.generic) else value
        return 1.0 if value is None else fields.weight(value)
    except ValueError as error:
        raise InputError(
            str(error),
            where=f"edge from {fields.shown(a)} to {fields.shown(b)}",
            remedy="correct that edge",
        ) from error


def _ids(nodes: list[Hashable], names: list[str]) -> list[str] | None:
    if nodes == list(range(len(nodes))) or [str(node) for node in nodes] == names:
        return None
    ids = [str(node) for node in nodes]
    if len(set(ids)) < len(ids):
        twice = next(ident for k, ident in enumerate(ids) if ident in ids[:k])
        raise InputError(
            f"two nodes are both spelled {fields.shown(twice)}", remedy="name one of them otherwise"
        )
    return ids
