"""Text for people: aligned whatever the script, safe to print, coloured only on a terminal."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Sequence
from typing import TextIO

from embedding.terminal import is_terminal

BAR_WIDTH = 21
_BREAKS = dict.fromkeys(map(ord, "\t\n\r"), " ")
_STYLES = {"bold": "1", "dim": "2", "teal": "36", "orange": "33", "red": "31"}


def safe(text: str) -> str:
    """Return `text` on one line, without anything that would steer the terminal.

    Names come from files of strangers: control characters (escape sequences among them) and marks
    that turn the direction of all that follows are shown as a replacement character.
    """
    return "".join("\ufffd" if _steers(c) else c for c in text.translate(_BREAKS))


def _steers(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind in ("Cc", "Cs", "Zl", "Zp") or character in "\u202a\u202b\u202d\u202e"


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: str, columns: int, *, right: bool = False) -> str:
    """Return `text` in exactly so many columns, cut with an ellipsis or padded."""
    text = safe(text)
    if width(text) > columns:
        text = text[: 4 * columns]  # the rest would take far too long to cut off one by one
        while text and width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    space = " " * (columns - width(text))
    return space + text if right else text + space


def styled(text: str, style: str, stream: TextIO | None = None) -> str:
    """Return `text` in a style where `stream` (default stdout) is a terminal that wants colour."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if plain or not is_terminal(stream or sys.stdout):
        return text
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def table(
    header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()
) -> list[str]:
    """Return the lines of a table whose columns stand `right` or left and are as wide as needed.

    Parameters
    ----------
    header : sequence of str
    rows : sequence of sequences of str
        Each as long as `header`.
    right : sequence of int
        Columns set flush right.
    """
    cells = [[safe(cell) for cell in row] for row in (header, *rows)]
    widths = [min(max(width(cell) for cell in column), 40) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(
            fit(cell, columns, right=i in right)
            for i, (cell, columns) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
    return [styled(lines[0], "dim"), *lines[1:]]


def two_sided(balance: float) -> str:
    """Draw a bar that leans left (0: the first artist) or right (1: the second).

    Parameters
    ----------
    balance : float
        0 to 1; 0.5 is the middle, marked by a line.
    """
    half = BAR_WIDTH // 2
    lean = round((min(max(balance, 0.0), 1.0) - 0.5) * 2 * half)
    left = "─" * (half + min(lean, 0)) + "█" * -min(lean, 0)
    right = "█" * max(lean, 0) + "─" * (half - max(lean, 0))
    return f"{left}┼{right}"


def facts(pairs: Sequence[tuple[str, str]], columns: int = 0) -> list[str]:
    """Return lines of label and value, the values beneath each other.

    Parameters
    ----------
    pairs : sequence of (str, str)
        What has no value is left out.
    columns : int
        The least width of the labels, so that several blocks agree.
    """
    shown = [(label, value) for label, value in pairs if value]
    columns = max(columns, *(width(label) for label, _ in shown), 0)
    return [f"{styled(fit(label, columns), 'dim')}  {safe(value)}" for label, value in shown]


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return ``1 artist`` or ``2 artists``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
