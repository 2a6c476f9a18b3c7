"""The command ``galaxy-desktop``: the window, and what can be had without it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from embedding.errors import GalaxyError, InputError
from galaxy_desktop.commands.arguments import parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; default those of the process.

    Returns
    -------
    int
        The exit status: 0, 2 where the user can mend what is wrong, 130 after Ctrl-C.
    """
    # Each way imports what it needs: --help answers at once, and nothing waits for what it does
    # not use.
    try:
        args = parser().parse_args(argv)
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
            from galaxy_desktop.commands.pictures import tour

            tour(args)
        else:
            from galaxy_desktop.commands.window import open_window

            return open_window(args.galaxy, events=args.events, from_menu=args.from_menu)
    except GalaxyError as error:
        print(error, file=sys.stderr)
        return 2
    except ImportError as error:
        if (error.name or "").startswith(("galaxy_desktop", "embedding")):
            raise
        # Qt and vispy are linked with libraries that a machine without a desktop may not have.
        remedy = "install OpenGL (libgl1 libegl1), or else Galaxy Desktop again"
        print(InputError(f"a library is missing ({error})", remedy=remedy), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0
