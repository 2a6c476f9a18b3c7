"""Files of any supported kind, read into an `embedding.graph.ArtistGraph`."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from embedding.arrays import Float32
from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import OnProgress, silent

FORMATS = {
    "folder": "a folder with nodes.csv and edges.csv",
    "edges": "an edge list: CSV, TSV or the like, with or without a header and weights",
    "json": 'JSON as {"artist": ["related", ...]}, whole or one object a line',
    "graphml": "GraphML",
    "gexf": "GEXF, as Gephi writes it",
    "gml": "GML",
    "plays": "a table of user, artist and plays, or a folder with HetRec's .dat files",
    "atlas": "an atlas: a folder with atlas.toml and text files of scenes and their artists",
    "word2vec": "word2vec text: vectors, whose nearest neighbours become the relations",
    "crawl": "the database that galaxy-embed crawl fills",
    "galaxy": "a .galaxy file, to be built anew from the graph in it",
}
"""Every format that can be read, with a description of it in a line."""

__all__ = ["FORMATS", "read_graph", "read_vectors"]


def read_graph(
    path: str | PathLike[str], format: str | None = None, on_progress: OnProgress = silent
) -> ArtistGraph:
    """Read who is related to whom from a file or folder.

    Text is UTF-8, or UTF-16 or UTF-32 with a byte order mark; gzip is seen through.

    Parameters
    ----------
    path : str or PathLike
    format : str, optional
        A key of `FORMATS`; by default it is found out from the content and the ending.
    on_progress : callable
        Told how many bytes of how many are read.

    Returns
    -------
    ArtistGraph
        Everybody in the file, with notes on what was left out. Whether a galaxy can be made of it
        is for `embedding.pruning.prune` to say.

    Raises
    ------
    InputError
        There is no such format, or the file cannot be read as what it is: says the line.
    """
    # One import per format, so that nothing is loaded for formats that are not read.
    place = Path(path)
    if format is not None and format not in FORMATS:
        raise InputError(
            f"there is no format {format!r}",
            where="--format",
            remedy=f"choose one of {', '.join(FORMATS)}",
        )
    if format is None:
        from embedding.readers.sniffing import sniff

        format = sniff(place)
    return _read(place, format, on_progress)


def read_vectors(path: str | PathLike[str]) -> tuple[list[str], Float32]:
    """Read the names and vectors, shape (n, d), of a word2vec text file.

    Raises
    ------
    InputError
        As `embedding.readers.word2vec.read_vectors` says.
    """
    from embedding.readers import word2vec

    return word2vec.read_vectors(Path(path))


def _read(path: Path, format: str, on_progress: OnProgress) -> ArtistGraph:
    if format == "galaxy":
        from embedding import galaxy_file

        return galaxy_file.load(path).graph()
    if format == "plays":
        from embedding.readers import hetrec, plays

        place = hetrec.folder_of(path)
        return plays.read(path, on_progress) if place is None else hetrec.read(place, on_progress)
    if format in ("graphml", "gexf", "gml"):
        from embedding.readers import networks

        return networks.read_network(path, format, on_progress)
    if format == "crawl":
        from embedding.readers import crawl

        return crawl.read(path, on_progress)
    if format == "atlas":
        from embedding.readers import atlas

        return atlas.read(path, on_progress)
    from embedding.readers import edges, folder, json_graph, word2vec

    readers = {
        "folder": folder.read,
        "edges": edges.read,
        "json": json_graph.read,
        "word2vec": word2vec.read,
    }
    return readers[format](path, on_progress)
