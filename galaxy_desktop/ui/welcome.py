"""The welcome at the first start: what is seen, and how to move."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QWidget

from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.icons import program_icon
from galaxy_desktop.ui.labels import IconLabel, label
from galaxy_desktop.ui.overlay import Overlay

_HOW = (
    ("orbit", "Drag turns the galaxy, the wheel goes nearer, a right drag moves it."),
    ("star", "A click shows who a star is; a double click flies there."),
    ("search", "Press / and type a name to fly to any artist."),
    ("fly", "Press F to fly freely with the mouse and W A S D."),
)
_ICON = 56
_ROOMY = 400
"""Narrower, the words take the room of the picture and the margins."""


class Welcome(Overlay):
    """A few sentences and one button. Closed in any way, it was read: `closed` says so.

    Parameters
    ----------
    over : QWidget
    world : World
    """

    def __init__(self, over: QWidget, world: World) -> None:
        super().__init__("", over, QSize(528, 0))
        self.title.hide()
        self._picture = picture = QLabel()
        picture.setPixmap(program_icon().pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        head = QHBoxLayout()
        head.setSpacing(2 * theme.UNIT)
        head.addWidget(picture)
        head.addWidget(label("The world of music", "title", wrap=True), 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.go = button("Begin", "primary")
        self.go.clicked.connect(self.close_panel)
        self.column.setSpacing(2 * theme.UNIT)
        self.column.insertLayout(0, head)
        self._what = label("", wrap=True)
        words = self.sheet.column
        words.setSpacing(2 * theme.UNIT)
        words.addWidget(self._what)
        for name, sentence in _HOW:
            words.addWidget(IconLabel(name, "soft", sentence, "muted", theme.ICON + 2))
        self.column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self.go)
        self.show_world(world)

    def show_world(self, world: World) -> None:
        """Tell of another galaxy."""
        artists = f"one of {len(world):,} artists" if len(world) > 1 else "an artist"
        self._what.setText(
            f"Every star is {artists}. Those whose music is related are close together; the larger"
            " a star, the better known."
        )

    def needed_height(self, wide: int) -> int:
        """Return the height at which nothing has to be scrolled."""
        roomy = wide >= _ROOMY
        side = (4 if roomy else 2) * theme.UNIT
        self.column.setContentsMargins(side, side, side, side)
        self._picture.setVisible(roomy)
        return super().needed_height(wide)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        # A button takes Enter only where it is the one of a dialog.
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_panel()
        else:
            super().keyPressEvent(event)
