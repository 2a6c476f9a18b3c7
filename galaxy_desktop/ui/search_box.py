"""Search as you type: a field, and under it the artists that fit."""

from __future__ import annotations

from typing import Protocol

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QKeyEvent
from PyQt6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from galaxy_desktop.model.search import Hit, Results
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_rows import ArtistRows, Row
from galaxy_desktop.ui.icons import icon
from galaxy_desktop.ui.labels import label

_ROWS = 9
"""So many are seen at once; the others scroll."""
_TAGS = 3
_WIDE = 400
"""The results are at least so wide where the window has room."""


class Finder(Protocol):
    """What finds: a `galaxy_desktop.model.search.Search`."""

    def find(self, query: str) -> Results:
        """Return what fits a query."""


class SearchBox(QWidget):
    """The field; its results float under it, over what is there.

    Down and Up go through the results and preview them, Enter chooses, Escape leaves.

    Signals
    -------
    previewed(int | None)
        The artist of the current row, to be shown without going there; None: no longer.
    chosen(int) : fly to this artist
    left() : the keyboard should go back to the galaxy

    Parameters
    ----------
    does : str
        What it is for, as it stands in the empty field.
    keys : str
        What gives it the keyboard, "" for nothing.
    """

    previewed = pyqtSignal(object)
    chosen = pyqtSignal(int)
    left = pyqtSignal()

    def __init__(
        self, does: str = "Find an artist", keys: str = "/", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._search: Finder | None = None
        self._wanted = False
        self._entered = False
        self._previewing = False
        self.field = QLineEdit()
        self.field.setPlaceholderText(does)
        self.field.setAccessibleName(does)
        shortcut = f" ( {keys} )" if keys else ""
        self.field.setToolTip(f"{does} by name, or by another spelling of it{shortcut}")
        self.field.setClearButtonEnabled(True)
        self.field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.setMaxLength(400)
        _dress_clear_button(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self.results = _ResultsPanel(self)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(lambda _: self._ask())
        self.field.textChanged.connect(self._note_emptied)
        self.results.rows.chosen.connect(self._choose)
        # What it is dragged to may lie under the results.
        self.results.rows.dragged.connect(self.close_results)
        self.setFocusProxy(self.field)

    def set_search(self, search: Finder | None) -> None:
        """Give what finds; None while it is made ready.

        What was typed meanwhile is found then, and chosen where Enter was pressed.
        """
        self._search = search
        if search is None:
            self.results.rows.show_rows(())
            if self.results.isVisible():
                self._ask()
        elif self._wanted:
            entered = self._entered
            self._ask()
            if entered and not self.results.suggesting:
                self._enter()

    def open(self) -> None:
        """Take the keyboard, with all that stands there marked to be typed over."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if self.field.text().strip():
            self._ask()

    def query(self) -> str:
        """Return what stands in the field."""
        return self.field.text()

    def set_query(self, text: str) -> None:
        """Put a text into the field and find it."""
        self.field.setText(text)
        self._ask()

    def close_results(self) -> None:
        """Show the field alone."""
        self._wanted = self._entered = False
        self.results.hide()
        self._end_preview()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        elif event is not None and event.type() == QEvent.Type.FocusOut:
            # The rows never take the keyboard, so a click on one does not come here.
            self.close_results()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up | Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
                self._preview(event.key())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case Qt.Key.Key_Escape:
                self.close_results()
                self.left.emit()
            case _:
                return False
        return True

    def _preview(self, key: int) -> None:
        if not self.results.isVisible():
            if self.field.text().strip():
                self._ask()
            return
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS - 1}
        artist = self.results.rows.step(by.get(Qt.Key(key), 1 - _ROWS))
        if artist is not None and not self.results.suggesting:
            self._previewing = True
            self.previewed.emit(artist)

    def _end_preview(self) -> None:
        if self._previewing:
            self._previewing = False
            self.previewed.emit(None)

    def _enter(self) -> None:
        if not self.results.isVisible():
            if self.field.text().strip():
                self._ask()
            return
        if self._search is None:
            self._entered = True
            self.results.say("Getting the names ready, then choosing the best fit...")
            self.results.place_under(self.field)
            return
        current = self.results.rows.current()
        if current is None:
            current = self.results.rows.step(1)
        if current is not None:
            self._choose(current)

    def _choose(self, artist: int) -> None:
        if self.results.suggesting:
            self.set_query(self.results.suggestion(artist))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        # What was typed is done with; it would stand beside the card of somebody else before long.
        self.field.clear()
        self.chosen.emit(artist)

    def _ask(self) -> None:
        query = self.field.text()
        if not query.strip():
            self.close_results()
            return
        self._wanted, self._entered = True, False
        self._end_preview()
        if self._search is None:
            self.results.say("Getting the names ready...")
        else:
            self.results.show_results(self._search.find(query))
        self.results.place_under(self.field)

    def _note_emptied(self, text: str) -> None:
        if not text:
            self.close_results()


class _ResultsPanel(QFrame):
    """The rows, or a sentence and the nearest spellings; floats in the window."""

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box)
        self._box = box
        self._suggestions: tuple[str, ...] = ()
        self.setProperty("kind", "results")
        self.sentence = label("", "small", wrap=True)
        self.rows = ArtistRows(whole=False)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        half = theme.UNIT // 2
        column.setContentsMargins(half, half, half, half)
        column.setSpacing(half)
        self.sentence.setContentsMargins(theme.UNIT, half, theme.UNIT, half)
        column.addWidget(self.sentence)
        column.addWidget(self.rows)
        self.hide()

    @property
    def suggesting(self) -> bool:
        """Whether the rows are spellings to try, and not artists."""
        return bool(self._suggestions)

    def suggestion(self, row: int) -> str:
        """Return the spelling of a row."""
        return self._suggestions[row]

    def say(self, sentence: str) -> None:
        """Show a sentence and no rows."""
        self._fill(sentence, ())

    def show_results(self, results: Results) -> None:
        """Show what a search found."""
        self._suggestions = ()
        if results.hits:
            self._fill("", tuple(_row(hit) for hit in results.hits))
        elif results.suggestions:
            self._suggestions = results.suggestions
            rows = tuple(Row(i, name, aside=" ") for i, name in enumerate(results.suggestions))
            self._fill("No artist here is called that. The nearest spellings:", rows)
        else:
            self.say("No artist here is called that, or nearly that.")

    def place_under(self, field: QLineEdit) -> None:
        """Float under the field, as high as there is room and need."""
        window = self._box.window()
        assert window is not None
        if self.parent() is not window:
            self.setParent(window)
        corner = field.mapTo(window, field.rect().bottomLeft())
        room = window.height() - corner.y() - 3 * theme.UNIT
        frame = 2 * theme.UNIT // 2 + 2
        rows = self.rows.height_of_all(_ROWS)
        self.rows.setFixedHeight(max(0, min(rows, room - frame)))
        wide = min(max(field.width(), _WIDE), window.width() - 2 * theme.UNIT)
        left = min(corner.x(), window.width() - theme.UNIT - wide)
        self.setFixedWidth(wide)
        shown = self.rows.height() if self.rows.isVisibleTo(self) else 0
        self.setFixedHeight(frame + shown + self._said())
        self.move(left, corner.y() + theme.UNIT // 2 + 1)
        self.show()
        self.raise_()

    def _said(self) -> int:
        if not self.sentence.isVisibleTo(self):
            return 0
        inner = self.width() - theme.UNIT
        gap = theme.UNIT // 2 if self.rows.isVisibleTo(self) else 0
        return self.sentence.heightForWidth(inner) + gap

    def _fill(self, sentence: str, rows: tuple[Row, ...]) -> None:
        if not rows:
            self._suggestions = ()
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.rows.show_rows(rows)
        self.rows.setDragEnabled(not self._suggestions)
        self.rows.setVisible(bool(rows))
        self.rows.scrollToTop()


def _dress_clear_button(field: QLineEdit) -> None:
    """Draw the button that empties the field as all others are drawn."""
    action = field.findChild(QAction, "_q_qlineeditclearaction")
    if action is not None:
        action.setIcon(icon("close"))
        action.setToolTip("Empty the field")


def _row(hit: Hit) -> Row:
    tags = ", ".join(hit.tags[:_TAGS])
    return Row(
        hit.index,
        hit.name,
        hit.popularity / 100,
        # A space keeps the second line, so that all rows are of one height.
        detail=" · ".join(filter(None, (hit.alias, tags))) or " ",
        bright=() if hit.alias else hit.spans,
        bright_detail=hit.spans if hit.alias else (),
    )
