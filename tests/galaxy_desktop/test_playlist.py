"""Playlists hold the names as they are, in forms that others read."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.errors import InputError
from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.playlist import Entry, Form, Playlist, playlist
from galaxy_desktop.model.world import World
from tests.embedding.galaxies import galaxy

ODD = ['Say "Hi", Bo', "=1+1", "a;b\tc", "青い星", "فيروز", "🎻 Quartet", "line\nbreak", ""]
WHEN = datetime(2026, 1, 31, 12, tzinfo=UTC)


def odd() -> Playlist:
    return Playlist("Odd", tuple(Entry(name, 0.5, 7) for name in ODD))


def test_text_is_one_name_a_line() -> None:
    lines = odd().as_text().split("\n")
    assert lines == [*ODD[:2], "a;b c", *ODD[3:6], "line break", "", ""]


def test_csv_is_read_back_by_any_reader() -> None:
    rows = list(csv.reader(odd().as_csv().splitlines(keepends=True)))
    assert rows[0] == ["artist", "match", "popularity"]
    assert rows[1:] == [[name, "0.5000", "7"] for name in ODD]


def test_jspf_is_a_playlist_of_tracks_by_their_creators() -> None:
    entries = (
        Entry("Björk", None, 70, "https://example.org/b"),
        Entry("Muse", 0.875, 60, "javascript:alert(1)"),
    )
    whole = json.loads(Playlist("Björk → Muse", entries).as_jspf(WHEN))
    assert whole == {
        "playlist": {
            "title": "Björk → Muse",
            "creator": "Galaxy Desktop",
            "date": "2026-01-31T12:00:00+00:00",
            "track": [
                {"creator": "Björk", "info": "https://example.org/b"},
                {"creator": "Muse", "annotation": "88% match"},
            ],
        }
    }


@given(st.lists(st.text(max_size=10), max_size=5))
def test_any_name_comes_back(names: list[str]) -> None:
    made = Playlist("x", tuple(Entry(name, None, 0) for name in names))
    tracks = json.loads(made.as_jspf(WHEN))["playlist"]["track"]
    assert [track["creator"] for track in tracks] == names
    assert made.as_text().count("\n") == len(names)


def test_what_was_found_becomes_a_playlist() -> None:
    here = World(galaxy(60))
    mix = Mix(here)
    mix.add(20)
    mix.add(31)
    found = playlist(mix.recipe, mix.answer, here)
    assert found.title == "Artist 20 + Artist 31"
    assert [entry.name for entry in found.entries] == [
        here.galaxy.names[artist] for artist in mix.answer.artists
    ]
    assert mix.answer.average is not None
    assert found.entries[0].match == mix.answer.average.results[0].match
    mix.ask("path")
    way = playlist(mix.recipe, mix.answer, here)
    assert way.title == "Artist 20 → Artist 31"
    assert (way.entries[0].name, way.entries[-1].name) == ("Artist 20", "Artist 31")
    assert way.entries[0].match is None
    assert way.entries[-1].link == "https://example.org/31"


@pytest.mark.parametrize("form", ["text", "csv", "jspf"])
def test_a_file_is_replaced_as_a_whole_and_any_letter_fits(tmp_path: Path, form: Form) -> None:
    target = tmp_path / "list"
    target.write_text("old")
    Playlist("t", (Entry("half \ud800 pair", None, 1), Entry("Żółć", 1.0, 2))).save(target, form)
    text = target.read_text("utf-8")
    assert "half ? pair" in text
    assert "Żółć" in text
    assert list(tmp_path.iterdir()) == [target]


def test_where_nothing_can_be_written_the_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the folder does not exist"):
        odd().save(tmp_path / "no" / "list.txt", "text")
