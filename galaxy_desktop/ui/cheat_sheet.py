"""The cheat sheet: all that can be done, and by which keys."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from galaxy_desktop.model.actions import Action, Group, by_group
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.labels import label
from galaxy_desktop.ui.overlay import Overlay

_MODES = {"orbit": "in orbit", "fly": "flying"}
_SHOWN_KEYS = 3
_WIDTH = 960
_TWO = 720
"""So wide, it has two columns."""
_NAMES = {
    "Return": "Enter",
    "PageUp": "Page up",
    "PageDown": "Page down",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
}


class CheatSheet(Overlay):
    """The table of actions in two columns, or where that is too narrow in one.

    Parameters
    ----------
    over : QWidget
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__("Keys and mouse", over, QSize(_WIDTH, 0))
        self._columns = columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        columns.setSpacing(5 * theme.UNIT)
        for groups in _halves(by_group()):
            column = QVBoxLayout()
            column.setSpacing(2 * theme.UNIT)
            for group, actions in groups:
                column.addLayout(_section(group, actions))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.sheet.column.addLayout(columns)

    def needed_height(self, wide: int) -> int:
        """Return the height at which nothing has to be scrolled."""
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide >= _TWO else QBoxLayout.Direction.TopToBottom
        )
        return super().needed_height(wide)


Section = tuple[Group, list[Action]]


def _halves(groups: dict[Group, list[Action]]) -> tuple[list[Section], list[Section]]:
    """Share the groups between two columns of about the same length, in their order."""
    sections = [(group, actions) for group, actions in groups.items() if actions]
    lengths = [len(actions) + 2 for _, actions in sections]
    cut = min(range(len(sections) + 1), key=lambda k: abs(sum(lengths[:k]) - sum(lengths[k:])))
    return sections[:cut], sections[cut:]


def _section(group: Group, actions: list[Action]) -> QVBoxLayout:
    section = QVBoxLayout()
    section.setSpacing(5)
    section.addWidget(label(group.upper(), "accent"))
    for action in actions:
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT // 2)
        row.addWidget(label(action.sentence.rstrip("."), "muted", wrap=True), 1)
        if action.mode is not None:
            row.addWidget(label(_MODES[action.mode], "number"))
            row.addSpacing(theme.UNIT // 2)
        for key in dict.fromkeys(map(readable, action.keys[:_SHOWN_KEYS])):
            row.addWidget(label(key, "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        section.addLayout(row)
    return section


def readable(key: str) -> str:
    """Return a key of the table as it is printed on keyboards."""
    parts = key.split("+") if not key.endswith("+") else [*key[:-1].split("+")[:-1], "+"]
    return " ".join(_NAMES.get(part, part) for part in parts)
