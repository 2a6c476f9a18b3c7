from __future__ import annotations

import numpy as np

from galaxy_desktop.model.history import History, Place
from galaxy_desktop.model.place_names import named_places, place_name
from galaxy_desktop.model.pose import Pose
from tests.galaxy_desktop.worlds import world

STARS = np.array([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0]], np.float32)
HERE = world(STARS, names=["Ada", "Bo", "椎名林檎", "Di"])  # R is 1, the centre at 0


def at(x: float, artist: str = "") -> Place:
    return Place(Pose((x, 0.0, 0.0)), artist)


def test_a_place_is_called_after_whom_it_shows() -> None:
    assert place_name(at(1.1, "Ada"), HERE) == "Ada"
    assert place_name(at(1.1, "Di"), HERE) == "Di from afar"
    assert place_name(at(0.5), HERE) == "A view"
    assert place_name(at(3), HERE) == "The whole galaxy"
    assert place_name(at(3, "gone"), HERE) == "The whole galaxy"


def test_near_a_star_it_is_called_after_that_as_soon_as_it_is_known() -> None:
    fresh = world(STARS, names=["Ada", "Bo", "椎名林檎", "Di"])
    assert place_name(at(-0.9), fresh) == "A view"
    fresh.prepare()
    assert place_name(at(-0.9), fresh) == "Near Bo"


def test_of_several_in_a_row_that_are_called_the_same_one_is_listed() -> None:
    history = History(1.0)
    for x in (0.5, 0.3, 0.1, 1.1):
        history.visit(at(x))
    history.visit(at(0.2))
    HERE.prepare()
    assert named_places(history, HERE) == [(4, "A view"), (3, "Near Ada"), (2, "A view")]
    history.go_to(1)
    assert named_places(history, HERE) == [(4, "A view"), (3, "Near Ada"), (1, "A view")]
