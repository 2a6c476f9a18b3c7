"""Every widget is tested in the dress that it is seen in."""

from __future__ import annotations

import pytest
from PyQt6.QtWidgets import QApplication

from galaxy_desktop.model.world import World
from galaxy_desktop.ui import theme
from tests.galaxy_desktop.ui.widgets.long_name import LONG
from tests.galaxy_desktop.worlds import world


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if theme.colours() is not theme.colours_of("lagoon") or not qapp.styleSheet():
        theme.apply(qapp)


@pytest.fixture
def six() -> World:
    """Return a world of six; the first is related to all others."""
    return world(
        [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [9, 9, 9], [2, 0, 0]],
        popularity=[99, 80, 60, 40, 20, 0],
        edges=[(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)],
        names=["Björk", "宇多田ヒカル", "فيروز", LONG, "<b>AC/DC</b> & 🎸", "x"],
        aliases=[("Bjork", "Björk Guðmundsdóttir"), (), (), (), (), ()],
        tags=[tuple(f"tag {i}" for i in range(30)), ("j-pop",), (), (), (), ()],
        title="Six artists",
        source="A test",
        licence="CC0-1.0",
    )
