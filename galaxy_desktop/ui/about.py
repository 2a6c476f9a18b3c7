"""About the program and the galaxy that is open."""

from __future__ import annotations

from importlib.metadata import version

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.icons import program_icon
from galaxy_desktop.ui.labels import hairline, label

_ICON = 80


class About(QDialog):
    """What this is, which version, and under which licence.

    Parameters
    ----------
    world : World
        The galaxy that is open.
    renderer : str, optional
        What draws, as OpenGL calls it.
    """

    def __init__(self, world: World, renderer: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Galaxy Desktop")
        self.setFixedWidth(460)
        picture = QLabel()
        picture.setPixmap(program_icon().pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(theme.UNIT // 2)
        words.addStretch(1)
        words.addWidget(label("Galaxy Desktop", "title"))
        words.addWidget(label(f"Version {version('galaxy-desktop')}", "muted"))
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(2 * theme.UNIT)
        head.addWidget(picture)
        head.addLayout(words, 1)
        done = button("Close", "primary")
        done.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        side = 3 * theme.UNIT
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(2 * theme.UNIT)
        column.addLayout(head)
        column.addWidget(
            label("The world of music as a galaxy to fly through, on your own machine.", wrap=True)
        )
        column.addWidget(hairline())
        self.details = label(_details(world, renderer), "muted", wrap=True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.details)
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)


def _details(world: World, renderer: str) -> str:
    galaxy = world.galaxy
    lines = (
        f"Galaxy: {galaxy.title or 'without a title'}, {len(galaxy):,} artists",
        galaxy.source and f"Source: {galaxy.source}",
        galaxy.licence and f"Licence of the data: {galaxy.licence}",
        "Licence of the program: GPL 3.0 or later",
        renderer and f"Drawn by: {renderer}",
    )
    return "\n".join(filter(None, lines))
