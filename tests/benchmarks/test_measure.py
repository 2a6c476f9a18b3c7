"""What measures is measured: memory counted where it is held, failures told."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks.figures import shortfall
from tests.benchmarks.measure import JobFailed, run_job
from tests.benchmarks.report import Goal, Report, number


def test_a_childs_memory_is_counted_and_its_parents_is_not() -> None:
    ballast = np.ones(300_000_000, np.uint8)
    small = run_job("practice_jobs:hold", workers=1, megabytes=1)
    large = run_job("practice_jobs:hold", workers=3, megabytes=150)
    assert small.peak < 100e6 < ballast.nbytes
    assert 140e6 < large.peak - small.peak < 170e6
    assert large.figures["workers"] == large.figures["threads"] == 3
    assert large.seconds == 0.5
    assert large.wall > 0
    assert large.arrays["first"].tolist() == [1, 1, 1]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a child's children hold")
def test_memory_of_a_childs_children_is_counted() -> None:
    outcome = run_job("practice_jobs:hold_below", workers=1, megabytes=200)
    assert outcome.figures["peak"] < 100e6
    assert outcome.peak > 200e6


def test_a_job_that_fails_says_why() -> None:
    with pytest.raises(JobFailed, match=r"practice_jobs:fail: ArithmeticError: 2 do not add up"):
        run_job("practice_jobs:fail", workers=2)


def test_a_goal_says_whether_it_is_met() -> None:
    faster = Goal("training, times faster", 31.4, 30, "at least", "x")
    assert str(faster) == "goal: training, times faster, at least 30x: 31.4x, met"
    slow = Goal("opening", 301.0, 300, "at most", " ms", "a note")
    assert str(slow) == "goal: opening, at most 300 ms: 301.0 ms, NOT MET (a note)"
    assert not Goal("nothing", float("nan"), 1, "at most").met


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, "-"), ("own", "own"), (12345, "12,345"), (0.07812, "0.078"), (3.14159, "3.14"),
     (42.04, "42.0"), (1234.5, "1,234"), (0, "0")],
)  # fmt: skip
def test_numbers_show_three_digits_that_count(cell: str | float | None, text: str) -> None:
    assert number(cell) == text


def test_worse_is_positive_whichever_way_is_better() -> None:
    assert shortfall("connection_ratio", 0.11, 0.10) == pytest.approx(10)
    assert shortfall("recall_at_20", 0.66, 0.60) == pytest.approx(-10)


def test_a_report_leaves_what_it_printed_and_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report("walks")
    report.table("Walks", ["threads", "speed"], [["one", 20.5], ["two", None]])
    report.goal(Goal("speed", 20.5, 20, "at least"))
    report.write(tmp_path, {"cores": 2})
    printed = capsys.readouterr().out
    assert "  one       20.5\n  two          -\n" in printed
    assert (tmp_path / "walks.txt").read_text("utf-8") == printed
    kept = json.loads((tmp_path / "walks.json").read_text("utf-8"))
    assert kept["cores"] == 2
    assert kept["tables"][0]["rows"] == [["one", 20.5], ["two", None]]
    assert kept["goals"][0]["met"] is True


def test_the_command_runs_one_benchmark_and_lists_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--list"]) == 0
    assert set(command.BENCHMARKS) == {
        line.split()[0] for line in capsys.readouterr().out.splitlines()
    }
    assert command.main(["--quick", "--only", "reading", "--out", str(tmp_path)]) == 0
    assert "goals met" in capsys.readouterr().out
    assert (tmp_path / "reading.json").exists()
