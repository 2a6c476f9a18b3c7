"""What is written in a text format and read again is the same graph, whatever the names."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.graph import ArtistGraph
from embedding.readers import read_graph

NASTY = [
    "Tyler, The Creator",
    '"Weird Al" Yankovic',
    "AC/DC; live",
    "宇多田ヒカル",
    "💀🎸",
    "Zoë\tKeating",
    "[unknown]",
    "#1 Dads",
    "source",
    "1",
    "N.W.A & Friends <i>",
    "O'Connor | Sinéad",
    "שלום",
    "{}",
]

letters = st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"))
names = st.sampled_from(NASTY) | st.text(letters, min_size=1, max_size=12)
names = names.map(lambda s: " ".join(s.split("\t")).strip()).filter(bool)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[tuple[int, int, float]]]:
    """Return names, all different, and relations that leave nobody out."""
    people = draw(st.lists(names, min_size=2, max_size=8, unique=True))
    n = len(people)
    ring = [(k, (k + 1) % n) for k in range(n)]
    more = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=8))
    pairs = sorted({(min(a, b), max(a, b)) for a, b in ring + more if a != b})
    weights = draw(
        st.lists(st.floats(0.0009765625, 1e6, width=32), min_size=len(pairs), max_size=len(pairs))
    )
    return people, [(a, b, w) for (a, b), w in zip(pairs, weights, strict=True)]


Drawn = tuple[list[str], list[tuple[int, int, float]]]


def relations(graph: ArtistGraph) -> set[tuple[str, str]]:
    a, b = graph.edge_list()
    return {tuple(sorted((graph.names[i], graph.names[j]))) for i, j in zip(a, b, strict=True)}


def expected(drawn: Drawn) -> set[tuple[str, str]]:
    people, edges = drawn
    return {tuple(sorted((people[a], people[b]))) for a, b, _ in edges}


def weight_of(graph: ArtistGraph, one: str, other: str) -> float:
    if graph.weights is None:
        return -1.0
    matrix = graph.adjacency()
    return float(matrix[graph.names.index(one), graph.names.index(other)])


def as_table(rows: list[list[str]], delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def edge_list(delimiter: str) -> Callable[[Drawn], str]:
    def write(drawn: Drawn) -> str:
        people, edges = drawn
        head = ["weight", "target", "source"]
        rows = [[repr(w), people[b], people[a]] for a, b, w in edges]
        return as_table([head, *rows], delimiter, csv.QUOTE_ALL)

    return write


def json_whole(drawn: Drawn) -> str:
    people, edges = drawn
    found: dict[str, list[object]] = {name: [] for name in people}
    for a, b, w in edges:
        found[people[a]].append({"name": people[b], "weight": w})
    return json.dumps(found, indent=1)


def json_lines(drawn: Drawn) -> str:
    people, edges = drawn
    return "\n".join(
        json.dumps(
            {
                "name": name,
                "related": [{"name": people[b], "weight": w} for a, b, w in edges if a == k],
            },
            ensure_ascii=False,
        )
        for k, name in enumerate(people)
    )


def network(drawn: Drawn, write: Callable[[nx.Graph, io.BytesIO], None]) -> str:
    people, edges = drawn
    graph = nx.Graph()
    for k, name in enumerate(people):
        graph.add_node(k, name=name, label=name, popularity=k)
    graph.add_weighted_edges_from(edges)
    out = io.BytesIO()
    write(graph, out)
    return out.getvalue().decode()


FORMATS: dict[str, tuple[str, Callable[[Drawn], str]]] = {
    "a.csv": ("edges", edge_list(",")),
    "a.tsv": ("edges", edge_list("\t")),
    "a.txt": ("edges", edge_list(";")),
    "a.json": ("json", json_whole),
    "b": ("json", json_whole),
    "a.jsonl": ("json", json_lines),
    "c": ("json", json_lines),
    "a.graphml": ("graphml", lambda d: network(d, nx.write_graphml_xml)),
    "d": ("graphml", lambda d: network(d, nx.write_graphml_xml)),
    "a.gexf": ("gexf", lambda d: network(d, nx.write_gexf)),
    "a.gml": ("gml", lambda d: network(d, nx.write_gml)),
    "e": ("gml", lambda d: network(d, nx.write_gml)),
}


@pytest.mark.parametrize("file", FORMATS)
@settings(max_examples=25)
@given(drawn=graphs(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), packed=...)
def test_a_graph_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, file: str, drawn: Drawn, encoding: str, packed: bool
) -> None:
    kind, write = FORMATS[file]
    data = write(drawn).encode(encoding)
    path = tmp_path_factory.mktemp("round") / file
    path.write_bytes(gzip.compress(data) if packed else data)

    graph = read_graph(path)

    people, edges = drawn
    assert sorted(graph.names) == sorted(people)
    assert relations(graph) == expected(drawn)
    if graph.weights is not None:
        for a, b, w in edges:
            assert weight_of(graph, people[a], people[b]) == pytest.approx(w, rel=1e-6)
    else:
        assert len({w for _, _, w in edges}) == 1
    forced = read_graph(path, kind)
    assert (forced.names, relations(forced)) == (graph.names, relations(graph))


@settings(max_examples=40)
@given(drawn=graphs(), bars=st.booleans())
def test_a_folder_comes_back_with_ids_popularity_tags_and_links(
    tmp_path_factory: pytest.TempPathFactory, drawn: Drawn, bars: bool
) -> None:
    people, edges = drawn
    folder = tmp_path_factory.mktemp("folder")
    # Everybody has the first one's name: only the ids tell them apart.
    rows = [
        [
            f"id{k}",
            people[0],
            f"{k}.0",
            ("|" if bars else ";").join(["pop", f"t{k}"]),
            f"http://x/{k}",
        ]
        for k in range(len(people))
    ]
    header = ["id", "name", "popularity", "genres", "link"]
    (folder / "nodes.csv").write_text(as_table([header, *rows], ","), "utf-8", newline="")
    ends = [[f"id{b}", f"id{a}"] for a, b, _ in edges]
    (folder / "edges.csv").write_text(as_table([["source", "target"], *ends], ","), newline="")

    graph = read_graph(folder)

    assert graph.names == [people[0]] * len(people)
    assert graph.ids == [row[0] for row in rows]
    assert graph.popularity is not None
    assert graph.popularity.tolist() == list(range(len(people)))
    assert graph.tags == [("pop", f"t{k}") for k in range(len(people))]
    assert graph.links == [row[4] for row in rows]
    a, b = graph.edge_list()
    assert set(zip(a.tolist(), b.tolist(), strict=True)) == {(a, b) for a, b, _ in edges}
    assert (graph.weights, graph.title, graph.notes) == (None, folder.name, ())
