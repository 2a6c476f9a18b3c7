"""The rows of a table of delimited text, as columns in fast blocks."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from embedding.errors import InputError
from embedding.progress import OnProgress, silent
from embedding.readers.layout import ROW_LIMIT, Layout, trimmed
from embedding.readers.text import line_blocks

_BLOCK_ROWS = 256
_SHOWN = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar", " ": "space"}


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows that follow each other, as columns.

    Attributes
    ----------
    path : Path
    columns : list of sequences of str
        One sequence per column, all of the same length.
    lines : callable
        From a row's place in `columns` to the line on which it begins.
    """

    path: Path
    columns: list[Sequence[str]]
    lines: Callable[[int], int]

    def wrong(self, row: int, problem: str, remedy: str = "correct or remove it") -> InputError:
        """Return the error for a row."""
        return InputError(problem, where=self.path, line=self.lines(row), remedy=remedy)

    def first_wrong(self, checks: Mapping[int, Callable[[str], object]]) -> InputError:
        """Return the error for the first row with a cell that the check of its column refuses.

        Readers convert whole columns at once and look for the row only where that has failed.
        """
        for row in range(len(self.columns[0])):
            for place, check in checks.items():
                try:
                    check(self.columns[place][row])
                except ValueError as error:
                    return self.wrong(row, str(error))
        raise AssertionError("rows were refused that have nothing wrong")


def read_rows(path: Path, layout: Layout, on_progress: OnProgress = silent) -> Iterator[Rows]:
    """Yield the rows of a table, blank ones left out, in blocks.

    Raises
    ------
    InputError
        A row has more or fewer cells than the first one, or its quotation marks do not match.
    """
    blocks = line_blocks(path, on_progress, ROW_LIMIT)
    line, skip = layout.skipped + 1, layout.skipped
    for lines in blocks:
        lines, skip = lines[skip:], max(0, skip - len(lines))
        columns = _split(lines, layout)
        if columns is None:
            # From the first block that is not plain, the csv module takes over: a quoted field
            # may go on in the next block.
            rest = chain(lines, chain.from_iterable(blocks))
            yield from _parse(path, rest, line, layout)
            return
        if lines:
            yield Rows(path, columns, range(line, line + len(lines)).__getitem__)
            line += len(lines)


def _split(lines: list[str], layout: Layout) -> list[Sequence[str]] | None:
    """Split rows without quotes, all of one width, in a few calls; None where they are not so.

    Twice as fast as the csv module, and nearly all large edge lists are like this.
    """
    text, comma, width = "".join(lines), layout.delimiter, layout.width
    if comma == " " or (layout.quoted and '"' in text):
        return None
    if lines and not text.endswith("\n"):
        text += "\n"
    # Every line end becomes a cell of its own: where each (width + 1)th cell is one, no row is
    # longer or shorter than the others.
    cells = text.replace("\n", f"{comma}\n{comma}").split(comma)
    del cells[-1]
    if cells[width :: width + 1] != ["\n"] * len(lines) or len(cells) != (width + 1) * len(lines):
        return None
    return [cells[k :: width + 1] for k in range(width)]


def _parse(path: Path, lines: Iterable[str], line: int, layout: Layout) -> Iterator[Rows]:
    """Yield rows as the csv module reads them; the first of `lines` has the number `line`."""
    start = line
    reader = csv.reader(
        lines,
        delimiter=layout.delimiter,
        skipinitialspace=layout.delimiter == " ",
        quoting=csv.QUOTE_MINIMAL if layout.quoted else csv.QUOTE_NONE,
        strict=True,
    )
    while True:
        rows: list[list[str]] = []
        try:
            # extend keeps the rows before one that raises, so that its line can be told.
            rows.extend(islice(reader, _BLOCK_ROWS))
        except csv.Error as error:
            raise InputError(
                "a quotation mark stands inside a quoted field"
                if "expected after" in str(error)
                else "a quoted field does not end",
                where=path,
                line=_line_of(len(rows), rows, line),
                remedy="write a quotation mark inside a quoted field twice",
            ) from error
        if not rows:
            return
        even = _even_out(path, rows, line, layout)
        if even.columns:
            yield even
        line = start + reader.line_num


def _line_of(row: int, rows: list[list[str]], line: int) -> int:
    """Return the line on which a row begins: a quoted field may hold line breaks."""
    return line + sum(1 + sum(cell.count("\n") for cell in cells) for cells in rows[:row])


def _even_out(path: Path, rows: list[list[str]], line: int, layout: Layout) -> Rows:
    """Drop blank rows and blank cells at a row's end; refuse what is still uneven."""
    if set(map(len, rows)) == {layout.width}:
        return Rows(path, list(zip(*rows, strict=True)), lambda k: _line_of(k, rows, line))
    kept, even = [], []
    for place, row in enumerate(rows):
        if not any(row):
            continue
        cells = row[: layout.width] + trimmed(row[layout.width :])
        if len(cells) != layout.width:
            plural = "s" if len(cells) > 1 else ""
            raise InputError(
                f"this row has {len(cells):,} column{plural} and the first one {layout.width}",
                where=path,
                line=_line_of(place, rows, line),
                remedy=f"correct it (names that hold a {_SHOWN.get(layout.delimiter, 'delimiter')}"
                " stand in quotation marks)",
            )
        kept.append(place)
        even.append(cells)
    return Rows(path, list(zip(*even, strict=True)), lambda k: _line_of(kept[k], rows, line))


def line_of_row(path: Path, layout: Layout, row: int) -> int:
    """Return the line on which a row (from 0) begins; for errors, as it reads the file again."""
    for rows in read_rows(path, layout):
        if row < len(rows.columns[0]):
            return rows.lines(row)
        row -= len(rows.columns[0])
    raise AssertionError("the file has changed while it was read")
