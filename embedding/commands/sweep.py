"""``galaxy-embed sweep``: many settings tried, and one report that shows them all."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from embedding.commands.artists import print_notes
from embedding.commands.inputs import add_input, read_input
from embedding.commands.options import (
    Subparsers,
    add_command,
    add_json,
    add_progress,
    add_settings,
    file_path,
    settings_from,
)
from embedding.commands.text import counted, safe, styled, table
from embedding.errors import InputError
from embedding.interrupts import Interrupts
from embedding.terminal import display, to_json

if TYPE_CHECKING:
    from embedding.sweep import SweepGrid, SweepResult

T = TypeVar("T")

SWEPT = ("p", "q", "dims", "epochs", "hs", "negative")
BEST = 5


def add(commands: Subparsers) -> None:
    """Describe the command."""
    parser = add_command(
        commands,
        "sweep",
        "Try many settings and draw each galaxy in one report",
        "  galaxy-embed sweep related.csv -o sweep.html --p 0.1,1.6,2.6 --q 0.1,0.5,2.6\n\n"
        "A sweep that was stopped goes on where it was when it is run again.",
        run,
    )
    add_input(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=file_path,
        required=True,
        metavar="FILE",
        help="the report to write: an .html file, or a folder for its sweep.html",
    )
    grid = parser.add_argument_group("what is tried: every combination of")
    for name, read, default in (
        ("p", float, "0.1,0.6,1.1,1.6,2.1,2.6"),
        ("q", float, "0.1,0.6,1.1,1.6,2.1,2.6"),
        ("dims", int, "4"),
        ("epochs", int, "5"),
        ("negative", int, "5"),
        ("hs", _on_or_off, "on"),
    ):
        grid.add_argument(
            f"--{name}",
            type=_listed(read),
            default=_listed(read)(default),
            metavar="X,X,...",
            help=f"(default: {default})",
        )
    add_json(parser)
    add_progress(parser)
    add_settings(parser, leave_out=(*SWEPT, "averager_dims"))


def run(arguments: argparse.Namespace, interrupts: Interrupts) -> None:
    """Run the sweep and say which settings came out best."""
    from embedding.settings import BuildSettings

    given = vars(arguments)
    others = {key: value for key, value in given.items() if key not in SWEPT}
    base: BuildSettings = settings_from(argparse.Namespace(**others))
    cancel = interrupts.token

    with display(arguments.progress) as shown:

        def work() -> tuple[Path, list[SweepResult], tuple[str, ...]]:
            from embedding.pruning import prune
            from embedding.sweep import SweepGrid, report_path, run_sweep

            grid: SweepGrid = SweepGrid(base=base, **{name: given[name] for name in SWEPT})
            grid.settings()  # what is no good is found out before a long file is read
            _require_place(arguments.output, arguments.input)

            graph = read_input(arguments.input, arguments.format, shown.progress, cancel)
            graph = prune(graph, base.max_artists, base.min_component, arguments.input)
            found = run_sweep(
                graph, grid, arguments.output, on_progress=shown.progress, cancel=cancel
            )
            if all(each.error for each in found):
                reason = found[0].error.removesuffix(".")
                raise InputError("all of it failed", where=arguments.output, remedy=reason)
            return report_path(arguments.output), found, graph.notes

        path, found, notes = interrupts.run(work)
    result = {"path": str(path), "results": [_plain(each) for each in found], "notes": list(notes)}
    if arguments.progress == "json":
        shown.event("done", **result)
    elif arguments.json:
        print(to_json(result, indent=2))
    else:
        print("\n".join(_summary(path, found)))
        print_notes(notes)


def _require_place(output: Path, source: Path) -> None:
    """Raise `InputError` where `output` can be neither a report nor a folder for one."""
    from embedding.commands.targets import require_folder, require_target
    from embedding.sweep import report_path

    if report_path(output) == output:
        require_target(output, source)
    elif output.suffix and not output.is_dir():
        raise InputError(
            f"{output} is neither an .html file nor a folder there is",
            where="--output",
            remedy=f"give {output.with_suffix('.html')}",
        )
    else:
        require_folder(output, "--output")


def _plain(result: SweepResult) -> dict[str, Any]:
    return {
        "settings": {name: getattr(result.settings, name) for name in SWEPT},
        "quality": result.quality,
        "seconds": round(result.seconds, 3),
        "error": result.error,
        "reused": result.reused,
    }


def _summary(path: Path, found: list[SweepResult]) -> list[str]:
    good = [each for each in found if not each.error]
    failed = [each for each in found if each.error]
    reused = sum(each.reused for each in good)
    known = f", {reused:,} of them known from before" if reused else ""
    lines = [
        styled(safe(str(path)), "bold"),
        f"  {counted(len(good), 'galaxy', 'galaxies')}{known}",
    ]
    ranked = sorted(good, key=lambda each: each.quality.get("connection_ratio", math.inf))[:BEST]
    if ranked:
        header = [
            "p",
            "q",
            "dims",
            "epochs",
            "hs",
            "negative",
            "connection ratio",
            "recall",
            "time",
        ]
        rows = [_row(each) for each in ranked]
        lines += ["", "  the closest to their relations:"]
        lines += [f"  {line}" for line in table(header, rows, right=range(len(header)))]
    if failed:
        lines += ["", f"  {counted(len(failed), 'setting')} failed: {safe(failed[0].error)}"]
    return lines


def _row(result: SweepResult) -> list[str]:
    settings = result.settings

    def figure(key: str) -> str:
        return f"{result.quality[key]:.3f}" if key in result.quality else ""

    return [
        f"{settings.p:g}",
        f"{settings.q:g}",
        str(settings.dims),
        str(settings.epochs),
        "on" if settings.hs else "off",
        str(settings.negative),
        figure("connection_ratio"),
        figure("recall_at_20"),
        f"{result.seconds:.1f} s",
    ]


def _on_or_off(text: str) -> bool:
    return {"on": True, "off": False}[text]


def _listed(read: Callable[[str], T]) -> Callable[[str], list[T]]:
    """Return a reader of values with commas between them."""
    wanted = {float: "numbers", int: "whole numbers"}.get(read, "on and off")  # type: ignore[call-overload]

    def values(text: str) -> list[T]:
        try:
            return [read(part.strip()) for part in text.split(",")]
        except (ValueError, KeyError):
            raise argparse.ArgumentTypeError(
                f"'{text}' is no list of {wanted} with commas between them"
            ) from None

    return values
