"""`GrowthStrip`: how a growth goes, at the foot of the sidebar, and what can be done about it."""

from __future__ import annotations

from typing import Literal

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from galaxy_desktop.jobs.crawl_messages import CrawlProgress
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.labels import IconLabel, NameLabel, hairline, label
from galaxy_desktop.ui.progress_line import ProgressLine

Doing = Literal["asking", "stopping", "waiting", "ended", "building", "grown"]
"""Asking a service; about to stop that; waiting for the user to go on; not to go on, with artists
at the edge that have no place yet; building the galaxy; done."""

_OFFERED: dict[Doing, tuple[str, ...]] = {
    "asking": ("pause", "re_form", "stop"),
    "stopping": (),
    "waiting": ("resume", "re_form", "stop"),
    "ended": ("re_form", "take_away"),
    "building": ("give_up",),
    "grown": ("undo", "close_it"),
}


class GrowthStrip(QWidget):
    """A title, a line of progress or a sentence, and the buttons that make sense.

    Signals
    -------
    pause_requested(), resume_requested(), stop_requested() : by its button
    re_form_requested(), take_away_requested(), give_up_requested() : likewise
    undo_requested(), close_requested() : likewise
    """

    pause_requested = pyqtSignal()
    resume_requested = pyqtSignal()
    stop_requested = pyqtSignal()
    re_form_requested = pyqtSignal()
    take_away_requested = pyqtSignal()
    give_up_requested = pyqtSignal()
    undo_requested = pyqtSignal()
    close_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = NameLabel("body", 1)
        self.service = label("", "number")
        self.progress = ProgressLine()
        self.status = label("", "small", wrap=True)
        self.problem = IconLabel("warning", "danger", "")
        self.pause = self._button("Pause", "Stops asking for now; all answers are kept")
        self.resume = self._button("Resume", "Goes on asking where it was")
        self.re_form = self._button(
            "Re-form now", "Builds the galaxy with the new artists, so that they find their place"
        )
        self.stop = self._button("Stop", "Ends the growth; nothing more is asked")
        self.take_away = self._button("Take away", "The galaxy is as it was before it grew")
        self.give_up = self._button("Cancel", "Leaves the new artists at the edge for now")
        self.undo = self._button("Undo", "Back to the galaxy before it grew")
        self.close_it = self._button("Close", "Takes this message away")
        self.resume.setProperty("kind", "soft")
        self._doing: Doing = "grown"
        self._arrange()
        for made, signal in (
            (self.pause, self.pause_requested),
            (self.resume, self.resume_requested),
            (self.re_form, self.re_form_requested),
            (self.stop, self.stop_requested),
            (self.take_away, self.take_away_requested),
            (self.give_up, self.give_up_requested),
            (self.undo, self.undo_requested),
            (self.close_it, self.close_requested),
        ):
            made.clicked.connect(signal)
        self.hide()

    @property
    def doing(self) -> Doing:
        """What is under way."""
        return self._doing

    def begin(self, title: str, service: str) -> None:
        """Show a growth that sets off, and whom it asks."""
        self.title.set_text(title)
        self.service.setText(service)
        self.show_asking(CrawlProgress(), 0)
        self.show()

    def show_asking(self, progress: CrawlProgress, new: int) -> None:
        """Show how far the asking is.

        Parameters
        ----------
        progress : CrawlProgress
        new : int
            Artists that the galaxy did not have.
        """
        share = progress.asked / progress.wanted if progress.wanted else 0.0
        self.progress.show_progress(_said(progress, new), share, progress.left)
        self.re_form.setEnabled(progress.asked > 0)
        self._show("asking", self.progress)

    def show_stopping(self) -> None:
        """Show that it is about to stop."""
        self.status.setText("Stopping; the last answer is being kept.")
        self._show("stopping", self.status)

    def show_waiting(self, sentence: str, *, wrong: bool = False, new: bool = True) -> None:
        """Show that it waits for the user, and why; with `new` there is something to re-form."""
        self.re_form.setEnabled(new)
        if wrong:
            self.problem.words.setText(sentence)
        else:
            self.status.setText(sentence)
        self._show("waiting", self.problem if wrong else self.status)

    def show_ended(self, sentence: str) -> None:
        """Show that nothing more is asked, and that artists at the edge have no place yet."""
        self.status.setText(sentence)
        self.re_form.setEnabled(True)
        self._show("ended", self.status)

    def show_building(self, stage: str, share: float, left: float | None) -> None:
        """Show how far the re-formation is."""
        self.progress.show_progress(stage, share, left)
        self._show("building", self.progress)

    def show_grown(self, sentence: str) -> None:
        """Show what came of it."""
        self.status.setText(sentence)
        self._show("grown", self.status)

    def _button(self, text: str, does: str) -> QPushButton:
        made = button(text)
        made.setToolTip(does)
        made.setAccessibleDescription(does)
        return made

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.UNIT // 2)
        first = (self.pause, self.resume, self.re_form, self.undo)
        for each in first:
            buttons.addWidget(each)
        buttons.addStretch(1)
        for each in (self.stop, self.take_away, self.give_up, self.close_it):
            buttons.addWidget(each)
        inside = QVBoxLayout()
        side = 2 * theme.UNIT
        inside.setContentsMargins(side, theme.UNIT, side, side)
        inside.setSpacing(theme.UNIT // 2)
        top = QHBoxLayout()
        top.setSpacing(theme.UNIT)
        top.addWidget(self.title, 1)
        top.addWidget(self.service)
        inside.addLayout(top)
        for part in (self.progress, self.status, self.problem):
            inside.addWidget(part)
        inside.addSpacing(theme.UNIT // 2)
        inside.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(hairline())
        whole.addLayout(inside)

    def _show(self, doing: Doing, part: QWidget) -> None:
        """Show one part, and the buttons of what is under way; the keyboard stays among them."""
        self._doing = doing
        for each in (self.progress, self.status, self.problem):
            each.setVisible(each is part)
        names = [name for offered in _OFFERED.values() for name in offered]
        buttons = {name: getattr(self, name) for name in dict.fromkeys(names)}
        offered = [buttons[name] for name in _OFFERED[doing]]
        lost = any(each.hasFocus() for each in buttons.values() if each not in offered)
        for each in buttons.values():
            each.setVisible(each in offered)
        able = [each for each in offered if each.isEnabled()]
        if lost and able:
            able[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _said(progress: CrawlProgress, new: int) -> str:
    if progress.waiting:
        return progress.waiting
    said = f"{new:,} new artist{'' if new == 1 else 's'}"
    if progress.per_minute:
        said += f", {progress.per_minute:,.0f} asked a minute"
    return said if progress.asked or new else "Looking for the first artist"
