"""The sidebar: search on top, below it one room at a time."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from galaxy_desktop.model.artist_facts import Facts
from galaxy_desktop.model.bookmarks import Bookmarks
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_card import ArtistCard
from galaxy_desktop.ui.buttons import IconButton, Tabs
from galaxy_desktop.ui.labels import hairline
from galaxy_desktop.ui.places_panel import PlacesPanel
from galaxy_desktop.ui.search_box import SearchBox
from galaxy_desktop.ui.web import Opener, open_in_browser
from galaxy_desktop.ui.world_card import WorldCard

ARTIST, PLACES = "Artist", "Places"
_NARROWEST, _WIDEST = 280, 480


class Sidebar(QWidget):
    """Search, the card of what is selected (else of the galaxy), and places.

    It follows `state.world` and `state.selected`. Later rooms come by `add_room`.

    Signals
    -------
    fly_requested(int) : fly to this artist
    hovered(int | None) : a row that means this artist is under the cursor
    tag_chosen(str) : light up the artists of this tag; "" for no longer
    bookmark_requested(int) : keep this artist as a bookmark, or no longer
    average_requested(int) : average this artist with others
    grow_requested(int) : grow the galaxy from this artist
    room_changed(str) : another room is open
    folded_changed(bool)
        It was folded away, or unfolded. Folded it is not there at all; the window shows a button.

    Parameters
    ----------
    state : AppState
    bookmarks : Bookmarks
    opener : callable, optional
        Opens a web address; default in the user's browser.
    """

    fly_requested = pyqtSignal(int)
    hovered = pyqtSignal(object)
    tag_chosen = pyqtSignal(str)
    bookmark_requested = pyqtSignal(int)
    average_requested = pyqtSignal(int)
    grow_requested = pyqtSignal(int)
    room_changed = pyqtSignal(str)
    folded_changed = pyqtSignal(bool)

    def __init__(
        self,
        state: AppState,
        bookmarks: Bookmarks,
        opener: Opener = open_in_browser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._bookmarks = bookmarks
        self._facts = Facts(state.world)
        self._rooms: list[str] = []
        self.search = SearchBox()
        self.card = ArtistCard(opener)
        self.world_card = WorldCard()
        self.places = PlacesPanel(bookmarks)
        self.fold_button = IconButton("sidebar", "Fold the sidebar away")
        self._tabs = Tabs(kind="room")
        self._stack = QStackedWidget()
        self._about = QStackedWidget()
        self._about.addWidget(self.world_card)
        self._about.addWidget(self.card)
        self.setProperty("kind", "sidebar")
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._arrange()
        self.add_room(ARTIST, self._about)
        self.add_room(PLACES, self.places)
        self._connect()
        self._world_changed(state.world)

    @property
    def facts(self) -> Facts:
        """About the artists of the world that is shown; `prepare` it on a worker thread."""
        return self._facts

    @property
    def folded(self) -> bool:
        """Whether it is folded away."""
        return self.isHidden()

    @folded.setter
    def folded(self, folded: bool) -> None:
        if folded != self.isHidden():
            self.setVisible(not folded)
            self.folded_changed.emit(folded)

    @property
    def room(self) -> str:
        """The title of the room that is open."""
        return self._rooms[self._stack.currentIndex()]

    def add_room(self, title: str, widget: QWidget) -> None:
        """Add a room at the end."""
        self._rooms.append(title)
        self._stack.addWidget(widget)
        self._tabs.add(title)

    def add_foot(self, widget: QWidget) -> None:
        """Add what is seen under every room."""
        self._column.addWidget(widget)

    def tab(self, title: str) -> QAbstractButton:
        """Return the tab that opens a room.

        Raises
        ------
        ValueError
            There is no such room.
        """
        return self._tabs.at(self._rooms.index(title))

    def show_room(self, title: str) -> None:
        """Open a room, and the sidebar if it is folded.

        Raises
        ------
        ValueError
            There is no such room.
        """
        self._tabs.current = self._rooms.index(title)
        self.folded = False

    def sizeHint(self) -> QSize:
        return QSize(theme.SIDEBAR, 640)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        # A plain widget paints no ground of its own.
        option = QStyleOption()
        option.initFrom(self)
        style = self.style()
        assert style is not None
        style.drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, QPainter(self), self)

    def _arrange(self) -> None:
        side = 2 * theme.UNIT
        top = QHBoxLayout()
        top.setContentsMargins(side, side, theme.UNIT, 0)
        top.setSpacing(theme.UNIT // 2)
        top.addWidget(self.search, 1)
        top.addWidget(self.fold_button, 0, Qt.AlignmentFlag.AlignTop)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(side, 0, side, 0)
        tabs.addWidget(self._tabs)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT)
        head = QVBoxLayout()
        # The underline of the room lies on the hairline.
        head.setSpacing(0)
        head.addLayout(tabs)
        head.addWidget(hairline())
        column.addLayout(top)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._tabs.changed.connect(self._stack.setCurrentIndex)
        self._tabs.changed.connect(lambda _: self.room_changed.emit(self.room))
        self.fold_button.clicked.connect(lambda: setattr(self, "folded", True))
        self.card.fly_requested.connect(self.fly_requested)
        self.card.hovered.connect(self.hovered)
        self.card.tag_chosen.connect(self.tag_chosen)
        self.card.bookmark_requested.connect(self.bookmark_requested)
        self.card.average_requested.connect(self.average_requested)
        self.card.grow_requested.connect(self.grow_requested)
        self.card.said.connect(self._state.message.emit)
        self.world_card.fly_requested.connect(self.fly_requested)
        self.world_card.hovered.connect(self.hovered)
        self._state.world_changed.connect(self._world_changed)
        self._state.world_reformed.connect(self._world_reformed)
        self._state.selected_changed.connect(self._selected_changed)
        self._state.highlights_changed.connect(self._highlights_changed)
        self._bookmarks.changed.connect(self._show_bookmarked)

    def _world_reformed(self, change: Reforming) -> None:
        if change.only_adds:
            # What is being read stays as it is, but for what is said of the galaxy.
            self._facts = Facts(change.new)
            self.world_card.show_origin(change.new)
            self.places.set_world(change.new)
            self._show_new_company(change)
            return
        # With the same artists the same names are found.
        self._show_world(change.new)
        if change.old.galaxy.keys != change.new.galaxy.keys:
            self.search.set_search(None)

    def _show_new_company(self, change: Reforming) -> None:
        """Let the card that is open have who came to its artist."""
        artist = self._state.selected
        if artist is None:
            return
        old, new = (len(world.galaxy.related(artist)) for world in (change.old, change.new))
        if new != old:
            self.card.show_company(self._facts.about(artist), self._state.world.fame)

    def _world_changed(self, world: World) -> None:
        self.search.set_search(None)
        self._show_world(world)

    def _show_world(self, world: World) -> None:
        self._facts = Facts(world)
        self.world_card.show_world(world)
        self.places.set_world(world)
        self._selected_changed(self._state.selected)

    def _selected_changed(self, artist: int | None) -> None:
        if artist is None:
            self._about.setCurrentWidget(self.world_card)
            return
        self.card.show_artist(self._facts.about(artist), self._state.world.fame)
        self._about.setCurrentWidget(self.card)
        self._show_bookmarked()

    def _highlights_changed(self, artists: tuple[int, ...]) -> None:
        if not artists:
            self.card.tags.set_lit("")

    def _show_bookmarked(self) -> None:
        artist = self._state.selected
        if artist is not None:
            self.card.set_bookmarked(bool(self._bookmarks.about(self._state.world, artist)))
