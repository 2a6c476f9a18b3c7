"""The rebuild's room in the sidebar: presets, knobs, and what came of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from embedding.settings import BuildSettings
from galaxy_desktop.model.durations import in_words
from galaxy_desktop.model.figures import Compared
from galaxy_desktop.model.knobs import KNOBS, fitted
from galaxy_desktop.model.live import live_artists, shape_seconds
from galaxy_desktop.model.pace import Pace
from galaxy_desktop.model.presets import PRESETS
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.column import Column
from galaxy_desktop.ui.figures_table import FiguresTable
from galaxy_desktop.ui.flow_layout import FlowLayout
from galaxy_desktop.ui.knob_row import KnobRow
from galaxy_desktop.ui.labels import hairline, label
from galaxy_desktop.ui.pointing import Pointing
from galaxy_desktop.ui.rebuild_foot import RebuildFoot

REBUILD = "Rebuild"
"""What its room is called."""
_SETTLED_MS = 50
_TOO_MANY = 0.8
"""Where fewer than this share of the artists were finished in time, they were too many."""
_FEWER = (
    "Live takes the {:,} best known artists, so that a shape is finished in about five seconds."
)
_SOON = "Live takes {:,} artists: their shape is finished in about {}."
_ALL = "It is {:,} artists again: Rebuild gives them the shape you found."
_AS_IT_IS = "Puts every knob back to how the galaxy on the screen was built."


class RebuildPanel(QWidget):
    """The knobs of a build above, the buttons below, where they are always seen.

    Signals
    -------
    wanted(BuildSettings) : build with these settings
    let_go(BuildSettings) : a knob or a preset was chosen; in live mode that builds
    cancel_requested(), undo_requested(), redo_requested() : by its button
    keep_requested(), throw_away_requested() : the galaxy that is shown
    shown(bool) : the room is opened, or left

    Attributes
    ----------
    rows : dict of str to KnobRow
    presets : dict of str to QPushButton
    as_it_is : QPushButton
    figures : FiguresTable
    foot : RebuildFoot
    pace : Pace
        The machine's, as far as it is known.
    """

    wanted = pyqtSignal(object)
    let_go = pyqtSignal(object)
    cancel_requested = pyqtSignal()
    undo_requested = pyqtSignal()
    redo_requested = pyqtSignal()
    keep_requested = pyqtSignal()
    throw_away_requested = pyqtSignal()
    shown = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = self._built = BuildSettings()
        self._artists = 0
        self._most = 0
        """Artists in live mode: as many as are finished soon, or as the user asked for there."""
        self._before_live = 0
        self._chosen = False
        """Whether the user chose how many artists, while it was live."""
        self.pace = Pace()
        self.rows = {each.name: KnobRow(each) for each in KNOBS}
        self.presets = {each.title: _chip(each.title) for each in PRESETS}
        self.as_it_is = _chip("As it is")
        self.as_it_is.setCheckable(False)
        self.figures = FiguresTable()
        self._result = QWidget()
        self._column = Column()
        self.foot = RebuildFoot()
        self._arrange()
        self.setFocusProxy(next(iter(self.presets.values())))
        self._connect()
        self.show_figures([])

    @property
    def settings(self) -> BuildSettings:
        """What the knobs are set to."""
        return self._settings

    @property
    def live(self) -> bool:
        """Whether a knob that is let go starts a build."""
        return self.foot.live.isChecked()

    def show_built(self, settings: BuildSettings, artists: int) -> None:
        """Set the knobs to how the galaxy on the screen was built; says nothing.

        Parameters
        ----------
        settings : BuildSettings
        artists : int
            How many there are to build from.
        """
        self._built = fitted(settings, artists)
        if artists != self._artists:
            self._artists = artists
            self._before_live, self._chosen = self._built.max_artists, False
            self._most = live_artists(self._built, artists, self.pace)
        self._settings = self._lively(self._built)
        self._show()

    def learn(self, settings: BuildSettings, artists: int, seconds: float) -> str:
        """Take note of how long the shape of a build took; live mode keeps its word next time.

        Parameters
        ----------
        settings : BuildSettings
        artists : int
        seconds : float
            0 where that was not seen.

        Returns
        -------
        str
            What is to be said of it, if anything.
        """
        self.pace = self.pace.after(settings, artists, seconds)
        most = live_artists(settings, self._artists, self.pace)
        # Fewer at once, for it takes too long; more with the next switch, lest the galaxy jump.
        if not self.live or self._chosen or most >= _TOO_MANY * self._most:
            return ""
        self._most = most
        return _FEWER.format(most)

    def show_figures(self, figures: list[Compared], *, reveal: bool = False) -> None:
        """Show how good this galaxy is beside the one before; nothing where there is none.

        Parameters
        ----------
        figures : list of Compared
        reveal : bool
            Whether to scroll there.
        """
        self.figures.show_figures(figures)
        self._order()
        self._result.setVisible(bool(figures))
        if figures and reveal:
            # Once all has its place; the foot grows, too.
            QTimer.singleShot(_SETTLED_MS, self._reveal)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    # -- Within ------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        chips = QWidget()
        flow = FlowLayout(chips)
        for chip in (*self.presets.values(), self.as_it_is):
            flow.addWidget(chip)
        result = QVBoxLayout(self._result)
        result.setContentsMargins(0, theme.UNIT, 0, 0)
        result.setSpacing(theme.UNIT)
        result.addWidget(hairline())
        result.addWidget(label("HOW GOOD IT IS", "section"))
        result.addWidget(self.figures)
        column = self._column.column
        column.addWidget(label("SHAPES", "section"))
        column.addWidget(chips)
        column.addSpacing(theme.UNIT // 2)
        column.addWidget(label("KNOBS", "section"))
        knobs = QVBoxLayout()
        knobs.setSpacing(theme.UNIT // 2)
        for row in self.rows.values():
            knobs.addWidget(row)
        column.addLayout(knobs)
        column.addWidget(self._result)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._column, 1)
        whole.addWidget(self.foot)

    def _order(self) -> None:
        """Let Tab go from top to bottom; by itself it goes by when each part was made."""
        foot = self.foot
        knobs = [part for row in self.rows.values() for part in row.parts]
        buttons = [foot.live, foot.undo, foot.redo, foot.rebuild, foot.cancel]
        order = [
            *(*self.presets.values(), self.as_it_is, *knobs, *self.figures.rows),
            *(foot.keep, foot.throw_away, *buttons),
        ]
        for one, following in pairwise(order):
            self.setTabOrder(one, following)

    def _connect(self) -> None:
        foot = self.foot
        for row in self.rows.values():
            row.changed.connect(self._turned)
            row.let_go.connect(lambda _: self.let_go.emit(self._settings))
            row.refused.connect(foot.refuse_value)
            row.changed.connect(lambda *_: foot.forget_value())
            row.corrected.connect(foot.forget_value)
            for part in (row, *row.parts):
                Pointing(part, row.knob.sentence, foot.explain)
        for preset in PRESETS:
            chip = self.presets[preset.title]
            chip.clicked.connect(lambda _=False, preset=preset: self._choose(preset.apply))
            Pointing(chip, preset.sentence, foot.explain)
        self.as_it_is.clicked.connect(lambda: self._choose(lambda _: self._built))
        Pointing(self.as_it_is, _AS_IT_IS, foot.explain)
        self.figures.pointed.connect(foot.explain)
        foot.live.toggled.connect(self._switched)
        Pointing(foot.rebuild, self._about_rebuild, foot.explain)
        foot.rebuild.clicked.connect(lambda: self.wanted.emit(self._settings))
        foot.cancel.clicked.connect(self.cancel_requested)
        foot.undo.clicked.connect(self.undo_requested)
        foot.redo.clicked.connect(self.redo_requested)
        foot.keep.clicked.connect(self.keep_requested)
        foot.throw_away.clicked.connect(self.throw_away_requested)

    def _about_rebuild(self) -> str:
        artists = min(self._artists, self._settings.max_artists)
        soon = self._soon(artists)
        return f"Builds {artists:,} artists with these knobs: their shape takes about {soon}."

    def _soon(self, artists: int) -> str:
        return in_words(shape_seconds(self._settings, artists, self.pace))

    def _turned(self, name: str, value: Any) -> None:
        self._settings = replace(self._settings, **{name: value})
        if name == "max_artists" and self.live:
            self._before_live, self._most = value, max(value, self._most)
            self._chosen = True
        self._show_chips()

    def _switched(self, live: bool) -> None:
        """Take as many artists as one can wait for, or again those there were before."""
        now = self._settings.max_artists
        if live:
            self._before_live, self._chosen = now, False
            self._most = live_artists(self._settings, self._artists, self.pace)
            self._settings = self._lively(self._settings)
            if self._settings.max_artists < now:
                self.foot.tell(_FEWER.format(self._settings.max_artists))
            else:
                self.foot.tell(_SOON.format(now, self._soon(now)))
        elif now == self._most < self._before_live:
            self._settings = fitted(
                replace(self._settings, max_artists=self._before_live), self._artists
            )
            self.foot.tell(_ALL.format(self._settings.max_artists))
        self._show()

    def _lively(self, settings: BuildSettings) -> BuildSettings:
        """Return settings that live mode can do at once; outside it the same."""
        if not self.live or settings.max_artists <= self._most:
            return settings
        return replace(settings, max_artists=self._most)

    def _choose(self, change: Any) -> None:
        chosen = self._lively(fitted(change(self._settings), self._artists))
        different = chosen != self._settings
        self._settings = chosen
        self._show()
        if different:
            self.let_go.emit(chosen)

    def _reveal(self) -> None:
        bar = self._column.verticalScrollBar()
        if bar is not None and self._result.isVisible():
            bar.setValue(bar.maximum())

    def _show(self) -> None:
        for name, row in self.rows.items():
            row.set_value(getattr(self._settings, name), self._artists)
        self._show_chips()

    def _show_chips(self) -> None:
        for preset in PRESETS:
            shape = fitted(preset.apply(self._settings), self._artists)
            self.presets[preset.title].setChecked(shape == self._settings)
        self.as_it_is.setEnabled(self._settings != self._built)


def _chip(title: str) -> QPushButton:
    chip = button(title, "chip")
    chip.setCheckable(True)
    return chip
