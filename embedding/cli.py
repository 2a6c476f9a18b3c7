"""The command ``galaxy-embed``: reads the command line, runs a command, words what went wrong."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, NoReturn

from embedding.interrupts import Abandoned, Interrupts
from embedding.progress import Cancelled

if TYPE_CHECKING:
    from embedding.commands.options import Parser

# All else is imported once Ctrl-C is listened to: until then Python answers it with a traceback.

BAD_INPUT = 2
OUR_FAULT = 1
BROKEN_PIPE = 141
"""What a shell reports of a command whose reader left: 128 + SIGPIPE."""


def command() -> NoReturn:
    """Be the process ``galaxy-embed``: run `main` and leave with its code.

    Nothing for a process that goes on: whenever it ends, it ends with this code.

    Having joined all threads and run all exit handlers, Python takes apart every object of numba
    and scikit-learn, for up to half a second, to free memory that ends with the process anyway.
    The handler registered first is the last to run, and leaves before that.
    """
    codes: list[int] = []
    # Looking for cycles among a million names finds none and takes a tenth of a short build; what
    # the imports leave in cycles is small. And a trainer that comes back from its kernel should not
    # wait 5 ms for whoever imports scikit-learn beside it.
    gc.set_threshold(100_000, 50, 100)
    sys.setswitchinterval(0.0005)

    def leave() -> None:
        if not codes:
            return  # something that `main` does not catch: Python is to show it
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):  # None, full or closed
                stream.flush()
        os._exit(codes[0])

    atexit.register(leave)
    codes.append(main())
    sys.exit(codes[0])


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``galaxy-embed`` and return its exit code.

    0: done. 2: something given is wrong, and stderr says what in one sentence. 130 or 143: Ctrl-C
    or SIGTERM, nothing half-written. 3: a service that is asked failed, and what it said till then
    is kept. 1: a fault of the program. 141: nobody reads stdout any more.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; default those of the process.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, TextIOWrapper):
        # A name that the terminal's encoding does not know is no reason to stop.
        sys.stdout.reconfigure(errors="replace")
    with Interrupts() as interrupts:
        try:
            code = _run(arguments, interrupts)
            flush()
        except Abandoned:
            _say_cancelled(arguments)
            flush(quietly=True)
            if kernels := sys.modules.get("embedding.kernel_cache"):
                kernels.give_back()
            os._exit(interrupts.exit_code)
        except (Cancelled, KeyboardInterrupt):
            _say_cancelled(arguments)
            code = interrupts.exit_code
        except BrokenPipeError:
            code = BROKEN_PIPE
        except Exception as error:
            code = _explain(error, arguments)
        flush(quietly=True)
    return code


def parser() -> Parser:
    """Return the parser of the whole command line."""
    from embedding.commands import (
        average,
        build,
        crawl,
        export,
        info,
        key,
        path,
        search,
        serve,
        sweep,
    )
    from embedding.commands.options import Parser, Version

    top = Parser(
        prog="galaxy-embed",
        description="Build a galaxy of artists from who is related to whom, and ask it things.",
        epilog="example:\n  galaxy-embed build related.csv -o music.galaxy\n"
        '  galaxy-embed average music.galaxy "Drake" "Metallica"',
    )
    top.add_argument("--version", action=Version, help="print the version and leave")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for command in (build, info, search, average, path, sweep, export, crawl, key, serve):
        command.add(commands)
    return top


def _run(argv: list[str], interrupts: Interrupts) -> int:
    top = parser()
    if not argv:
        top.print_help(sys.stderr)
        return BAD_INPUT
    try:
        arguments = top.parse_args(argv)
    except SystemExit as leaving:  # --help and --version
        return int(leaving.code or 0)
    if not hasattr(arguments, "run"):
        top.print_help(sys.stderr)
        return BAD_INPUT
    # A command that can end in more ways than done and wrong returns its code.
    return int(arguments.run(arguments, interrupts) or 0)


def _explain(error: Exception, argv: list[str]) -> int:
    """Say in one sentence what went wrong, and return the exit code."""
    from embedding.explaining import explain, is_fault

    message = explain(error)
    code = OUR_FAULT if is_fault(error) else BAD_INPUT
    if os.environ.get("GALAXY_DEBUG"):
        import traceback

        traceback.print_exception(error)
    _say(message, argv)
    return code


def _say_cancelled(argv: list[str]) -> None:
    _say("cancelled.", argv, cancelled=True)


def _say(message: str, argv: list[str], **more: Any) -> None:
    from embedding.commands.text import safe
    from embedding.terminal import JsonLines

    message = safe(message)
    # Where nobody is there to hear it the exit code still tells. A closed stream is None, for
    # which print would take stdout.
    with suppress(OSError):
        if sys.stdout is not None and _lines_wanted(argv):
            JsonLines(sys.stdout).event("error", message=message, **more)
    with suppress(OSError):
        if sys.stderr is not None:
            print(f"galaxy-embed: {message}", file=sys.stderr, flush=True)


def _lines_wanted(argv: list[str]) -> bool:
    """Whether a program reads JSON lines, even where the rest of the command line is wrong."""
    pairs = zip(argv, [*argv[1:], ""], strict=False)  # argv may be empty
    return any(a == "--progress=json" or (a, b) == ("--progress", "json") for a, b in pairs)


def flush(*, quietly: bool = False) -> None:
    """Write out what was printed; once that failed, what is left goes nowhere.

    Parameters
    ----------
    quietly : bool
        Whether to go on as if it had not failed.

    Raises
    ------
    OSError
        It cannot be written.
    """
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        # Python flushes once more as it ends, and would complain on stderr.
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        if not quietly:
            raise
