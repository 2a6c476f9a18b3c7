"""The artists of a path, one below the other on a line, and where the music makes a leap."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen

from galaxy_desktop.model.ingredient_colours import COLOURS
from galaxy_desktop.model.mix_answer import Answer
from galaxy_desktop.model.recipe import Recipe
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_rows import Row, draw_fame
from galaxy_desktop.ui.column import scroll_to
from galaxy_desktop.ui.found_rows import FoundPainter, FoundRows
from galaxy_desktop.ui.row_text import draw_line

_RAIL = 20
_DOT = 4.5
_FAME = 44
"""Logical pixels that the bar of the popularity takes of both lines."""


@dataclass(frozen=True, slots=True)
class PathRow(Row):
    """What the row of a stop shows besides.

    Attributes
    ----------
    colour : str
        Of its dot: from that of the first artist to that of the last.
    end : {"first", "last", ""}
    leap_before, leap_after : bool
        Whether the way from the one before, or to the next, is a leap.
    here : bool
        Whether the flight along the path is here.
    """

    colour: str = ""
    end: str = ""
    leap_before: bool = False
    leap_after: bool = False
    here: bool = False


def path_rows(
    recipe: Recipe, answer: Answer, world: World, here: int | None = None
) -> list[PathRow]:
    """Return the rows of a path; `here` is the stop that a flight is at."""
    way = answer.path
    if way is None:
        return []
    first, last = (COLOURS[recipe.ingredients[place].colour] for place in answer.taking_part)
    end = len(way.artists) - 1
    rows = []
    for place, artist in enumerate(way.artists):
        leap = place - 1 in way.leaps
        if place == 0:
            said = "Here it begins"
        elif leap:
            said = f"A leap: {way.matches[place - 1]:.0%} match"
        else:
            said = f"{way.matches[place - 1]:.0%} match"
        rows.append(
            PathRow(
                artist,
                world.name(artist),
                float(world.fame[artist]),
                detail=said,
                colour=_between(first, last, place / end),
                end={0: "first", end: "last"}.get(place, ""),
                leap_before=leap,
                leap_after=place in way.leaps,
                here=place == here,
            )
        )
    return rows


class PathPainter(FoundPainter):
    """Draws a `PathRow`."""

    def has_tool(self, row: Row) -> bool:
        # The ends are what is averaged already.
        return isinstance(row, PathRow) and not row.end

    def inner(self, whole: QRectF, row: Row) -> QRectF:
        return super().inner(whole, row).adjusted(_RAIL, 0, 0, 0)

    def draw_lines(
        self, painter: QPainter, row: Row, whole: QRectF, above: QRectF, below: QRectF
    ) -> None:
        assert isinstance(row, PathRow)
        colours = theme.colours()
        _draw_rail(painter, whole, above.center().y(), row)
        draw_fame(painter, above.united(below), row.fame)
        for line in (above, below):
            line.setWidth(line.width() - _FAME)
        draw_line(painter, above, row.name, theme.font("body", bold=row.here), colours.text)
        said = colours.warning if row.leap_before else colours.muted
        draw_line(painter, below, row.detail, theme.font("small"), said)


class PathRows(FoundRows):
    """The stops of a path."""

    def __init__(self) -> None:
        super().__init__(PathPainter(), "Artists on the path")

    def show_place(self, place: int) -> None:
        """Bring a stop into sight."""
        model = self.model()
        assert model is not None
        scroll_to(self, self.visualRect(model.index(place, 0)))


def _draw_rail(painter: QPainter, whole: QRectF, y: float, row: PathRow) -> None:
    """Draw the line through a row, dashed where the music leaps, and the dot on it."""
    x = round(whole.left() + theme.UNIT + _DOT + 1)
    for leap, there, top, bottom in (
        (row.leap_before, row.end != "first", whole.top(), y),
        (row.leap_after, row.end != "last", y, whole.bottom()),
    ):
        if there:
            colour = theme.colours().warning if leap else row.colour
            # Flat ends, or those of two rows would lie over each other.
            pen = QPen(QColor(colour), 2, cap=Qt.PenCapStyle.FlatCap)
            if leap:
                pen.setDashPattern([1.5, 2])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(QPen(QColor(theme.colours().surface), 2))
    painter.setBrush(QColor(row.colour))
    size = _DOT + 2.5 if row.here else _DOT + 1
    painter.drawEllipse(QPointF(x, y), size, size)


def _between(first: str, last: str, share: float) -> str:
    """Return a colour on the way from one to another."""
    one, other = (bytes.fromhex(each[1:]) for each in (first, last))
    mixed = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return "#" + bytes(mixed).hex()
