"""The measured work of a crawl: Deezer's client and the store, with a made world to answer."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from embedding.progress import CancelToken
from embedding.sources import deezer
from embedding.sources.fetching import Fetcher
from embedding.sources.limits import Budget, Limits
from embedding.sources.spider import Answer as Told
from embedding.sources.spider import crawl
from embedding.sources.store import CrawlStore
from tests.benchmarks.child import Answer
from tests.benchmarks.measure import PAGE, REPO

POINTS = 10
"""How often the state is noted on the way."""


class Paced(Fetcher):
    """Keeps to the pace of the service, though it is on this machine."""

    is_local = property(lambda _: False)


def keep(world: str, artists: int, folder: str, workers: int) -> Answer:
    """Crawl as fast as this machine can; note the time of an answer and the memory on the way."""
    del workers
    rows: list[dict[str, Any]] = []
    every, kept = max(artists // POINTS, 1), _Timed()
    with tempfile.TemporaryDirectory(dir=folder) as name, _server(world) as url:
        path = Path(name) / "crawl.db"
        started = since = time.perf_counter()
        with CrawlStore(path) as store, _source(url, Fetcher) as source:
            seed = source.find("the best connected")[0]
            store.begin([store.keep_seed("seed", seed, "")], {})
            store.answer = kept.timed(store.answer)  # type: ignore[method-assign]

            def on_answer(_: Told) -> None:
                nonlocal since
                if store.visits % every:
                    return
                now = time.perf_counter()
                rows.append(
                    {
                        "asked": store.visits,
                        "known": store.known,
                        "per_second": every / (now - since),
                        "kept": 1000 * kept.seconds / every,
                        "megabytes": _resident() / 1e6,
                        "file": sum(each.stat().st_size for each in path.parent.iterdir()) / 1e6,
                    }
                )
                since, kept.seconds = now, 0.0

            limits = Limits(artists)
            end = crawl(source, store, limits, budget=Budget(limits), on_answer=on_answer)
        seconds = time.perf_counter() - started
        started = time.perf_counter()
        from embedding.readers import read_graph

        graph = read_graph(path)
        read = time.perf_counter() - started
    return {
        "seconds": seconds, "rows": rows, "asked": end.visits, "why": end.why,
        "read": read, "artists": len(graph), "relations": graph.edges,
    }, {}  # fmt: skip


def pace(world: str, seconds: float, folder: str, workers: int) -> Answer:
    """Crawl for some seconds at the pace that the service allows; say how fast that was."""
    del workers
    allowed, period = deezer.RATE.requests, deezer.RATE.seconds
    times: list[float] = []
    with (
        tempfile.TemporaryDirectory(dir=folder) as name,
        _server(world) as url,
        CrawlStore(Path(name) / "crawl.db") as store,
        _source(url, Paced) as source,
    ):
        seed = source.find("the best connected")[0]
        store.begin([store.keep_seed("seed", seed, "")], {})
        # The first window began with the search: what counts is what comes after.
        crawl(source, store, Limits(allowed - 1))
        limits = Limits(None, seconds=seconds)
        crawl(source, store, limits, on_answer=lambda _: times.append(time.perf_counter()))
    # Requests come in bursts, a window apart: from the end of one to that of another.
    last = len(times) // allowed * allowed - 1
    most = max(sum(t <= each < t + period for each in times) for t in times)
    return {
        "seconds": seconds,
        "share": (last + 1 - allowed) / (times[last] - times[allowed - 1]) * period / allowed,
        "most": most,
        "allowed": allowed,
    }, {}


class _Timed:
    """Adds up how long a function takes."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, function: Any) -> Any:
        """Return the function, its time added up."""

        def run(*given: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*given)
            finally:
                self.seconds += time.perf_counter() - started

        return run


@contextmanager
def _server(world: str) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.benchmarks.crawling_server", world]
    with subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def _source(url: str, make: type[Fetcher]) -> Any:
    return deezer.open_source(
        base_url=url, cancel=CancelToken(), on_wait=lambda _seconds, _why: None, make=make
    )


def _resident() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0
