"""GraphML, GEXF and GML, parsed by networkx."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import OnProgress, silent
from embedding.readers.assembling import assemble, title_of
from embedding.readers.fields import clean_name, popularity, shown, split_tags, tidy_tags, weight
from embedding.readers.locating import line_of_edge, line_of_node
from embedding.readers.text import read_text

if TYPE_CHECKING:
    import networkx as nx

_NAMES = ("name", "label", "artist", "title")
_TAGS = ("tags", "genres", "tag", "genre")
_LINKS = ("link", "url", "href")
_COUNTED = re.compile(r"\D{0,2}\d+")


def read_network(path: Path, kind: str, on_progress: OnProgress = silent) -> ArtistGraph:
    """Read a graph file that networkx can parse.

    Node attributes: ``name`` (or label, artist, title; else the node's own id), ``popularity``,
    ``tags`` (or genres; a text or a list), ``link`` (or url). Edge attribute: ``weight``, 1 where
    it is missing. The ids of the nodes become the artists' ids, unless they merely count (0, n0)
    and the names tell the artists apart.

    Parameters
    ----------
    path : Path
    kind : {"graphml", "gexf", "gml"}
    on_progress : callable

    Raises
    ------
    InputError
        The file is not of this kind, XML with a document type (which could hold an entity bomb),
        or an attribute is no good.
    """
    text = read_text(path, on_progress)
    if kind != "gml":
        text = _plain_xml(path, text, kind)
    return _graph(path, _parsed(path, text, kind), text)


def _plain_xml(path: Path, text: str, kind: str) -> str:
    """Return XML without its declaration, once it is known to be well formed and without a DTD.

    Everything an entity bomb needs stands in a document type; graph files have none. The check is
    made on the text that is parsed afterwards, so that no second encoding can hide one.
    """
    # The text is decoded by now, so an encoding that is declared no longer says anything.
    text = re.sub(r"\A\s*<\?xml\b[^>]*\?>", lambda found: "\n" * found.group().count("\n"), text)
    root: list[str] = []

    def refuse(*_: Any) -> None:
        raise InputError(
            "this XML has a document type (DOCTYPE), which is not safe to read",
            where=path,
            line=parser.CurrentLineNumber,
            remedy="remove the DOCTYPE",
        )

    def first_tag(name: str, _: dict[str, str]) -> None:
        root.append(name)
        parser.StartElementHandler = None

    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = first_tag
    try:
        parser.Parse(text.encode(), True)
    except (expat.ExpatError, UnicodeEncodeError) as error:
        line = getattr(error, "lineno", None)
        why = f" ({expat.ErrorString(error.code)})" if isinstance(error, expat.ExpatError) else ""
        raise InputError(
            f"this is not well-formed XML{why}", where=path, line=line, remedy="export it again"
        ) from error
    if root[0].rpartition(":")[2].lower() != kind:
        raise InputError(
            f"this XML is not {kind} but {shown(root[0])}",
            where=path,
            line=1,
            remedy="give GraphML or GEXF",
        )
    return text


def _parsed(path: Path, text: str, kind: str) -> nx.Graph[Any]:
    import networkx as nx

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if kind == "gml":
                return nx.parse_gml(text.split("\n"), label="id")
            reader = nx.read_graphml if kind == "graphml" else nx.read_gexf
            return reader(io.BytesIO(text.encode()))
        except MemoryError:
            raise
        # networkx answers a broken file with whatever its parser stumbles over: KeyError,
        # AttributeError, IndexError, RecursionError ... All mean the same to the user.
        except Exception as error:
            place = re.search(r"at \((\d+), \d+\)", str(error))
            why = "nested too deep" if isinstance(error, RecursionError) else str(error)
            why = f"{type(error).__name__} {why}" if isinstance(error, KeyError) else why
            raise InputError(
                f"this cannot be read as {kind} ({' '.join(why.split())[:120] or 'broken'})",
                where=path,
                line=int(place.group(1)) if place else None,
                remedy="export it again",
            ) from error


def _first(attributes: dict[str, Any], keys: tuple[str, ...]) -> Any:
    """Return the first attribute that is there and says something; case does not matter."""
    lower = {str(key).lower(): value for key, value in attributes.items()}
    return next((lower[key] for key in keys if lower.get(key) not in (None, "")), None)


def _graph(path: Path, network: nx.Graph[Any], text: str) -> ArtistGraph:
    names: list[str] = []
    popular: list[int | None] = []
    tags: list[tuple[str, ...]] = []
    links: list[str] = []
    number: dict[Any, int] = {}
    for node, attributes in network.nodes(data=True):
        number[node] = len(names)
        try:
            name = _first(attributes, _NAMES)
            names.append(clean_name(str(node if name is None else name)))
            popular.append(popularity(_first(attributes, ("popularity",))))
            tags.append(_tags(_first(attributes, _TAGS)))
            links.append(str(_first(attributes, _LINKS) or "").strip())
        except (ValueError, RecursionError) as error:
            raise InputError(
                f"{error} (node {shown(node)})",
                where=path,
                line=line_of_node(text, str(node)),
                remedy="correct it",
            ) from None
    sources, targets, weights = [], [], []
    for a, b, attributes in network.edges(data=True):
        sources.append(number[a])
        targets.append(number[b])
        try:
            found = _first(attributes, ("weight",))
            weights.append(1.0 if found is None else weight(found))
        except ValueError as error:
            raise InputError(
                f"{error} (relation of {shown(a)} and {shown(b)})",
                where=path,
                line=line_of_edge(text, str(a), str(b)),
                remedy="correct it",
            ) from None
    title = network.graph.get("name") or network.graph.get("label")
    return assemble(
        names,
        sources,
        targets,
        weights,
        ids=_ids(path, list(map(str, number)), names),
        popularity=popular,
        tags=tags,
        links=links,
        title=title.strip() if isinstance(title, str) and title.strip() else title_of(path),
    )


def _tags(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, (list, tuple)):
        return tidy_tags(value)
    text = str(value)
    return split_tags(text, "|" if "|" in text else ";" if ";" in text else ",")


def _ids(path: Path, nodes: list[str], names: list[str]) -> list[str] | None:
    """Return the nodes' ids where they tell more than the names."""
    if nodes == names:
        return None
    if all(map(_COUNTED.fullmatch, nodes)) and len(set(names)) == len(names):
        return None
    try:
        return [clean_name(node, "id") for node in nodes]
    except ValueError as error:
        raise InputError(str(error), where=path, remedy="correct that node's id") from None
