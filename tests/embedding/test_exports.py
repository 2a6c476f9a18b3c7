from __future__ import annotations

import csv
import math
import signal
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from gensim.models import KeyedVectors
from hypothesis import example, given, settings
from hypothesis import strategies as st

from embedding.errors import InputError
from embedding.exports import FORMATS, export
from embedding.networks import from_networkx
from tests.embedding.galaxies import files_in, galaxy

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_word2vec_is_read_by_gensim(tmp_path: Path) -> None:
    saved = galaxy(12)
    assert export(saved, tmp_path / "v.txt", "word2vec") == [tmp_path / "v.txt"]
    vectors = KeyedVectors.load_word2vec_format(str(tmp_path / "v.txt"))
    assert vectors.vectors.tobytes() == saved.vectors.tobytes()
    assert vectors.index_to_key[:3] == ["Ada_&_the_Gears", "Żółć", "青い星"]
    assert vectors.index_to_key[5] == "Ada_&_the_Gears_(id-5)"


@settings(max_examples=50)
@given(names=st.lists(TEXT, min_size=1, max_size=9), with_ids=st.booleans())
def test_word2vec_keeps_every_artist_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], with_ids: bool
) -> None:
    ids = [f"a b{k}" for k in range(len(names))] if with_ids else None
    saved = galaxy(len(names), names=names, ids=ids)
    path = tmp_path_factory.getbasetemp() / "v.txt"
    export(saved, path, "word2vec")
    vectors = KeyedVectors.load_word2vec_format(str(path))
    assert len(set(vectors.index_to_key)) == len(names)
    assert vectors.vectors.tobytes() == saved.vectors.tobytes()
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(names) + 1


def test_word2vec_tells_artists_of_one_name_apart_by_number_where_there_are_no_ids(
    tmp_path: Path,
) -> None:
    saved = galaxy(4, full=False, names=["A B", "A_B", "A B_(1)", "A\tB"])
    export(saved, tmp_path / "v", "word2vec")
    words = [line.split()[0] for line in (tmp_path / "v").read_text().splitlines()[1:]]
    assert words == ["A_B", "A_B_(1)", "A_B_(1)_(2)", "A_B_(3)"]


def test_csv_holds_every_artist_exactly(tmp_path: Path) -> None:
    saved = galaxy()
    export(saved, tmp_path / "stars.csv", "csv")
    rows = _rows(tmp_path / "stars.csv")
    assert list(rows[0]) == [
        *("id", "name", "popularity", "x", "y", "z", "v1", "v2", "v3", "v4"),
        *("tags", "aliases", "link"),
    ]
    assert [row["name"] for row in rows] == saved.names
    assert [row["id"] for row in rows] == saved.ids
    assert [int(row["popularity"]) for row in rows] == saved.popularity.tolist()
    places = np.array([[row[axis] for axis in "xyz"] for row in rows], np.float32)
    assert places.tobytes() == saved.positions.tobytes()
    vectors = np.array([[row[f"v{k}"] for k in range(1, 5)] for row in rows], np.float32)
    assert vectors.tobytes() == saved.vectors.tobytes()
    assert rows[2]["tags"] == "rock|café pop"
    assert rows[1]["aliases"] == "Alias 1"


def test_csv_leaves_out_what_the_galaxy_has_not(tmp_path: Path) -> None:
    export(galaxy(full=False), tmp_path / "stars.csv", "csv")
    rows = _rows(tmp_path / "stars.csv")
    assert "tags" not in rows[0]
    # Two of these artists share a name and there are no ids: the number tells them apart.
    assert [row["id"] for row in rows] == list("0123456")


def test_csv_into_a_folder_can_be_built_from_again(tmp_path: Path) -> None:
    from embedding.readers import folder

    saved = galaxy(30)
    written = export(saved, tmp_path, "csv")
    assert written == [tmp_path / "nodes.csv", tmp_path / "edges.csv"]
    graph = folder.read(tmp_path)
    assert graph.names == saved.names
    assert graph.ids == saved.ids
    assert graph.tags == saved.tags
    assert graph.links == saved.links
    assert graph.popularity is not None
    assert graph.popularity.tolist() == saved.popularity.tolist()
    assert graph.indptr.tolist() == saved.indptr.tolist()
    assert graph.indices.tolist() == saved.indices.tolist()
    assert graph.weights is not None
    assert graph.weights.tolist() == saved.weights.tolist()


def test_edges_without_weights_have_two_columns(tmp_path: Path) -> None:
    saved = galaxy(9, full=False)
    export(saved, tmp_path, "csv")
    rows = _rows(tmp_path / "edges.csv")
    assert len(rows) == saved.edges
    assert list(rows[0]) == ["source", "target"]


@pytest.mark.parametrize("full", [True, False])
def test_graphml_is_read_by_networkx(tmp_path: Path, full: bool) -> None:
    saved = galaxy(20, full=full)
    export(saved, tmp_path / "g.graphml", "graphml")
    network = nx.read_graphml(tmp_path / "g.graphml")
    about = [data for _, data in network.nodes(data=True)]
    assert [data["name"] for data in about] == saved.names
    assert [data["popularity"] for data in about] == saved.popularity.tolist()
    places = np.array([[data[axis] for axis in "xyz"] for data in about], np.float32)
    assert places.tobytes() == saved.positions.tobytes()
    graph = from_networkx(network)
    assert graph.indices.tolist() == saved.indices.tolist()
    if full:
        assert graph.ids == saved.ids
        assert graph.tags == saved.tags
        assert graph.aliases == saved.aliases
        assert graph.links == saved.links
        assert graph.weights is not None
        assert graph.weights.tolist() == saved.weights.tolist()
    else:
        assert graph.weights is None
        assert graph.tags is None


@settings(max_examples=50)
@given(names=st.lists(TEXT, min_size=2, max_size=9, unique=True))
@example(names=["\x08", "\x07", "", "0"])
def test_graphml_is_good_xml_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "g.graphml"
    export(galaxy(len(names), full=False, names=names), path, "graphml")
    network = nx.read_graphml(path)
    read = [data.get("name", "") for _, data in network.nodes(data=True)]
    for name, back in zip(names, read, strict=True):
        if name.isprintable():
            assert back == name


@pytest.mark.parametrize("form", FORMATS)
def test_a_galaxy_without_relations_is_exported(tmp_path: Path, form: str) -> None:
    one = galaxy(1, full=False)
    assert one.edges == 0
    export(one, tmp_path / "out", form)
    assert (tmp_path / "out").stat().st_size > 0


@pytest.mark.parametrize("form", FORMATS)
def test_a_failed_export_leaves_what_was_there(tmp_path: Path, form: str) -> None:
    (tmp_path / "out").write_bytes(b"old")
    limits = pytest.importorskip("resource")
    before = limits.getrlimit(limits.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        limits.setrlimit(limits.RLIMIT_FSIZE, (4096, before[1]))
        with pytest.raises(InputError, match="larger than is allowed"):
            export(galaxy(300), tmp_path / "out", form)
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert (tmp_path / "out").read_bytes() == b"old"
    assert files_in(tmp_path) == ["out"]


def test_a_format_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="choose csv, graphml, word2vec"):
        export(galaxy(), tmp_path / "out", "xlsx")
    with pytest.raises(InputError, match="this is a folder"):
        export(galaxy(), tmp_path, "graphml")
    assert files_in(tmp_path) == []


def test_numbers_far_apart_are_exact(tmp_path: Path) -> None:
    odd = np.array([[1e-38, 3.4e38, -0.0], [1 / 3, math.pi, 16777217]], np.float32)
    saved = galaxy(2, full=False, positions=odd)
    export(saved, tmp_path / "a.csv", "csv")
    rows = _rows(tmp_path / "a.csv")
    assert np.array([[r[a] for a in "xyz"] for r in rows], np.float32).tobytes() == odd.tobytes()
