"""The artists that an average led to: a name, how well it matches, of whom it has how much."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPainter

from embedding.averaging import Result
from galaxy_desktop.model.ingredient_colours import COLOURS
from galaxy_desktop.model.mix_answer import Answer
from galaxy_desktop.model.recipe import Ingredient, Recipe
from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.artist_rows import Row, draw_fame
from galaxy_desktop.ui.found_rows import FoundPainter, FoundRows
from galaxy_desktop.ui.row_text import draw_line, width_of
from galaxy_desktop.ui.share_bar import Share, draw_lean, draw_shares

_BAR = 132


@dataclass(frozen=True, slots=True)
class ResultRow(Row):
    """What the row of a result shows besides.

    Attributes
    ----------
    match : str
    shares : tuple of (str, float)
        Colour and share of each ingredient; none where there is nothing to compare.
    two_sided : bool
        Whether it leans to one of two.
    """

    match: str = ""
    shares: tuple[Share, ...] = ()
    two_sided: bool = False


def result_rows(recipe: Recipe, answer: Answer, world: World) -> list[ResultRow]:
    """Return the rows of an average."""
    if answer.average is None:
        return []
    asked = [recipe.ingredients[place] for place in answer.taking_part]
    return [_row(found, asked, world) for found in answer.average.results]


def _row(found: Result, asked: list[Ingredient], world: World) -> ResultRow:
    name, fame = world.name(found.index), float(world.fame[found.index])
    parts = [(each, share) for each, share in zip(asked, found.shares, strict=True) if share > 0]
    compared = parts if len(parts) > 1 else []
    said = ", ".join(f"{share:.0%} {each.name}" for each, share in compared)
    words = [f"{found.match:.0%} match", said, f"popularity {100 * fame:.0f} of 100"]
    return ResultRow(
        found.index,
        name,
        fame,
        detail="; ".join(filter(None, words)),
        match=f"{found.match:.0%}",
        shares=tuple((COLOURS[each.colour], share) for each, share in compared),
        two_sided=len(asked) == len(compared) == 2,
    )


class ResultPainter(FoundPainter):
    """Draws a `ResultRow`."""

    def row_tip(self, row: Row) -> str:
        return f"{row.name}: {row.detail}"

    def draw_lines(
        self, painter: QPainter, row: Row, _whole: QRectF, above: QRectF, below: QRectF
    ) -> None:
        assert isinstance(row, ResultRow)
        colours = theme.colours()
        wide = width_of(row.match, theme.font("body", bold=True))
        match = QRectF(above.right() - wide, above.top(), wide, above.height())
        draw_line(painter, match, row.match, theme.font("body", bold=True), colours.text)
        above.setRight(match.left() - theme.UNIT)
        draw_line(painter, above, row.name, theme.font(), colours.text)
        bar = QRectF(below)
        bar.setWidth(min(_BAR, below.width() - 60))
        if row.two_sided:
            draw_lean(painter, bar, *row.shares)
        elif row.shares:
            draw_shares(painter, bar, row.shares)
        draw_fame(painter, below, row.fame)


class ResultRows(FoundRows):
    """The results; the + at the end of one, or its key, puts it in as a new ingredient."""

    def __init__(self) -> None:
        super().__init__(ResultPainter(), "Artists between them")
