"""The card of an artist: who it is, who is near, where to hear it."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from embedding.arrays import Float32
from galaxy_desktop.model.artist_facts import ArtistFacts, Neighbour
from galaxy_desktop.model.web_links import WebLink
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_drag import Dragged, DragSource
from galaxy_desktop.ui.artist_rows import ArtistRows, Row
from galaxy_desktop.ui.buttons import IconButton, Tabs, button
from galaxy_desktop.ui.column import Column
from galaxy_desktop.ui.fame_bar import FameBar
from galaxy_desktop.ui.flow_layout import FlowLayout
from galaxy_desktop.ui.labels import IconLabel, NameLabel, hairline, label, tip
from galaxy_desktop.ui.tag_chips import TagChips
from galaxy_desktop.ui.web import Opener, open_in_browser

_ALIASES = 6
_RELATED, _NEAREST = 0, 1
_NO_RELATED = "The data names no artist that is related."
_NO_NEAREST = "Too little is known to say who is nearest."
_NOTE = "Close in the data, yet far apart in this picture: three dimensions cannot show everything."


class ArtistCard(Column):
    """What is known about one artist.

    Signals
    -------
    fly_requested(int) : fly to this artist
    hovered(int | None) : the row of this artist is under the cursor
    tag_chosen(str) : light up the artists of this tag; "" for no longer
    bookmark_requested(int) : keep this artist as a bookmark, or no longer
    average_requested(int) : average this artist with others
    grow_requested(int) : grow the galaxy from this artist
    said(str) : one sentence for the user

    Parameters
    ----------
    fame_of : callable
        From an artist to its popularity, 0 to 1, for the rows.
    opener : callable, optional
        Opens a web address; default in the user's browser.
    """

    fly_requested = pyqtSignal(int)
    hovered = pyqtSignal(object)
    tag_chosen = pyqtSignal(str)
    bookmark_requested = pyqtSignal(int)
    average_requested = pyqtSignal(int)
    grow_requested = pyqtSignal(int)
    said = pyqtSignal(str)

    def __init__(self, opener: Opener = open_in_browser, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self._facts: ArtistFacts | None = None
        self.name = NameLabel("title", 4)
        self.aliases = NameLabel("small", 3, muted=True)
        self.fame = FameBar()
        self.tags = TagChips()
        self.fly = button("Fly there", "soft", "fly")
        self.average = button("Average this", "soft")
        self.average.setToolTip("See who lies between this artist and others ( A )")
        self.grow = button("Grow from here...", "soft")
        self.grow.setToolTip("Ask a music service who is related to this artist ( Ctrl+G )")
        self.bookmark = IconButton("bookmark", "Keep as a bookmark")
        self.copy = IconButton("copy", "Copy the name")
        self.links = FlowLayout(spacing=2)
        self.tabs = Tabs(("Related", "Nearest"))
        self.rows = ArtistRows()
        self.rows.setDragEnabled(True)
        self.nobody = label("", "muted", wrap=True)
        self.note = IconLabel("split", "warning", _NOTE)
        self._arrange()
        self.tags.chosen.connect(self.tag_chosen)
        self.rows.chosen.connect(self.fly_requested)
        self.rows.hovered.connect(self.hovered)
        self.tabs.changed.connect(self._show_rows)
        self.fly.clicked.connect(lambda: self._ask(self.fly_requested))
        self.bookmark.clicked.connect(lambda: self._ask(self.bookmark_requested))
        self.average.clicked.connect(lambda: self._ask(self.average_requested))
        self.grow.clicked.connect(lambda: self._ask(self.grow_requested))
        self.copy.clicked.connect(self._copy)
        DragSource(self.name, self._dragged)

    @property
    def facts(self) -> ArtistFacts | None:
        """What is shown."""
        return self._facts

    def show_artist(self, facts: ArtistFacts, fame: Float32) -> None:
        """Show an artist.

        Parameters
        ----------
        facts : ArtistFacts
        fame : ndarray of float32, shape (n,)
            Of every artist of the world, 0 to 1.
        """
        self.name.set_text(facts.name)
        self.aliases.set_text(_also(facts.aliases))
        self.aliases.setVisible(bool(facts.aliases))
        self.fame.set_fame(facts.popularity)
        self.tags.show_tags(facts.tags)
        self._show_links(facts.links)
        self.show_company(facts, fame)
        self.to_top()

    def show_company(self, facts: ArtistFacts, fame: Float32) -> None:
        """Show who is related or near to the artist; what else is shown stays as it is."""
        self._facts, self._fame = facts, fame
        self.tabs.set_title(_RELATED, f"Related  {len(facts.related)}")
        self.tabs.set_title(_NEAREST, f"Nearest  {len(facts.nearest)}")
        self._show_rows()

    def set_bookmarked(self, on: bool) -> None:
        """Show whether this artist is bookmarked."""
        self.bookmark.set_icon("bookmark-on" if on else "bookmark", "soft" if on else "")
        self.bookmark.set_tip("Remove the bookmark" if on else "Keep as a bookmark")

    def copy_name(self, name: str) -> None:
        """Put a name on the clipboard."""
        board = QGuiApplication.clipboard()
        if board is not None:
            board.setText(name)
            self.said.emit("The name was copied.")

    def look_up(self, address: str) -> None:
        """Open a web address, or say it where no browser can be opened."""
        if not self._opener(address):
            self.said.emit(f"No browser could be opened. The address is {address}")

    def _arrange(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.UNIT)
        flow.addWidget(self.fly)
        flow.addWidget(self.average)
        flow.addWidget(self.grow)
        known = QHBoxLayout()
        known.setSpacing(2)
        known.addWidget(self.fame, 1)
        known.addSpacing(theme.UNIT)
        known.addWidget(self.bookmark)
        known.addWidget(self.copy)
        web = QWidget()
        web.setLayout(self.links)
        near = QVBoxLayout()
        near.setSpacing(theme.UNIT // 2)
        near.addWidget(self.tabs)
        near.addWidget(self.rows)
        near.addWidget(self.nobody)
        near.addWidget(self.note)
        self.tabs.at(_RELATED).setToolTip("Artists that the data says are related")
        self.tabs.at(_NEAREST).setToolTip("Artists in the most alike company, related or not")
        column = self.column
        column.addWidget(self.name)
        column.addWidget(self.aliases)
        column.addLayout(known)
        column.addWidget(self.tags)
        column.addSpacing(theme.UNIT // 2)
        column.addWidget(buttons)
        column.addWidget(web)
        column.addWidget(hairline())
        column.addLayout(near)
        column.addStretch(1)

    def _dragged(self) -> Dragged | None:
        facts = self._facts
        return None if facts is None else Dragged(facts.index, facts.name)

    def _copy(self) -> None:
        if self._facts is not None:
            self.copy_name(self._facts.name)

    def _ask(self, signal: pyqtBoundSignal) -> None:
        if self._facts is not None:
            signal.emit(self._facts.index)

    def _show_links(self, links: Sequence[WebLink]) -> None:
        self.links.clear()
        for link in links:
            made = button(link.label, "link", "link")
            made.setToolTip(tip(f"Look it up at {link.label}, in your browser"))
            made.clicked.connect(lambda _=False, url=link.url: self.look_up(url))
            self.links.addWidget(made)

    def _show_rows(self) -> None:
        if self._facts is None:
            return
        related = self.tabs.current == _RELATED
        near = self._facts.related if related else self._facts.nearest
        self.rows.show_rows([_row(other, self._fame) for other in near])
        self.rows.setVisible(bool(near))
        far = any(other.disagrees for other in near)
        self.note.setVisible(far)
        self.nobody.setVisible(not near)
        self.nobody.setText(_NO_RELATED if related else _NO_NEAREST)


def _row(other: Neighbour, fame: Float32) -> Row:
    return Row(other.index, other.name, float(fame[other.index]), warning=other.disagrees)


def _also(aliases: Sequence[str]) -> str:
    if not aliases:
        return ""
    rest = len(aliases) - _ALIASES
    more = f" and {rest} more" if rest > 0 else ""
    return f"Also {', '.join(aliases[:_ALIASES])}{more}"
