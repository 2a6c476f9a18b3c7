"""The menu of a star: what its artist's card offers, where the star is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QObject, QPoint, QPointF, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu, QWidget, QWidgetAction

from galaxy_desktop.model.label_text import label_text
from galaxy_desktop.model.navigator import Navigator
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.web_links import WebLink, web_links
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.labels import label
from galaxy_desktop.ui.sidebar import Sidebar

_NOBODY = "Click a star first, then the Menu key opens its menu."


class StarMenu(QMenu):
    """What can be done with one artist.

    Signals
    -------
    select_requested() : open the artist's card
    fly_requested() : fly there
    average_requested() : average the artist with others
    grow_requested() : grow the galaxy from the artist
    copy_requested() : put the name on the clipboard
    link_requested(str) : open this web address

    Parameters
    ----------
    name : str
    links : sequence of WebLink
    selected : bool
        Whether the card is open already.
    average_key : str
        Shown beside the entry; "" where no key does it at present.

    Attributes
    ----------
    fly : QAction
        The entry that flies there.
    """

    select_requested = pyqtSignal()
    fly_requested = pyqtSignal()
    average_requested = pyqtSignal()
    grow_requested = pyqtSignal()
    copy_requested = pyqtSignal()
    link_requested = pyqtSignal(str)

    def __init__(
        self,
        name: str,
        links: Sequence[WebLink],
        *,
        selected: bool = False,
        average_key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._add_heading(label_text(name))
        self._add("&Select", self.select_requested.emit).setEnabled(not selected)
        self.fly = self._add("&Fly there", self.fly_requested.emit)
        # Said, not given: the key is the window's.
        aside = f"\t{average_key}" if average_key else ""
        self._add(f"&Average this{aside}", self.average_requested.emit)
        self._add("&Grow from here...", self.grow_requested.emit)
        self.addSeparator()
        self._add("&Copy the name", self.copy_requested.emit)
        web = self.addMenu("&Look it up")
        assert web is not None
        for link in links:
            entry = web.addAction(link.label.replace("&", "&&"))
            assert entry is not None
            entry.triggered.connect(lambda _=False, url=link.url: self.link_requested.emit(url))

    def _add_heading(self, name: str) -> None:
        heading = label(name, "heading")
        heading.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT)
        entry = QWidgetAction(self)
        entry.setText(name)
        entry.setDefaultWidget(heading)
        entry.setEnabled(False)
        self.addAction(entry)

    def _add(self, title: str, do: Callable[[], object]) -> QAction:
        entry = self.addAction(title)
        assert entry is not None
        entry.triggered.connect(lambda _=False: do())
        return entry


class StarMenus(QObject):
    """Opens the menu of a star, and has done what is chosen there by the sidebar's own ways.

    While it is open the galaxy stands still, and the star is lit up.

    Parameters
    ----------
    state : AppState
    navigator : Navigator
    sidebar : Sidebar
    view : QWidget
        The canvas.

    Attributes
    ----------
    menu : StarMenu or None
        The one that is open.
    """

    def __init__(
        self, state: AppState, navigator: Navigator, sidebar: Sidebar, view: QWidget
    ) -> None:
        super().__init__(view)
        self._state, self._navigator, self._sidebar, self._view = state, navigator, sidebar, view
        self.menu: StarMenu | None = None
        # The number of an artist means nothing in another galaxy.
        state.world_changed.connect(lambda _: self.close())
        state.world_reformed.connect(self._reformed)

    def open_at(self, at: QPointF) -> None:
        """Open the menu of the star, or name, at a place in the canvas, if any is there."""
        artist = self._navigator.cursor.artist_at((at.x(), at.y()))
        if artist is not None:
            self._open(artist, at.toPoint())

    def open_selected(self) -> None:
        """Open the menu of the artist whose card is open."""
        artist = self._state.selected
        if artist is None:
            self._state.message.emit(_NOBODY)
        else:
            menu = self._open(artist, self._place_of(artist))
            # Who came by keyboard goes on by keyboard.
            menu.setActiveAction(menu.fly)

    def close(self) -> None:
        """Close the menu that is open."""
        if self.menu is not None:
            self.menu.close()

    def _open(self, artist: int, at: QPoint) -> StarMenu:
        state, sidebar = self._state, self._sidebar
        self.close()
        # Under the menu nothing moves away, and the cursor on it points at nothing.
        self._navigator.grab()
        self._navigator.point(None)
        galaxy = state.world.galaxy
        self.menu = menu = StarMenu(
            galaxy.names[artist],
            web_links(galaxy, artist),
            selected=artist == state.selected,
            average_key="A" if state.mode == "orbit" else "",
            parent=self._view,
        )
        menu.select_requested.connect(partial(setattr, state, "selected", artist))
        menu.fly_requested.connect(partial(sidebar.fly_requested.emit, artist))
        menu.average_requested.connect(partial(sidebar.average_requested.emit, artist))
        menu.grow_requested.connect(partial(sidebar.grow_requested.emit, artist))
        menu.copy_requested.connect(partial(sidebar.card.copy_name, galaxy.names[artist]))
        menu.link_requested.connect(sidebar.card.look_up)
        menu.aboutToHide.connect(self._closed)
        menu.popup(self._view.mapToGlobal(at))
        state.hovered = artist
        return menu

    def _place_of(self, artist: int) -> QPoint:
        """Return where an artist's star is in the canvas, or would be at its nearest edge."""
        state, area = self._state, self._view.rect()
        pixels, depths = state.pose.project(
            state.places([artist]), (float(area.width()), float(area.height()))
        )
        if depths[0] <= 0:
            return area.center()
        x, y = pixels[0].clip(0, (area.width() - 1, area.height() - 1))
        return QPointF(x, y).toPoint()

    def _reformed(self, change: Reforming) -> None:
        if not change.only_adds:
            self.close()

    def _closed(self) -> None:
        menu, self.menu = self.menu, None
        self._state.hovered = None
        if menu is not None:
            menu.deleteLater()
