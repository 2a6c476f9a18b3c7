"""On which line of a graph file a node or an edge stands: for errors, as parsers do not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import unescape


def line_of_node(text: str, node: str) -> int | None:
    """Return the line of a node of GraphML, GEXF or GML; None where it is written unusually."""
    for place, attributes in _elements(text, "node"):
        if attributes.get("id") == node:
            return text.count("\n", 0, place) + 1
    return None


def line_of_edge(text: str, a: str, b: str) -> int | None:
    """Return the line of the first edge between two nodes; None where it is written unusually."""
    for place, attributes in _elements(text, "edge"):
        if {attributes.get("source"), attributes.get("target")} == {a, b}:
            return text.count("\n", 0, place) + 1
    return None


def _elements(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the place and the simple attributes of every element of a name, XML or GML."""
    for found in re.finditer(rf"<(?:\w+:)?{name}\s([^<>]*)>", text):
        pairs = re.findall(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", found.group(1))
        yield found.start(), {key: unescape(one or two) for key, one, two in pairs}
    for found in re.finditer(rf"\b{name}\s*\[([^\[\]]*)", text):
        pairs = re.findall(r"(\w+)\s+(?:\"([^\"]*)\"|(\S+))", found.group(1))
        yield found.start(), {key: one or two for key, one, two in pairs}
