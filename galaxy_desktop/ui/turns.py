"""How long the window's thread waits for another one's Python."""

from __future__ import annotations

import sys

_TURN = 0.0001
"""Seconds. A frame makes hundreds of calls to OpenGL and Qt, each of which gives up the lock of the
interpreter; while a thread makes an index of names, each waits such a turn to get it back. With
Python's own 5 ms a frame among a million stars took two seconds then, with half a millisecond 0.7,
with this 0.45. While the atlas grows, its longest frames took 240 ms with half a millisecond and
140 with this; with a fifth of this they are no shorter."""


def take_short_turns() -> None:
    """Let threads take turns with the window's more often than Python does by itself."""
    sys.setswitchinterval(_TURN)
