"""No content of a file makes a reader raise anything but one sentence, or eat the machine."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from embedding.errors import InputError
from embedding.readers import FORMATS, read_graph
from embedding.readers.opening import BLOCK

GEXF = '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'

FILE_FORMATS = [name for name in FORMATS if name not in ("folder", "galaxy")]

# Pieces of every format, so that the parsers are entered and not only turned away.
PIECES = [
    *["a", "b", "Air", "é", "💀", "1", "2", "0.5", "-1", "nan", "inf", "1e999", "9" * 5000],
    *[
        ",",
        ";",
        "\t",
        " ",
        "|",
        "\n",
        "\r\n",
        "\r",
        '"',
        '""',
        "#",
        "\0",
        "\x85",
        "\u2028",
        "\ufeff",
    ],
    *["source", "target", "weight", "user", "artist", "plays", "id", "name", "popularity"],
    *["{", "}", "[", "]", ":", '"a":', '"related":', '["b"]', '{"a": ["b"]}', "null", "true"],
    *['"\\ud800"', '{"name": "x", "id": 1, "related": [2]}', '{"nodes": [], "links": []}'],
    *[
        "<graphml>",
        "</graphml>",
        '<graph edgedefault="undirected">',
        "</graph>",
        GEXF,
        "</gexf>",
    ],
    *[
        '<node id="a"/>',
        '<edge source="a" target="b"/>',
        "<nodes>",
        "</nodes>",
        "<edges>",
        "</edges>",
    ],
    *['<?xml version="1.0" encoding="utf-7"?>', "<!DOCTYPE x>", "<key/>", '<data key="d"/>'],
    *[
        "graph [",
        "node [",
        "edge [",
        "id 0",
        "id 1",
        "source 0",
        "target 1",
        'label "x"',
        "weight -2",
    ],
    *["&#55296;", "&amp;", "2 2\n", "a 1 2\n", "b 0 1\n", "sep=;", "# note\n", "multigraph 1"],
]
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
contents = (
    st.binary(max_size=200)
    | texts.map(lambda t: t.encode("utf-8", "surrogatepass"))
    | st.tuples(texts, st.sampled_from(["utf-16", "utf-32", "latin-1"])).map(
        lambda pair: pair[0].encode(pair[1], "replace")
    )
    | st.tuples(texts, st.integers(0, 60)).map(
        lambda p: gzip.compress(p[0].encode())[: -p[1] or 999]
    )
)


def one_sentence(error: InputError, path: Path) -> None:
    text = str(error)
    assert "\n" not in text
    assert text.startswith(f"{path}")
    assert text.endswith(".")
    assert len(text) < len(str(path)) + 500


@pytest.mark.parametrize("kind", [None, *FILE_FORMATS])
@settings(max_examples=100)
@given(content=contents)
@example(content=b'{"a": "b"}')
@example(content=b"graph [ node [ id 0 id 1 ] ]")
@example(content=b'<graphml><graph edgedefault="x"><node/></graph></graphml>')
@example(content=GEXF.encode() + b'<graph><nodes><node id="1" label=""/></nodes></graph></gexf>')
def test_anything_is_a_graph_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, kind: str | None, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "anything"
    path.write_bytes(content)
    try:
        graph = read_graph(path, kind)
    except InputError as error:
        one_sentence(error, path)
    else:
        assert graph.indptr.size == len(graph) + 1
        assert graph.ids is None or len(set(graph.ids)) == len(graph)
        assert graph.weights is None or (graph.weights > 0).all()
        "".join(graph.names).encode()


@pytest.mark.parametrize("kind", [None, *FORMATS])
@pytest.mark.parametrize("name", ["no such file", "a\0b", "x" * 5000])
def test_a_path_to_nothing_is_one_sentence(tmp_path: Path, kind: str | None, name: str) -> None:
    with pytest.raises(InputError):
        read_graph(tmp_path / name, kind)


@pytest.mark.parametrize("kind", [None, *FILE_FORMATS])
def test_a_pipe_is_not_waited_for(tmp_path: Path, kind: str | None) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="not an ordinary file"):
        read_graph(tmp_path / "pipe", kind)


@pytest.mark.parametrize("kind", [None, *FILE_FORMATS])
def test_random_bytes_are_one_sentence(tmp_path: Path, kind: str | None) -> None:
    path = tmp_path / "junk"
    path.write_bytes(np.random.default_rng(1).bytes(3 * BLOCK))
    with pytest.raises(InputError) as caught:
        read_graph(path, kind)
    one_sentence(caught.value, path)


def peak(path: Path, kind: str | None) -> tuple[InputError, int]:
    tracemalloc.start()
    try:
        with pytest.raises(InputError) as caught:
            read_graph(path, kind)
        return caught.value, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", [None, "edges", "plays", "word2vec"])
@pytest.mark.parametrize("before", ["", "a,b\n" * 3])
def test_a_line_of_a_million_columns_is_refused_before_it_is_in_memory(
    tmp_path: Path, kind: str | None, before: str
) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(before + "a," * 10_000_000)
    error, memory = peak(path, kind)
    one_sentence(error, path)
    assert memory < 30e6


def test_a_decompression_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    line = f"{'a' * 900},{'b' * 900}\n".encode()
    path.write_bytes(gzip.compress(line * 1000) * 200)
    error, memory = peak(path, None)
    assert "more than 200 times its size" in str(error)
    assert memory < 30e6


@pytest.mark.parametrize("kind", ["graphml", "gexf", None])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused(tmp_path: Path, kind: str | None, encoding: str) -> None:
    laughs = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 40))
    bomb = f'<?xml version="1.0"?>\n<!DOCTYPE graphml [<!ENTITY l0 "ha">{laughs}]>'
    path = tmp_path / "bomb"
    path.write_text(f"{bomb}<graphml>&l39;</graphml>", encoding)
    with pytest.raises(InputError, match=r"bomb, line 2: .*DOCTYPE"):
        read_graph(path, kind)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("json", '{"a":' + "[" * 200_000),
        ("json", "[" * 200_000 + "]" * 200_000),
        ("json", '{"a":' * 100_000),
        ("gml", "graph [ " + "a [ " * 100_000),
        ("gml", "graph [ " + "a [ " * 100_000 + "] " * 100_001),
        (
            "gexf",
            f"{GEXF}<graph>"
            + '<nodes><node id="1">' * 50_000
            + "</node></nodes>" * 50_000
            + "</graph></gexf>",
        ),
    ],
)
def test_what_is_nested_without_end_is_one_sentence(
    tmp_path: Path, kind: str, content: str
) -> None:
    path = tmp_path / "deep"
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        read_graph(path, kind)
    one_sentence(caught.value, path)
