"""The lower end of the rebuild's room: what is pointed at, how far it is, and the buttons."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import IconButton, Switch, button
from galaxy_desktop.ui.labels import IconLabel, hairline, label
from galaxy_desktop.ui.pointing import Pointing
from galaxy_desktop.ui.progress_line import ProgressLine

_HOW = "Point at a shape or a knob, or go to it with Tab, to read what it does."
_LIVE = (
    "While this is on, the world starts to change as soon as you let go of a knob, with as many"
    " artists as finish their shape in about five seconds."
)
_LINES = 3
"""So many lines are kept for a sentence, so that nothing moves when another one is read."""


class RebuildFoot(QWidget):
    """What never scrolls.

    Attributes
    ----------
    help, status : QLabel
    progress : ProgressLine
    problem : IconLabel
    live : Switch
    rebuild, cancel, keep, throw_away : QPushButton
    undo, redo : IconButton
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.help = label("\n".join("M" * _LINES), "small", wrap=True)
        # The style sheet says how large it is.
        self.help.ensurePolished()
        self.help.setMinimumHeight(self.help.sizeHint().height())
        self.help.setText(_HOW)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.status = label("", "small", wrap=True)
        self.progress = ProgressLine()
        self.problem = IconLabel("warning", "danger", "")
        self._passing = False
        self.live = Switch("Live")
        self.rebuild = button("Rebuild", "primary")
        self.cancel = button("Cancel")
        self.undo = IconButton("undo", "Back to the galaxy before")
        self.redo = IconButton("redo", "Forward to the galaxy after")
        self.keep = button("Keep...", "soft")
        self.throw_away = button("Throw away", "quiet")
        self._unkept = QWidget()
        self._arrange()
        Pointing(self.live, _LIVE, self.explain)
        keep = "Saves this galaxy, with the settings it was built with, in a file of your own."
        Pointing(self.keep, keep, self.explain)
        lose = "Forgets this galaxy and shows the one before."
        Pointing(self.throw_away, lose, self.explain)
        self.show_idle("")
        self.show_row(undo=False, redo=False, unkept=False)

    def explain(self, sentence: str) -> None:
        """Show what is pointed at; "" goes back to what has the keyboard."""
        self.help.setText(sentence or self._about_focus() or _HOW)

    def tell(self, sentence: str) -> None:
        """Say something while nothing is under way; what a build says goes before."""
        if self.progress.isHidden():
            self.show_idle(sentence)

    def refuse(self, sentence: str) -> None:
        """Say why something cannot be."""
        self._passing = False
        self.problem.words.setText(sentence)
        self._show(self.problem)

    def refuse_value(self, sentence: str) -> None:
        """Say why a value cannot be, until another one is given."""
        self.refuse(sentence)
        self._passing = True

    def forget_value(self) -> None:
        """Hear that there is a good value."""
        if self._passing and not self.problem.isHidden():
            self._show(self.progress if self.cancel.isVisible() else self.status)
        self._passing = False

    def show_idle(self, sentence: str) -> None:
        """Say that nothing is under way, and how the last build ended."""
        self.status.setText(sentence)
        self._show(self.status)
        self._offer(building=False)

    def show_failed(self, sentence: str) -> None:
        """Say why a build failed."""
        self.refuse(sentence)
        self._offer(building=False)

    def show_progress(self, stage: str, share: float, left: float | None) -> None:
        """Say how far a build is."""
        self.progress.show_progress(stage, share, left)
        self._show(self.progress)
        self._offer(building=True)

    def show_row(self, *, undo: bool, redo: bool, unkept: bool) -> None:
        """Say which galaxies there are before and after, and whether this one would be lost."""
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)
        self._unkept.setVisible(unkept)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.UNIT // 2)
        buttons.addWidget(self.live)
        live = label("Live")
        live.setBuddy(self.live)
        buttons.addWidget(live)
        buttons.addStretch(1)
        buttons.addWidget(self.undo)
        buttons.addWidget(self.redo)
        buttons.addSpacing(theme.UNIT // 2)
        buttons.addWidget(self.rebuild)
        buttons.addWidget(self.cancel)
        unkept = QHBoxLayout(self._unkept)
        unkept.setContentsMargins(0, 0, 0, 0)
        unkept.setSpacing(theme.UNIT)
        unkept.addWidget(self.keep, 1)
        unkept.addWidget(self.throw_away, 1)
        inside = QVBoxLayout()
        side = 2 * theme.UNIT
        inside.setContentsMargins(side, theme.UNIT, side, side)
        inside.setSpacing(theme.UNIT)
        inside.addWidget(self.help)
        for part in (self.status, self.progress, self.problem):
            inside.addWidget(part)
        # What comes and goes is above: nobody who presses Redo again throws a galaxy away.
        inside.addWidget(self._unkept)
        inside.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(hairline())
        whole.addLayout(inside)

    def _show(self, part: QWidget) -> None:
        parts = (self.status, self.progress, self.problem)
        for each in parts:
            if each is not part:
                each.hide()
        part.setVisible(part is not self.status or bool(self.status.text()))

    def _offer(self, *, building: bool) -> None:
        """Show the one of Rebuild and Cancel that can be pressed; the keyboard stays with it."""
        out, into = (self.rebuild, self.cancel) if building else (self.cancel, self.rebuild)
        focused = out.hasFocus()
        # Never both: that would widen the sidebar.
        out.hide()
        into.show()
        if focused:
            into.setFocus(Qt.FocusReason.OtherFocusReason)

    def _about_focus(self) -> str:
        focused, panel = QApplication.focusWidget(), self.parentWidget()
        if focused is None or panel is None or not panel.isAncestorOf(focused):
            return ""
        return focused.accessibleDescription()
