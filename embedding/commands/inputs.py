"""The graph that a command starts from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from embedding.commands.options import Parser, file_path
from embedding.progress import CancelToken, OnProgress, Progress

if TYPE_CHECKING:
    from embedding.graph import ArtistGraph


def add_input(parser: Parser, *, several: bool = False) -> None:
    """Add the file that is read and what it is; `several` are a list, to be read as one."""
    told = "who is related to whom: a file or folder of one of the formats below"
    parser.add_argument(
        "input",
        type=file_path,
        nargs="+" if several else None,
        metavar="INPUT",
        help=f"{told}; several are merged, by MusicBrainz' ids and by name" if several else told,
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        help="what INPUT is, if a look at it does not tell; see below",
    )
    parser.more = _formats


def read_input(
    path: Path, format: str | None, on_progress: OnProgress, cancel: CancelToken
) -> ArtistGraph:
    """Read a graph from any file there is a reader for."""
    from embedding.readers import read_graph

    def tell(step: Progress) -> None:
        cancel.check()
        on_progress(step)

    tell(Progress("read", 0, 0))
    return read_graph(path, format, tell)


def read_inputs(
    paths: Sequence[Path], format: str | None, on_progress: OnProgress, cancel: CancelToken
) -> ArtistGraph:
    """Read several graphs and merge them; one is read as it is."""
    from embedding.merging import merge

    graphs = [read_input(path, format, on_progress, cancel) for path in paths]
    cancel.check()
    return merge(graphs)


def _formats() -> str:
    from embedding.readers import FORMATS

    return "\n".join(["formats:", *(f"  {name:<9} {text}" for name, text in FORMATS.items())])
