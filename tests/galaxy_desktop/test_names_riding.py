"""Names stay with their stars while the galaxy re-forms."""

from __future__ import annotations

import numpy as np
import pytest

from galaxy_desktop.model.gliding import Gliding
from galaxy_desktop.model.label_kinds import Kind, PlacedLabel
from galaxy_desktop.model.labelling import Labeller
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.reforming import Reforming
from tests.galaxy_desktop.worlds import world

POSE, SIZE = Pose((0, 0, 4)), (900.0, 600.0)
PLACES = np.array([(-1.2, 0.5, 0), (0.2, -0.9, 0), (1.3, 0.4, 0), (-0.2, 1.0, 0.1)], np.float32)
OTHERS = PLACES[::-1] * 0.8


def measure(text: str, _kind: Kind, size: int) -> tuple[float, float]:
    return 0.5 * size * len(text), 1.2 * size


@pytest.fixture
def labeller() -> Labeller:
    made = Labeller(world(PLACES, popularity=[90, 80, 70, 60]), measure)
    made.prepare()
    for _ in range(20):
        made.update(POSE, SIZE, 0.1)
    return made


def shown(labels: list[PlacedLabel]) -> dict[object, PlacedLabel]:
    return {label.key: label for label in labels if label.alpha > 0.5}


def test_names_glide_with_their_stars_and_are_chosen_anew_at_the_goal(labeller: Labeller) -> None:
    gliding = Gliding(labeller.world)
    before = shown(labeller.update(POSE, SIZE, 0.1, gliding=gliding))
    assert before.keys() == {0, 1, 2, 3}
    gliding.glide(OTHERS, 1.0)
    for _ in range(20):
        gliding.step(0.05)
        labels = shown(labeller.update(POSE, SIZE, 0.05, gliding=gliding))
        stars, _ = POSE.project(gliding.places(), SIZE)
        for artist, label in labels.items():
            assert isinstance(artist, int)
            x, y = stars[artist]
            assert abs(label.x + label.width / 2 - x) < label.width / 2 + 40
            assert abs(label.y + label.height / 2 - y) < label.height / 2 + 40
    assert labels.keys() == before.keys()
    gliding.glide(PLACES, 1.0)
    gliding.step(1.0)
    for _ in range(20):
        labels = shown(labeller.update(POSE, SIZE, 0.1, gliding=gliding))
    assert {key: (label.x, label.y) for key, label in labels.items()} == {
        key: (label.x, label.y) for key, label in before.items()
    }


def test_the_name_of_who_fades_away_goes_too(labeller: Labeller) -> None:
    gliding = Gliding(labeller.world)
    goal = OTHERS.copy()
    goal[1] = np.nan
    gliding.glide(goal, 1.0)
    for _ in range(20):
        gliding.step(0.1)
        labels = shown(labeller.update(POSE, SIZE, 0.1, gliding=gliding))
    assert labels.keys() == {0, 2, 3}


def test_another_build_goes_on_with_the_names_of_the_same_artists(labeller: Labeller) -> None:
    old = labeller.world
    new = world(OTHERS[:3], names=["Artist 2", "New", "Artist 0"], popularity=[70, 20, 90])
    change = Reforming.of(old, new)
    gliding = Gliding(old)
    before = shown(labeller.update(POSE, SIZE, 0.1, gliding=gliding))
    gliding = gliding.reformed(new, change.found, 1.0)
    after = Labeller(new, measure)
    after.inherit(labeller, change)
    labels = shown(after.update(POSE, SIZE, 0.01, gliding=gliding))
    assert labels.keys() == {0, 2}
    for key, was in ((0, 2), (2, 0)):
        assert labels[key].text == before[was].text
        assert (labels[key].x, labels[key].y) == pytest.approx(
            (before[was].x, before[was].y), abs=1.5
        )
    for _ in range(15):
        gliding.step(0.1)
        labels = shown(after.update(POSE, SIZE, 0.1, gliding=gliding))
        assert labels.keys() == {0, 2}
    # Until all names of the new galaxy are known.
    after.prepare()
    for _ in range(20):
        labels = shown(after.update(POSE, SIZE, 0.1, gliding=gliding))
    assert labels.keys() == {0, 1, 2}
