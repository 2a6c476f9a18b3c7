"""`Content`: the galaxy and the sidebar side by side, and what goes from one to the other."""

from __future__ import annotations

from PyQt6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QWidget

from galaxy_desktop.model.bookmarks import Bookmark, Bookmarks
from galaxy_desktop.model.place_names import NEAR
from galaxy_desktop.model.recent import Recents
from galaxy_desktop.model.search import Search
from galaxy_desktop.model.session import Session
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.surroundings import nearest_star
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.averaging import Averaging
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.buttons import IconButton
from galaxy_desktop.ui.explorer import Explorer
from galaxy_desktop.ui.folding import Folding
from galaxy_desktop.ui.hud import Hud
from galaxy_desktop.ui.meter import Meter
from galaxy_desktop.ui.sidebar import Sidebar
from galaxy_desktop.ui.star_menu import StarMenus
from galaxy_desktop.ui.theme import UNIT

_THUMBNAIL = (288, 180)


class Content(QSplitter):
    """What fills the window once a galaxy is open.

    Parameters
    ----------
    state : AppState
    bookmarks : Bookmarks
    recents : Recents
    background : Background
        Where indices are made.

    Attributes
    ----------
    explorer : Explorer
    sidebar : Sidebar
    folding : Folding
    averaging : Averaging
    star_menus : StarMenus
    bookmarks : Bookmarks
    ready : bool
        Whether all that answers quickly has been made for the galaxy that is open.
    """

    _prepared = pyqtSignal()

    def __init__(
        self, state: AppState, bookmarks: Bookmarks, recents: Recents, background: Background
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._state, self._background = state, background
        self.bookmarks = bookmarks
        self._awaiting = self.ready = False
        self._search: Search | None = None
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        holder = QWidget()
        holder.installEventFilter(self)
        self.explorer = Explorer(state, holder)
        self.navigator = self.explorer.navigator
        whole = QHBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.explorer.view)
        self.hud = Hud(state, holder)
        Meter(self.explorer, self.hud)
        unfold = IconButton("sidebar", "Show the sidebar (Ctrl+B)")
        unfold.clicked.connect(lambda: setattr(self.sidebar, "folded", False))
        # On a plate, to be seen before any stars.
        self._unfold = QFrame(holder)
        self._unfold.setProperty("kind", "hud")
        plate = QHBoxLayout(self._unfold)
        plate.setContentsMargins(0, 0, 0, 0)
        plate.addWidget(unfold)
        self._unfold.hide()
        self.sidebar = Sidebar(state, bookmarks)
        self.averaging = Averaging(state, recents, self.sidebar, self.navigator, self.focus_galaxy)
        self.star_menus = StarMenus(state, self.navigator, self.sidebar, self.explorer.view)
        self.addWidget(holder)
        self.addWidget(self.sidebar)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.folding = Folding(self, self.sidebar)
        self._connect()
        self._world_changed(state.world)
        state.world_changed.connect(self._world_changed)
        state.world_reformed.connect(lambda change: self._world_changed(change.new))

    # -- As it was -----------------------------------------------------------------------------

    def restore(self, session: Session) -> None:
        """Be as it was when the window was closed."""
        self.restore_view(session)
        self.navigator.set_mode(session.mode)
        self.averaging.restore(session.mix)
        self.folding.restore(session.sidebar_width, session.sidebar_folded)

    def restore_view(self, session: Session) -> None:
        """Be where the user was in this galaxy."""
        world = self._state.world
        visit = session.visit(world.path)
        pose = visit.pose_in(world)
        if pose is not None:
            self.navigator.restore(pose, visit.selected_in(world), visit.history_in(world))
        self._show_history()

    def sidebar_shape(self) -> tuple[int, bool]:
        """Return how wide the user wants the sidebar, and whether it is folded away."""
        return self.folding.width, self.folding.folded

    # -- What can be done ------------------------------------------------------------------------

    def fly_to(self, artist: int) -> None:
        """Fly to an artist; the keyboard goes with it."""
        self.navigator.fly_to(artist)
        self.focus_galaxy()

    def focus_galaxy(self) -> None:
        """Give the keyboard to the galaxy."""
        self.explorer.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Give the keyboard to the search."""
        self.explorer.input.drop()
        self.sidebar.folded = False
        self.sidebar.search.open()

    def open_menu(self) -> None:
        """Open the menu of the artist whose card is open."""
        self.explorer.input.drop()
        self.star_menus.open_selected()

    def switch_panel(self) -> None:
        """Give the keyboard to the other side."""
        if self.explorer.view.hasFocus():
            self.focus_search()
        else:
            self.focus_galaxy()

    def keep_view(self) -> None:
        """Keep what is seen as a bookmark."""
        state = self._state
        name = "" if self._is_near_a_star() else f"A view of {state.world.galaxy.title or 'it all'}"
        picture = self._thumbnail()
        mark = self.bookmarks.add(name, state.pose, state.world, state.selected, picture)
        state.message.emit(f"Kept as the bookmark “{mark.name}”.")

    def toggle_bookmark(self, artist: int) -> None:
        """Keep an artist as a bookmark, or no longer."""
        marks = self.bookmarks.about(self._state.world, artist)
        if not marks:
            self.keep_view()
            return
        self.sidebar.places.remove(*marks)
        self._state.message.emit("The bookmark is removed; Places can bring it back for a while.")

    def light_up(self, tag: str) -> None:
        """Light up the artists of a tag; "" for none."""
        tags = self._state.world.galaxy.tags
        if not tag or tags is None:
            self._state.highlights = ()
        else:
            self._state.highlights = tuple(i for i, some in enumerate(tags) if tag in some)

    def close_down(self) -> None:
        """Draw no more."""
        self.averaging.panel.keep_recent()
        self.hud.close_down()
        self.explorer.close()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Resize:
            self._place_unfold()
        return super().eventFilter(watched, event)

    # -- Within ----------------------------------------------------------------------------------

    def _connect(self) -> None:
        sidebar = self.sidebar
        # From a thread: the names can be chosen now.
        self._prepared.connect(self.explorer.refresh)
        sidebar.fly_requested.connect(self.fly_to)
        sidebar.hovered.connect(self._hover)
        sidebar.tag_chosen.connect(self.light_up)
        sidebar.bookmark_requested.connect(self.toggle_bookmark)
        sidebar.search.chosen.connect(self.fly_to)
        sidebar.search.previewed.connect(self._hover)
        sidebar.search.left.connect(self.focus_galaxy)
        sidebar.places.add_requested.connect(self.keep_view)
        sidebar.places.bookmark_chosen.connect(self.go_to_mark)
        sidebar.places.place_chosen.connect(self._go_to_place)
        self.explorer.input.menu_requested.connect(self.star_menus.open_at)
        self.navigator.history_changed.connect(self._show_history)
        self.navigator.adjusted.connect(self._say_adjusted)
        sidebar.folded_changed.connect(self._folded_changed)

    def _folded_changed(self, folded: bool) -> None:
        self._unfold.setVisible(folded)
        self._place_unfold()

    def _place_unfold(self) -> None:
        """Keep the button in the corner where the sidebar's own was."""
        over = self._unfold.parentWidget()
        if over is not None:
            self._unfold.adjustSize()
            self._unfold.move(over.width() - self._unfold.width() - 2 * UNIT, 2 * UNIT)

    def _say_adjusted(self, what: str) -> None:
        flight = self.navigator.flight
        if what == "fov":
            self.hud.note(f"Field of view {flight.wanted_fov:.0f}°")
        else:
            self.hud.note(f"Speed {flight.speed_factor:.0%}")

    def _hover(self, artist: int | None) -> None:
        self._state.hovered = artist

    def go_to_mark(self, mark: Bookmark) -> None:
        """Fly to a bookmark."""
        pose = mark.pose_in(self._state.world)
        if pose is None:
            self._state.message.emit("The artist of this bookmark is not in this galaxy.")
            return
        self.navigator.go_to(pose, self._state.world.find_key(mark.artist) if mark.about else None)
        self.focus_galaxy()

    def _go_to_place(self, place: int) -> None:
        self.navigator.revisit(place)
        self.focus_galaxy()

    def _show_history(self) -> None:
        self.sidebar.places.show_history(self.navigator.history, self._state.world)

    def _is_near_a_star(self) -> bool:
        """Return whether a bookmark here is better called after an artist."""
        state = self._state
        if state.selected is not None:
            return True
        away = nearest_star(state.world)(state.pose.position)
        return away < NEAR * state.world.radius

    def _thumbnail(self) -> bytes:
        image = self.explorer.image()
        scaled = image.scaled(
            *_THUMBNAIL,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        left, top = (scaled.width() - _THUMBNAIL[0]) // 2, (scaled.height() - _THUMBNAIL[1]) // 2
        picture = scaled.copy(left, top, *_THUMBNAIL)
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        return data.data()

    def _world_changed(self, _: World) -> None:
        """Make what answers quickly once the galaxy is seen: nothing is to delay that."""
        self.ready = False
        if not self._awaiting:
            self._awaiting = True
            self.explorer.drawn.connect(self._prepare)
        self.explorer.refresh()

    def _prepare(self) -> None:
        if self._state.gliding.moving:
            # Every frame of the way is drawn in time first.
            return
        self._awaiting = False
        self.explorer.drawn.disconnect(self._prepare)
        world, state = self._state.world, self._state
        if self._search is None or not self._search.fits(world.galaxy):
            self._search = Search(world.galaxy, self._search)
        search, facts, picker = self._search, self.sidebar.facts, self.navigator.picker
        labeller = self.explorer.names.labeller

        def prepare() -> None:
            picker.prepare()
            labeller.prepare()
            self._prepared.emit()
            search.prepare()
            world.prepare()
            facts.prepare()

        def ready(_: None) -> None:
            if state.world is world:
                self.ready = True
                self.sidebar.search.set_search(search)
                self.averaging.set_search(search)
                # By now it is known near whom a place is.
                self._show_history()

        self._background.start(prepare, ready, state.message.emit)
