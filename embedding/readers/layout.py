"""How a table is written: its delimiter, its header, and which column is what."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from embedding.errors import InputError
from embedding.readers.text import head, line_too_long

ROW_LIMIT = 1 << 16
"""Most characters in one line of a table."""

COLUMN_LIMIT = 1000
"""Most columns of a table; more is not a table of artists but a broken file."""

_DELIMITERS = ("\t", ",", ";", "|", " ")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written.

    Attributes
    ----------
    delimiter : str
    skipped : int
        Lines before the first row: comments, Excel's ``sep=``, and the header.
    first : list of str
        The cells of the first row, header or not.
    quoted : bool
        Whether a field may stand in quotation marks.
    """

    delimiter: str
    skipped: int
    first: list[str]
    quoted: bool = True

    @property
    def width(self) -> int:
        """How many columns every row has."""
        return len(self.first)


def column_key(cell: str) -> str:
    """Return a column's name as it is compared: lower case, words joined by nothing."""
    return re.sub(r"[^a-z0-9]", "", cell.lower())


def find_columns(cells: list[str], roles: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return which column plays which role; the earlier of a role's names wins.

    Parameters
    ----------
    cells : list of str
        A header.
    roles : mapping
        From role to the names, as `column_key` writes them, that a column for it may have.
    """
    keys = [column_key(cell) for cell in cells]
    found: dict[str, int] = {}
    for role, names in roles.items():
        place = next((keys.index(name) for name in names if name in keys), None)
        if place is not None and place not in found.values():
            found[role] = place
    return found


def _parsed(lines: list[str], delimiter: str) -> list[list[str]]:
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter == " ")
    try:
        return [trimmed(row) for row in reader if any(row)]
    except csv.Error:
        return []


def trimmed(row: list[str]) -> list[str]:
    """Return a row without blank cells at its end."""
    while row and not row[-1]:
        row = row[:-1]
    return row


def _score(rows: list[list[str]]) -> float:
    """Return how well a delimiter fits: the share of rows with the commonest width above 1."""
    widths = [len(row) for row in rows]
    wide = [w for w in widths if w > 1]
    return max(map(wide.count, set(wide))) / len(widths) if wide else 0.0


def detect(
    path: Path, roles: Mapping[str, tuple[str, ...]] | None = None, fewest: int = 2
) -> Layout:
    """Find out how a table is written from its first lines.

    The delimiter is the one that makes a header with names of `roles` of the first row, else the
    one that splits most of the first 50 rows alike; of equals, tab, comma, semicolon, bar, space.

    Raises
    ------
    InputError
        The table has no rows, fewer columns than `fewest`, or too many.
    """
    lines = head(path, 2 * ROW_LIMIT)[:51]
    for number, line in enumerate(lines, 1):
        if len(line) > ROW_LIMIT:
            raise line_too_long(path, number, ROW_LIMIT)
    if len(lines) > 1 and (len(lines) == 51 or not lines[-1].endswith("\n")):
        lines.pop()  # it may be cut
    skipped = 0
    named = None
    for line in lines:
        says = re.fullmatch(r"sep=(.)\n?", line)
        named = says.group(1) if says else named
        # "# Nodes: 5" is a comment as SNAP's files have them; "#1 Dads" is a band.
        if says or not line.strip() or re.match(r"#(\s|$)", line):
            skipped += 1
        else:
            break
    lines = lines[skipped:]
    if not lines:
        raise InputError(
            "there is no row of a table in it", where=path, remedy="give lines as in 'Air,Moby'"
        )
    tries = {named: _parsed(lines, named)} if named else {d: _parsed(lines, d) for d in _DELIMITERS}

    def fit(delimiter: str) -> tuple[int, float]:
        rows = tries[delimiter]
        if not rows:
            return 0, 0.0
        return len(find_columns(rows[0], roles or {})), _score(rows)

    best = max(tries, key=fit)  # of equals, max takes the first
    rows = tries[best] or [[lines[0].rstrip("\n")]]
    if len(rows[0]) < fewest:
        raise InputError(
            "a row has only one column",
            where=path,
            line=skipped + 1,
            remedy="separate the columns by commas or tabs, and put names that hold one in quotes",
        )
    if len(rows[0]) > COLUMN_LIMIT:
        raise InputError(
            f"a row has {len(rows[0]):,} columns",
            where=path,
            line=skipped + 1,
            remedy="check that this is the right file: a table here has a few columns",
        )
    return Layout(best, skipped, rows[0])
