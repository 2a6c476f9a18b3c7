"""``python -m embedding.readers.atlas FOLDER``: everything that is wrong in an atlas, and its size.

For those who write one; `embedding.readers.atlas.read` stops at the first problem. With ``--epoch``
it says the day of the atlas as seconds since 1970, for ``SOURCE_DATE_EPOCH``.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from embedding.errors import InputError
from embedding.pruning import components
from embedding.readers.atlas import problems, read, read_about


def epoch(folder: str) -> int:
    """Print the day of an atlas, its first second in UTC; return the exit status."""
    try:
        day = read_about(Path(folder)).date
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    print(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
    return 0


def main(folder: str) -> int:
    """Print what is wrong, or the figures of the atlas; return the exit status."""
    try:
        found = problems(Path(folder))
        if found:
            print(*found, f"{len(found):,} to mend.", sep="\n")
            return 1
        graph = read(Path(folder))
    except InputError as error:
        print(error)
        return 1
    _, sizes = components(graph)
    print(
        f"{folder}: {len(graph):,} artists, {graph.edges:,} relations"
        f" (median {np.median(graph.degrees):.0f} each),"
        f" {sizes.max() / len(graph):.1%} in one component"
    )
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[2:] not in ([], ["--epoch"]):
        sys.exit("usage: python -m embedding.readers.atlas FOLDER [--epoch]")
    sys.exit((epoch if sys.argv[2:] else main)(sys.argv[1]))
