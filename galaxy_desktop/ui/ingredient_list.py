"""The ingredients of a mix, each as a row; what is done to a row is done to the mix."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from galaxy_desktop.model.mix import Mix
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_drag import Dragged
from galaxy_desktop.ui.ingredient_row import IngredientRow


class IngredientList(QWidget):
    """The rows, in the order of the mix.

    Signals
    -------
    fly_requested(int) : fly to this artist
    hovered(int | None) : the row of this artist is under the cursor
    said(str) : one sentence for the user

    Parameters
    ----------
    mix : Mix
        Changed by the rows; `refresh` shows what it is like.
    """

    fly_requested = pyqtSignal(int)
    hovered = pyqtSignal(object)
    said = pyqtSignal(str)

    def __init__(self, mix: Mix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mix = mix
        self.rows: list[IngredientRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.UNIT // 2 + 2)

    @property
    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in this order."""
        return [part for row in self.rows for part in (row.name, row.sign, row.remove, row.slider)]

    def refresh(self) -> bool:
        """Show the ingredients as they are now; return whether there are more rows than before."""
        count, before = len(self._mix.ingredients), len(self.rows)
        while len(self.rows) > count:
            self._drop_last()
        while len(self.rows) < count:
            self._add_row()
        path = self._mix.recipe.question == "path"
        roles = dict(zip(self._mix.answer.taking_part, ("From", "To"), strict=False))
        for place, (row, each) in enumerate(zip(self.rows, self._mix.ingredients, strict=True)):
            role = roles.get(place, "Not on the path") if path else ""
            row.show_ingredient(each, self._mix.artist(place), role)
        self.setVisible(bool(count))
        return count > before

    def take(self, dragged: Dragged, place: int | None = None) -> None:
        """Add an artist that was dropped, or put it in the place of another."""
        mix = self._mix
        artist = dragged.in_world(mix.world)
        if artist is None:
            self.said.emit(f"{dragged.name} is not in this galaxy.")
        elif place is None:
            mix.add(artist)
        elif mix.has(artist):
            # One of the rows was dragged to another's place.
            here = [mix.artist(i) for i in range(len(mix.ingredients))].index(artist)
            mix.move(here, place)
        else:
            mix.replace(place, artist)

    def _add_row(self) -> None:
        place = len(self.rows)
        row, mix = IngredientRow(), self._mix
        row.weighed.connect(lambda weight: mix.set_weight(place, weight))
        row.signed.connect(lambda minus: mix.set_minus(place, minus))
        row.removed.connect(lambda: self._remove(place))
        row.dropped.connect(lambda dragged: self.take(dragged, place))
        row.pressed.connect(lambda: self._pressed(place))
        row.hovered.connect(lambda over: self._hovered(place, over=over))
        self.rows.append(row)
        self._column.addWidget(row)

    def _drop_last(self) -> None:
        row = self.rows.pop()
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _remove(self, place: int) -> None:
        by_keyboard = self.rows[place].remove.hasFocus()
        self.hovered.emit(None)
        self._mix.remove(place)
        self.refresh()
        if by_keyboard and self.rows:
            # The keyboard stays where it was, on the row that came up.
            row = self.rows[min(place, len(self.rows) - 1)]
            row.remove.setFocus(Qt.FocusReason.TabFocusReason)

    def _pressed(self, place: int) -> None:
        if (artist := self._mix.artist(place)) is not None:
            self.fly_requested.emit(artist)

    def _hovered(self, place: int, *, over: bool) -> None:
        here = over and place < len(self._mix.ingredients)
        self.hovered.emit(self._mix.artist(place) if here else None)
