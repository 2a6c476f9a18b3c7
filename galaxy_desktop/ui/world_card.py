"""The card of a galaxy: what is seen, where it is from, how to begin."""

from __future__ import annotations

from datetime import datetime

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QWidget

from galaxy_desktop.model.landmarks import landmarks
from galaxy_desktop.model.notes import note_text
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_rows import ArtistRows, Row
from galaxy_desktop.ui.column import Column
from galaxy_desktop.ui.labels import NameLabel, hairline, label

LANDMARKS = 12
_BEGIN = (
    ("Drag", "turns the galaxy"),
    ("Wheel", "goes nearer or farther"),
    ("Click", "shows who a star is"),
    ("Double click", "flies there"),
    ("/", "finds an artist by name"),
    ("F1", "tells all the keys"),
)


class WorldCard(Column):
    """What is known about the galaxy that is open.

    Signals
    -------
    fly_requested(int) : fly to this landmark
    hovered(int | None) : the row of this artist is under the cursor
    """

    fly_requested = pyqtSignal(int)
    hovered = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = NameLabel("title", 3)
        self.count = label("", "muted", wrap=True)
        self.origin = label("", "small", wrap=True)
        self.rows = ArtistRows()
        self.rows.setDragEnabled(True)
        self._landmarks_title = label("LANDMARKS", "section")
        self._notes_title = label("WORTH KNOWING", "section")
        self.notes = label("", "small", wrap=True)
        self.rows.chosen.connect(self.fly_requested)
        self.rows.hovered.connect(self.hovered)
        column = self.column
        column.addWidget(self.title)
        column.addWidget(self.count)
        column.addWidget(self.origin)
        column.addWidget(hairline())
        column.addWidget(label("HOW TO BEGIN", "section"))
        column.addLayout(_begin())
        column.addWidget(hairline())
        column.addWidget(self._landmarks_title)
        column.addWidget(self.rows)
        column.addWidget(self._notes_title)
        column.addWidget(self.notes)
        column.addStretch(1)

    def show_world(self, world: World) -> None:
        """Show a galaxy."""
        galaxy = world.galaxy
        self.title.set_text(galaxy.title or "A galaxy without a title")
        self.show_origin(world)
        famous = [int(artist) for artist in landmarks(world, LANDMARKS)]
        self.rows.show_rows(
            [
                Row(artist, galaxy.names[artist], aside=_first_tag(world, artist))
                for artist in famous
            ]
        )
        self.to_top()

    def show_origin(self, world: World) -> None:
        """Show how large a galaxy is and where it is from; for one that has only grown."""
        galaxy = world.galaxy
        self.count.setText(
            f"{_count(len(galaxy), 'artist')}, {_count(galaxy.edges, 'relation')} between them"
        )
        self.notes.setText("\n\n".join(note_text(note) for note in galaxy.notes))
        for part in (self._notes_title, self.notes):
            part.setVisible(bool(galaxy.notes))
        lines = [galaxy.source, galaxy.licence and f"Licence {galaxy.licence}"]
        self.origin.setText("\n".join([*filter(None, lines), f"Built {_day(galaxy.created)}"]))


def _begin() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * theme.UNIT)
    grid.setVerticalSpacing(theme.UNIT - 2)
    grid.setColumnStretch(1, 1)
    for row, (key, does) in enumerate(_BEGIN):
        holder = QWidget()
        cell = QGridLayout(holder)
        cell.setContentsMargins(0, 0, 0, 0)
        cell.addWidget(label(key, "key"), 0, 0)
        cell.setColumnStretch(1, 1)
        grid.addWidget(holder, row, 0)
        grid.addWidget(label(does, "muted", wrap=True), row, 1)
    return grid


def _first_tag(world: World, artist: int) -> str:
    tags = world.galaxy.tags[artist] if world.galaxy.tags is not None else ()
    # A space keeps the place of the bar empty where there are none.
    return tags[0] if tags else " "


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _day(created: str) -> str:
    """Return a time as a day that people write, or what stands there if it is no time."""
    try:
        day = datetime.fromisoformat(created)
    except ValueError:
        return created
    return f"{day.day} {day:%B} {day.year}"
