"""The command ``galaxy-desktop``: builds the galaxy of a small world and leaves it in a folder."""

from __future__ import annotations

import argparse
import sys
import time
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
        _show(args.out or _data_folder())
    except GalaxyError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="galaxy-desktop",
        description="Build the galaxy of a small invented world of music, print its figures, and"
        " leave it and two pictures of it in a folder. For your own data: galaxy-embed build.",
        epilog="example: galaxy-desktop --out out",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where to leave them (default: your data folder)"
    )
    parser.add_argument("--version", action="version", version=version("galaxy-desktop"))
    return parser


def _data_folder() -> Path:
    from appdirs import user_data_dir

    return Path(user_data_dir("galaxy-desktop", appauthor=False))


def _show(folder: Path) -> None:
    """Build the galaxy, print its figures, and save it with its pictures."""
    # Imported here so that --help and --version answer at once.
    from embedding.galaxy_file import save
    from embedding.picture import FRONT, SIDE, draw, write_png
    from embedding.pipeline import build
    from embedding.settings import BuildSettings
    from embedding.terminal import display
    from galaxy_desktop.demo import demo_graph

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder cannot be made ({error.strerror})",
            where=folder,
            remedy="give another one with --out",
        ) from error
    start = time.perf_counter()
    with display("auto") as shown:
        galaxy = build(demo_graph(), BuildSettings(), on_progress=shown.progress)
    seconds = time.perf_counter() - start
    print(f"{galaxy.title}: {len(galaxy):,} artists, {galaxy.edges:,} relations, {seconds:.1f} s")
    for figure, value in galaxy.quality.items():
        print(f"  {figure:18}{value:.3f}")

    path = folder / "invented.galaxy"
    save(galaxy, path)
    print(path)
    relations = galaxy.graph().edge_list()
    for name, angle in (("front", FRONT), ("side", SIDE)):
        path = folder / f"invented-{name}.png"
        picture = draw(
            galaxy.positions, galaxy.popularity, relations, size=(1280, 800), angle=angle
        )
        write_png(path, picture)
        print(path)
