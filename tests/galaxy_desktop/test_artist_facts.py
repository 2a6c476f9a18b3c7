from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.artist_facts import NEAREST, RELATED_FAR, Facts
from galaxy_desktop.model.web_links import SITES, own_page, search_url, web_links
from tests.galaxy_desktop.worlds import world

ROW = [[float(k), 0, 0] for k in range(12)]


def test_related_artists_come_by_weight_else_by_popularity() -> None:
    edges = [(0, 1), (0, 2), (0, 3), (4, 5)]
    plain = world(ROW, popularity=[9, 5, 80, 5, *[1] * 8], edges=edges)
    assert [n.index for n in Facts(plain).about(0).related] == [2, 1, 3]
    assert [n.weight for n in Facts(plain).about(0).related] == [None] * 3
    weighted = world(
        ROW, popularity=[9, 5, 80, 5, *[1] * 8], edges=edges, edge_weights=[1.0, 2.0, 2.0, 1.0]
    )
    related = Facts(weighted).about(0).related
    assert [(n.index, n.weight) for n in related] == [(2, 2.0), (3, 2.0), (1, 1.0)]
    assert [n.distance * weighted.radius for n in related] == pytest.approx([2, 3, 1])


def test_the_nearest_are_those_that_testing_every_artist_gives() -> None:
    rng = np.random.default_rng(3)
    somewhere = world(rng.normal(size=(400, 3)))
    vectors = somewhere.galaxy.vectors.astype(np.float64)
    unit = vectors / np.linalg.norm(vectors, axis=1)[:, None]
    facts = Facts(somewhere)
    for artist in range(0, 400, 40):
        cosines = unit @ unit[artist]
        cosines[artist] = -2
        nearest = facts.about(artist).nearest
        assert [n.index for n in nearest] == list(np.argsort(-cosines)[:NEAREST])
        assert [n.likeness for n in nearest] == pytest.approx(np.sort(-cosines)[:NEAREST] * -1)


def test_a_mark_says_where_three_dimensions_mislead() -> None:
    # Eleven pairs of neighbours, and one pair from end to end.
    somewhere = world(ROW, edges=[*((k, k + 1) for k in range(11)), (0, 11)])
    facts = Facts(somewhere)
    assert 1 <= facts.far < 11
    marks = {n.index: n.disagrees for n in facts.about(0).related}
    assert marks == {1: "", 11: RELATED_FAR}
    nearest = facts.about(0).nearest
    for n in nearest:
        assert bool(n.disagrees) == (n.distance * somewhere.radius > facts.far)
    assert all("8 dimensions" in n.disagrees for n in nearest if n.disagrees)


def test_artists_with_nothing_to_tell() -> None:
    vectors = np.zeros((3, 8), np.float32)
    lonely = world(ROW[:3], edges=[(0, 0)], vectors=vectors)
    facts = Facts(lonely).about(1)
    assert (facts.related, facts.nearest, facts.aliases, facts.tags) == ((), (), (), ())
    assert Facts(lonely).far == float("inf")


def test_facts_tell_what_the_galaxy_tells() -> None:
    somewhere = world(
        ROW[:2],
        names=["Ada", "Bo"],
        tags=[("rock",), ()],
        aliases=[("Countess", "Адa"), ()],
        links=["https://ada.example/x", ""],
        popularity=[7, 8],
    )
    facts = Facts(somewhere)
    facts.prepare()
    about = facts.about(0)
    assert (about.name, about.popularity) == ("Ada", 7)
    assert (about.tags, about.aliases) == (("rock",), ("Countess", "Адa"))
    assert (about.links[0].label, about.links[0].url) == ("ada.example", "https://ada.example/x")
    assert [link.label for link in about.links[1:]] == [label for label, _ in SITES]
    assert len(facts.about(1).links) == len(SITES)


@given(st.text(min_size=1))
def test_a_link_searches_for_the_very_name(name: str) -> None:
    somewhere = world(ROW[:1], names=[name], edges=[(0, 0)])
    written = name.encode("utf-8", "replace").decode()
    for link in web_links(somewhere.galaxy, 0):
        assert link.url.isascii()
        parts = urlsplit(link.url)
        assert (parts.scheme, parts.fragment) == ("https", "")
        if link.label == "Spotify":
            *before, last = parts.path.split("/")
            assert before == ["", "search"]
            found = unquote(last)
        else:
            values = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
            found = next(v for key, (v,) in values.items() if key in _QUERIES)
        assert found.removesuffix(" ") == written.removesuffix(" ")


_QUERIES = {"search_query", "q", "search_term", "search"}


def test_no_name_climbs_out_of_a_search() -> None:
    assert search_url("https://open.spotify.com/search/", "..").endswith("/search/..%20")
    assert search_url("https://open.spotify.com/search/", "AC/DC").endswith("/search/AC%2FDC")


@pytest.mark.parametrize(
    ("link", "label"),
    [
        ("https://www.example.org/a", "example.org"),
        ("http://example.org", "example.org"),
        ("HTTPS://Example.org/", "example.org"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("ftp://example.org", None),
        ("https://", None),
        ("https:example.org", None),
        ("//example.org", None),
        ("https://example.org/a b", None),
        ("https://example.org/\n", None),
        ("https://[::1", None),
        ("https://example.org:http/", None),
        ("", None),
    ],
)
def test_only_pages_of_the_web_are_linked(link: str, label: str | None) -> None:
    page = own_page(link)
    assert (page.label if page else None) == label
