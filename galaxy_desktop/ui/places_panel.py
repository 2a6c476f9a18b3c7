"""Places: bookmarks, and where one has been."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from galaxy_desktop.model.bookmarks import Bookmark, Bookmarks
from galaxy_desktop.model.history import History
from galaxy_desktop.model.place_names import named_places
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_rows import ArtistRows, Row
from galaxy_desktop.ui.bookmark_rows import BookmarkRows
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.column import Column
from galaxy_desktop.ui.labels import NameLabel, hairline, label

_UNDO_MS = 12_000


@dataclass(frozen=True, slots=True)
class _Removed:
    mark: Bookmark
    place: int
    picture: bytes | None


class PlacesPanel(Column):
    """The bookmarks of the user and the places of this flight.

    Signals
    -------
    add_requested() : keep what is seen now as a bookmark
    bookmark_chosen(Bookmark) : fly there
    place_chosen(int) : fly to the place of this index in the history

    Parameters
    ----------
    bookmarks : Bookmarks
        Shown as they are at any time; renamed and removed here.
    """

    add_requested = pyqtSignal()
    bookmark_chosen = pyqtSignal(object)
    place_chosen = pyqtSignal(int)

    def __init__(self, bookmarks: Bookmarks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bookmarks = bookmarks
        self._removed: list[_Removed] = []
        self.rows = BookmarkRows(bookmarks)
        self.add = button("Keep this view", "soft", "bookmark")
        self.add.setToolTip("Keep what is seen now as a bookmark (Ctrl+D)")
        self.empty = label(
            "Nothing kept yet. A bookmark brings you back to the very same view.",
            "muted",
            wrap=True,
        )
        self.undo = _UndoBar()
        self.history = ArtistRows()
        self.nowhere = label("The places you fly to are listed here.", "muted", wrap=True)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(_UNDO_MS)
        self._arrange()
        self.add.clicked.connect(self.add_requested)
        self.rows.chosen.connect(self.bookmark_chosen)
        self.rows.removed.connect(lambda mark: self.remove(mark))
        self.undo.button.clicked.connect(self.undo_remove)
        self._forget.timeout.connect(self.undo.hide)
        self.history.chosen.connect(self.place_chosen)
        bookmarks.changed.connect(self._refresh)
        self.history.hide()
        self._refresh()

    def set_world(self, world: World) -> None:
        """Say in which galaxy one would fly to them."""
        self.rows.refresh(world)

    def show_history(self, history: History, world: World) -> None:
        """Show the places visited, the latest on top."""
        rows = [
            Row(i, name, aside="here" if i == history.at else " ")
            for i, name in named_places(history, world)
        ]
        self.history.show_rows(rows)
        self.history.setVisible(bool(rows))
        self.nowhere.setVisible(not rows)

    def remove(self, *marks: Bookmark) -> None:
        """Remove bookmarks; for a while a button brings them back."""
        self._removed = []
        for mark in marks:
            ids = [other.id for other in self._bookmarks.all]
            place = ids.index(mark.id) if mark.id in ids else 0
            self._removed.append(_Removed(mark, place, self._bookmarks.picture(mark)))
            self._bookmarks.remove(mark)
        self.undo.say("Removed: " + ", ".join(mark.name for mark in marks))
        self._forget.start()

    def undo_remove(self) -> None:
        """Bring back what was removed last."""
        self.undo.hide()
        # The last that went is the first to come back: so each finds its place.
        gone, self._removed = self._removed[::-1], []
        for each in gone:
            self._bookmarks.restore(each.mark, each.place, each.picture)

    def _arrange(self) -> None:
        column = self.column
        column.addWidget(label("BOOKMARKS", "section"))
        column.addWidget(self.rows)
        column.addWidget(self.empty)
        column.addWidget(self.undo)
        column.addWidget(self.add)
        column.addSpacing(theme.UNIT)
        column.addWidget(hairline())
        column.addWidget(label("WHERE YOU HAVE BEEN", "section"))
        column.addWidget(self.history)
        column.addWidget(self.nowhere)
        column.addStretch(1)

    def _refresh(self) -> None:
        self.rows.refresh()
        self.rows.setVisible(bool(self._bookmarks.all))
        self.empty.setVisible(not self._bookmarks.all)


class _UndoBar(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "toast")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        self._text = NameLabel("small", 2, muted=True)
        self.button = button("Undo", "quiet")
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show what can be undone."""
        self._text.set_text(sentence)
        self.show()
