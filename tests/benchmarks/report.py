"""What a benchmark says: tables of figures side by side, and goals that are met or not."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that has to reach a limit.

    Attributes
    ----------
    text : str
        What is measured.
    value, limit : float
    kind : {"at least", "at most"}
    unit : str
        Stands right after both numbers: ``"x"``, ``" ms"``.
    note : str
        Such as that the goal is set for another size than this run's.
    """

    text: str
    value: float
    limit: float
    kind: Literal["at least", "at most"]
    unit: str = ""
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the limit is reached."""
        return self.value >= self.limit if self.kind == "at least" else self.value <= self.limit

    def __str__(self) -> str:
        """Return one line for people."""
        verdict = "met" if self.met else "NOT MET"
        note = f" ({self.note})" if self.note else ""
        return (
            f"goal: {self.text}, {self.kind} {number(self.limit)}{self.unit}:"
            f" {number(self.value)}{self.unit}, {verdict}{note}"
        )


@dataclass(slots=True)
class Report:
    """Prints what it is told and keeps it for the files."""

    name: str
    lines: list[str] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)

    def say(self, text: str = "") -> None:
        """Add a line."""
        print(text, flush=True)
        self.lines.append(text)

    def table(self, title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Add a table; its first column is text, the others are aligned to the right."""
        self.tables.append(
            {"title": title, "header": list(header), "rows": [list(r) for r in rows]}
        )
        text = [list(header), *([number(cell) for cell in row] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*text, strict=True)]
        self.say(f"\n{title}")
        for row in text:
            cells = [row[0].ljust(widths[0])]
            cells += [c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)]
            self.say("  " + "  ".join(cells).rstrip())

    def goal(self, goal: Goal) -> None:
        """Add a goal and whether it is met."""
        self.goals.append(goal)
        self.say(f"  {goal}")

    def write(self, folder: Path, about: dict[str, Any]) -> None:
        """Leave ``<name>.json`` and ``<name>.txt`` in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.txt").write_text("\n".join(self.lines) + "\n", "utf-8")
        goals = [asdict(goal) | {"met": goal.met} for goal in self.goals]
        whole = {"name": self.name, **about, "tables": self.tables, "goals": goals}
        (folder / f"{self.name}.json").write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


def number(cell: Cell) -> str:
    """Return a figure with three digits that count, or the text as it is."""
    if cell is None:
        return "-"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) or abs(cell) >= 1000:
        return f"{cell:,.0f}"
    digits = 3 if abs(cell) < 1 else 2 if abs(cell) < 10 else 1
    return f"{cell:.{digits}f}"


def machine() -> dict[str, Any]:
    """Return what one must know of the machine to read the figures."""
    packages = {}
    for name in ("numpy", "numba", "gensim", "node2vec", "scipy", "vispy", "PyQt6"):
        try:
            packages[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            packages[name] = "absent"
    return {
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "processor": _processor(),
        "python": platform.python_version(),
        "packages": packages,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
