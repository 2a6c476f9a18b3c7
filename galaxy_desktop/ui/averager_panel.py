"""The averager: who is averaged, what is asked, and who lies between them."""

from __future__ import annotations

from typing import get_args

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.mix_answer import Answer
from galaxy_desktop.model.playlist import Playlist, playlist
from galaxy_desktop.model.recent import Recents
from galaxy_desktop.model.recipe import COUNTS, LONGEST, SHORTEST, Question, Recipe
from galaxy_desktop.model.touring import Touring
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_drag import DropTarget
from galaxy_desktop.ui.buttons import IconButton, Tabs, button
from galaxy_desktop.ui.column import Column
from galaxy_desktop.ui.fame_range import FameRange
from galaxy_desktop.ui.icons import icon
from galaxy_desktop.ui.ingredient_list import IngredientList
from galaxy_desktop.ui.labels import hairline, label
from galaxy_desktop.ui.path_rows import PathRows, path_rows
from galaxy_desktop.ui.playlist_menu import PlaylistMenu
from galaxy_desktop.ui.recent_rows import RecentList
from galaxy_desktop.ui.result_rows import ResultRows, result_rows
from galaxy_desktop.ui.search_box import SearchBox
from galaxy_desktop.ui.slider import Slider

_QUESTIONS: tuple[Question, ...] = get_args(Question)
_KEPT_AFTER_MS = 2500
"""What stays as it is for so long is worth being listed among the recent ones."""


class AveragerPanel(Column):
    """A mix with its answer.

    Signals
    -------
    fly_requested(int) : fly to this artist
    hovered(int | None) : a row that means this artist is under the cursor
    frame_requested() : show all of them at once
    tour_requested() : fly along the path; or, while that is under way, stop
    answered() : another answer than before is shown
    said(str), failed(str) : one sentence for the user

    Parameters
    ----------
    mix : Mix
    recents : Recents
    """

    fly_requested = pyqtSignal(int)
    hovered = pyqtSignal(object)
    frame_requested = pyqtSignal()
    tour_requested = pyqtSignal()
    answered = pyqtSignal()
    said = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, mix: Mix, recents: Recents, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mix, self.recents = mix, recents
        self._touring: Touring | None = None
        self._shown: Answer | None = None
        self.search = SearchBox("Add an artist", "")
        self.ingredients = IngredientList(mix)
        self.question = Tabs(("Between", "Path"))
        self.question.at(0).setToolTip("Who lies between these artists")
        self.question.at(1).setToolTip("A path from the first artist to the second, step by step")
        self.swap = IconButton("swap", "Swap the first two artists")
        self.clear = IconButton("remove", "Remove all artists")
        self.length = Slider("Artists on the path")
        self.length.setRange(SHORTEST, LONGEST)
        self.length.setPageStep(5)
        self.length_label = label("", "number")
        self.fame = FameRange()
        self.sentence = label("", "muted", wrap=True)
        self.summary = label("", "heading")
        self.about = label("", "small", wrap=True)
        self.frame = IconButton("frame", "Show all of them in the galaxy")
        self.save = PlaylistMenu(self.playlist)
        self.tour = button("Fly the path", "soft", "fly")
        self.results = ResultRows()
        self.more = button("", "quiet")
        self.path = PathRows()
        self.recent = RecentList(recents)
        # A name dropped on the field is to be averaged as well, not to be looked for.
        self.search.field.setAcceptDrops(False)
        self._asking = _row(self.question, self.swap, self.clear)
        self._length = _row(label("Length", "small"), self.length, self.length_label)
        self._found = _row(self.summary, self.frame, self.save)
        self._line = hairline()
        self._arrange()
        # Many changes in one turn of Qt's loop are one to look at.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._kept = QTimer(self)
        self._kept.setSingleShot(True)
        self._kept.setInterval(_KEPT_AFTER_MS)
        self._connect()

    def playlist(self) -> Playlist:
        """Return what was found."""
        return playlist(self.mix.recipe, self.mix.answer, self.mix.world)

    def show_touring(self, touring: Touring | None) -> None:
        """Show how far a flight along the path has come, None while there is none."""
        self._touring = touring
        self._refresh_later()

    def keep_recent(self) -> None:
        """List what is averaged now among the recent ones, if it leads anywhere."""
        self._kept.stop()
        if not self.mix.answer.sentence:
            self.recents.note(self.mix.recipe)

    def refresh(self) -> None:
        """Show the mix as it is now."""
        self._soon.stop()
        recipe, answer = self.mix.recipe, self.mix.answer
        if self.ingredients.refresh():
            self._order_tabs()
        path = recipe.question == "path"
        self.question.blockSignals(True)
        self.question.current = _QUESTIONS.index(recipe.question)
        self.question.blockSignals(False)
        self.length.blockSignals(True)
        self.length.setValue(recipe.length)
        self.length.blockSignals(False)
        self.length_label.setText(f"{recipe.length} artists")
        self.fame.show_fame(recipe.fame, self.mix.world)
        asked, several = bool(recipe.ingredients), len(recipe.ingredients) > 1
        for part, shown in (
            (self._asking, asked),
            (self.swap, several),
            (self._length, several and path),
            (self.fame, several),
            (self._line, asked),
            (self.sentence, bool(answer.sentence)),
            (self._found, not answer.sentence),
            (self.about, not answer.sentence),
            (self.tour, not answer.sentence and path),
            (self.results, answer.average is not None),
            (self.more, len(answer.artists) >= COUNTS[0] and not path),
            (self.path, answer.path is not None),
        ):
            part.setVisible(shown)
        self.sentence.setText(answer.sentence)
        self._show_found(recipe, answer)
        if answer is not self._shown:
            self._shown = answer
            self.answered.emit()

    def showEvent(self, event: QShowEvent | None) -> None:
        self.refresh()
        super().showEvent(event)

    # -- Within ----------------------------------------------------------------------------------

    def _show_found(self, recipe: Recipe, answer: Answer) -> None:
        world = self.mix.world
        at = None
        if self._touring is not None and self._touring.artists == answer.artists:
            at = self._touring.at
        self.results.show_rows(result_rows(recipe, answer, world))
        self.path.show_rows(path_rows(recipe, answer, world, at))
        if at is not None:
            self.path.show_place(at)
        self.more.setText("Show fewer" if recipe.count > COUNTS[0] else "Show more")
        self.tour.setIcon(icon("fly" if at is None else "stop", "soft"))
        self.tour.setText("Fly the path" if at is None else "Stop here")
        if answer.average is not None:
            self.summary.setText(f"{answer.average.similarity:.0%} similar")
            names = [recipe.ingredients[place].name for place in answer.taking_part]
            self.about.setText(_similar(names))
        elif answer.path is not None:
            way = answer.path
            self.summary.setText(f"{len(way.artists) - 1} steps")
            before, after = (world.name(a) for a in way.artists[way.largest :][:2])
            match = f"{way.matches[way.largest]:.0%} match"
            if way.leaps:
                leaps = "a leap" if len(way.leaps) == 1 else f"{len(way.leaps)} leaps"
                said = f"The music makes {leaps}, the largest from {before} to {after} ({match})."
            else:
                said = f"The largest is from {before} to {after} ({match})."
            self.about.setText(said)

    def _arrange(self) -> None:
        column = self.column
        found = QVBoxLayout()
        found.setSpacing(0)
        found.addWidget(self._found)
        found.addWidget(self.about)
        for part in (self.search, self.ingredients, self._asking, self._length, self.fame):
            column.addWidget(part)
        column.addWidget(self._line)
        column.addWidget(self.sentence)
        column.addLayout(found)
        column.addWidget(self.tour)
        column.addWidget(self.results)
        column.addWidget(self.more)
        column.addWidget(self.path)
        column.addWidget(self.recent)
        column.addStretch(1)

    def _order_tabs(self) -> None:
        """Let the keyboard go through the ingredients between the field and what is asked."""
        before: QWidget = self.search.field
        for part in (*self.ingredients.stops, self.question.at(0)):
            QWidget.setTabOrder(before, part)
            before = part

    def _connect(self) -> None:
        mix = self.mix
        mix.changed.connect(self._changed)
        self._soon.timeout.connect(self.refresh)
        self._kept.timeout.connect(self.keep_recent)
        self.search.chosen.connect(mix.add)
        self.search.previewed.connect(self.hovered)
        mix.refused.connect(self.said.emit)
        port = self.viewport()
        assert port is not None
        DropTarget(port, self).dropped.connect(self.ingredients.take)
        self.ingredients.said.connect(self.said)
        self.question.changed.connect(lambda place: mix.ask(_QUESTIONS[place]))
        self.swap.clicked.connect(lambda _: mix.swap())
        self.clear.clicked.connect(self._clear)
        self.length.valueChanged.connect(mix.set_length)
        self.fame.changed.connect(mix.set_fame)
        self.frame.clicked.connect(lambda _: self.frame_requested.emit())
        self.more.clicked.connect(lambda _: mix.show_more(mix.recipe.count == COUNTS[0]))
        self.tour.clicked.connect(lambda _: self.tour_requested.emit())
        self.save.said.connect(self.said)
        self.save.failed.connect(self.failed)
        self.recent.chosen.connect(mix.restore)
        self.ingredients.fly_requested.connect(self.fly_requested)
        self.ingredients.hovered.connect(self.hovered)
        for rows in (self.results, self.path):
            rows.chosen.connect(self.fly_requested)
            rows.hovered.connect(self.hovered)
            rows.tooled.connect(mix.add)

    def _clear(self) -> None:
        self.keep_recent()
        self.mix.clear()
        self.search.field.setFocus()

    def _changed(self) -> None:
        self._kept.start()
        self._refresh_later()

    def _refresh_later(self) -> None:
        # What is not seen is worked out once it is.
        if self.isVisible() and not self._soon.isActive():
            self._soon.start(0)


def _row(*parts: QWidget) -> QWidget:
    """Return widgets side by side, the first or the slider as wide as there is room."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.UNIT)
    wide = next((part for part in parts if isinstance(part, Slider)), parts[0])
    for part in parts:
        row.addWidget(part, int(part is wide))
    return whole


def _similar(names: list[str]) -> str:
    return (
        f"{names[0]} and {names[1]}, by the company they keep."
        if len(names) == 2
        else "The mean of all pairs of them."
    )
