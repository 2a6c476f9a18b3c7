"""Opening a page in the user's browser: on a click, never by itself."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QDesktopServices

Opener = Callable[[str], bool]
"""Opens an address; returns whether something took it."""


def open_in_browser(address: str) -> bool:
    """Open an address in the browser that the user chose."""
    return QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))
