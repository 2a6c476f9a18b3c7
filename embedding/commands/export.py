"""``galaxy-embed export``: a galaxy in the forms that other programs read."""

from __future__ import annotations

import argparse
from pathlib import Path

from embedding.commands.options import Subparsers, add_command, add_galaxy, add_json, file_path
from embedding.commands.targets import require_target
from embedding.commands.text import counted, safe, styled
from embedding.errors import InputError
from embedding.interrupts import Interrupts
from embedding.terminal import to_json

ENDINGS = {
    "word2vec": (".txt", ".vec", ".w2v", ".word2vec"),
    "csv": (".csv",),
    "graphml": (".graphml", ".xml"),
}


def add(commands: Subparsers) -> None:
    """Describe the command."""
    parser = add_command(
        commands,
        "export",
        "Write a galaxy in a form that other programs read",
        "  galaxy-embed export music.galaxy -o music.graphml\n"
        "  galaxy-embed export music.galaxy -o vectors.txt --format word2vec",
        run,
    )
    add_galaxy(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=file_path,
        required=True,
        metavar="FILE",
        help="the file to write; for csv also a folder, for nodes.csv and edges.csv",
    )
    parser.add_argument(
        "--format",
        choices=list(ENDINGS),
        metavar="FORMAT",
        help=f"{', '.join(ENDINGS)} (default: by the ending of FILE)",
    )
    add_json(parser)


def run(arguments: argparse.Namespace, _: Interrupts) -> None:
    """Write the galaxy to another file."""
    from embedding.exports import export
    from embedding.galaxy_file import load

    output = arguments.output
    form = arguments.format or _by_ending(output)
    into_folder = form == "csv" and output.is_dir()
    require_target(output / "nodes.csv" if into_folder else output, arguments.galaxy)
    galaxy = load(arguments.galaxy)
    written = export(galaxy, output, form)
    if arguments.json:
        print(to_json({"paths": [str(path) for path in written], "format": form}, indent=2))
        return
    for path in written:
        print(styled(safe(str(path)), "bold"))
    print(f"  {counted(len(galaxy), 'artist')}, {counted(galaxy.edges, 'relation')}, as {form}")


def _by_ending(output: Path) -> str:
    if output.is_dir():
        return "csv"
    for form, endings in ENDINGS.items():
        if output.suffix.lower() in endings:
            return form
    raise InputError(
        f"{output} does not say what to write",
        where="--format",
        remedy=f"choose one of {', '.join(ENDINGS)}",
    )
