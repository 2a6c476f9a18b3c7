"""Text of a file, in blocks, lines or whole: encodings, line ends and limits in one place."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from embedding.errors import InputError
from embedding.progress import OnProgress, silent
from embedding.readers.opening import byte_blocks

LINE_LIMIT = 1 << 20
"""Most characters in one line of a file that is read line by line."""

WHOLE_LIMIT = 1 << 29
"""Most characters of a file that has to be in memory whole (one JSON value, XML, GML)."""

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)


def _encoding(start: bytes) -> str:
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")


def _line_ends(text: str) -> int:
    return len(re.findall("\r\n|\r|\n", text))


def _no_text(path: Path, line: int) -> InputError:
    return InputError(
        "this is not text: it holds a byte of value 0",
        where=path,
        line=line,
        remedy="check that this is the right file, and save it as UTF-8 text",
    )


def text_blocks(path: Path, on_progress: OnProgress = silent) -> Iterator[str]:
    r"""Yield the text of a file in blocks, every line end turned into ``"\n"``.

    UTF-8 unless a byte order mark says UTF-16 or UTF-32.

    Raises
    ------
    InputError
        What `byte_blocks` raises, or the file is not text: with the line.
    """
    decoder: io.IncrementalNewlineDecoder | None = None
    lines = 0
    for block in chain(byte_blocks(path, on_progress), [b""]):
        if decoder is None:
            encoding = _encoding(block)
            decoder = io.IncrementalNewlineDecoder(
                codecs.getincrementaldecoder(encoding)(), translate=True
            )
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            data = bytes(error.object)
            if error.encoding == "utf-8" and b"\0" in data:
                before = data[: data.index(b"\0")].decode(errors="ignore")
                raise _no_text(path, lines + _line_ends(before) + 1) from error
            good = data[: error.start].decode(error.encoding, "ignore")
            raise InputError(
                f"the byte 0x{error.object[error.start]:02x} is not {error.encoding.upper()} text",
                where=path,
                line=lines + _line_ends(good) + 1,
                remedy="save the file as UTF-8 text",
            ) from error
        if "\0" in text:
            raise _no_text(path, lines + text[: text.index("\0")].count("\n") + 1)
        lines += text.count("\n")
        if text:
            yield text


def line_too_long(path: Path, line: int, limit: int) -> InputError:
    """Return the error for a line of more than `limit` characters."""
    return InputError(
        f"a line is longer than {limit:,} characters",
        where=path,
        line=line,
        remedy="check that this is the right file: one relation or artist a line",
    )


def line_blocks(
    path: Path, on_progress: OnProgress = silent, limit: int = LINE_LIMIT
) -> Iterator[list[str]]:
    r"""Yield the lines of a file, ``"\n"`` included, in lists of about a block each.

    Raises
    ------
    InputError
        What `text_blocks` raises, or a line is longer than `limit` characters.
    """
    rest, done = "", 0
    for text in text_blocks(path, on_progress):
        # StringIO, unlike str.splitlines, takes nothing but "\n" for a line's end.
        lines = list(io.StringIO(rest + text))
        rest = "" if text.endswith("\n") else lines.pop()
        if len(rest) > limit or (lines and max(map(len, lines)) > limit):
            longest = next((k for k, line in enumerate(lines) if len(line) > limit), len(lines))
            raise line_too_long(path, done + longest + 1, limit)
        done += len(lines)
        if lines:
            yield lines
    if rest:
        yield [rest]


def numbered_lines(path: Path, on_progress: OnProgress = silent) -> Iterator[tuple[int, str]]:
    """Yield every line that is not blank, without white space at its ends, with its number."""
    for number, line in enumerate(chain.from_iterable(line_blocks(path, on_progress)), 1):
        if line := line.strip():
            yield number, line


def head(path: Path, size: int = 1 << 16) -> list[str]:
    """Return the first lines of a file, about `size` characters of them.

    The last one may be cut where the file goes on.
    """
    text = ""
    for block in text_blocks(path):
        text += block
        if len(text) >= size:
            break
    return list(io.StringIO(text[:size]))


def read_text(path: Path, on_progress: OnProgress = silent) -> str:
    """Return the whole text of a file of at most `WHOLE_LIMIT` characters."""
    blocks, size = [], 0
    for block in text_blocks(path, on_progress):
        blocks.append(block)
        size += len(block)
        if size > WHOLE_LIMIT:
            raise InputError(
                f"this kind of file is read up to {WHOLE_LIMIT:,} characters, and it is longer",
                where=path,
                remedy="give an edge list or JSON lines, which are read piece by piece",
            )
    return "".join(blocks)
