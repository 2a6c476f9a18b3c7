from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.bookmarks import Bookmarks
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.search import Search
from galaxy_desktop.model.shown_text import MOST, shown
from galaxy_desktop.model.storage import Places
from galaxy_desktop.model.web_links import web_links
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.worlds import world

BOOK = "Once upon a time " * 6000


@given(st.text(max_size=60), st.integers(2, 50))
def test_a_text_is_as_it_was_or_its_beginning_and_an_ellipsis(text: str, most: int) -> None:
    cut = shown(text, most)
    assert len(cut) <= most
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
    assert len(text) > most or cut == text


def test_letters_keep_their_marks_and_joined_emoji_stay_whole() -> None:
    accented = "a" * 8 + "e\u0301\u0302" + "z" * 9
    assert shown(accented, 11) == "a" * 8 + "…"
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    assert shown("ab" + family * 3, 10) == "ab" + family + "…"
    assert len(shown("e" + "\u0301" * 1000)) <= MOST


@pytest.fixture(scope="module")
def books() -> World:
    names = [f"{k} {BOOK}" if k % 2 else f"Artist {k}" for k in range(6)]
    places = [[k, 0.0, 0.0] for k in range(6)]
    return world(places, names=names, aliases=[(BOOK[::-1],)] * 6)


def test_whatever_shows_a_name_gets_what_can_be_seen_of_it(books: World, tmp_path: Path) -> None:
    assert books.name(0) == "Artist 0"
    assert len(books.name(1)) <= MOST
    hits = Search(books.galaxy).find("3 once upon").hits
    assert hits[0].index == 3
    assert hits[0].spans == ((0, 11),)
    assert max(len(hit.name) + len(hit.alias) for hit in hits) <= 2 * MOST
    assert all(len(link.url) < 8 * MOST for link in web_links(books.galaxy, 1))
    mark = Bookmarks(Places.under(tmp_path)).add(BOOK, Pose((0.0, 0.0, 1.0)), books, 1)
    assert len(mark.name) <= MOST


def test_of_what_is_typed_only_so_much_counts(books: World) -> None:
    search = Search(books.galaxy)
    assert [hit.index for hit in search.find("5 " + BOOK).hits] == [5]
    assert search.find("q" * 100_000).hits == ()
