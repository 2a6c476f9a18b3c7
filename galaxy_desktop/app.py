"""The command ``galaxy-desktop``: opens a galaxy and leaves pictures of it in a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from embedding.errors import GalaxyError, InputError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; default those of the process.

    Returns
    -------
    int
        The exit status: 0, 2 where the user can mend what is wrong, 130 after Ctrl-C.
    """
    args = _parser().parse_args(argv)
    try:
        _show(args.galaxy, args.out or _data_folder())
    except GalaxyError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="galaxy-desktop",
        description="Open a galaxy, print what it is, and leave two pictures of it in a folder."
        " Without a file it is the atlas of music that comes with the program. For your own data:"
        " galaxy-embed build.",
        epilog="example: galaxy-desktop music.galaxy --out out",
    )
    parser.add_argument(
        "galaxy",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="a .galaxy file (default: the atlas of music)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where to leave them (default: your data folder)"
    )
    parser.add_argument("--version", action="version", version=version("galaxy-desktop"))
    return parser


def _data_folder() -> Path:
    from appdirs import user_data_dir

    return Path(user_data_dir("galaxy-desktop", appauthor=False))


def _show(path: Path | None, folder: Path) -> None:
    """Open the galaxy, print what it is, and draw it."""
    # Imported here so that --help and --version answer at once.
    from embedding.commands.text import safe
    from embedding.galaxy_file import load
    from embedding.picture import FRONT, SIDE, draw, write_png
    from galaxy_desktop.model.atlas import atlas_file

    galaxy = load(path or atlas_file())
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder cannot be made ({error.strerror})",
            where=folder,
            remedy="give another one with --out",
        ) from error
    for line in (galaxy.title, galaxy.source, galaxy.licence):
        if line:
            print(safe(line))
    print(f"{len(galaxy):,} artists, {galaxy.edges:,} relations, built {galaxy.created[:10]}")
    for figure, value in galaxy.quality.items():
        print(f"  {figure:18}{value:.3f}")
    relations = galaxy.graph().edge_list()
    for name, angle in (("front", FRONT), ("side", SIDE)):
        picture = draw(
            galaxy.positions, galaxy.popularity, relations, size=(1280, 800), angle=angle
        )
        target = folder / f"galaxy-{name}.png"
        write_png(target, picture)
        print(target)
