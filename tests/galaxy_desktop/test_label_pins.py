"""Of what is lit, the names that matter most come first, and beside their own stars."""

from __future__ import annotations

import numpy as np

from galaxy_desktop.model.label_kinds import Kind, PlacedLabel
from galaxy_desktop.model.labelling import Labeller
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.worlds import world

SIZE = (800.0, 600.0)
AHEAD = Pose((0, 0, 3))


def measure(text: str, kind: Kind, size: int) -> tuple[float, float]:
    del kind
    return 0.55 * size * len(text), 1.35 * size


def labels(here: World, *lit: int, strengths: tuple[float, ...] = ()) -> dict[object, PlacedLabel]:
    names = Labeller(here, measure)
    found = names.update(AHEAD, SIZE, 1.0, highlights=lit, strengths=strengths)
    return {label.key: label for label in found}


def crowd(n: int = 14) -> World:
    places = np.random.default_rng(2).normal(size=(n, 3)) * 0.06
    return world(
        places, np.linspace(0, 100, n), names=[f"A somewhat long name {k}" for k in range(n)]
    )


def test_the_strongest_are_named_first_whatever_their_fame() -> None:
    here = crowd()
    order = tuple(range(len(here)))
    strengths = tuple(1 - k / len(here) for k in order)
    plain, strong = labels(here, *order), labels(here, *order, strengths=strengths)
    assert {0, 1} <= set(strong)
    assert 0 not in plain
    assert 3 < len(strong) < len(here)
    # Another that is lit alike is named by its fame.
    assert len(here) - 1 in plain


def test_they_come_before_who_is_related_to_the_selected_one() -> None:
    here = world([(0, 0.5, 0), (0, 0, 0), (0.001, 0, 0)], names=["Selected", "Related", "Result"])
    names = Labeller(here, measure)
    found = names.update(AHEAD, SIZE, 1.0, None, 0, (1,), (2,), strengths=(1.0,))
    kinds = {label.key: label.kind for label in found}
    assert kinds[2] == "highlight"


def test_a_name_keeps_away_from_other_lit_stars() -> None:
    # To the right of the first star there is a second one.
    here = world([(0, 0, 0), (0.1, 0, 0)], names=["One that is long", "Two"])
    found = labels(here, 0, 1, strengths=(1.0, 0.5))
    ((x, y),), _ = AHEAD.project(here.positions[[1]], SIZE)
    first = found[0]
    assert not (
        first.x - 9 < x < first.x + first.width + 9 and first.y < y < first.y + first.height
    )
    alone = labels(here, 0, strengths=(1.0,))[0]
    assert alone.x > x - 40
    assert len(found) == 2
