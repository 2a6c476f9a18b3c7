"""The command ``galaxy-desktop``: the window, and what can be had without it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING

from embedding.cli import BAD_INPUT, BROKEN_PIPE, flush
from embedding.interrupts import Interrupts

if TYPE_CHECKING:
    from argparse import Namespace

# All else is imported once Ctrl-C is listened to: until then Python answers it with a traceback.


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; default those of the process.

    Returns
    -------
    int
        The exit status: 0, 2 where the user can mend what is wrong, 128 and its number after a
        signal, 141 where nobody reads what is printed any more.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        # A name that the terminal's encoding does not know is no reason to stop.
        sys.stdout.reconfigure(errors="replace")
    with Interrupts() as interrupts:
        try:
            from galaxy_desktop.commands.arguments import parsed

            status = _run(parsed(argv))
            flush()
        except KeyboardInterrupt:
            status = interrupts.exit_code
        except BrokenPipeError:
            status = BROKEN_PIPE
        except Exception as error:
            status = BAD_INPUT
            from galaxy_desktop.commands.explained import explained

            sentence = explained(error)
            # Where nobody hears it, the status still tells. A stream that is closed is None.
            with suppress(OSError):
                if sys.stderr is not None:
                    print(sentence, file=sys.stderr, flush=True)
        flush(quietly=True)
        return status


def _run(args: Namespace) -> int:
    """Do what was asked for. Each way imports what it needs: nothing waits for anything else."""
    if args.install_desktop_entry or args.uninstall_desktop_entry:
        from galaxy_desktop.model.desktop_entry import EntryFiles, own_command

        files = EntryFiles.of_user()
        if args.install_desktop_entry:
            lines = files.install([*own_command(sys.argv[0]), "--from-menu"])
        else:
            lines = files.uninstall()
        print("\n".join(lines))
    elif args.screenshot is not None:
        from galaxy_desktop.commands.pictures import screenshot

        screenshot(args)
    elif args.tour is not None:
        from galaxy_desktop.commands.tour import tour

        tour(args)
    else:
        from galaxy_desktop.commands.window import open_window

        return open_window(args.galaxy, events=args.events, from_menu=args.from_menu)
    return 0
