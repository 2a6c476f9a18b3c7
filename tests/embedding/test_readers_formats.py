"""What each format may look like, and how it is told from the others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import Progress
from embedding.readers import FORMATS, read_graph, read_vectors
from embedding.readers.sniffing import sniff

GML = """Creator "me"
graph [
 node [ id 7 label "Air" tags "pop;chill" ]
 node [ id 8 ]
 edge [ source 7 target 8 ]
]
"""
GRAPHML = """<?xml version="1.0" encoding="ISO-8859-1"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">
<node id="Air"/><node id="Moby"/><edge source="Air" target="Moby"/>
</graph></graphml>
"""
TWINS = """<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph>
<nodes><node id="n1" label="Air"/><node id="n2" label="Air"/></nodes>
<edges><edge id="0" source="n1" target="n2" weight="2.5"/></edges>
</graph></gexf>
"""
HETREC_PLAYS = "userID\tartistID\tweight\r\n" + "".join(
    f"{user}\t{artist}\t{user * artist}\r\n" for user in (1, 2, 3) for artist in (10, 20)
)


def write(path: Path, content: str) -> Path:
    path.write_text(content, "utf-8", newline="")
    return path


def pairs(graph: ArtistGraph) -> set[tuple[str, str]]:
    return {(graph.names[i], graph.names[j]) for i, j in zip(*graph.edge_list(), strict=True)}


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", "Air,Moby\n", "edges"),
        ("a.csv", "[unknown],Air\n", "edges"),
        ("a", "[unknown]\tAir\n", "edges"),
        ("a", "1 2\n3 4\n", "edges"),
        ("a.csv", "User ID,Artist,Plays\nx,Air,1\n", "plays"),
        ("a", "plays;artist;user\n1;Air;x\n", "plays"),
        ("a", '{"Air": ["Moby"]}', "json"),
        ("a", '\n  [\n{"name": "Air"}]', "json"),
        ("a.ndjson.gz", "", "json"),
        ("a.xml", GRAPHML, "graphml"),
        ("a", '<?xml version="1.0"?>\n<!-- by Gephi --><gexf/>', "gexf"),
        ("a.txt", GML, "gml"),
        ("a", "2 3\nLa Femme 1 2 3\nAir 1 2 3\n", "word2vec"),
        ("a.galaxy", "", "galaxy"),
        ("a", "PK\x03\x04 ... manifest.json", "galaxy"),
    ],
)
def test_the_format_is_told_by_content_and_ending(
    tmp_path: Path, name: str, content: str, kind: str
) -> None:
    assert sniff(write(tmp_path / name, content)) == kind
    assert kind in FORMATS


@pytest.mark.parametrize(
    "content",
    [
        "Air,Moby\nMoby,M83\n",
        "Air;Moby\r\nMoby;M83\r\n",
        "Air\tMoby\rMoby\tM83",
        "Air Moby\nMoby  M83\n",
        "Air|Moby\n\n  Air |Moby\nM83|Moby,\n".replace(",", ""),
        "# Nodes: 3\n#\n\nAir,Moby\nM83,Moby\n",
        "sep=;\nAir;Moby\nM83;Moby\n",
        "FROM,to\nAir,Moby\nM83,Moby\n",
        "related;artist\nAir;Moby\nM83;Moby\n",
        "\ufeffSource,Target\nAir,Moby\nM83,Moby\nAir,Air\n",
        "Air,Moby,,\nM83,Moby,\n",
        "Weight,Target,Source\n2,Air,Moby\n2,M83,Moby\n",
    ],
)
def test_an_edge_list_may_look_like(tmp_path: Path, content: str) -> None:
    graph = read_graph(write(tmp_path / "my.edges.txt", content))
    assert {frozenset(pair) for pair in pairs(graph)} == {
        frozenset(("Air", "Moby")),
        frozenset(("Moby", "M83")),
    }
    assert (graph.weights, graph.title, graph.ids) == (None, "my.edges", None)


def test_columns_that_mean_nothing_are_left_out_with_a_note(tmp_path: Path) -> None:
    graph = read_graph(write(tmp_path / "a.csv", "year,source,target\n1999,Air,Moby\n"))
    assert graph.notes == (
        "Columns of the edge list that mean nothing here were left out: 'year'.",
    )


def test_a_table_goes_on_after_its_first_block(tmp_path: Path) -> None:
    rows = [f"artist {k},artist {k + 1}" for k in range(40_000)]
    rows[30_000] = '"artist 30000","artist\n30001"'
    seen: list[Progress] = []
    path = write(tmp_path / "a.csv", "\n".join(["source,target", *rows]))
    graph = read_graph(path, on_progress=seen.append)
    assert graph.names == [f"artist {k}" for k in range(40_001)]
    assert graph.edges == 40_000
    assert seen[-1] == Progress("read", path.stat().st_size, path.stat().st_size)
    assert len(seen) > 2
    write(path, path.read_text() + "\nbroken")
    with pytest.raises(InputError, match="line 40003: this row has 1 column"):
        read_graph(path)


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("pop|dream pop|pop", ("pop", "dream pop")),
        ("pop; rock ;", ("pop", "rock")),
        ('"pop, rock"', ("pop", "rock")),
        ("\"['pop', 'r&b']\"", ("pop", "r&b")),
        ("[]", ()),
        ("", ()),
    ],
)
def test_tags_of_a_folder(tmp_path: Path, cell: str, tags: tuple[str, ...]) -> None:
    write(tmp_path / "nodes.csv", f"tags,popularity,name\n{cell},,Air\nx,7.5,Moby\n")
    write(tmp_path / "edges.csv", "Air,Moby\n")
    graph = read_graph(tmp_path)
    assert graph.tags is not None
    assert graph.tags[0] == tags
    assert graph.popularity is not None
    assert graph.popularity.tolist() == [0, 8]
    assert graph.notes == ("1 of 2 artists have no popularity: 0 is taken.",)
    assert (graph.ids, graph.links) == (None, None)


def test_json_with_details(tmp_path: Path) -> None:
    graph = read_graph(
        write(
            tmp_path / "a.json",
            """{"Air": {"related": ["Moby", {"id": "x2", "weight": 3}], "popularity": 61.4,
                "tags": ["pop", "pop", ""], "id": "x1", "link": "http://air"},
             "Nirvana": {"related": ["Hole"], "id": "x2"}, "Moby": ["Air"]}""",
        )
    )
    assert graph.names == ["Air", "Nirvana", "Moby", "Hole"]
    assert graph.ids == ["x1", "x2", "Moby", "Hole"]
    assert pairs(graph) == {("Air", "Moby"), ("Air", "Nirvana"), ("Nirvana", "Hole")}
    assert graph.adjacency()[0, 1] == 3
    assert graph.tags == [("pop",), (), (), ()]
    assert graph.links == ["http://air", "", "", ""]
    assert graph.popularity is not None
    assert graph.popularity[0] == 61


def test_json_lines_of_one_name_are_one_artist_but_of_two_ids_are_two(tmp_path: Path) -> None:
    graph = read_graph(write(tmp_path / "a", '{"Air": ["M83"]}\n\n{"Air": ["Moby"]}\n'))
    assert pairs(graph) == {("Air", "M83"), ("Air", "Moby")}
    twins = '{"name": "Nirvana", "id": %d, "related": [%d]}\n'
    graph = read_graph(write(tmp_path / "b", twins % (1, 2) + twins % (2, 1)))
    assert (graph.names, graph.ids, graph.edges) == (["Nirvana"] * 2, ["1", "2"], 1)


def test_graph_files(tmp_path: Path) -> None:
    graph = read_graph(write(tmp_path / "a.gml", GML))
    assert (graph.names, graph.tags, graph.ids) == (["Air", "8"], [("pop", "chill"), ()], None)
    graph = read_graph(write(tmp_path / "a.graphml", GRAPHML))
    assert (graph.names, graph.ids, graph.edges) == (["Air", "Moby"], None, 1)
    graph = read_graph(write(tmp_path / "a.gexf", TWINS))
    assert (graph.names, graph.ids, graph.edges) == (["Air", "Air"], ["n1", "n2"], 1)


def test_hetrec_by_folder_and_by_file(tmp_path: Path) -> None:
    write(
        tmp_path / "artists.dat",
        'id\tname\turl\tpictureURL\n10\t"Weird Al" Yankovic\thttp://x/10\t\n20\t宇多田\thttp://x/20\t\n30\tM"\t\t\n',
    )
    write(tmp_path / "user_artists.dat", HETREC_PLAYS)
    write(tmp_path / "readme.txt", "see http://example.org (x)\nis made available for fun only.\n")
    for path in (tmp_path, tmp_path / "user_artists.dat", tmp_path / "artists.dat"):
        graph = read_graph(path)
        assert graph.names == ['"Weird Al" Yankovic', "宇多田"]
        assert (graph.ids, graph.edges) == (["10", "20"], 1)
        assert graph.links == ["http://x/10", "http://x/20"]
        assert (graph.source, graph.licence) == ("http://example.org", "for fun only")
        assert graph.notes == ("1 of 3 artists were left out: they have fewer than 3 listeners.",)


def test_vectors(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.txt", "5 2\nLa Femme 1 0\nAir 0.9 .1\nAir 0 1\n</s> -1 -1e0\nNil 0 0\n"
    )
    names, vectors = read_vectors(path)
    assert names == ["La Femme", "Air", "Air", "</s>", "Nil"]
    assert vectors.dtype == np.float32
    assert vectors[1].tolist() == pytest.approx([0.9, 0.1])
    graph = read_graph(path)
    assert graph.ids == ["La Femme", "Air", "Air #2", "</s>", "Nil"]
    assert graph.degrees.tolist() == [3, 3, 3, 3, 0]
    assert len(graph.notes) == 2


def test_a_galaxy_is_read_as_the_graph_it_was_made_of(tmp_path: Path) -> None:
    galaxy_file = pytest.importorskip("embedding.galaxy_file")
    graph = read_graph(write(tmp_path / "a.csv", "Air,Moby\nMoby,M83\n"))
    galaxy = galaxy_file.Galaxy(
        names=graph.names,
        positions=np.zeros((3, 3), np.float32),
        vectors=np.ones((3, 8), np.float32),
        popularity=np.zeros(3, np.uint8),
        indptr=graph.indptr,
        indices=graph.indices,
    )
    galaxy_file.save(galaxy, tmp_path / "a.galaxy")
    (tmp_path / "a.galaxy").rename(tmp_path / "b")
    again = read_graph(tmp_path / "b")
    assert (again.names, pairs(again)) == (graph.names, pairs(graph))
