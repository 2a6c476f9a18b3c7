"""An atlas: a folder of text files with scenes of music and the artists of each, in order.

The form is described in ``assets/atlas/README.md``.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import OnProgress, silent
from embedding.readers.assembling import no_relations
from embedding.readers.atlas.about import ABOUT, About, is_atlas, read_about
from embedding.readers.atlas.checking import check
from embedding.readers.atlas.relating import Relating, relate
from embedding.readers.atlas.scenes import Atlas
from embedding.readers.atlas.text import read_scenes

__all__ = ["ABOUT", "About", "Relating", "is_atlas", "load_atlas", "problems", "read", "read_about"]


def read(
    path: Path, on_progress: OnProgress = silent, relating: Relating | None = None
) -> ArtistGraph:
    """Read an atlas and relate the artists that share scenes.

    Parameters
    ----------
    path : Path
        The folder.
    on_progress : callable
        Told how many files of how many are read.
    relating : Relating, optional
        How much a scene and a rank count.

    Raises
    ------
    InputError
        The folder or a file of it is not in the form of an atlas: says the file and the line.
    """
    about = read_about(path)
    atlas = load_atlas(path, on_progress)
    if not atlas.scenes:
        raise no_relations(path)
    return relate(atlas, relating or Relating(), about)


def load_atlas(path: Path, on_progress: OnProgress = silent) -> Atlas:
    """Return the scenes and bridges of an atlas.

    Raises
    ------
    InputError
        The first problem of `problems`.
    """

    def refuse(problem: InputError) -> NoReturn:
        raise problem

    atlas = read_scenes(path, refuse, on_progress)
    check(atlas, refuse)
    return atlas


def problems(path: Path) -> list[InputError]:
    """Return everything that is wrong in an atlas, in the order of its files and lines.

    Raises
    ------
    InputError
        The folder or a file of it cannot be read.
    """
    found: list[InputError] = []
    check(read_scenes(path, found.append), found.append)
    return sorted(found, key=lambda problem: (problem.where or "", problem.line or 0))
