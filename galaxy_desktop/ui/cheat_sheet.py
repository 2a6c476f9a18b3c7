"""The cheat sheet: all that can be done, and by which keys."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from galaxy_desktop.model.actions import Action, Group, by_group
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.column import Column
from galaxy_desktop.ui.labels import label
from galaxy_desktop.ui.overlay import Overlay

_MODES = {"orbit": "orbit", "fly": "flying", None: ""}
_SHOWN_KEYS = 3
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
    """The table of actions in two columns.

    Parameters
    ----------
    over : QWidget
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__("Keys and mouse", over, QSize(880, 640))
        sheet = Column()
        sheet.column.setContentsMargins(0, 0, theme.UNIT, 0)
        columns = QHBoxLayout()
        columns.setSpacing(5 * theme.UNIT)
        for groups in _halves(by_group()):
            column = QVBoxLayout()
            column.setSpacing(2 * theme.UNIT)
            for group, actions in groups:
                column.addLayout(_section(group, actions))
            column.addStretch(1)
            columns.addLayout(column, 1)
        sheet.column.addLayout(columns)
        self.column.addWidget(sheet, 1)
        self._sheet = sheet

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        bar = self._sheet.verticalScrollBar()
        assert bar is not None
        step = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)


Section = tuple[Group, list[Action]]


def _halves(groups: dict[Group, list[Action]]) -> tuple[list[Section], list[Section]]:
    """Share the groups between two columns of about the same length, in their order."""
    sections = [(group, actions) for group, actions in groups.items() if actions]
    lengths = [len(actions) + 2 for _, actions in sections]
    cut = min(range(len(sections) + 1), key=lambda k: abs(sum(lengths[:k]) - sum(lengths[k:])))
    return sections[:cut], sections[cut:]


def _section(group: Group, actions: list[Action]) -> QVBoxLayout:
    section = QVBoxLayout()
    section.setSpacing(theme.UNIT)
    section.addWidget(label(group.upper(), "accent"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * theme.UNIT)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    for row, action in enumerate(actions):
        where = _MODES[action.mode]
        text = action.sentence.rstrip(".") + (f"  ({where})" if where else "")
        grid.addWidget(label(text, "muted", wrap=True), row, 0)
        grid.addWidget(_keys(action.keys), row, 1, Qt.AlignmentFlag.AlignRight)
    section.addLayout(grid)
    return section


def _keys(keys: tuple[str, ...]) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.UNIT // 2)
    for key in keys[:_SHOWN_KEYS]:
        row.addWidget(label(readable(key), "key"))
    return holder


def readable(key: str) -> str:
    """Return a key of the table as it is printed on keyboards."""
    parts = key.split("+") if not key.endswith("+") else [*key[:-1].split("+")[:-1], "+"]
    return " ".join(_NAMES.get(part, part) for part in parts)
