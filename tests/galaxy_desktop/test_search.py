from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.folding import fold, fold_traced
from embedding.galaxy import Galaxy
from embedding.galaxy_file import load
from galaxy_desktop.model.atlas import atlas_file
from galaxy_desktop.model.emphasis import emphasis
from galaxy_desktop.model.search import SHOWN, Search
from tests.galaxy_desktop.worlds import world


@pytest.fixture(scope="module")
def atlas() -> Galaxy:
    return load(atlas_file())


@pytest.fixture(scope="module")
def search(atlas: Galaxy) -> Search:
    return Search(atlas)


def small(names: list[str], **more: Any) -> Search:
    count = len(names)
    return Search(world([[k, 0, 0] for k in range(count)], names=names, **more).galaxy)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("daft", "Daft Punk"),
        ("daft p", "Daft Punk"),
        ("dfat punk", "Daft Punk"),
        ("bjork", "Björk"),
        ("BJÖRK", "Björk"),
        ("metalica", "Metallica"),
        ("metalli", "Metallica"),
        ("ac/dc", "AC/DC"),
        ("acdc", "AC/DC"),
        ("ac dc", "AC/DC"),
        ("beyonce", "Beyoncé"),
        ("beyone", "Beyoncé"),
        ("sigur ros", "Sigur Rós"),
        ("sigur", "Sigur Rós"),
        ("the beatles", "The Beatles"),
        ("beatles", "The Beatles"),
        ("beatels", "The Beatles"),
        ("the bea", "The Beatles"),
        ("weeknd", "The Weeknd"),
        ("p!nk", "P!nk"),
        ("pink", "P!nk"),
        ("pink f", "Pink Floyd"),
        ("kesha", "Kesha"),
        ("ke$ha", "Kesha"),
        ("jay z", "JAY-Z"),
        ("jayz", "JAY-Z"),
        ("2pac", "2Pac"),
        ("tupac", "2Pac"),
        ("guns n roses", "Guns N' Roses"),
        ("kendirck", "Kendrick Lamar"),
        ("lamar kendrick", "Kendrick Lamar"),
        ("кино", "Кино"),
        ("kino", "Кино"),
        ("椎名林檎", "Sheena Ringo"),
        ("shiina ringo", "Sheena Ringo"),
        ("فيروز", "Fairuz"),
        ("fayrouz", "Fairuz"),
        ("周杰倫", "Jay Chou"),
        ("방탄소년단", "BTS"),
    ],
)
def test_what_is_typed_and_what_comes_first(search: Search, typed: str, first: str) -> None:
    assert search.find(typed).hits[0].name == first


def test_a_hit_says_by_what_it_was_found(search: Search) -> None:
    hit = search.find("shiina rin").hits[0]
    assert (hit.name, hit.alias, hit.spans) == ("Sheena Ringo", "Shiina Ringo", ((0, 10),))
    hit = search.find("bjor").hits[0]
    assert (hit.name, hit.alias, hit.spans) == ("Björk", "", ((0, 4),))
    assert hit.popularity > 90
    assert "art pop" in hit.tags
    assert search.find("metalica").hits[0].spans == ()


def test_a_name_in_another_script_is_found_as_it_is_typed_in_latin_letters() -> None:
    names = ["Ляпис Трубецкой", "周杰伦", "Χάρις Αλεξίου", "Somebody"]
    for typed, name in [("lyapis tr", names[0]), ("zhou jie", names[1]), ("charis", names[2])]:
        assert small(names).find(typed).hits[0].name == name


def test_a_slip_in_the_beginning_is_forgiven_before_the_rest_is_typed() -> None:
    some = small(["Kendrick Lamar", "Ken Dirk", "Somebody"])
    assert [hit.name for hit in some.find("kendrcik l").hits] == ["Kendrick Lamar"]


def test_popular_first_among_equals() -> None:
    some = small(["Nova One", "Nova Two", "Nova Six"], popularity=[10, 90, 50])
    assert [hit.popularity for hit in some.find("nova").hits] == [90, 50, 10]


def test_nothing_found_offers_the_nearest_spellings(search: Search) -> None:
    results = search.find("Raadiohaedd")
    assert results.hits == ()
    assert "Radiohead" in results.suggestions
    assert len(results.suggestions) <= 3


@pytest.mark.parametrize("query", ["", " ", "\n", "~~", "\ud800", "x" * 5000, "\0"])
def test_no_query_breaks_it(search: Search, query: str) -> None:
    assert search.find(query).hits == ()


def test_it_gives_no_more_than_is_shown(search: Search) -> None:
    assert len(search.find("a").hits) == SHOWN
    assert len(search.find("a", 3).hits) == 3


def test_it_can_be_made_ready_on_another_thread(atlas: Galaxy) -> None:
    search = Search(atlas)
    assert not search.ready
    threads = [threading.Thread(target=search.prepare) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert search.find("daft").hits[0].name == "Daft Punk"
    for thread in threads:
        thread.join()
    assert search.ready


@pytest.mark.parametrize(
    ("name", "query", "parts"),
    [
        ("Daft Punk", "daft", ["Daft"]),
        ("Daft Punk", "pun", ["Pun"]),
        ("Björk", "bjo", ["Bjö"]),
        ("Bjo\u0308rk", "bjo", ["Bjo\u0308"]),
        ("AC/DC", "acd", ["AC/D"]),
        ("AC/DC", "ac dc", ["AC/DC"]),
        ("Sigur Rós", "ros sig", ["Sig", "Rós"]),
        ("Straße", "strass", ["Straß"]),
        ("Florence + the Machine", "florence the", ["Florence + the"]),
        ("Radiohead", "head", ["head"]),
        ("The The", "the", ["The"]),
        ("!!!", "!!", ["!!"]),
        ("Radiohead", "radoihead", []),
        ("Radiohead", "", []),
    ],
)
def test_what_is_emphasised(name: str, query: str, parts: list[str]) -> None:
    assert [name[a:b] for a, b in emphasis(name, query)] == parts


@given(st.text(max_size=20), st.text(max_size=5))
def test_emphasis_is_slices_of_the_name_in_order(name: str, query: str) -> None:
    ends = [0]
    for a, b in emphasis(name, query):
        assert ends[-1] <= a < b <= len(name)
        ends.append(b)


@given(st.text(max_size=20).filter(lambda name: not set(name) & set("\u0345\u0390\u03b0")))
def test_folding_with_a_trace_is_folding(name: str) -> None:
    folded, origins = fold_traced(name)
    assert len(folded) == len(origins)
    assert origins == sorted(origins)
    assert sorted(folded) == sorted(fold(name))


def test_another_build_of_the_same_artists_is_searched_by_the_same_index() -> None:
    one = world([[k, 0, 0] for k in range(9)]).galaxy
    search = Search(one)
    assert search.fits(replace(one, positions=one.positions * 2))
    assert not search.fits(replace(one, names=[name + "!" for name in one.names]))
    assert not search.fits(replace(one, popularity=one.popularity + 1))
