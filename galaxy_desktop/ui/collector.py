"""`Collector`: Python's garbage collector, where it does Qt no harm.

A widget that only a cycle of references still knows is destroyed when the collector finds it.
By itself the collector runs wherever an object happens to be made: in a worker's thread, or in
the middle of Qt. A change of the style sheet, for one, goes through a list of all widgets and
sends each an event; where Python answers one and collects there, Qt goes on with widgets that are
no more, and the process ends with a segmentation fault. PyQt's record of the widgets that Qt made
itself has no lock: what a worker takes out of it, the window's thread may be looking for.
"""

from __future__ import annotations

import gc
import time

from PyQt6.QtCore import QObject, QTimer

_EVERY_MS = 1000
_SHARE = 0.01
"""Of the time: as much may be spent on looking through everything."""


class Collector(QObject):
    """Collects garbage in the thread it is made in and between two events, never elsewhere.

    It begins at once and lasts to the end of the process: what is left of a closed window stays.
    Widgets that are taken apart hear of it without their attributes, and with no window there is
    nobody to catch what they raise; PyQt then aborts.

    Parameters
    ----------
    parent : QObject, optional
    every_ms : int
        How often it looks whether there is enough to collect.
    """

    def __init__(self, parent: QObject | None = None, every_ms: int = _EVERY_MS) -> None:
        super().__init__(parent)
        self._whole_from = 0.0
        gc.disable()
        # What was imported stays: to look through it each time would take some 50 ms.
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect if Python would have by now: the oldest generation of which it would."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [n for n in range(3) if thresholds[n] and counts[n] > thresholds[n]]
        now = time.monotonic()
        if not due:
            return
        if due[-1] < 2 or now < self._whole_from:
            gc.collect(min(due[-1], 1))
            return
        gc.collect()
        after = time.monotonic()
        self._whole_from = after + (after - now) / _SHARE
