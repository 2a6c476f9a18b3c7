"""``galaxy-embed key``: keeps the user's key for a service in the keyring of the system."""

from __future__ import annotations

import argparse
import sys

from embedding.commands.options import Subparsers, add_command
from embedding.errors import InputError
from embedding.interrupts import Interrupts


def add(commands: Subparsers) -> None:
    """Describe the command."""
    parser = add_command(
        commands,
        "key",
        "Keep your key for a music service in the keyring of this system",
        "  galaxy-embed key lastfm\n  galaxy-embed key lastfm --forget",
        run,
    )
    parser.add_argument("source", metavar="SOURCE", help="the service: lastfm")
    parser.add_argument("--forget", action="store_true", help="take the key out again")


def run(arguments: argparse.Namespace, interrupts: Interrupts) -> None:
    """Ask for the key, where none can read along, or read it from a pipe; and keep it."""
    del interrupts
    from embedding.sources import SOURCES
    from embedding.sources.keys import forget_key, keep_key
    from embedding.terminal import is_terminal

    wanting = [name for name, info in SOURCES.items() if info.needs_key]
    source = arguments.source
    if source not in wanting:
        raise InputError(
            f"no service that needs a key is called {source!r}",
            where="SOURCE",
            remedy=f"choose {', '.join(wanting)}",
        )
    title = SOURCES[source].title
    if arguments.forget:
        forget_key(source)
        print(f"The keyring holds no key for {title}.")
        return
    if is_terminal(sys.stdin):
        from getpass import getpass

        key = getpass(f"Your API key for {title} (it is not shown): ")
    else:
        key = sys.stdin.readline(1000)
    keep_key(source, key)
    print(f"The key for {title} is in the keyring of this system.")
