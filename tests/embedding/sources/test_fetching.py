"""Services asked over HTTP: a server on this machine that answers well, and in every bad way."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from embedding.errors import InputError
from embedding.progress import Cancelled, CancelToken
from embedding.sources import SOURCES, fetching, open_source
from embedding.sources.errors import ArtistGone, SourceDown, SourceError
from embedding.sources.fetching import Fetcher, agent
from embedding.sources.retrying import Patience
from embedding.sources.source import Rate
from tests.embedding.sources.music_server import KEY, MusicServer
from tests.embedding.sources.music_world import music_world

QUICK = Patience(attempts=3, first=0.01, most=0.02)
TRYING = ["429", "429 date", "500", "503", "cut", "quota"]
"""Faults after which another attempt helps."""
HOPELESS = ["html", "no json", "wrong type", "gigantic", "bomb", "404"]


@pytest.fixture
def server() -> Iterator[MusicServer]:
    with MusicServer(music_world(200)) as server:
        yield server


@pytest.fixture
def opened(server: MusicServer, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what opens a source that the server stands in for, with little patience."""
    monkeypatch.setattr(fetching, "Patience", lambda: QUICK)
    return lambda name, **more: open_source(
        name, base_url=server.url, key=KEY, cancel=CancelToken(), **more
    )


def make(server: MusicServer, **more: Any) -> Fetcher:
    given: dict[str, Any] = {"cancel": CancelToken(), "on_wait": lambda *_: None}
    return Fetcher("Test", Rate(1, 1.0), base_url=server.url, patience=QUICK, **given | more)


def ask(fetcher: Fetcher) -> Any:
    return fetcher.get("https://api.deezer.com/artist/1000/related", limit=20)["data"].value


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_finds_relates_and_counts(opened: Any, server: MusicServer, name: str) -> None:
    world = server.world
    with opened(name) as source:
        best, *_ = source.find(world.names[3])
        assert best.name == world.names[3]
        related = source.related(best)
        most = {"deezer": 20, "lastfm": 50}.get(name, 100)
        assert [one.artist.name for one in related] == [
            world.names[i] for i in world.related[3][:most]
        ]
        assert [one.rank for one in related] == list(range(1, len(related) + 1))
        if source.batch:
            assert source.listeners([best]) == {best.id: world.listeners[3]}
        else:
            assert best.listeners == world.listeners[3]
        assert source.related(best) == related
        assert source.name == name
        assert len(server.asked) == 3 + bool(source.batch)
    assert all(each["User-Agent"] == agent() for each in server.headers)


def test_names_in_every_script_come_as_they_are(opened: Any, server: MusicServer) -> None:
    scripts = (
        "Sigur Rós",
        "Кино",
        "방탄소년단",
        "久石譲",
        "אריק איינשטיין",
        "فيروز",
        "A&B=C #1/2?%20+",
    )
    names = list(server.world.names)
    known = [i for i, related in enumerate(server.world.related) if related]
    for i, name in zip(known, scripts, strict=False):
        names[i] = name
    server.world = replace(server.world, names=names)
    for service in SOURCES:
        with opened(service) as source:
            for name in scripts:
                best, *_ = source.find(name)
                assert best.name == name
                assert source.related(best)


@pytest.mark.parametrize("fault", TRYING)
@pytest.mark.parametrize("name", ["deezer", "lastfm"])
def test_a_passing_fault_costs_an_attempt(
    opened: Any, server: MusicServer, name: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embedding.sources.deezer.RATE", Rate(50, 0.01))
    waits: list[tuple[float, str]] = []
    with opened(name, on_wait=lambda *wait: waits.append(wait)) as source:
        artist = source.find(server.world.names[0])[0]
        server.script = [fault, fault]
        assert source.related(artist)
    assert len(server.asked) == 4
    assert len(waits) == 2
    assert all(why.startswith(source.title) for _, why in waits)


@pytest.mark.parametrize("fault", HOPELESS)
def test_an_answer_that_will_not_get_better_is_one_sentence(
    server: MusicServer, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1 << 20)
    server.script = [fault]
    with make(server) as fetcher, pytest.raises(SourceError, match=r"^Test: .*\.$"):
        ask(fetcher)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("fault", "said"), [("500", "fault of its own"), ("429", "fewer requests")]
)
def test_a_service_that_stays_bad_is_down(server: MusicServer, fault: str, said: str) -> None:
    server.script = [fault] * 9
    with make(server) as fetcher, pytest.raises(SourceDown, match=said):
        ask(fetcher)
    assert len(server.asked) == QUICK.attempts


def test_who_hangs_or_is_slow_is_given_up(
    server: MusicServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_TIMES", 0.1)
    monkeypatch.setattr(fetching, "LONGEST_ANSWER", 0.1)
    server.script = ["hang", "slow", ""]
    waits: list[str] = []
    with make(server, on_wait=lambda _, why: waits.append(why)) as fetcher:
        assert ask(fetcher)
    assert waits == ["Test does not answer in time", "Test answers too slowly"]


def test_a_request_has_a_limit_whatever_holds_it_up(
    server: MusicServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LONGEST_REQUEST", 0.1)
    server.script = ["hang"]
    waits: list[str] = []
    with make(server, on_wait=lambda _, why: waits.append(why)) as fetcher:
        assert ask(fetcher)
    assert waits == ["Test does not answer in time"]
    server.closing.set()


def test_who_is_not_there_is_down() -> None:
    with MusicServer(music_world(200)) as server:
        pass
    with make(server) as fetcher, pytest.raises(SourceDown, match="cannot be reached, 3 times"):
        ask(fetcher)


def test_an_artist_that_vanished_is_gone(opened: Any, server: MusicServer) -> None:
    server.gone = {5}
    for name in ("deezer", "lastfm"):
        with opened(name) as source:
            artist = source.find(server.world.names[5])[0]
            with pytest.raises(ArtistGone):
                source.related(artist)


def test_gone_is_who_the_service_says_is_gone(opened: Any, server: MusicServer) -> None:
    for name in ("deezer", "lastfm"):
        with opened(name) as source:
            artist = source.find(server.world.names[5])[0]
            server.script = ["gone"]
            with pytest.raises(ArtistGone):
                source.related(artist)
            server.script = ["404"]
            with pytest.raises(SourceError) as error:
                source.related(artist)
            assert type(error.value) is SourceError  # or a service that moved would have nobody


@pytest.mark.parametrize("name", SOURCES)
def test_half_a_character_is_no_name(opened: Any, server: MusicServer, name: str) -> None:
    with opened(name) as source, pytest.raises(SourceError, match="cannot be asked for"):
        source.find("a\udcffb")
    assert not server.asked


def test_a_base_url_may_be_written_in_any_way(server: MusicServer) -> None:
    for url in (server.url.replace("http", "HTTP"), f"{server.url}//"):
        server.script = []
        with Fetcher(
            "Test", Rate(1, 1.0), base_url=url, cancel=CancelToken(), on_wait=lambda *_: None
        ) as fetcher:
            assert fetcher.is_local
            assert ask(fetcher)
    with Fetcher(
        "Test",
        Rate(1, 1.0),
        base_url="HTTP://LocalHost:80/",
        cancel=CancelToken(),
        on_wait=lambda *_: None,
    ) as fetcher:
        assert fetcher.is_local
        assert fetcher._base == "http://localhost"


def test_no_redirect_leads_out_of_tls(server: MusicServer) -> None:
    server.script = ["redirect"]
    with make(server) as fetcher, pytest.raises(SourceDown, match="encrypted"):
        ask(fetcher)


def test_a_long_retry_after_is_not_waited_for(server: MusicServer) -> None:
    server.more = {"Retry-After": "7200"}
    server.script = ["503"]
    with make(server) as fetcher, pytest.raises(SourceDown, match="alone for 120 minutes"):
        ask(fetcher)


def test_a_quota_that_is_used_up_is_waited_for(server: MusicServer) -> None:
    server.more = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-In": "7"}
    now, waited = 0.0, list[float]()
    cancel = CancelToken()

    def pause(seconds: float) -> None:
        nonlocal now
        waited.append(seconds)
        now += seconds

    cancel.pause = pause  # type: ignore[method-assign]
    told: list[tuple[float, str]] = []
    with make(
        server, cancel=cancel, clock=lambda: now, on_wait=lambda *wait: told.append(wait)
    ) as fetcher:
        ask(fetcher)
        assert waited == []
        ask(fetcher)
    assert waited == [7.0]
    assert told == [(7.0, "Test allows no more requests for now")]


@pytest.mark.parametrize("fault", ["hang", "slow"])
def test_a_stop_does_not_wait_for_an_answer(server: MusicServer, fault: str) -> None:
    cancel = CancelToken()
    server.script = [fault]
    threading.Timer(0.1, cancel.cancel).start()
    with make(server, cancel=cancel) as fetcher, pytest.raises(Cancelled):
        ask(fetcher)
    server.closing.set()


def test_why_a_key_is_refused_is_told(opened: Any, server: MusicServer) -> None:
    server.script = ["refused"]
    refused = pytest.raises(SourceDown, match=r"refuses the key \(its error 10\)")
    with opened("lastfm", on_wait=lambda *_: None) as source, refused:
        source.find(server.world.names[0])
    server.script = ["refused"]
    with make(server) as fetcher, pytest.raises(SourceDown, match=r"refuses to answer \(403\)"):
        ask(fetcher)


def test_a_key_is_in_the_address_and_nowhere_else(
    opened: Any, server: MusicServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    with opened("lastfm", on_wait=lambda _, why: told.append(why)) as source:
        artist = source.find(server.world.names[0])[0]
        for fault in ("500", "html", "cut", "no json", "redirect", "wrong type"):
            server.script = [fault]
            try:
                source.related(artist)
            except (SourceError, SourceDown) as error:
                cause: BaseException | None = error
                while cause is not None:
                    told += [str(cause), repr(cause)]
                    cause = cause.__cause__
        told += [repr(source), str(vars(source).keys()), source.terms]
    assert all(query["api_key"] == KEY for _, query in server.asked)
    assert KEY not in caplog.text + "".join(told)


def test_without_a_key_or_in_the_open_lastfm_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LASTFM_API_KEY", raising=False)
    monkeypatch.setattr("embedding.sources.lastfm.find_key", lambda _: None)
    wanted = partial(open_source, "lastfm", cancel=CancelToken())
    with pytest.raises(InputError, match="LASTFM_API_KEY"), wanted():
        pass
    with (
        pytest.raises(InputError, match="others can read"),
        wanted(key=KEY, base_url="http://192.0.2.1"),
    ):
        pass


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a",
        "localhost:80",
        "http://",
        "https://a/?b",
        "http://a:x",
        "http://xn--/",
        "https://a b",
    ],
)
def test_what_is_no_address_is_said(url: str) -> None:
    with (
        pytest.raises(InputError, match="--base-url"),
        open_source("deezer", base_url=url, cancel=CancelToken()),
    ):
        pass


def test_services_of_others_are_asked_at_their_pace() -> None:
    fetcher = partial(Fetcher, "Test", Rate(1, 1.0), cancel=CancelToken(), on_wait=lambda *_: None)
    with fetcher(base_url=None) as theirs, fetcher(base_url="https://mirror.example") as mirror:
        for one in (theirs, mirror):
            assert not one.is_local
            assert one._limit._rate == Rate(1, 1.0)


def test_who_asks_says_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALAXY_CONTACT", "me@example.org")
    assert agent().startswith("GalaxyDesktop/")
    assert agent().endswith("( me@example.org )")
    monkeypatch.setenv("GALAXY_CONTACT", "a\r\nX: b")
    assert "\r" not in agent()
