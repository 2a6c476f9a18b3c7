"""``galaxy-embed serve``: builds for another program, which asks on stdin and hears on stdout."""

from __future__ import annotations

import argparse
import os
import shutil
import sys

from embedding.commands.options import Subparsers, add_command, file_path, whole
from embedding.interrupts import Interrupts

_PROTOCOL = """\
Each line of the input is one JSON object:
  {"prepare": {"input": PATH, ...}}
      read what a build of it will need; answered by a line with the event "ready"
  {"build": {"input": PATH, "output": PATH, ...}}
      build a galaxy; a build that is not done yet is given up for it
  {"cancel": true}
      give up what is being done

Instead of "input" there may be "inputs", a list of paths, which are merged.

A build takes besides, all optional:
  run       a whole number that stands in every line about this build
  settings  an object with the settings of galaxy-embed build: {"p": 1.6, "averager_dims": 8}
  like      a .galaxy; its artists stay where they are
  previews  a folder for the positions so far, which is made
  format, title, source, licence   as the options of galaxy-embed build

Each line of the output is one JSON object with an "event":
  ready      what was to be prepared is
  progress   stage, done, total
  artists    path of a file with the artists' keys, JSON arrays, one a line; count
  preview    path of a .npy file with their positions; share of the training, 0 to 1
  done       path, artists, relations, seconds, quality, settings, title, notes
  error      message; cancelled is true where the build was given up; without run: the line
             before was no request

Where the input ends, what is being done is given up, and so is the process."""


def add(commands: Subparsers) -> None:
    """Describe the command."""
    parser = add_command(
        commands,
        "serve",
        "Stand by and build galaxies for another program",
        '  (echo \'{"build": {"input": "related.csv", "output": "music.galaxy"}}\'; cat)'
        " | galaxy-embed serve",
        run,
    )
    parser.add_argument(
        "--nice",
        type=whole(0, 19),
        default=0,
        metavar="N",
        help="how far to stand back for others, 0 to 19 (default: 0)",
    )
    parser.add_argument(
        "--scratch",
        type=file_path,
        metavar="FOLDER",
        help="remove this folder when the input ends: whoever made it is gone",
    )
    parser.more = lambda: _PROTOCOL


def run(arguments: argparse.Namespace, interrupts: Interrupts) -> None:
    """Serve until the input ends."""
    from embedding.serving.server import Server
    from embedding.terminal import JsonLines

    if arguments.nice and hasattr(os, "nice"):
        os.nice(arguments.nice)
    server = Server(JsonLines(sys.stdout))
    ended = False
    try:
        server.listen(sys.stdin.buffer)
    finally:
        ended = server.close()
        if arguments.scratch is not None:
            shutil.rmtree(arguments.scratch, ignore_errors=True)
        if not ended:
            if kernels := sys.modules.get("embedding.kernel_cache"):
                kernels.give_back()
            os._exit(interrupts.exit_code if interrupts.signal else 0)
