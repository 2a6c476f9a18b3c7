"""Progress as JSON lines and as bars, and text that stands straight in any script."""

from __future__ import annotations

import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.commands.figures import in_words
from embedding.commands.text import BAR_WIDTH, facts, fit, safe, table, two_sided, width
from embedding.progress import Progress
from embedding.terminal import Bars, Display, JsonLines, display, to_json

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Mn", "Me", "Mc", "Cf"]))


def test_every_line_is_one_object() -> None:
    out = io.StringIO()
    lines = JsonLines(out, interval=0)
    lines.progress(Progress("walks", 3, 20))
    lines.event("preview", epoch=1, path="with\nbreak 你好")
    lines.event("done", quality={"bowl_index": math.nan})
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {"event": "progress", "stage": "walks", "done": 3, "total": 20},
        {"event": "preview", "epoch": 1, "path": "with\nbreak 你好"},
        {"event": "done", "quality": {"bowl_index": None}},
    ]


def test_lines_come_at_once() -> None:
    out = io.TextIOWrapper(io.BufferedWriter(io.BytesIO()), encoding="utf-8")
    JsonLines(out).event("done")
    assert out.buffer.raw.getvalue() == b'{"event": "done"}\n'


def test_a_flood_of_steps_is_thinned_and_its_ends_stay() -> None:
    out = io.StringIO()
    lines = JsonLines(out, interval=60)
    for done in range(1001):
        lines.progress(Progress("walks", done, 1000))
    lines.progress(Progress("project", 0, 1))
    told = [
        (line["stage"], line["done"]) for line in map(json.loads, out.getvalue().split("\n")[:-1])
    ]
    assert told == [("walks", 0), ("walks", 1000), ("project", 0)]


@given(st.text())
def test_json_survives_any_encoding(text: str) -> None:
    for encoding in ("utf-8", "ascii", "cp1252"):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        assert json.loads(to_json([text], stream).encode(encoding)) == [text]


def test_half_a_character_from_the_command_line_survives() -> None:
    assert json.loads(to_json(["\udc80"]).encode()) == ["\udc80"]


def test_bars_follow_the_stages(capsys: pytest.CaptureFixture[str]) -> None:
    with Bars() as bars:
        bars.progress(Progress("read", 0, 0))
        bars.progress(Progress("walks", 1, 2))
        bars.progress(Progress("compile", 0, 0))
        bars.progress(Progress("walks", 2, 2))
        assert [task.finished for task in bars._bars.tasks] == [True, True, True]
        titles = [task.description for task in bars._bars.tasks]
    assert titles == ["Reading", "Walking", "Compiling (only the first time)"]
    out, err = capsys.readouterr()
    assert out == ""
    assert "Walking" in err
    assert err.rstrip().endswith("\x1b[2K") or "\x1b[?25h" in err


def test_piped_progress_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with display("auto") as shown:
        shown.progress(Progress("walks", 1, 2))
        shown.event("preview", epoch=1)
    assert capsys.readouterr() == ("", "")
    assert type(display("none")) is Display


@given(NAMES, st.integers(2, 30))
def test_fit_is_as_wide_as_asked(text: str, columns: int) -> None:
    for right in (True, False):
        assert width(fit(text, columns, right=right)) == columns


@pytest.mark.parametrize(
    "name", ["宇多田ヒカル", "Sigur Rós", "👩‍🎤 Ziggy", "محمد", "e\u0301t\u00e9"]
)
def test_columns_stand_beneath_each_other(name: str) -> None:
    header, first, second = table(["artist", "match"], [[name, "5%"], ["x", "50%"]], right=(1,))
    assert width(header) == width(first) == width(second)


@pytest.mark.parametrize(
    "name", ["\x1b[31mred", "\x1b]0;title\x07", "a\rb\nc", "\u202eevil", "\x9b2J", "\udc80"]
)
def test_a_name_cannot_steer_the_terminal(name: str) -> None:
    shown = safe(name)
    assert not set(shown) & set("\x1b\x07\r\n\u202e\x9b\udc80")
    assert len(shown.splitlines()) == 1


@pytest.mark.parametrize(
    ("balance", "left", "right"), [(0, 10, 0), (0.5, 0, 0), (1, 0, 10), (0.25, 5, 0), (9, 0, 10)]
)
def test_the_two_sided_bar(balance: float, left: int, right: int) -> None:
    bar = two_sided(balance)
    assert len(bar) == BAR_WIDTH
    before, after = bar.split("┼")
    assert (before.count("█"), after.count("█")) == (left, right)
    assert before.endswith("█" * left)
    assert after.startswith("█" * right)


def test_facts_leave_out_what_is_not_known() -> None:
    assert facts([("source", ""), ("artists", "7"), ("dims", "4")]) == ["artists  7", "dims     4"]


def test_figures_in_words() -> None:
    words = dict(in_words({"connection_ratio": 0.08, "bowl_index": math.nan, "my_own": 2.0}))
    assert words == {
        "connection ratio": "0.080   related artists are 12.5 times closer than others",
        "bowl index": "not measured",
        "my own": "2.000",
    }
