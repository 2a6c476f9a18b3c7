"""Texts: plain labels of the theme's kinds, a name that wraps and then elides, hairlines."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import Literal

from PyQt6.QtCore import QPointF, QSize, Qt
from PyQt6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from galaxy_desktop.model.shown_text import shown
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.icons import icon

Kind = Literal[
    "", "title", "heading", "muted", "small", "section", "accent", "warning", "number", "key"
]

_SENTENCES = 2000
"""Characters: more are read in no toast."""


def label(text: str = "", kind: Kind = "", *, wrap: bool = False) -> QLabel:
    """Return a label that shows `text` as it is: names are data and never markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    if wrap:
        # A label that wraps asks for a width of its own, and would push its panel wider.
        made.setMinimumWidth(0)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def tip(text: str) -> str:
    """Return the text of a tooltip that shows `text` as it is, and wraps."""
    return f"<qt>{escape(shown(text))}</qt>" if text else ""


def hairline() -> QFrame:
    """Return a line from left to right, one pixel high."""
    line = QFrame()
    line.setProperty("kind", "line")
    line.setFixedHeight(1)
    return line


class IconLabel(QWidget):
    """A sentence with an icon before it, small and muted.

    Parameters
    ----------
    icon_name, icon_kind : str
        As in `icons.icon`.
    sentence : str
    kind : str
        Of the text.
    size : int
        Of the icon, in logical pixels.
    """

    def __init__(
        self,
        icon_name: str,
        icon_kind: str,
        sentence: str,
        kind: Kind = "small",
        size: int = theme.SMALL_ICON,
    ) -> None:
        super().__init__()
        self.words = label(shown(sentence, _SENTENCES), kind, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT if size == theme.SMALL_ICON else 2 * theme.UNIT)
        row.addWidget(_Mark(icon_name, icon_kind, size), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)


class _Mark(QWidget):
    """An icon, drawn anew at every theme and pixel ratio."""

    def __init__(self, name: str, kind: str, size: int) -> None:
        super().__init__()
        self._icon = icon(name, kind)
        self.setFixedSize(size, size + 2)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        self._icon.paint(QPainter(self), self.rect())


class NameLabel(QWidget):
    """A name in large letters: wraps anywhere it must, and elides after a few lines.

    Parameters
    ----------
    size : {"small", "body", "heading", "title"}
    lines : int
        At most so many; what is longer ends in an ellipsis, and the tooltip tells all of it.
    muted : bool
        Thinner and less bright.
    """

    def __init__(
        self,
        size: theme.TextSize = "title",
        lines: int = 3,
        *,
        muted: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._lines = lines
        self._muted = muted
        self.setFont(theme.font(size, bold=not muted))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """Return the name; of one that is a book, what could be seen of it."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another name."""
        self._text = shown(" ".join(text.split()))
        self.setAccessibleName(self._text)
        self._note_elided()
        self.updateGeometry()
        self.update()

    def shown_lines(self) -> list[str]:
        """Return what stands on each line now."""
        return self._layout(self.width())[1]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _, lines = self._layout(width)
        return round(max(1, len(lines)) * self._line_height())

    def sizeHint(self) -> QSize:
        return QSize(theme.SIDEBAR, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, round(self._line_height()))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._note_elided()
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        colours = theme.colours()
        painter.setPen(QColor(colours.muted if self._muted else colours.text))
        painter.setFont(self.font())
        _, lines = self._layout(self.width())
        height = self._line_height()
        option = _option(self._text)
        for row, text in enumerate(lines):
            layout = QTextLayout(text, self.font())
            layout.setTextOption(option)
            layout.beginLayout()
            line = layout.createLine()
            line.setLineWidth(self.width() + 1)
            layout.endLayout()
            layout.draw(painter, QPointF(0, row * height))

    def _line_height(self) -> float:
        metrics = QFontMetricsF(self.font())
        return metrics.height() * 1.05

    def _layout(self, width: int) -> tuple[bool, list[str]]:
        """Return whether something is left out, and the lines."""
        layout = QTextLayout(self._text, self.font())
        layout.setTextOption(_option(self._text))
        layout.beginLayout()
        spans: list[tuple[int, int]] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            spans.append((line.textStart(), line.textLength()))
        layout.endLayout()
        # Qt counts UTF-16 units, Python code points.
        units = self._text.encode("utf-16-le", "surrogatepass")
        lines = [
            units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace").rstrip()
            for start, length in spans[: self._lines]
        ]
        if len(spans) <= self._lines:
            return False, lines
        rest = units[2 * spans[self._lines - 1][0] :].decode("utf-16-le", "replace")
        metrics = QFontMetricsF(self.font())
        lines[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, max(1, width))
        return True, lines

    def _note_elided(self) -> None:
        elided, _ = self._layout(self.width())
        self.setToolTip(tip(self._text) if elided else "")


def _option(text: str) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if is_right_to_left(text) else Qt.LayoutDirection.LeftToRight
    )
    return option


def is_right_to_left(text: str) -> bool:
    """Return whether a text reads from right to left: its first strong letter says."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
