"""Whether a long crawl stays as quick and as small as it begins, and how long services make it."""

from __future__ import annotations

from embedding.commands.crawl_display import in_time
from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.report import Cell, Goal

NAME = "crawling"
ABOUT = "a crawl of 100,000 artists: time of an answer, memory, and the wait for each service"


def main(bench: Bench) -> None:
    """Crawl a made world that a server on this machine tells as Deezer does."""
    size = bench.pick(2_000, 20_000, 100_000)
    note = set_for(100_000, size)
    # A world a third larger, so that the crawl has an edge to its end.
    world = str(bench.world(size + size // 3))
    bench.out.mkdir(parents=True, exist_ok=True)
    folder = str(bench.out)
    figures = bench.run("crawling_jobs:keep", world=world, artists=size, folder=folder).figures
    rows = figures["rows"]
    bench.report.table(
        "As fast as this machine can (no pace is kept to a service of one's own)",
        ["asked", "known", "requests/s", "ms to keep an answer", "memory MB", "file MB"],
        [
            [
                f"{row['asked']:,}",
                row["known"],
                row["per_second"],
                row["kept"],
                row["megabytes"],
                row["file"],
            ]
            for row in rows
        ],
    )
    bench.report.say(
        f"  Read as a graph of {figures['artists']:,} artists and {figures['relations']:,}"
        f" relations in {figures['read']:.1f} s."
    )
    last = rows[-1]
    bench.report.goal(
        Goal("keeping an answer in the end", last["kept"], 20, "at most", " ms", note)
    )
    # What grows with the number of artists would double from a half to the whole.
    grown = last["megabytes"] / rows[len(rows) // 2 - 1]["megabytes"]
    bench.report.goal(Goal("memory, whole crawl / half of it", grown, 1.05, "at most", "x", note))
    paced = bench.run(
        "crawling_jobs:pace", world=world, seconds=bench.pick(17, 32, 122), folder=folder
    ).figures
    bench.report.goal(
        Goal("share of the pace that Deezer allows", paced["share"], 0.95, "at least")
    )
    bench.report.goal(Goal("most answers in any 5 s", paced["most"], paced["allowed"], "at most"))
    _project(bench)


def _project(bench: Bench) -> None:
    """Say how long a crawl takes at each service's pace."""
    from embedding.sources import deezer, lastfm, listenbrainz

    rows: list[list[Cell]] = []
    for source in (listenbrainz.ListenBrainz, deezer.Deezer, lastfm.LastFm):
        pace = source.rate.requests / source.rate.seconds
        waits = [in_time(n * source.requests_per_artist / pace) for n in (1e3, 1e4, 1e5)]
        rows.append([source.title, pace, source.requests_per_artist, *waits])
    bench.report.table(
        "How long that takes at the pace of each service",
        ["service", "requests/s", "requests an artist", "1,000", "10,000", "100,000 artists"],
        rows,
    )
