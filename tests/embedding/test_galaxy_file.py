from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding import galaxy_file
from embedding.errors import InputError
from embedding.galaxy import Galaxy, utc_now
from embedding.galaxy_checks import is_time
from embedding.galaxy_file import load, read_manifest, save
from tests.embedding.galaxies import assert_same, files_in, galaxy

REPO = Path(__file__).resolve().parents[2]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("n", [1, 2, 7, 300])
def test_what_is_saved_is_what_is_loaded(tmp_path: Path, n: int, full: bool) -> None:
    saved = galaxy(n, full=full)
    save(saved, tmp_path / "a.galaxy")
    assert_same(saved, load(tmp_path / "a.galaxy"))


@settings(max_examples=40)
@given(
    texts=st.lists(st.tuples(TEXT, st.lists(TEXT), st.lists(TEXT)), min_size=1, max_size=12),
    title=TEXT,
    knobs=st.dictionaries(TEXT, st.none() | st.booleans() | st.integers() | TEXT),
    quality=st.dictionaries(TEXT, st.floats(allow_infinity=False)),
    notes=st.lists(TEXT),
    seed=st.integers(0, 99),
)
def test_any_texts_come_back(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[tuple[str, list[str], list[str]]],
    title: str,
    knobs: dict[str, Any],
    quality: dict[str, float],
    notes: list[str],
    seed: int,
) -> None:
    saved = galaxy(
        len(texts),
        seed,
        names=[name for name, _, _ in texts],
        ids=[f"{k}{name}" for k, (name, _, _) in enumerate(texts)],
        tags=[tuple(tags) for _, tags, _ in texts],
        aliases=[tuple(aliases) for _, _, aliases in texts],
        links=[name for name, _, _ in texts],
        title=title,
        settings=knobs,
        quality=quality,
        notes=tuple(notes),
    )
    path = tmp_path_factory.getbasetemp() / "any.galaxy"
    save(saved, path)
    assert_same(saved, load(path))


def test_the_same_galaxy_gives_the_same_bytes(tmp_path: Path) -> None:
    save(galaxy(), tmp_path / "a")
    save(load(tmp_path / "a"), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    save(galaxy(seed=1), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() != (tmp_path / "b").read_bytes()


def test_arrays_of_another_layout_are_saved_alike(tmp_path: Path) -> None:
    plain = galaxy()
    save(plain, tmp_path / "a")
    odd = replace(
        plain,
        positions=np.asfortranarray(plain.positions),
        vectors=np.repeat(plain.vectors, 2, axis=0)[::2],
        indices=plain.indices.astype(">i4").astype(np.int32)[:],
    )
    save(odd, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_other_programs_can_open_it(tmp_path: Path) -> None:
    saved = galaxy()
    save(saved, tmp_path / "a.galaxy")
    with zipfile.ZipFile(tmp_path / "a.galaxy") as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "manifest.json"
        assert json.loads(archive.read("manifest.json"))["counts"]["artists"] == 7
    with np.load(tmp_path / "a.galaxy", allow_pickle=False) as arrays:
        assert (arrays["positions"] == saved.positions).all()
        assert (arrays["indices"] == saved.indices).all()
        text = arrays["names"].tobytes().decode()
        assert text[1:].split(text[0]) == saved.names


def test_the_manifest_says_what_is_in_the_file(tmp_path: Path) -> None:
    saved = galaxy()
    save(saved, tmp_path / "a")
    manifest = read_manifest(tmp_path / "a")
    assert manifest["counts"] == {"artists": 7, "edges": saved.edges, "dimensions": 4}
    assert manifest["seed"] == 7
    assert manifest["settings"] == saved.settings
    assert manifest["quality"] == {"connection_ratio": 0.078, "bowl_index": None}
    assert manifest["licence"] == "CC0-1.0"
    assert manifest["arrays"]["positions"]["shape"] == [7, 3]


def test_the_graph_of_a_loaded_galaxy_can_be_built_again(tmp_path: Path) -> None:
    saved = galaxy(30)
    save(saved, tmp_path / "a")
    graph = load(tmp_path / "a").graph()
    assert len(graph) == 30
    assert graph.edges == saved.edges
    assert graph.weights is not None
    assert (graph.weights == saved.weights).all()
    assert (graph.tags, graph.aliases, graph.keys) == (saved.tags, saved.aliases, saved.ids)
    assert (abs(graph.adjacency() - graph.adjacency().T)).nnz == 0
    assert graph.related(3).tolist() == saved.related(3).tolist()


def test_a_galaxy_knows_its_keys() -> None:
    assert galaxy(full=False).keys == galaxy().names
    assert galaxy().keys[1] == "id-1"
    assert len(galaxy()) == 7
    assert galaxy().dims == 4


def test_the_time_it_was_made_is_a_time() -> None:
    assert is_time(utc_now())


def test_the_time_of_a_build_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769860800")
    assert utc_now() == "2026-01-31T12:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH: 'noon' is no time; give seconds"):
        utc_now()
    assert is_time("2026-01-31T12:00:00.123+00:00")
    assert not is_time("2026-13-31T12:00:00Z")
    assert not is_time("yesterday")


def _wrong(part: str, index: Any, value: Any) -> Any:
    def change(g: Galaxy) -> Galaxy:
        array = getattr(g, part).copy()
        array[index] = value
        return replace(g, **{part: array})

    return change


def _set(**changes: Any) -> Any:
    return lambda g: replace(g, **changes)


def _one_sided(g: Galaxy) -> Galaxy:
    """Give the first artist with one to spare a relation that the other does not return."""
    for artist in range(len(g)):
        others = sorted({*range(len(g))} - {*g.related(artist).tolist(), artist})
        if others:
            row = np.sort(np.append(g.related(artist), np.int32(others[0])))
            start, end = g.indptr[artist], g.indptr[artist + 1]
            indices = np.concatenate((g.indices[:start], row, g.indices[end:])).astype(np.int32)
            indptr = g.indptr + (np.arange(len(g) + 1) > artist).astype(np.int32)
            return replace(g, indices=indices, indptr=indptr, weights=None)
    raise AssertionError


BROKEN: dict[str, tuple[Any, str]] = {
    "no artists": (_set(names=[]), "no artists"),
    "NaN position": (_wrong("positions", (2, 1), np.nan), "position is not a finite"),
    "infinite vector": (_wrong("vectors", (0, 0), -np.inf), "vector is not a finite"),
    "popularity 101": (_wrong("popularity", 3, 101), "popularity is above 100"),
    "float64": (lambda g: replace(g, positions=g.positions.astype(float)), "positions must be"),
    "flat": (lambda g: replace(g, positions=g.positions[:, :2]), "positions must be"),
    "flat vectors": (lambda g: replace(g, vectors=g.vectors[0]), "vectors must be"),
    "no dimensions": (lambda g: replace(g, vectors=g.vectors[:, :0]), "1 to 4096 dimensions"),
    "not an array": (_set(indices=[1, 2]), "indices must be"),
    "a name short": (_set(names=["a"] * 6), "must be"),
    "a name that is bytes": (_set(names=[b"a"] * 7), "names must be text"),
    "an id short": (_set(ids=["a"] * 6), "must be 7 ids"),
    "ids twice": (_set(ids=["a"] * 7), "same id"),
    "tags in lists": (_set(tags=[["rock"]] * 7), "tuples of text"),
    "tags of numbers": (_set(tags=[(1,)] * 7), "tuples of text"),
    "aliases short": (_set(aliases=[()]), "aliases for each"),
    "half a character": (_set(names=["\ud800"] * 7), "half a character"),
    "half a character in the title": (_set(title="\ud800"), "half a character"),
    "no time": (_set(created="now"), "time of creation"),
    "a note that is a number": (_set(notes=(1,)), "notes must be"),
    "a figure that is text": (_set(quality={"x": "y"}), "not a number"),
    "settings with an object": (_set(settings={"x": object()}), "not plain JSON"),
    "settings with NaN": (_set(settings={"x": float("nan")}), "not plain JSON"),
    "endless title": (_set(title="x" * 5_000_000), "too long"),
    "rows that do not start": (_wrong("indptr", 0, 1), "borders of the rows"),
    "rows that fall": (_wrong("indptr", 1, 9999), "borders of the rows"),
    "rows that do not end": (lambda g: replace(g, indptr=g.indptr * 0), "borders of the rows"),
    "out of range": (_wrong("indices", -1, 7), "out of range"),
    "below range": (_wrong("indices", 0, -1), "out of range"),
    "weight 0": (_wrong("weights", 0, 0), "weight is not"),
    "weight NaN": (_wrong("weights", 0, np.nan), "weight is not"),
    "weights that differ": (_wrong("weights", 0, 99), "one side only"),
    "one-sided": (_one_sided, "one side only"),
    "unsorted": (lambda g: replace(g, indices=g.indices[::-1].copy()), "ascending"),
    "itself": (
        lambda g: replace(
            g,
            indptr=np.array([0, 1, 1, 1, 1, 1, 1, 1], np.int32),
            indices=np.zeros(1, np.int32),
            weights=None,
        ),
        "related to itself",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_galaxy_is_not_saved(tmp_path: Path, case: str) -> None:
    change, said = BROKEN[case]
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(InputError, match=said) as caught:
        save(change(galaxy()), tmp_path / "a")
    assert str(tmp_path / "a") in str(caught.value)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert files_in(tmp_path) == ["a"]


@given(st.integers(2, 12), st.integers(0, 1000), st.data())
def test_any_one_sided_relation_is_found(n: int, seed: int, data: st.DataObject) -> None:
    from embedding.galaxy_checks import BrokenGalaxyError, check_adjacency

    whole = galaxy(n, seed, full=False)
    check_adjacency(whole.indptr, whole.indices)
    if not whole.indices.size:
        return
    lost = data.draw(st.integers(0, whole.indices.size - 1))
    indptr = (whole.indptr - (whole.indptr > lost)).astype(np.int32)
    with pytest.raises(BrokenGalaxyError, match="one side only"):
        check_adjacency(indptr, np.delete(whole.indices, lost))


def test_a_galaxy_over_four_gigabytes_is_refused_before_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(galaxy_file.npy_zip, "LARGEST", 2000)
    with pytest.raises(InputError, match="4 GiB"):
        save(galaxy(), tmp_path / "a")
    assert files_in(tmp_path) == []


def test_opening_needs_none_of_the_heavy_packages(tmp_path: Path) -> None:
    save(galaxy(), tmp_path / "a")
    heavy = ("scipy", "numba", "gensim", "sklearn", "networkx", "node2vec", "rich")
    code = (
        "import sys; from embedding.galaxy_file import load; load(sys.argv[1]);"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a")],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
