"""``galaxy-embed path``: from one artist to another in small steps."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from embedding.commands.artists import described, find_artists, print_notes
from embedding.commands.options import Subparsers, add_command, add_galaxy, add_json, whole
from embedding.commands.text import safe, styled, table
from embedding.interrupts import Interrupts
from embedding.terminal import to_json

if TYPE_CHECKING:
    from embedding.galaxy import Galaxy
    from embedding.paths import Path


def add(commands: Subparsers) -> None:
    """Describe the command."""
    parser = add_command(
        commands,
        "path",
        "Find a way from one artist to another in small steps",
        '  galaxy-embed path music.galaxy "Drake" "Metallica" --steps 7',
        run,
    )
    add_galaxy(parser)
    parser.add_argument("start", metavar="FROM", help="the first artist: a name, or an id")
    parser.add_argument("end", metavar="TO", help="the last artist")
    parser.add_argument(
        "--steps",
        type=whole(2, 29),
        default=7,
        metavar="N",
        help="steps from the first artist to the last, 2 to 29 (default: 7)",
    )
    add_json(parser)


def run(arguments: argparse.Namespace, _: Interrupts) -> None:
    """Print the path from one artist to another."""
    from embedding.galaxy_file import load
    from embedding.paths import path

    galaxy = load(arguments.galaxy)
    (start, end), notes = find_artists(galaxy, [arguments.start, arguments.end])
    found = path(galaxy.vectors, start, end, arguments.steps + 1, names=galaxy.names)
    if arguments.json:
        print(to_json({**_result(galaxy, found), "notes": notes}, indent=2))
    else:
        print("\n".join(_lines(galaxy, found)))
        print_notes(notes)


def _result(galaxy: Galaxy, found: Path) -> dict[str, Any]:
    return {
        "artists": [described(galaxy, artist) for artist in found.artists],
        "steps": [
            {"match": match, "angle": angle}
            for match, angle in zip(found.matches, found.angles, strict=True)
        ],
        "largest_step": found.largest,
        "leaps": list(found.leaps),
    }


def _lines(galaxy: Galaxy, found: Path) -> list[str]:
    names = [galaxy.names[artist] for artist in found.artists]
    rows = [
        [
            str(place),
            name,
            f"{found.matches[place - 1]:.0%}" if place else "",
            str(galaxy.popularity[artist]),
            "a leap" if place - 1 in found.leaps else "",
        ]
        for place, (name, artist) in enumerate(zip(names, found.artists, strict=True))
    ]
    before, after = names[found.largest], names[found.largest + 1]
    return [
        styled(f"{safe(names[0])} → {safe(names[-1])}", "bold"),
        "",
        *table(["", "artist", "match", "popularity", ""], rows, right=(0, 2, 3)),
        "",
        f"The largest step is from {safe(before)} to {safe(after)}"
        f" ({found.matches[found.largest]:.0%}).",
    ]
