"""``galaxy-embed crawl``: asks a music service who is related to whom, and keeps each answer."""

from __future__ import annotations

import argparse
from typing import Any

from embedding.commands.crawl_display import crawl_display, in_time, to_stderr, watching_stdin
from embedding.commands.options import (
    Subparsers,
    add_command,
    add_json,
    add_progress,
    file_path,
    whole,
)
from embedding.commands.text import counted, facts, safe, styled
from embedding.interrupts import Interrupts
from embedding.progress import Cancelled
from embedding.terminal import to_json

SERVICE_FAILED = 3
"""The exit code where the service ended the crawl; what it said till then is kept."""

_MOST = 5_000_000


def add(commands: Subparsers) -> None:
    """Describe the command."""
    from embedding.sources.limits import ORDERS
    from embedding.sources.plan import DEFAULT_ARTISTS, DEFAULT_SOURCE

    parser = add_command(
        commands,
        "crawl",
        "Ask a music service who is related to whom, from some artists on",
        '  galaxy-embed crawl --seed "Radiohead" --seed "BTS" --max-artists 20000 -o my.db\n'
        "  galaxy-embed crawl --resume -o my.db\n"
        "  galaxy-embed build my.db -o my.galaxy",
        run,
    )
    parser.add_argument(
        "--source", metavar="NAME", help=f"whom to ask; see below (default: {DEFAULT_SOURCE})"
    )
    parser.add_argument(
        "--seed",
        action="append",
        default=[],
        metavar="ARTIST",
        help="the name of an artist to begin at; may be given several times",
    )
    parser.add_argument(
        "--near",
        action="append",
        default=[],
        metavar="KEY",
        help="an artist to begin at, by the key it has in a galaxy built from the same file",
    )
    parser.add_argument(
        "--max-artists",
        type=whole(1, _MOST),
        metavar="N",
        help="ask about so many artists; those they name come on top"
        f" (default: {DEFAULT_ARTISTS}, or what the crawl began with)",
    )
    parser.add_argument(
        "--max-requests", type=whole(1, 10 * _MOST), metavar="N", help="stop after so many requests"
    )
    parser.add_argument(
        "--for",
        dest="seconds",
        type=_duration,
        metavar="TIME",
        help="stop after so long: 8h, 90m, 1h30m",
    )
    parser.add_argument(
        "--order",
        choices=ORDERS,
        help="popular: step by step, the best known first; towards: stay near the seeds"
        " (default: popular)",
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with the crawl in the file, if there is one"
    )
    parser.add_argument("--base-url", metavar="URL", help="ask a mirror of the service instead")
    parser.add_argument(
        "-o",
        "--output",
        type=file_path,
        metavar="FILE",
        help="the file that keeps the answers (default: one for each service among the user's"
        " caches)",
    )
    parser.add_argument(
        "--while-stdin", action="store_true", help="stop when the standard input ends"
    )
    add_json(parser)
    add_progress(parser)
    parser.more = _sources


def run(arguments: argparse.Namespace, interrupts: Interrupts) -> int:
    """Crawl until it ends or is stopped; return the exit code."""
    from embedding.commands.crawling import work

    results: list[dict[str, Any]] = []
    if arguments.while_stdin:
        watching_stdin(interrupts.token.cancel)
    with crawl_display(arguments.progress) as shown:
        try:
            interrupts.run(lambda: results.append(work(arguments, shown, interrupts.token)))
        except Cancelled:
            if not results:
                raise
    (result,) = results
    if arguments.progress == "json":
        shown.event("done", **result)
    elif arguments.json:
        print(to_json(result, indent=2))
    else:
        print("\n".join(_summary(result)))
    if result["why"] != "service":
        return 0
    to_stderr(f"galaxy-embed: {safe(result['message'])}")
    return SERVICE_FAILED


def _summary(result: dict[str, Any]) -> list[str]:
    ended = {
        "limit": "so much was wanted",
        "nothing left": "nobody is left to ask about",
        "stopped": "it was stopped; --resume goes on",
        "time": "the time is over; --resume goes on",
        "service": "the service failed; --resume goes on",
    }
    pairs = [
        ("artists", f"{result['artists']:,} known, {result['asked']:,} asked about"),
        ("requests", f"{result['requests']:,}"),
        ("no good", _no_good(result)),
        ("listeners", _uncounted(result)),
        ("time", in_time(result["seconds"])),
        ("ended", ended[result["why"]]),
        ("because", result["message"] if result["why"] == "time" else ""),
    ]
    return [styled(safe(result["path"]), "bold"), *(f"  {line}" for line in facts(pairs))]


def _no_good(result: dict[str, Any]) -> str:
    """Return how many answers nothing could be made of, and what was wrong with the last one."""
    if not result["skipped"]:
        return ""
    said = result["no_good"]
    return counted(result["skipped"], "answer") + (f", the last one: {said}" if said else "")


def _uncounted(result: dict[str, Any]) -> str:
    """Return why the popularity is not that of the service."""
    return f"no longer asked for: {result['uncounted']}" if result["uncounted"] else ""


def _sources() -> str:
    from embedding.sources import SOURCES

    lines = [f"  {name:<12}  {info.help}" for name, info in SOURCES.items()]
    whom = "GALAXY_CONTACT=you@example.org tells the services whom to write to about your crawl."
    return "\n".join(["sources:", *lines, "", whom])


def _duration(text: str) -> float:
    from embedding.sources.limits import parse_duration

    try:
        return parse_duration(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}: write 8h, 90m or 1h30m") from None
