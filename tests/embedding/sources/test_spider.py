"""The crawl: in which order it asks, when it ends, and that a break changes nothing."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.progress import Cancelled, CancelToken, Progress
from embedding.sources import database
from embedding.sources.errors import ArtistGone, SourceDown, SourceError
from embedding.sources.frontier import DECAY
from embedding.sources.limits import Budget, Limits, Order
from embedding.sources.records import FoundArtist
from embedding.sources.spider import (
    FAULTS_IN_A_ROW,
    UNCOUNTED_IN_A_ROW,
    Answer,
    CrawlEnd,
    crawl,
)
from embedding.sources.store import KEPT, CrawlStore
from tests.embedding.sources.fake_source import FakeSource


class Clock:
    """The time of a test."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "music.db"


def begin(store: CrawlStore, *seeds: FoundArtist) -> None:
    store.begin([store.keep_seed(seed.name, seed, "") for seed in seeds], {})


def whole(
    source: FakeSource, path: Path, artists: int | None = 40, order: Order = "popular", **more: Any
) -> CrawlEnd:
    """Crawl from artist 0, or go on."""
    with CrawlStore(path, more.pop("now", Clock())) as store:
        if not store.seeds():
            begin(store, source.artist(0))
        return crawl(source, store, Limits(artists), order=order, **more)


def content(path: Path) -> dict[str, list[Any]]:
    """Return all that a crawl's file holds but for the times."""
    connection = database.open_for_reading(path)
    try:
        return {
            "artists": connection.execute(
                "SELECT number, id, name, mbid, listeners, answered IS NULL, step, mass, visit"
                " FROM artist ORDER BY number"
            ).fetchall(),
            "relations": connection.execute("SELECT * FROM relation").fetchall(),
        }
    finally:
        connection.close()


def test_a_step_is_done_before_the_next_and_the_best_known_come_first(path: Path) -> None:
    source = FakeSource()
    assert whole(source, path, artists=60).why == "limit"
    steps: dict[str, int] = {"a0": 0}
    for ident in source.asked:
        for other in source.world[int(ident[1:])]:
            steps.setdefault(f"a{other}", steps[ident] + 1)
    asked_steps = [steps[ident] for ident in source.asked]
    assert asked_steps == sorted(asked_steps)
    for step in (1, 2):
        fame = [source.fame[int(i[1:])] for i in source.asked if steps[i] == step]
        assert fame == sorted(fame, reverse=True)


def test_towards_stays_near_the_seed(tmp_path: Path) -> None:
    def at_home(order: Order) -> int:
        """Return how many of 30 were of the seed's own 30."""
        source, rng = FakeSource(n=300), random.Random(1)
        for i in range(300):
            home = [j for j in range(i // 30 * 30, i // 30 * 30 + 30) if j != i]
            source.world[i] = [*rng.sample(home, 8), *rng.sample(range(300), 2)]
        whole(source, tmp_path / f"{order}.db", order=order, artists=30)
        return sum(int(ident[1:]) < 30 for ident in source.asked)

    assert at_home("towards") >= 25
    assert at_home("popular") <= 20


def test_mass_comes_down_by_shares(path: Path) -> None:
    source = FakeSource(n=50, scores=False)
    source.world = {0: [1, 2], 1: [2], 2: []} | {i: [] for i in range(3, 50)}
    whole(source, path, order="towards", artists=2)
    (_, first, second) = (row[-2] for row in content(path)["artists"])
    discount = 1 / 1.584962500721156
    assert first == pytest.approx(DECAY / (1 + discount))
    assert second == pytest.approx(DECAY * discount / (1 + discount) + DECAY * first)


def test_it_ends_where_nobody_is_left(path: Path) -> None:
    source = FakeSource(n=30)
    told: list[Progress] = []
    end = whole(source, path, artists=None, on_progress=told.append)
    assert (end.why, end.visits, end.requests) == ("nothing left", 30, 30)
    assert sorted(source.asked) == sorted(f"a{i}" for i in range(30))
    assert told[-1] == Progress("crawl", 30, 0)


def test_limits_of_requests_and_time(path: Path) -> None:
    source, clock = FakeSource(), Clock()
    with CrawlStore(path, clock) as store:
        begin(store, source.artist(0))
        end = crawl(source, store, Limits(50, requests=7))
        assert (end.why, end.requests, store.visits) == ("limit", 7, 7)

        def tick(_: str) -> None:
            clock.time += 60

        source.before = tick
        limits = Limits(50, seconds=600)
        end = crawl(source, store, limits, budget=Budget(limits, clock))
        assert (end.why, end.requests, store.visits) == ("time", 10, 17)


@pytest.mark.parametrize("order", ["popular", "towards"])
@pytest.mark.parametrize("batch", [0, 1, 25])
def test_a_break_changes_nothing(tmp_path: Path, order: Order, batch: int) -> None:
    def source(seed: int = -1) -> FakeSource:
        made = FakeSource(batch=batch, tells_listeners=not batch)
        rng = random.Random(seed)

        def fail(_: str) -> None:
            if seed >= 0 and rng.random() < 0.3:
                raise Cancelled

        made.before = fail
        return made

    straight, broken = tmp_path / "straight.db", tmp_path / "broken.db"
    assert whole(source(), straight, order=order).why == "limit"
    runs = 0
    while whole(source(runs), broken, order=order).why == "stopped":
        runs += 1
    assert runs > 1
    assert content(broken) == content(straight)


def test_listeners_are_asked_for_before_they_decide(path: Path) -> None:
    source = FakeSource(batch=25, tells_listeners=False)
    whole(source, path, artists=60)
    told = FakeSource()
    whole(told, path.with_name("told.db"), artists=60)
    assert source.asked == told.asked
    known = {row[1]: row[4] for row in content(path)["artists"]}
    assert all(known[ident] is not None for ident in source.asked)
    # No more than once, and also of those who are only named, but by several.
    everybody = [ident for batch in source.counted for ident in batch]
    assert len(everybody) == len(set(everybody)) > len(source.asked)


def test_a_source_that_counts_one_by_one_is_asked_only_for_who_had_a_turn(path: Path) -> None:
    source = FakeSource(batch=1, tells_listeners=False)
    end = whole(source, path, artists=20)
    assert [batch for (batch,) in source.counted] == source.asked
    assert end.requests == 40


def test_answers_are_taken_again_for_a_month(path: Path) -> None:
    clock = Clock()
    first = FakeSource()
    whole(first, path, now=clock)
    for later, expected in ((KEPT - 10, 0), (20, 40)):
        clock.time += later
        again = FakeSource()
        with CrawlStore(path, clock) as store:
            begin(store, again.artist(0))
            end = crawl(again, store, Limits(40))
        assert (end.visits, end.requests, len(again.asked)) == (40, expected, expected)
    assert again.asked == first.asked


def test_another_crawl_in_the_same_file_goes_on_where_answers_end(path: Path) -> None:
    source = FakeSource()
    whole(source, path)
    before = set(source.asked)
    source.asked.clear()
    with CrawlStore(path, Clock()) as store:
        begin(store, source.artist(3))
        end = crawl(source, store, Limits(40))
    assert end.visits == 40
    assert 0 < end.requests < 40
    assert not before & set(source.asked)


def test_a_dead_service_ends_it_with_what_there_is(path: Path) -> None:
    source = FakeSource()

    def die(_: str) -> None:
        if len(source.asked) == 5:
            raise SourceDown("it does not answer", where="Fake", remedy="try later")

    source.before = die
    end = whole(source, path)
    assert (end.why, end.visits) == ("service", 5)
    assert end.problem == "Fake: it does not answer; try later."


def test_bad_answers_are_skipped_and_too_many_in_a_row_end_it(path: Path) -> None:
    source = FakeSource()

    def fail_some(ident: str) -> None:
        if ident.endswith("7"):
            raise SourceError("no artists in it", where="Fake")
        if ident.endswith("8"):
            raise ArtistGone("it is gone", where="Fake")

    source.before = fail_some
    end = whole(source, path, artists=100)
    assert (end.why, end.visits) == ("limit", 100)
    assert end.skipped == 100 - len(source.asked) > 0
    assert end.problem == ""
    assert end.no_good in ("Fake: no artists in it.", "Fake: it is gone.")

    def fail_all(_: str) -> None:
        raise SourceError("no artists in it", where="Fake")

    source.before = fail_all
    end = whole(source, path, artists=None)
    assert (end.why, end.visits) == ("service", 100 + FAULTS_IN_A_ROW - 1)
    assert "no artists in it" in end.problem

    # Who is gone is an answer: the service is well.
    others = iter(range(10_000))

    def fail_most(_: str) -> None:
        if next(others) % (FAULTS_IN_A_ROW - 1) == 0:
            raise ArtistGone("it is gone", where="Fake")
        fail_all("")

    source.before = fail_most
    end = whole(source, path, artists=None)
    assert end.why == "nothing left"
    assert end.skipped > 2 * FAULTS_IN_A_ROW


def test_cancelling_stops_between_two_answers(path: Path) -> None:
    source, cancel = FakeSource(), CancelToken()
    with CrawlStore(path, Clock()) as store:
        begin(store, source.artist(0))

        def stop(_: Answer) -> None:
            if len(source.asked) == 5:
                cancel.cancel()

        end = crawl(source, store, Limits(40), on_answer=stop, cancel=cancel)
        assert (end.why, store.visits) == ("stopped", 5)


def test_an_answer_tells_who_is_new(path: Path) -> None:
    source, answers = FakeSource(), list[Answer]()
    whole(source, path, on_answer=answers.append)
    seen = {"a0"}
    for answer in answers:
        named = {each.artist.id for each in answer.relations}
        assert answer.new == named - seen
        seen |= named
    with CrawlStore(path) as store:
        assert store.known == len(seen)


@settings(max_examples=8)
@given(
    kills=st.lists(st.integers(0, 60), max_size=6),
    order=st.sampled_from(["popular", "towards"]),
    scores=st.booleans(),
)
def test_any_breaks_give_the_same(
    tmp_path_factory: pytest.TempPathFactory, kills: list[int], order: Order, scores: bool
) -> None:
    folder = tmp_path_factory.mktemp("crawl")
    straight, broken = folder / "straight.db", folder / "broken.db"
    whole(FakeSource(n=60, scores=scores), straight, order=order, artists=25)
    for requests in kills:
        source = FakeSource(n=60, scores=scores)
        with CrawlStore(broken, Clock()) as store:
            if not store.seeds():
                begin(store, source.artist(0))
            crawl(source, store, Limits(25, requests=requests), order=order)
    whole(FakeSource(n=60, scores=scores), broken, order=order, artists=25)
    assert content(broken) == content(straight)


def test_the_file_is_left_as_one(path: Path) -> None:
    whole(FakeSource(), path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_where_nobody_counts_listeners_the_crawl_goes_on_without(path: Path) -> None:
    source = FakeSource(batch=25, tells_listeners=False)
    refused = list[str]()

    def refuse(what: str) -> None:
        if what == "listeners":
            refused.append(what)
            raise SourceError("this is no JSON", where="Fake")

    source.before = refuse
    end = whole(source, path, artists=60)
    assert (end.why, end.visits, end.skipped) == ("limit", 60, 0)
    assert (end.problem, end.no_good) == ("", "")
    assert end.uncounted == "Fake: this is no JSON."
    assert len(refused) == UNCOUNTED_IN_A_ROW
