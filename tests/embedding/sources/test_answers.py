"""What is read from an answer: records, or one clear error; nothing else, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.sources import deezer, lastfm
from embedding.sources.answers import Answer
from embedding.sources.deezer import Deezer
from embedding.sources.errors import ArtistGone, SourceDown, SourceError
from embedding.sources.fetching import Busy
from embedding.sources.lastfm import LastFm
from embedding.sources.listenbrainz import ListenBrainz
from embedding.sources.records import FoundArtist, Relation

MBID = "a74b1b7f-71a5-4011-9441-d0b5e4122711"
OTHER = "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d"
ARTIST = FoundArtist(MBID, "Radiohead", MBID)


class Said:
    """A fetcher that always has the same answer."""

    def __init__(self, title: str, value: Any, judge: Callable[[Answer], None] | None) -> None:
        self.answer, self._judge = Answer(title, value), judge

    def fetch(self, *_: Any, **__: Any) -> Answer:
        if self._judge:
            self._judge(self.answer)
        return self.answer

    get = fetch


def listenbrainz(value: Any) -> ListenBrainz:
    return ListenBrainz(Said("ListenBrainz", value, None))  # type: ignore[arg-type]


def of_deezer(value: Any) -> Deezer:
    return Deezer(Said("Deezer", value, deezer.judge))  # type: ignore[arg-type]


def of_lastfm(value: Any) -> LastFm:
    return LastFm(Said("Last.fm", value, lastfm.judge), "key")  # type: ignore[arg-type]


def test_listenbrainz_ranks_by_score_and_leaves_the_artist_out() -> None:
    said = [
        {"artist_mbid": OTHER, "name": "The Beatles", "comment": None, "score": 7, "new": [1]},
        {"artist_mbid": MBID, "name": "Radiohead", "score": 99, "reference_mbid": MBID},
        {"artist_mbid": OTHER.upper().replace("B", "C"), "name": "Sigur Ro\u0301s", "score": "8.5"},
    ]
    first, second = listenbrainz(said).related(ARTIST)
    assert (first.artist.name, first.rank, first.score) == ("Sigur Rós", 1, 8.5)
    assert (second.artist.id, second.artist.mbid, second.rank) == (OTHER, OTHER, 2)
    assert first.artist.id == first.artist.id.lower()


def test_listenbrainz_has_nobody_listening_where_it_says_null() -> None:
    said = [
        {"artist_mbid": MBID, "total_listen_count": 5, "total_user_count": 3},
        {"artist_mbid": OTHER, "total_listen_count": None, "total_user_count": None},
    ]
    artists = [ARTIST, FoundArtist(OTHER, "The Beatles", OTHER), FoundArtist("x", "Nobody")]
    assert listenbrainz(said).listeners(artists) == {MBID: 3, OTHER: 0}


def test_deezer_keeps_its_order() -> None:
    said = {"data": [{"id": 7, "name": "B", "nb_fan": 5, "link": "javascript:x"},
                     {"id": "8", "name": "A\nC", "link": "https://www.deezer.com/artist/8"}],
            "total": 2}  # fmt: skip
    assert of_deezer(said).related(FoundArtist("1", "A")) == [
        Relation(FoundArtist("7", "B", listeners=5), 1),
        Relation(FoundArtist("8", "A C", link="https://www.deezer.com/artist/8"), 2),
    ]


@pytest.mark.parametrize(
    ("similar", "names"),
    [
        ([{"name": "B", "match": "0.5"}, {"name": "C", "match": "0.25"}], ["B", "C"]),
        ({"name": "B", "match": "1"}, ["B"]),
        ("", []),
        (None, []),
    ],
)
def test_lastfm_has_a_list_one_or_nothing(similar: Any, names: list[str]) -> None:
    related = of_lastfm({"similarartists": {"artist": similar}}).related(FoundArtist("A", "A"))
    assert [one.artist.id for one in related] == names
    assert [one.rank for one in related] == list(range(1, len(names) + 1))


@pytest.mark.parametrize(
    ("source", "said", "field"),
    [
        (listenbrainz, [{"name": "B", "score": 1}], '"[0].artist_mbid" is missing'),
        (listenbrainz, [{"artist_mbid": "7", "name": "B", "score": 1}], "no MusicBrainz id"),
        (listenbrainz, [{"artist_mbid": MBID, "name": "B"}], '"[0].score" is missing'),
        (listenbrainz, {"a": 1}, "the answer is no list"),
        (of_deezer, {"total": 0}, '"data" is missing'),
        (of_deezer, {"data": [{"id": 1, "name": 5}]}, '"data[0].name" is no text'),
        (of_deezer, {"data": [{"id": -1, "name": "B"}]}, '"data[0].id" is -1'),
        (of_deezer, [], "the answer is no JSON object"),
        (of_lastfm, {"similarartists": {"artist": [{"name": "B"}]}}, 'artist[0].match" is missing'),
        (of_lastfm, {"similarartists": {"artist": [{"name": "\0", "match": "1"}]}}, "is empty"),
        (of_lastfm, {"similarartists": {"artist": [{"name": "B", "match": "nan"}]}}, "no number"),
    ],
)
def test_what_is_missing_or_wrong_is_one_sentence_with_service_and_field(
    source: Callable[[Any], Any], said: Any, field: str
) -> None:
    with pytest.raises(SourceError) as error:
        source(said).related(FoundArtist("1", "A"))
    text = str(error.value)
    assert field in text
    assert text.startswith(("ListenBrainz: ", "Deezer: ", "Last.fm: "))
    assert text.endswith(".")


@pytest.mark.parametrize(
    ("source", "said", "kind"),
    [
        (of_deezer, {"error": {"code": 4}}, Busy),
        (of_deezer, {"error": {"code": 700}}, Busy),
        (of_deezer, {"error": {"code": 800}}, ArtistGone),
        (of_deezer, {"error": {"code": 501}}, SourceError),
        (of_lastfm, {"error": 29, "message": "x"}, Busy),
        (of_lastfm, {"error": 8, "message": "x"}, Busy),
        (of_lastfm, {"error": "29", "message": "x"}, Busy),
        (of_lastfm, {"error": "9" * 5000, "message": "x"}, SourceError),
        (of_lastfm, {"error": 6, "message": "x"}, ArtistGone),
        (of_lastfm, {"error": 10, "message": "x"}, SourceDown),
        (of_lastfm, {"error": 26, "message": "x"}, SourceDown),
        (of_lastfm, {"error": [], "message": "x"}, SourceError),
    ],
)
def test_errors_inside_good_answers_are_heard(
    source: Callable[[Any], Any], said: Any, kind: type[Exception]
) -> None:
    with pytest.raises(kind) as error:
        source(said).related(FoundArtist("1", "A"))
    assert type(error.value) is kind


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["data", "id", "name", "artist_mbid", "score", "error", "code", "similarartists",
             "artist", "match", "artists", "nb_fan", "results", "artistmatches", "mbid", "stats"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@pytest.mark.parametrize("source", [listenbrainz, of_deezer, of_lastfm])
@given(said=json_values)
def test_no_answer_is_too_odd(source: Callable[[Any], Any], said: Any) -> None:
    asked = source(said)
    for ask in (
        lambda: asked.find("A"),
        lambda: asked.related(FoundArtist("1", "A")),
        lambda: asked.listeners([FoundArtist("1", "A")]),
    ):
        with suppress(SourceError, SourceDown, Busy):
            result = ask()
            assert isinstance(result, (list, dict))
