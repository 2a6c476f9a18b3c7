"""``galaxy-embed average``: which artists lie between others."""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING, Any

from embedding.commands.artists import described, find_artists, print_notes
from embedding.commands.options import Subparsers, add_command, add_galaxy, add_json, whole
from embedding.commands.text import counted, safe, styled, table, two_sided
from embedding.interrupts import Interrupts
from embedding.terminal import to_json

if TYPE_CHECKING:
    from embedding.averaging import Average
    from embedding.galaxy import Galaxy


def add(commands: Subparsers) -> None:
    """Describe the command."""
    parser = add_command(
        commands,
        "average",
        "Find the artists that lie between others",
        '  galaxy-embed average music.galaxy "Drake" "Metallica"\n'
        '  galaxy-embed average music.galaxy "Drake" "Metallica" --weights 1,2 --popularity 0-60\n'
        '  galaxy-embed average music.galaxy "Muse" "Björk" --minus "Radiohead"',
        run,
    )
    add_galaxy(parser)
    parser.add_argument("artists", nargs="+", metavar="ARTIST", help="a name, or an id")
    parser.add_argument(
        "--weights",
        type=_weights,
        metavar="W,W,...",
        help="how much each ARTIST counts, in their order (default: all the same)",
    )
    parser.add_argument(
        "--minus",
        action="append",
        default=[],
        metavar="ARTIST",
        help="take this artist away; may be given more than once",
    )
    parser.add_argument(
        "--count", type=whole(1, 50), default=10, metavar="N", help="results (default: 10)"
    )
    parser.add_argument(
        "--popularity",
        type=_range,
        metavar="LOW-HIGH",
        help="only artists with a popularity in this range of 0 to 100, such as 0-60",
    )
    add_json(parser)


def run(arguments: argparse.Namespace, _: Interrupts) -> None:
    """Print the average of some artists."""
    from embedding.averaging import Averager
    from embedding.errors import InputError
    from embedding.galaxy_file import load

    galaxy = load(arguments.galaxy)
    added, taken = arguments.artists, arguments.minus
    ingredients, notes = find_artists(galaxy, [*added, *taken])
    weights = arguments.weights or [1.0] * len(added)
    if len(weights) != len(added):
        raise InputError(
            f"{counted(len(weights), 'weight')} for {counted(len(added), 'artist')}",
            where="--weights",
            remedy="give one for each",
        )
    average = Averager(galaxy.vectors, galaxy.names).average(
        ingredients,
        [*weights, *[-1.0] * len(taken)],
        count=arguments.count,
        popularity=galaxy.popularity,
        popularity_range=arguments.popularity,
    )
    if arguments.json:
        print(to_json({**_result(galaxy, average), "notes": notes}, indent=2))
    else:
        print("\n".join(_lines(galaxy, average)))
        print_notes(notes)


def _result(galaxy: Galaxy, average: Average) -> dict[str, Any]:
    return {
        "artists": [
            {**described(galaxy, artist), "weight": weight}
            for artist, weight in zip(average.ingredients, average.weights, strict=True)
        ],
        "similarity": average.similarity,
        "results": [
            {
                **described(galaxy, found.index),
                "match": found.match,
                "lean": found.lean,
                "shares": list(found.shares),
            }
            for found in average.results
        ],
    }


def _lines(galaxy: Galaxy, average: Average) -> list[str]:
    names = [safe(galaxy.names[artist]) for artist in average.ingredients]
    lines = [
        styled(_sum_in_words(names, average.weights), "bold"),
        f"These artists are {average.similarity:.0%} similar.",
        "",
    ]
    if not average.results:
        return [*lines, "No other artist can be between them: none has such a popularity."]
    two = len(names) == 2 and min(average.weights) > 0
    header = ["", "artist", "match", "popularity"]
    rows = [
        [
            str(rank),
            galaxy.names[found.index],
            f"{found.match:.0%}",
            str(galaxy.popularity[found.index]),
        ]
        for rank, found in enumerate(average.results, 1)
    ]
    if two:
        header.append(f"{names[0]} ◂ ▸ {names[1]}")
        for row, found in zip(rows, average.results, strict=True):
            row.append(two_sided(1 - found.lean))
    return lines + table(header, rows, right=(0, 2, 3))


def _sum_in_words(names: list[str], weights: tuple[float, ...]) -> str:
    words = ""
    for name, weight in zip(names, weights, strict=True):
        sign = " − " if weight < 0 else " + " if words else ""
        factor = "" if abs(weight) == 1 else f"{abs(weight):g} × "
        words += f"{sign}{factor}{name}"
    return words.strip()


def _weights(text: str) -> list[float]:
    try:
        values = [float(part) for part in text.split(",")]
    except ValueError:
        values = [math.nan]
    if not all(math.isfinite(value) for value in values):
        raise argparse.ArgumentTypeError(f"'{text}' is no list of numbers such as 1,2")
    return values


def _range(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    if not all(end.isdecimal() and len(end) < 4 and int(end) <= 100 for end in (low, high)):
        raise argparse.ArgumentTypeError(f"'{text}' is no range of 0 to 100 such as 0-60")
    return int(low), int(high)
