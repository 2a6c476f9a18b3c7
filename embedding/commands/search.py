"""``galaxy-embed search``: which artists are called something like this."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from embedding.commands.artists import described
from embedding.commands.options import Subparsers, add_command, add_galaxy, add_json, whole
from embedding.commands.text import safe, table
from embedding.errors import InputError
from embedding.interrupts import Interrupts
from embedding.terminal import to_json

if TYPE_CHECKING:
    from embedding.galaxy import Galaxy


def add(commands: Subparsers) -> None:
    """Describe the command."""
    parser = add_command(
        commands,
        "search",
        "Find artists by a part of their name; accents, case and small slips do not matter",
        "  galaxy-embed search music.galaxy bjork",
        run,
    )
    add_galaxy(parser)
    parser.add_argument("query", metavar="QUERY", help="a name, a part of one, or an id")
    parser.add_argument(
        "--count", type=whole(1, 1000), default=20, metavar="N", help="results (default: 20)"
    )
    add_json(parser)


def run(arguments: argparse.Namespace, _: Interrupts) -> None:
    """Print the artists whose names fit."""
    from embedding.galaxy_file import load
    from embedding.lookup import Lookup

    galaxy = load(arguments.galaxy)
    if not arguments.query.strip():
        raise InputError("there is nothing to search for", where="QUERY", remedy="give a name")
    found = Lookup(galaxy).search(arguments.query, arguments.count)
    if arguments.json:
        results = [described(galaxy, artist) for artist in found]
        print(to_json({"query": arguments.query, "results": results}, indent=2))
    elif found:
        print("\n".join(_lines(galaxy, found)))
    else:
        print(f'No artist is called anything like "{safe(arguments.query)}".')


def _lines(galaxy: Galaxy, found: list[int]) -> list[str]:
    columns = {
        "artist": [galaxy.names[i] for i in found],
        "popularity": [str(galaxy.popularity[i]) for i in found],
        "related": [str(galaxy.related(i).size) for i in found],
    }
    if galaxy.ids is not None:
        columns["id"] = [galaxy.ids[i] for i in found]
    if galaxy.tags is not None:
        columns["tags"] = [", ".join(galaxy.tags[i]) for i in found]
    return table(list(columns), list(zip(*columns.values(), strict=True)), right=(1, 2))
