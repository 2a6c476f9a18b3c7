"""`Signals`: Ctrl-C, SIGTERM and a terminal that closes, heard in Qt's loop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QObject, QSocketNotifier

# Not every system has the last one.
_HEARD = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Signals(QObject):
    """Calls a function when the process is asked to end.

    Python's own handlers run only when Python does, and while nothing happens Qt sleeps: what wakes
    it is a byte on a socket.

    Parameters
    ----------
    heard : callable
        Gets the number of the signal.

    Attributes
    ----------
    heard : callable
        May be replaced.
    """

    def __init__(self, heard: Callable[[int], object]) -> None:
        super().__init__()
        self.heard = heard
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        kind = QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(self._reader.fileno(), kind)  # type: ignore[call-overload]
        self._notifier.activated.connect(self._read)
        signal.set_wakeup_fd(self._writer.fileno())
        self._before: dict[int, Any] = {}
        for number in _HEARD:
            before = signal.getsignal(number)
            # What was asked to be passed over, by nohup for one, is.
            if before is not signal.SIG_IGN:
                self._before[number] = before
                signal.signal(number, lambda *_: None)

    def close(self) -> None:
        """Give the signals back."""
        for number, before in self._before.items():
            signal.signal(number, before)
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _read(self) -> None:
        for number in self._reader.recv(64):
            if number in _HEARD:
                self.heard(number)
