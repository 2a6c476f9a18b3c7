"""Keys by where they lie on the keyboard, not by what is printed on them.

W A S D means the four keys under the left hand. On a French keyboard they are printed Z Q S D, so
the letter is the wrong question; the number the keyboard itself sends is the right one.
"""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication, QKeyEvent

# The numbers of set 1 of the IBM PC/AT, which Windows reports; Linux kept them for its own codes.
_PC = {
    0x10: "Q",
    0x11: "W",
    0x12: "E",
    0x1E: "A",
    0x1F: "S",
    0x20: "D",
    0x2C: "Z",
    0x2D: "X",
    0x2E: "C",
}
# X counts from 8 where Linux counts from 0, and Wayland's keymaps are X's.
_OFFSETS = {"xcb": 8, "wayland": 8, "windows": 0}

# A Mac sends no number of the key, but its virtual keys are positions.
_MAC = {
    12: "Q",
    13: "W",
    14: "E",
    1: "S",
    2: "D",
    6: "Z",
    7: "X",
    8: "C",
}

_PRINTED: dict[int, str] = {
    Qt.Key.Key_Q: "Q",
    Qt.Key.Key_W: "W",
    Qt.Key.Key_E: "E",
    Qt.Key.Key_A: "A",
    Qt.Key.Key_S: "S",
    Qt.Key.Key_D: "D",
    Qt.Key.Key_Z: "Z",
    Qt.Key.Key_X: "X",
    Qt.Key.Key_C: "C",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Shift: "Shift",
    Qt.Key.Key_Control: "Ctrl",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
}


def position_of(event: QKeyEvent, platform: str | None = None) -> str | None:
    """Return the name, on a US keyboard, of the key that lies where this one does.

    Parameters
    ----------
    event : QKeyEvent
    platform : str, optional
        Qt's name of the windowing system; default the present one.

    Returns
    -------
    str or None
        Such as "W", "Space", "Shift", "Up"; None for a key that is not used by position. Where the
        system does not tell the position, it is what is printed on the key.
    """
    platform = platform or QGuiApplication.platformName()
    printed = _PRINTED.get(event.key())
    if platform == "cocoa":
        key = event.nativeVirtualKey()
        # 0 is the key A, and also "not known": then what is printed decides.
        return _MAC.get(key, printed) if key else printed
    if platform not in _OFFSETS or not event.nativeScanCode():
        return printed
    named = _PC.get(event.nativeScanCode() - _OFFSETS[platform])
    if named is None and printed is not None and len(printed) > 1:
        # Arrows, Space, Shift: these lie where their print says.
        return printed
    return named
