"""What ``galaxy-embed crawl`` does once its command line is read."""

from __future__ import annotations

import argparse
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from embedding.commands.crawl_display import CrawlDisplay, in_time
from embedding.errors import InputError
from embedding.progress import CancelToken
from embedding.sources import SOURCES, open_source
from embedding.sources.errors import TimeOver
from embedding.sources.identity import key_of
from embedding.sources.limits import Budget, Limits
from embedding.sources.pace import Pace
from embedding.sources.plan import DEFAULT_SOURCE, Plan
from embedding.sources.records import FoundArtist
from embedding.sources.seeds import find_seeds
from embedding.sources.source import Source
from embedding.sources.spider import Answer, CrawlEnd, crawl
from embedding.sources.store import CrawlStore

FOLDER = "galaxy-desktop"
"""The folder among the user's caches; the window's is the same."""


def work(arguments: argparse.Namespace, shown: CrawlDisplay, cancel: CancelToken) -> dict[str, Any]:
    """Crawl as the command line says, and return what came of it.

    Raises
    ------
    InputError
        Something given is wrong, or the service is not there at all.
    Cancelled
        Before anything was asked.
    """
    asked_for = Plan(
        source=arguments.source,
        names=tuple(arguments.seed),
        keys=tuple(arguments.near),
        artists=arguments.max_artists,
        order=arguments.order,
        base_url=arguments.base_url,
    )
    if asked_for.source is not None and asked_for.source not in SOURCES:
        raise InputError(
            f"there is no source {asked_for.source!r}",
            where="--source",
            remedy=f"choose one of {', '.join(SOURCES)}",
        )
    path = arguments.output or default_path(asked_for.source or DEFAULT_SOURCE)
    with CrawlStore(path) as store:
        plan, goes_on = asked_for.completed(store.about, resume=arguments.resume)
        assert plan.source is not None
        assert plan.order is not None
        limits = Limits(plan.artists, arguments.max_requests, arguments.seconds)
        telling = _Telling(shown, store, Budget(limits), plan.source)
        with open_source(
            plan.source, base_url=plan.base_url, cancel=cancel, on_wait=telling.wait
        ) as source:
            telling.begin(source, goes_on)
            # First of all whose answers these are: nobody may mix them with another's.
            store.remember(_about(source, plan))
            if goes_on:
                store.remember(plan.about())
            else:
                seeds = find_seeds(
                    source,
                    store,
                    plan.names,
                    plan.keys,
                    budget=telling.budget,
                    on_remark=telling.remark,
                )
                store.begin(seeds, plan.about())
            end = crawl(
                source,
                store,
                limits,
                order=plan.order,
                budget=telling.budget,
                on_progress=shown.progress,
                on_answer=telling.answer,
                cancel=cancel,
            )
        return _result(path, store, end, telling.budget.seconds)


def default_path(source: str) -> Path:
    """Return where the answers of a source are kept if the user names no file."""
    import appdirs

    folder = Path(appdirs.user_cache_dir(FOLDER, appauthor=False)) / "crawls"
    # Where that fails the store says that its folder is not there.
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{source}.db"


def _about(source: Source, plan: Plan) -> dict[str, str]:
    return {
        "source": source.name,
        "title": source.title,
        "licence": source.licence,
        "terms": source.terms,
        # One with a password in it is not for a file that may be given to others.
        "base_url": "" if "@" in (plan.base_url or "") else plan.base_url or "",
    }


@dataclass
class _Telling:
    """Tells people and programs how the crawl goes."""

    shown: CrawlDisplay
    store: CrawlStore
    budget: Budget
    source_name: str
    pace: Pace = field(default_factory=Pace)

    def begin(self, source: Source, goes_on: bool) -> None:
        """Tell whom it asks, on what terms, and about how long that takes."""
        asked = self.store.visits if goes_on else 0
        self.shown.event(
            "crawl",
            source=source.name,
            title=source.title,
            terms=source.terms,
            licence=source.licence,
            path=str(self.store.path),
            known=self.store.known,
            asked=asked,
            wanted=self.budget.limits.artists,
        )
        wanted = self.budget.limits.artists or 0
        requests = round(max(wanted - asked, 0) * source.requests_per_artist)
        seconds = requests * source.rate.seconds / source.rate.requests
        self.shown.say(source.terms)
        self.shown.say(
            f"At most about {requests:,} requests to {source.title},"
            f" {in_time(seconds)} at the pace it allows; Ctrl-C stops, --resume goes on."
        )

    def remark(self, text: str) -> None:
        """Tell what was decided for the user."""
        self.shown.event("note", message=text)
        self.shown.say(f"note: {text}")

    def wait(self, seconds: float, why: str) -> None:
        """Tell why nothing happens; raise `TimeOver` where the crawl has no time for that."""
        most = self.budget.limits.seconds
        if most is not None and self.budget.seconds + seconds >= most:
            raise TimeOver(
                f"{why}, and the time is over before it may be asked again",
                where="--for",
                remedy="give more time, or go on later",
            )
        self.shown.event("wait", seconds=round(seconds, 3), why=why)

    def answer(self, answer: Answer) -> None:
        """Tell an answer, and once a second the pace."""
        self.pace.count()
        self.shown.event(
            "found",
            of={"id": answer.of.id, "key": self._key(answer.of), "name": answer.of.name},
            artists=[
                {
                    "id": each.artist.id,
                    "key": self._key(each.artist),
                    "name": each.artist.name,
                    "listeners": each.artist.listeners,
                    "rank": each.rank,
                    "score": each.score,
                }
                for each in answer.relations
                if each.artist.id in answer.new
            ],
            related=[each.artist.id for each in answer.relations],
        )
        if self.pace.is_due():
            self.shown.event(
                "rate",
                per_minute=round(self.pace.per_minute(), 1),
                left_seconds=self._left(),
            )

    def _left(self) -> float | None:
        """Return how many seconds the crawl still takes at most; None where nobody can say."""
        limits, bounds = self.budget.limits, list[float | None]()
        if limits.artists is not None:
            bounds.append(self.pace.seconds_for(limits.artists - self.store.visits))
        if limits.requests is not None:
            bounds.append(self.pace.seconds_for(limits.requests - self.budget.requests))
        if limits.seconds is not None:
            bounds.append(limits.seconds - self.budget.seconds)
        known = [bound for bound in bounds if bound is not None]
        return round(max(min(known), 0.0), 1) if known else None

    def _key(self, artist: FoundArtist) -> str:
        return key_of(self.source_name, artist.id, artist.mbid)


def _result(path: Path, store: CrawlStore, end: CrawlEnd, seconds: float) -> dict[str, Any]:
    return {
        "path": str(path),
        "artists": store.known,
        "asked": end.visits,
        "requests": end.requests,
        "skipped": end.skipped,
        "seconds": round(seconds, 3),
        "why": end.why,
        "message": end.problem,
        "no_good": end.no_good,
        "uncounted": end.uncounted,
    }
