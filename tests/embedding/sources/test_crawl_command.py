"""The command within this process: what it says, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

import embedding.sources
from embedding.cli import main
from embedding.commands import crawling
from embedding.commands.crawl_display import CrawlBar, in_time
from embedding.progress import Progress
from embedding.sources.errors import SourceDown, SourceError
from embedding.sources.limits import parse_duration
from embedding.sources.pace import Pace
from embedding.sources.records import FoundArtist
from embedding.sources.seeds import choose
from tests.embedding.sources.fake_source import FakeSource

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> FakeSource:
    made = FakeSource()

    def opened(name: str, **_: Any) -> Any:
        made.name = name
        return nullcontext(made)

    monkeypatch.setattr(crawling, "open_source", opened)
    return made


@pytest.fixture
def crawl(source: FakeSource, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs ``crawl -o music.db --progress json`` and returns code, events, stderr."""
    del source

    def run(*argv: str, where: str = "music.db") -> tuple[int, list[dict[str, Any]], str]:
        code = main(["crawl", *argv, "-o", str(tmp_path / where), "--progress", "json"])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return run


def only(events: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    (found,) = [event for event in events if event["event"] == kind]
    return found


def test_the_events_tell_all(crawl: Run, source: FakeSource, tmp_path: Path) -> None:
    code, events, error = crawl("--seed", "Artist 3", "--max-artists", "12")
    assert (code, error) == (0, "")
    assert events[0] == {
        "event": "crawl",
        "source": "listenbrainz",
        "title": "Fake",
        "terms": source.terms,
        "licence": "CC0-1.0",
        "path": str(tmp_path / "music.db"),
        "known": 0,
        "asked": 0,
        "wanted": 12,
    }
    answers = [event for event in events if event["event"] == "found"]
    assert [answer["of"]["id"] for answer in answers] == source.asked
    assert answers[0]["of"] == {"id": "a3", "key": "listenbrainz:a3", "name": "Artist 3"}
    first = answers[0]["artists"][0]
    assert first == {
        "id": "a4",
        "key": "listenbrainz:a4",
        "name": "Artist 4",
        "listeners": source.fame[4],
        "rank": 1,
        "score": 100.0,
    }
    told = [each["id"] for answer in answers for each in answer["artists"]]
    assert len(told) == len(set(told))
    assert answers[0]["related"] == [f"a{i}" for i in source.world[3]]
    steps = [event for event in events if event["event"] == "progress"]
    assert (steps[-1]["stage"], steps[-1]["done"], steps[-1]["total"]) == ("crawl", 12, 12)
    rate = [event for event in events if event["event"] == "rate"]
    assert rate[0]["per_minute"] > 0
    done = events[-1]
    assert (done["event"], done["why"], done["asked"]) == ("done", "limit", 12)
    assert done["requests"] == 13  # one for the name
    assert done["artists"] == len(told) + 1


def test_it_goes_on(crawl: Run, source: FakeSource) -> None:
    crawl("--seed", "Artist 3", "--max-artists", "5", "--order", "towards")
    code, events, _ = crawl("--resume")
    assert code == 0
    assert (only(events, "crawl")["asked"], only(events, "done")["asked"]) == (5, 5)
    _, events, _ = crawl("--resume", "--max-artists", "9")
    assert only(events, "done")["asked"] == 9
    _, events, _ = crawl("--resume", "--seed", "Artist 3", "--max-requests", "2")
    assert only(events, "done")["asked"] == 9
    _, events, _ = crawl("--resume", "--max-artists", "20", "--max-requests", "2")
    assert (only(events, "done")["asked"], only(events, "done")["requests"]) == (11, 2)
    assert len(source.asked) == len(set(source.asked)) == 11


def test_what_the_file_has_is_not_asked_again(crawl: Run) -> None:
    crawl("--seed", "Artist 3", "--max-artists", "9")
    _, events, _ = crawl("--seed", "Artist 3", "--max-artists", "9")
    assert (only(events, "done")["asked"], only(events, "done")["requests"]) == (9, 0)
    _, events, _ = crawl("--near", "listenbrainz:a3", "--near", "a4", "--max-artists", "9")
    assert only(events, "done")["why"] == "limit"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "--seed: an artist to begin at is missing"),
        (["--resume"], "--seed: there is no crawl to go on with"),
        (["--source", "napster", "--seed", "x"], "--source: there is no source 'napster'"),
        (["--near", "nobody"], '--near: no answer so far names an artist with the key "nobody"'),
        (["--seed", "Nobody"], 'Fake: no artist is called "Nobody"; try "Artist 0" or "Artist 1".'),
        (
            ["--seed", "a\udcff"],
            "--seed: the name 'a\\udcff' holds half a character; give the name",
        ),
        (["--seed", " "], "--seed: the name is empty; give the name of an artist."),
        (["--seed", "x", "--for", "soon"], "--for: 'soon' is no length of time: write 8h"),
        (["--seed", "x", "--max-artists", "0"], "--max-artists: '0' is no whole number"),
        (["--seed", "x", "--order", "odd"], "--order: there is no 'odd'; choose one of popular"),
    ],
)
def test_what_cannot_be_is_told(crawl: Run, tmp_path: Path, argv: list[str], said: str) -> None:
    code, events, error = crawl(*argv)
    assert code == 2
    assert said in error
    assert error == f"galaxy-embed: {only(events, 'error')['message']}\n"
    assert not list(tmp_path.iterdir())


def test_another_source_or_seed_is_not_mixed_in(crawl: Run) -> None:
    crawl("--source", "deezer", "--seed", "Artist 3", "--max-artists", "3")
    code, _, error = crawl("--source", "lastfm", "--resume")
    assert code == 2
    assert "--source: the file holds answers of Fake; leave it out" in error
    code, _, error = crawl("--seed", "Artist 4", "--resume")
    assert code == 2
    assert '--resume: the crawl in the file began with "Artist 3"; leave out --seed' in error
    code, events, _ = crawl("--resume")
    assert (code, only(events, "crawl")["source"]) == (0, "deezer")


def test_a_dead_service_has_a_code_of_its_own(crawl: Run, source: FakeSource) -> None:
    def die(_: str) -> None:
        if len(source.asked) == 4:
            raise SourceDown("it does not answer", where="Fake", remedy="try later")

    source.before = die
    code, events, error = crawl("--seed", "Artist 3")
    assert (code, error) == (3, "galaxy-embed: Fake: it does not answer; try later.\n")
    done = only(events, "done")
    assert (done["why"], done["asked"]) == ("service", 4)
    assert done["message"] == "Fake: it does not answer; try later."


def test_a_service_that_is_not_there_at_all_leaves_nothing(
    crawl: Run, source: FakeSource, tmp_path: Path
) -> None:
    def die(_: str) -> None:
        raise SourceDown("it does not answer", where="Fake", remedy="try later")

    source.before = die
    code, events, _ = crawl("--seed", "Artist 3")
    assert (code, events[-1]["event"]) == (2, "error")
    assert not list(tmp_path.iterdir())


def test_no_wait_goes_beyond_the_time(
    crawl: Run, source: FakeSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(name: str, *, on_wait: Any, **_: Any) -> Any:
        def ask(_: str) -> None:
            if len(source.asked) == 2:
                on_wait(600.0, "Fake wants fewer requests")

        source.name, source.before = name, ask
        return nullcontext(source)

    monkeypatch.setattr(crawling, "open_source", opened)
    code, events, error = crawl("--seed", "Artist 3", "--for", "1m")
    done = only(events, "done")
    assert (code, error, done["why"], done["asked"]) == (0, "", "time", 2)
    assert done["message"].startswith("--for: Fake wants fewer requests, and the time is over")
    assert "wait" not in [event["event"] for event in events]


def test_people_read_what_they_asked_for(
    source: FakeSource, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(ident: str) -> None:
        if ident == "a2":
            raise SourceError("the field name is missing", where="Fake")

    source.before = fail
    path = tmp_path / "music.db"
    assert main(["crawl", "--seed", "Artist 3", "--max-artists", "1200", "-o", str(path)]) == 0
    out, err = capsys.readouterr()
    assert err.splitlines() == [
        source.terms,
        "At most about 1,200 requests to Fake, 2 min at the pace it allows; Ctrl-C stops,"
        " --resume goes on.",
    ]
    lines = [line.split(maxsplit=1) for line in out.splitlines()]
    assert lines[0] == [str(path)]
    facts = dict(lines[1:])
    assert facts["artists"] == "200 known, 200 asked about"
    assert out.count("no good") == 1
    assert "1 answer, the last one: Fake: the field name is missing" in out
    assert facts["ended"] == "nobody is left to ask about"
    assert main(["crawl", "--resume", "--json", "-o", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["why"] == "nothing left"


def test_the_cache_is_the_place_by_default(
    source: FakeSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    argv = ["crawl", "--seed", "Artist 3", "--max-artists", "2", "--progress", "none"]
    assert main([*argv, "--source", "deezer"]) == 0
    assert (tmp_path / "galaxy-desktop" / "crawls" / "deezer.db").is_file()
    assert source.name == "deezer"


def test_every_source_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crawl", "--help"]) == 0
    shown = capsys.readouterr().out
    for name in embedding.sources.SOURCES:
        assert f"\n  {name} " in shown
    assert "GALAXY_CONTACT=" in shown


def namesake(ident: str, name: str, listeners: int | None, comment: str = "") -> FoundArtist:
    return FoundArtist(ident, name, listeners=listeners, comment=comment)


def test_of_namesakes_the_best_known_is_taken_and_that_is_said() -> None:
    found = [
        namesake("1", "Air", 10, "jazz band"),
        namesake("2", "Air", 900, "French duo"),
        namesake("3", "AIR", 5000),
        namesake("4", "Air Supply", 9000),
    ]
    best, remark = choose("Air", found, "Fake")
    assert best.id == "2"
    assert remark == 'Fake knows 2 artists called "Air": the best known (French duo) was taken.'
    assert choose("air", found, "Fake")[0].id == "3"
    assert choose("air supply", found, "Fake") == (found[3], "")
    unknown = [namesake("1", "Air", None), namesake("2", "Air", None)]
    assert choose("Air", unknown, "Fake")[0].id == "1"


def test_a_namesake_is_told_each_time(crawl: Run, source: FakeSource) -> None:
    source.find = lambda _: [  # type: ignore[method-assign]
        namesake("a1", "Air", 5), namesake("a2", "Air", 9)
    ]  # fmt: skip
    for _ in range(2):
        _, events, _ = crawl("--seed", "Air", "--max-artists", "2")
        assert only(events, "note")["message"].startswith('Fake knows 2 artists called "Air"')


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("8h", 28_800), ("90m", 5400), ("1h30m", 5400), ("2d", 172_800), ("45s", 45), ("10 min", 600)],
)
def test_lengths_of_time(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "8", "h", "0h", "-1h", "1.5h", "m1", "1h1h", "9" * 5000 + "h"]
)
def test_what_is_no_length_of_time(text: str) -> None:
    with pytest.raises(ValueError, match="is no length of time"):
        parse_duration(text)


def test_the_pace_is_that_of_the_last_minute() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    assert (pace.per_minute(), pace.seconds_for(10)) == (0, None)
    for _ in range(100):
        now += 10
        pace.count()
    for _ in range(60):
        now += 1
        pace.count()
    assert pace.per_minute() == pytest.approx(60)
    assert pace.seconds_for(30) == pytest.approx(30)
    assert pace.is_due()
    assert not pace.is_due()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (89, "89 s"), (100, "2 min"), (5400, "1 h 30 min"), (7200, "2 h"),
     (100_000, "27 h 47 min"), (200_000, "2 d 8 h")],
)  # fmt: skip
def test_times_are_said_in_words(seconds: float, text: str) -> None:
    assert in_time(seconds) == text


def test_the_bar_shows_pace_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    with CrawlBar() as bar:
        bar.progress(Progress("crawl", 1500, 20000))
        bar.event("rate", per_minute=59.6, left_seconds=18_500.0)
        bar.event("found", of={})
        bar.say("A [bold]note[/bold].")
        bar._bars.refresh()
    shown = capsys.readouterr().err
    for said in ("1,500 of 20,000 artists", "60 a minute, 5 h 8 min left", "A [bold]note[/bold]."):
        assert said in shown
