"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NoReturn

from embedding.errors import InputError
from embedding.settings import BuildSettings
from embedding.terminal import PROGRESS_KINDS

Subparsers = Any
"""What `argparse.ArgumentParser.add_subparsers` returns: argparse keeps the name to itself."""

HELP: dict[str, tuple[type, str, str]] = {
    "p": (float, "P", "node2vec's return parameter: high values keep a walk from turning back"),
    "q": (float, "Q", "node2vec's in-out parameter: low values send a walk far out"),
    "walks": (int, "N", "walks that start at every artist"),
    "length": (int, "N", "artists in a walk"),
    "window": (int, "N", "the widest window of the trainer, in artists to each side"),
    "epochs": (int, "N", "passes over all walks"),
    "dims": (int, "N", "dimensions of the embedding that becomes positions"),
    "averager_dims": (int, "N", "dimensions of the embedding for averaging"),
    "lengths": (str, "NAME", "how far out an artist stands: plain, or log to draw in long vectors"),
    "negative": (int, "N", "negative samples for each pair, 0 for none"),
    "alpha": (float, "X", "learning rate at the start"),
    "min_alpha": (float, "X", "learning rate at the end"),
    "sample": (float, "X", "threshold above which frequent artists are thinned out, 0 for never"),
    "seed": (int, "N", "seed of every random choice"),
    "max_artists": (int, "N", "keep only this many artists, the most popular ones"),
    "min_component": (int, "N", "leave out separate groups of fewer, 0 for a 20th of the largest"),
    "engine": (str, "NAME", "own (fast) or reference (the node2vec and gensim packages)"),
    "replicas": (int, "N", "trainers per embedding, for machines with more than two cores"),
    "workers": (int, "N", "threads, 0 for one per core"),
}


class Parser(argparse.ArgumentParser):
    """An argument parser that reports its errors like all others and keeps examples as written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(*args, **kwargs)
        self.more: Callable[[], str] | None = None
        """What stands in the help before the example, asked for only when help is."""

    def format_help(self) -> str:
        """Return the help."""
        if self.more is not None:
            self.epilog = f"{self.more()}\n\n{self.epilog}"
            self.more = None
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Raise `InputError` instead of printing and leaving."""
        named = re.match(r"argument (?:-\w/)?([^:]+): (.*)", message, re.DOTALL)
        where, problem = named.groups() if named else (None, message)
        remedy = f"see {self.prog} --help"
        if choice := re.match(r"invalid choice: (.*) \(choose from (.*)\)", problem, re.DOTALL):
            problem = f"there is no {choice[1]}"
            remedy = f"choose one of {choice[2].replace(chr(39), '')}"
        elif kind := re.match(r"invalid (float|int) value: (.*)", problem, re.DOTALL):
            problem = f"{kind[2]} is no {'whole ' if kind[1] == 'int' else ''}number"
        elif problem == "expected one argument":
            problem = "its value is missing"
            remedy = f"write {where}=VALUE"
        elif missing := re.match(r"the following arguments are required: (.*)", problem):
            problem = f"missing: {re.sub(r'-.*?/', '', missing[1])}"
        raise InputError(problem, where=where, remedy=remedy)


class Version(argparse.Action):
    """``--version``, which looks the version up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, **about: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, **about)

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Print the version and leave."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("galaxy-desktop")
        except PackageNotFoundError:
            number = "(not installed)"
        print(f"galaxy-embed {number}")
        parser.exit()


def add_command(commands: Subparsers, name: str, summary: str, example: str, run: Any) -> Parser:
    """Add a command whose help ends with an example, and return its parser."""
    parser: Parser = commands.add_parser(
        name, help=summary, description=f"{summary}.", epilog=f"example:\n{example}"
    )
    parser.set_defaults(run=run)
    return parser


def add_settings(parser: Parser, leave_out: tuple[str, ...] = ()) -> None:
    """Add every field of `BuildSettings` as an option."""
    group = parser.add_argument_group("settings")
    for field in fields(BuildSettings):
        if field.name in leave_out:
            continue
        option = "--" + field.name.replace("_", "-")
        if field.name == "hs":
            group.add_argument(
                "--no-hs",
                dest="hs",
                action="store_false",
                help="train without hierarchical softmax, on negative samples alone",
            )
            continue
        kind, metavar, text = HELP[field.name]
        group.add_argument(
            option,
            type=kind,
            default=field.default,
            metavar=metavar,
            help=f"{text} (default: {field.default})",
        )


def settings_from(arguments: argparse.Namespace) -> BuildSettings:
    """Return the settings given; those that the command does not offer keep their defaults."""
    given = vars(arguments)
    return BuildSettings(
        **{f.name: given[f.name] for f in fields(BuildSettings) if f.name in given}
    )


def file_path(text: str) -> Path:
    """Return the path that is given; an empty one would silently mean this folder."""
    if not text:
        raise argparse.ArgumentTypeError("the name of a file is empty")
    return Path(text)


def add_galaxy(parser: Parser) -> None:
    """Add the galaxy that is read."""
    parser.add_argument("galaxy", type=file_path, metavar="GALAXY", help="a .galaxy file")


def add_json(parser: Parser) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def add_progress(parser: Parser) -> None:
    """Add ``--progress``."""
    parser.add_argument(
        "--progress",
        choices=PROGRESS_KINDS,
        default="auto",
        help="how progress is shown: bar on stderr, json lines on stdout, none;"
        " auto is bar on a terminal, else none (default: auto)",
    )


def whole(low: int, high: int) -> Any:
    """Return a reader of whole numbers from `low` to `high`."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(
                f"'{text}' is no whole number from {low:,} to {high:,}"
            )
        return value

    return read
