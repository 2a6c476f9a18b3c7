"""The file of a crawl: what it refuses, what it survives, and what is read from it."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from embedding.errors import InputError
from embedding.readers import read_graph
from embedding.sources import database
from embedding.sources.limits import Limits
from embedding.sources.popularity import from_listeners
from embedding.sources.records import FoundArtist, Relation
from embedding.sources.spider import crawl
from embedding.sources.store import CrawlStore
from embedding.sources.weights import LEAST, strengths, strengths_of_all
from tests.embedding.sources.fake_source import FakeSource

DAY = 1_763_800_000  # 2025-11-22


def artist(name: str, **more: object) -> FoundArtist:
    return FoundArtist(name.lower(), name, **more)


def related(*names: str, scores: tuple[float, ...] = ()) -> list[Relation]:
    return [
        Relation(artist(name), rank, scores[rank - 1] if scores else None)
        for rank, name in enumerate(names, 1)
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "music.db"


@pytest.fixture
def crawled(path: Path) -> Path:
    source = FakeSource()
    with CrawlStore(path, lambda: DAY) as store:
        store.remember({"source": "fake", "title": "Fake", "licence": "CC0-1.0"})
        store.begin([store.keep_seed("Artist 0", source.artist(0), "")], {})
        crawl(source, store, Limits(30))
    return path


@contextmanager
def tampered(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection, connection:
        yield connection


def refused(path: Path) -> str:
    """Return what both who writes and who reads are told, where it is the same."""
    with pytest.raises(InputError) as writing:
        CrawlStore(path)
    assert not Path(f"{path}.lock").exists()
    assert "\n" not in str(writing.value)
    return str(writing.value).removeprefix(f"{path}: ")


def test_another_kind_of_database_is_refused(path: Path) -> None:
    with tampered(path) as connection:
        connection.execute("CREATE TABLE song (title TEXT)")
    assert refused(path) == (
        "this is an SQLite database, but not that of a crawl; give another name."
    )
    with pytest.raises(InputError, match="not a text file but an SQLite database"):
        read_graph(path)


def test_another_kind_of_file_is_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"Air,Moby\n" * 1000)
    assert refused(path) == "this is no database of a crawl; give another name."
    assert path.read_bytes() == b"Air,Moby\n" * 1000


def test_a_newer_version_is_refused(crawled: Path) -> None:
    with tampered(crawled) as connection:
        connection.execute(f"PRAGMA user_version = {database.VERSION + 1}")
    assert refused(crawled).startswith("a newer version of galaxy-embed made it (format 2, ")
    with pytest.raises(InputError, match="a newer version"):
        read_graph(crawled)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_refused(crawled: Path, share: float) -> None:
    whole = crawled.read_bytes()
    crawled.write_bytes(whole[: int(len(whole) * share)])
    assert refused(crawled).startswith("the database is damaged (")
    with pytest.raises(InputError, match="the database is damaged"):
        read_graph(crawled)


def test_a_damaged_file_is_refused(crawled: Path) -> None:
    data = bytearray(crawled.read_bytes())
    for page in range(4096, len(data), 4096):
        data[page : page + 200] = os.urandom(200)
    crawled.write_bytes(data)
    assert refused(crawled).startswith("the database is damaged (")
    with pytest.raises(InputError, match="the database is damaged"):
        read_graph(crawled)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE artist SET name = x'00ff' WHERE number = 3", "artist 3: b'\\x00\\xff' is no text"),
        ("UPDATE artist SET name = ' ' WHERE number = 3", "artist 3: the name is empty"),
        ("UPDATE artist SET listeners = 'many' WHERE number = 3", "'many' is no number of"),
        ("UPDATE artist SET listeners = -1 WHERE number = 3", "-1 is no number of listeners"),
        ("UPDATE relation SET score = 'x' WHERE artist = 1", "not made of numbers"),
        ("UPDATE relation SET score = 9e999 WHERE artist = 1", "not made of numbers"),
        ("UPDATE relation SET other = 99999 WHERE rank = 1 AND artist = 1", "names nobody"),
        ("DELETE FROM relation", "there are no relations in the file"),
        ("DROP TABLE relation", "the database is damaged (no such table: relation)"),
    ],
)
def test_what_nobody_wrote_is_told(crawled: Path, statement: str, said: str) -> None:
    with tampered(crawled) as connection:
        connection.execute(statement)
    with pytest.raises(InputError) as caught:
        read_graph(crawled)
    assert said in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    assert "cannot be kept here (Permission denied)" in refused(closed / "music.db")


def test_without_rights_it_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert refused(path) == (
        "the crawl cannot be kept here (Permission denied); choose another place."
    )


def test_what_is_no_place_for_a_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == "this is a folder; give the name of a file."
    assert refused(tmp_path / "no" / "a.db") == "the folder does not exist; create it first."
    if sys.platform == "linux":
        assert refused(Path("/dev/null")) == "this is no ordinary file; give another name."


def test_a_full_disk_ends_it_with_all_answers_till_then(path: Path) -> None:
    source = FakeSource()
    with CrawlStore(path) as store:
        store.begin([store.keep_seed("Artist 0", source.artist(0), "")], {})
        crawl(source, store, Limits(10))
        (pages,) = store._db.execute("PRAGMA page_count").fetchone()
        store._db.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(InputError) as caught:
            crawl(source, store, Limits(200))
        done = store.visits
    assert str(caught.value) == (
        f"{path}: the disk is full, and the crawl stopped with all answers till then; make room"
        " and go on with --resume."
    )
    with CrawlStore(path) as store:
        assert store.visits == done >= 10
        assert crawl(source, store, Limits(100)).visits == 100


def test_nothing_is_left_where_nobody_was_found(path: Path) -> None:
    with CrawlStore(path) as store:
        store.remember({"source": "fake"})
    assert not list(path.parent.iterdir())


def test_a_file_that_was_begun_and_never_filled_is_taken(path: Path) -> None:
    path.touch()
    with CrawlStore(path) as store:
        assert (store.known, store.visits, store.seeds()) == (0, 0, [])


def test_what_is_told_anew_takes_the_place_of_the_old(path: Path) -> None:
    with CrawlStore(path) as store:
        number = store.keep_seed("Air", artist("Air", listeners=5, comment="French"), "")
        store.begin([number], {})
        store.answer(number, related("Moby"))
        again = store.keep_seed("air", artist("Air", listeners=7, mbid="m"), "")
        assert again == number
        assert store.artist(number) == artist("Air", listeners=7, mbid="m", comment="French")
        assert store.number_of("m") == store.number_of("air") == number


def test_itself_and_doubles_are_left_out_of_an_answer(path: Path) -> None:
    with CrawlStore(path) as store:
        number = store.keep_seed("Air", artist("Air"), "")
        store.begin([number], {})
        assert store.answer(number, related("Moby", "Air", "Moby", "Zero 7")) == {"moby", "zero 7"}
        rows = store._db.execute("SELECT other, rank FROM relation ORDER BY rank").fetchall()
    assert rows == [(2, 1), (3, 2)]


def test_who_is_only_named_once_is_left_out(path: Path) -> None:
    with CrawlStore(path, lambda: DAY) as store:
        store.remember({"source": "fake", "title": "Fake", "terms": "Take it."})
        numbers = [store.keep_seed(name, artist(name), "") for name in ("Air", "Moby")]
        store.begin(numbers, {})
        store.answer(numbers[0], related("Moby", "Zero 7", "Leaf"))
        store.answer(numbers[1], related("Zero 7", "Other Leaf"))
    graph = read_graph(path)
    assert graph.names == ["Air", "Moby", "Zero 7"]
    assert graph.keys == ["fake:air", "fake:moby", "fake:zero 7"]
    assert graph.edges == 3
    assert graph.source == "Fake, asked on 2025-11-22"
    assert graph.notes[0] == "Take it."
    assert graph.notes[1].startswith("2 of 5 artists were left out")


def test_where_too_little_was_asked_everybody_stays(path: Path) -> None:
    with CrawlStore(path) as store:
        number = store.keep_seed("Air", artist("Air"), "")
        store.begin([number], {})
        store.answer(number, related("Moby", "Zero 7"))
    assert read_graph(path).names == ["Air", "Moby", "Zero 7"]


def test_mbids_are_the_keys(path: Path) -> None:
    mbid = "a74b1b7f-71a5-4011-9441-d0b5e4122711"
    with CrawlStore(path) as store:
        number = store.keep_seed("Air", artist("Air", mbid=mbid.upper()), "")
        store.begin([number], {})
        double = FoundArtist("AIR", "AIR", mbid=mbid)
        store.answer(number, [Relation(artist("Moby"), 1), Relation(double, 2)])
    assert read_graph(path).keys == [mbid, ":moby", ":AIR"]


def test_a_folder_without_rights_can_be_read(
    crawled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert read_graph(crawled).edges


def test_a_name_may_hold_what_an_address_may_not(tmp_path: Path) -> None:
    path = tmp_path / "100% ?a=b#c.db"
    with CrawlStore(path) as store:
        number = store.keep_seed("Air", artist("Air"), "")
        store.begin([number], {})
        store.answer(number, related("Moby"))
    assert len(read_graph(path)) == 2


def test_strengths() -> None:
    assert strengths([]) == []
    assert strengths([50.0, 100.0, 0.0]) == [0.5, 1.0, LEAST]
    by_rank = [1.0, pytest.approx(0.6309, abs=1e-4), 0.5]
    for scores in ([None] * 3, [5.0, None, 1.0], [0.0] * 3, [float("inf"), 1.0, 1.0]):
        assert strengths(scores) == by_rank


def test_strengths_in_one_sweep_are_the_same() -> None:
    rng = np.random.default_rng(0)
    lengths = rng.integers(1, 9, 50)
    answers = [rng.choice([0.0, 1.0, 3.5, 200.0, np.nan], n) for n in lengths]
    starts = np.cumsum([0, *lengths[:-1]])
    found = strengths_of_all(starts, np.concatenate(answers))
    plain = [s for a in answers for s in strengths([None if np.isnan(x) else x for x in a])]
    assert found == pytest.approx(plain)


def test_popularity_is_the_logarithm_of_listeners() -> None:
    degrees = np.ones(4, np.int32)
    popularity, notes = from_listeners(np.array([0, 99, 9_999, 9_999]), degrees)
    assert popularity is not None
    assert popularity.tolist() == [0, 50, 100, 100]
    assert not notes
    assert from_listeners(np.array([-1, -1]), degrees[:2]) == (None, ())


def test_unknown_listeners_are_told_from_the_relations() -> None:
    degrees = np.array([1, 5, 9, 5, 100, 0], np.int32)
    popularity, notes = from_listeners(np.array([0, 99, 9_999, -1, -1, -1]), degrees)
    assert popularity is not None
    assert popularity.tolist() == [0, 50, 100, 50, 100, 0]
    assert notes[0].startswith("Of 3 of 6 artists nobody says how many listen")
