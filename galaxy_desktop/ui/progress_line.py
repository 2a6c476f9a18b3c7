"""How far long work is: what is being done, how long it will take yet, and a bar."""

from __future__ import annotations

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from galaxy_desktop.ui.bar import Bar
from galaxy_desktop.ui.labels import label


class ProgressLine(QWidget):
    """A line of words with a bar below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # It names a file, which may be long: it must not widen the panel.
        self.stage = label("", "small", wrap=True)
        self.left = label("", "number")
        self.bar = Bar()
        words = QHBoxLayout()
        words.addWidget(self.stage, 1)
        words.addWidget(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(words)
        column.addWidget(self.bar)

    def show_progress(self, stage: str, share: float, left: float | None) -> None:
        """Show a stage, the share that is done, and the seconds left where they are known."""
        self.stage.setText(stage)
        self.left.setText(time_left(left))
        self.bar.set_share(share)
        self.setAccessibleName(f"{stage}, {share:.0%} {time_left(left)}".strip())


def time_left(seconds: float | None) -> str:
    """Return so many seconds as people say it, "" where they are not known."""
    if seconds is None:
        return ""
    if seconds < 1:
        return "nearly done"
    if seconds < 90:
        rounded = round(seconds) if seconds < 10 else 5 * round(seconds / 5)
        return f"about {rounded} s left"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min left"
    return f"about {round(seconds / 3600)} h left"
