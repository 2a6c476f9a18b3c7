"""Each mistake a user can make gives one sentence with the file, the line and the way out."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from embedding.errors import InputError
from embedding.readers import read_graph, read_vectors

SMALL = '<graphml><graph edgedefault="undirected">\n{}\n</graph></graphml>'


def problem(path: Path, kind: str | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read_graph(path, kind)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(str(path))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", "", ": the file is empty; give a file that relates some artists."),
        ("a.csv", "\n \n\n", ": there is no row of a table in it;"),
        ("a.csv", "source,target\n", ": there are no relations in the file;"),
        ("a.csv", "Air\nMoby\n", ", line 1: a row has only one column; separate the columns"),
        ("a.csv", "Air,Moby\nAir\n", ", line 2: this row has 1 column and the first one 2;"),
        ("a.csv", "Air,Moby\n\nTyler, The Creator,Air", ", line 3: this row has 3 columns and"),
        ("a.csv", 'Air,Moby\n"M83,Air\nMoby,Air\n', ", line 2: a quoted field does not end;"),
        ("a.csv", 'Air,Moby\n"M83"!,Air\n', ", line 2: a quotation mark stands inside a quoted"),
        ("a.csv", "Air,Moby\n,Moby\n", ", line 2: the source is empty; correct or remove it."),
        ("a.csv", "Air,Moby\nAir, \t\n", ", line 2: the target is empty;"),
        ("a.csv", f"Air,Moby\nAir,{'x' * 1001}", ", line 2: the target is longer than 1,000"),
        ("a.csv", "Air,Moby,1\nAir,M83,nan\n", ", line 2: the weight 'nan' is not a finite num"),
        ("a.csv", "Air,Moby,1\nAir,M83,-2\n", ", line 2: the weight '-2' is not a number above"),
        ("a.csv", "Air,Moby,1\nAir,M83,0\n", ", line 2: the weight '0' is not a number above"),
        ("a.csv", "Air,Moby,1\nAir,M83,1e-40\n", ", line 2: the weight '1e-40' is not a number"),
        ("a.csv", "Air,Moby,1\nAir,M83,1e300\n", ", line 2: the weight '1e300' is not a number"),
        ("a.csv", "Air,Moby,1\nAir,M83,\n", ", line 2: the weight '' is not a number;"),
        ("a.csv", 'Air,"Mo\nby",1\n\nAir,M83,x\n', ", line 4: the weight 'x' is not a number;"),
        ("a.csv", "first,second,third\nAir,Moby,1\n", ", line 1: no two of the columns 'first',"),
        ("a.csv", "a,b,c,d\nAir,Moby,1,2\n", ", line 1: no two of the columns 'a', 'b', 'c', 'd'"),
        ("a.csv", "x,target\nAir,Moby\n", ", line 1: no two of the columns 'x', 'target' are"),
        ("a.csv", "id,name,popularity\n1,Air,3\n", ", line 1: the columns 'id', 'name', 'popular"),
        ("a.csv", "x," * 1500, ", line 1: a row has 1,500 columns;"),
        ("p.csv", "user,artist,plays\nu,Air,-1\n", ", line 2: the number of plays '-1' is below"),
        ("p.csv", "user,artist,plays\nu,Air,many\n", ", line 2: the number of plays 'many' is not"),
        ("p.csv", "user,artist\nu,\n", ", line 2: the artist is empty;"),
        ("p.csv", "user,artist\nu,Air\nv,Air\n", ": no artist has 3 listeners or more; give the"),
        ("a.json", "[1]", ", line 1: there is a number where an object should be; write"),
        ("a.json", '"Air"', ", line 1: there is a text where an object should be;"),
        ("a.json", '{"Air": "Moby"}', ", line 1: 'Air' has a text where its related artists belo"),
        ("a.json", '{"Air": [],\n"M83": [1.5]}', ", line 2: the related artist 1.5 is neither a n"),
        ("a.json", '{"Air": [],\n"Air": []}', ", line 1: 'Air' stands twice in one object;"),
        ("a.json", '{"Air": [\n', ", line 2: this is not JSON (Expecting value);"),
        ("a.json", '{"nodes": [], "links": []}', ", line 1: this is a node-link graph, which is"),
        ("a.json", '{"Air": {"related": 3}}', ", line 1: the related artists of 'Air' are a numb"),
        ("a.json", '{"Air": {"popularity": 101}}', ", line 1: the popularity 101 is not from 0 to"),
        ("a.json", '{"Air": {"popularity": NaN}}', ", line 1: the popularity nan is not a finite"),
        ("a.json", '{"Air": {"tags": 3}}', ", line 1: the tags 3 are not a list;"),
        ("a.json", '{"\\ud800": []}', ", line 1: the name '\\ud800' holds half a character;"),
        ("a.jsonl", '{"Air": []}\n{"Moby": [}\n', ", line 2: this is not JSON (Expecting value);"),
        ("a.jsonl", '{"Air": []}\n{"M": [{"name": "B", "weight": -1}]}\n', ", line 2: the weight"),
        (
            "a.jsonl",
            '{"name": "Nirvana", "id": 1}\n{"name": "Nirvana", "id": 2}\n{"Hole": ["Nirvana"]}',
            ", line 3: 2 artists are called 'Nirvana', and only an id tells them apart;",
        ),
        ("a.jsonl", '{"name": "A", "id": 1}\n{"name": "B", "id": 1}\n', ", line 2: the id '1'"),
        ("a.vec", "2 3\nAir 1 2 3\n", ", line 1: the first line promises 2 vectors, and there"),
        ("a.vec", "1 3\nAir 1 2\n", ", line 2: a name and 3 numbers belong here;"),
        ("a.vec", "1 2\nAir 1 nan\n", ", line 2: one of the numbers is not finite, or beyond"),
        ("a.vec", "1 2\nAir 1 x\n", ", line 2: one of the numbers is not a number;"),
        ("a.vec", "Air 1 2\n", ", line 1: the first line does not say how many vectors of how"),
        ("a.vec", "9 99999999\nAir 1\n", ", line 1: the first line does not say how many vectors"),
        ("a.gml", "graph [\n node [\n id ]\n", ", line 5: this cannot be read as gml (expected"),
        ("a.gml", "graph [\nnode [ id 1 ]\nnode [ id 2 ]\nedge [ source 1 target 2 weight -1 ]\n]",
         ", line 4: the weight -1 is not a number above 0 (relation of 1 and 2);"),
        ("a.graphml", "<graphml>\n<oops></graphml>", ", line 2: this is not well-formed XML (mis"),
        ("a.graphml", "<gexf/>", ", line 1: this XML is not graphml but 'gexf';"),
        ("a.xml", "<html></html>", ", line 1: this is XML or HTML, but neither GraphML nor GEXF;"),
        ("a.graphml", SMALL.format('<node id="a">\n<data key="q">1</data></node>'),
         ": this cannot be read as graphml ("),
    ],
)  # fmt: skip
def test_the_sentence(tmp_path: Path, name: str, content: str, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode())
    found = problem(path)
    assert found.startswith(says), found


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Björk,Air\n".encode("latin-1"), ", line 1: the byte 0xf6 is not UTF-8 text; save"),
        (b"Air,Moby\r\nAir,M83\r\nM83,Bj\xf6rk\r\n", ", line 3: the byte 0xf6 is not UTF-8 text;"),
        (
            "Air,Moby\n".encode("utf-16-le"),
            ", line 1: this is not text: it holds a byte of value 0",
        ),
        ("Air,Moby\n".encode("utf-16")[:-1], ", line 1: the byte 0x0a is not UTF-16-LE text;"),
        (b"Air,Moby\nAir,Caf\xc3", ", line 2: the byte 0xc3 is not UTF-8 text;"),
        (b"PK\x03\x04 and more", ": this is not a text file but a zip archive or a workbook;"),
        (gzip.compress(b"Air,Moby\n" * 99)[:-9], ": the gzip data ends too early; fetch or copy"),
        (gzip.compress(b"Air,Moby\n" * 99)[:12], ": the gzip data ends too early;"),
        (gzip.compress(b"Air,Moby\n")[:-8] + b"12345678", ": the gzip data is damaged;"),
        (gzip.compress(b""), ": the file is empty;"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    found = problem(path)
    assert found.startswith(says), found


@pytest.mark.parametrize(
    ("nodes", "edges", "says"),
    [
        ("id,name\n1,Air\n2,Moby\n", "source,target\n1,2\n2,9\n7,1\n",
         "/edges.csv, line 3: 2 ids name nobody, first '9'; add the artist to"),
        ("id,name\n1,Air\n2,Moby\n", "here,there\n1,2\n",
         "/edges.csv, line 1: no columns are called source and target, and 'here' and"),
        ("name\nAir\nMoby\n", "source,target\nAir,M83\n", "/edges.csv, line 2: 1 id names nobody"),
        ("id,name\n1,Air\n2,Air\n", "source,target\nAir,Air\n",
         "/edges.csv, line 2: several artists are called 'Air'; use their ids."),
        ("id,name\n1,Air\n1,Moby\n", "1,1\n", "/nodes.csv, line 3: the id '1' stands on line 2 t"),
        ("name,popularity\nAir,1\nAir,2\n", "1,1\n", "/nodes.csv, line 3: the name 'Air' stan"),
        ("id,name\n1,\n", "1,1\n", "/nodes.csv, line 2: the name is empty;"),
        ("a,b\n1,2\n", "1,1\n", "/nodes.csv, line 1: no column is called id or name, only 'a'"),
        ("id,popularity\n1,100.4\n", "1,1\n", "/nodes.csv, line 2: the popularity '100.4' is not"),
        ("id,popularity\n1,-0.3\n", "1,1\n", "/nodes.csv, line 2: the popularity '-0.3' is not"),
        ("id,popularity\n1,nan\n", "1,1\n", "/nodes.csv, line 2: the popularity 'nan' is not a"),
        ("id,name\n1,Air\n", None, ": there is no edges.csv in this folder; add it."),
        (None, "source,target\n", ": there is no nodes.csv in this folder; add it."),
        (None, None, ": nothing in this folder can be read; name a file, or a folder with"),
    ],
)  # fmt: skip
def test_a_folder_with_a_mistake(
    tmp_path: Path, nodes: str | None, edges: str | None, says: str
) -> None:
    for name, content in (("nodes.csv", nodes), ("edges.csv", edges)):
        if content is not None:
            (tmp_path / name).write_text(content)
    found = problem(tmp_path)
    assert found.startswith(says), found


def test_plays_of_an_artist_that_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "artists.dat").write_text("id\tname\n1\tAir\n")
    (tmp_path / "user_artists.dat").write_text(
        "userID\tartistID\tweight\n1\t1\t5\n2\t8\t5\n2\t9\t1\n"
    )
    found = problem(tmp_path)
    assert found.startswith("/user_artists.dat, line 3: 2 artist ids name nobody, first '8';")
    (tmp_path / "artists.dat").unlink()
    assert problem(tmp_path, "plays").startswith(": there is no artists.dat in this folder")


def test_the_wrong_kind_of_place(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Air,Moby\n")
    assert problem(tmp_path / "a.csv", "folder").startswith(": this is a file, not a folder;")
    assert problem(tmp_path, "edges").startswith(": this is a folder, not a file;")
    with pytest.raises(
        InputError, match=r"^--format: there is no format 'xls'; choose one of folder"
    ):
        read_graph(tmp_path / "a.csv", "xls")
    with pytest.raises(InputError, match="there is no such file or folder"):
        read_vectors(tmp_path / "none.vec")


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.csv").write_text("Air,Moby\n")
    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so chmod shows nothing
    found = problem(tmp_path / "a.csv", "edges")
    assert found == ": cannot be read (Permission denied); allow this user to read it."
