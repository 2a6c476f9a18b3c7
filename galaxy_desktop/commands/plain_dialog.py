"""One sentence on the screen where Qt shows none, by what the desktop has for that."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import time

_TITLE = "Galaxy Desktop"
_SEEN = 1.0
"""Seconds. A dialog that ends sooner with an error was never on the screen."""


def show(sentence: str) -> bool:
    """Show a sentence and wait until it was read; return whether it was shown.

    GNOME's dialog, KDE's, that of X, or else the desktop's notifications: the first that is there
    and works.
    """
    return any(_runs(command) for command in _commands(sentence))


def _commands(sentence: str) -> list[list[str]]:
    commands = [
        ["notify-send", f"--app-name={_TITLE}", "--urgency=critical", "--icon=dialog-error",
         _TITLE, html.escape(sentence, quote=False)],
    ]  # fmt: skip
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        commands[:0] = [
            ["zenity", "--error", "--no-markup", f"--title={_TITLE}", f"--text={sentence}"],
            ["kdialog", "--title", _TITLE, "--error", html.escape(sentence, quote=False)],
            ["xmessage", "-center", "-title", _TITLE, sentence],
        ]
    return commands


def _runs(command: list[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    began = time.monotonic()
    nowhere = subprocess.DEVNULL
    try:
        done = subprocess.run(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, check=False)
    except OSError:
        return False
    # Closed otherwise than by its button, a dialog ends with an error too.
    return done.returncode == 0 or time.monotonic() - began > _SEEN
