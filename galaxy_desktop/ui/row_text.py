"""One line of text in a row: elided, with a part of it brighter, in any script."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from galaxy_desktop.model.shown_text import shown
from galaxy_desktop.ui import theme

Span = tuple[int, int]


def draw_line(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: str,
    bright: Sequence[Span] = (),
    bright_colour: str = "",
) -> float:
    """Draw `text` in the middle of `rect`, from its left, and elide it where it is too long.

    Parameters
    ----------
    painter : QPainter
    rect : QRectF
    text : str
    font : QFont
    colour : str
    bright : sequence of (int, int)
        From which letter to before which, in code points: these are semi-bold in `bright_colour`.
    bright_colour : str

    Returns
    -------
    float
        The width that it took.
    """
    metrics = QFontMetricsF(font)
    # Qt would measure all of a text that is a book.
    elided = metrics.elidedText(shown(text), Qt.TextElideMode.ElideRight, rect.width())
    layout = QTextLayout(elided, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    # The row reads from left to right whatever the name does; Qt turns the letters themselves.
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.setFormats([_format(elided, span, bright_colour) for span in bright])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e6)
    layout.endLayout()
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QColor(colour))
    layout.draw(painter, QPointF(rect.left(), rect.center().y() - line.height() / 2))
    painter.restore()
    return min(rect.width(), line.naturalTextWidth())


def width_of(text: str, font: QFont | None = None) -> float:
    """Return how wide a text is; by default in the font of the body."""
    return QFontMetricsF(font or theme.font()).horizontalAdvance(shown(text)) + 1


def _format(text: str, span: Span, colour: str) -> QTextLayout.FormatRange:
    bright = QTextLayout.FormatRange()
    bright.start = _units(text[: span[0]])
    bright.length = _units(text[span[0] : span[1]])
    style = QTextCharFormat()
    style.setFontWeight(QFont.Weight.DemiBold)
    style.setForeground(QColor(colour))
    bright.format = style
    return bright


def _units(text: str) -> int:
    """Return how many UTF-16 units a text has: Qt counts these."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
