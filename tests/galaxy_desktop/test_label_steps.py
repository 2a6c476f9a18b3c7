"""A choice of names that is spread over frames."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from galaxy_desktop.model.labelling import INTERVAL, Labeller
from galaxy_desktop.model.world import World
from tests.galaxy_desktop import naming
from tests.galaxy_desktop.naming import SIZE, around, galaxy

FRAME = 1 / 30


@pytest.fixture(scope="module")
def stars() -> World:
    return galaxy(seed=2)


@pytest.fixture
def labeller(stars: World) -> Labeller:
    return naming.labeller(stars)


def fly(labeller: Labeller, stars: World, frames: int) -> list[int]:
    """Turn; return how often names had been chosen after each frame."""
    counts = []
    for frame in range(frames):
        labeller.update(around(stars, 0.02 * frame, 1.0), SIZE, FRAME)
        counts.append(labeller.choices)
    return counts


def test_in_motion_names_are_chosen_as_often_as_ever_over_three_frames(
    labeller: Labeller, stars: World
) -> None:
    counts = fly(labeller, stars, 60)
    made = [frame for frame, (before, now) in enumerate(pairwise(counts), 1) if now != before]
    apart = {later - sooner for sooner, later in pairwise(made)}
    # The first is made at once; the second is due after the interval and there two frames later.
    assert made[0] == np.ceil(INTERVAL / FRAME) + 2
    assert apart == {np.ceil(INTERVAL / FRAME)}


def test_between_the_steps_names_go_with_their_stars_and_none_fades(
    labeller: Labeller, stars: World
) -> None:
    fly(labeller, stars, 4)
    chosen = labeller.choices
    before, after = (
        {label.key: label for label in labeller.update(around(stars, turn, 1.0), SIZE, FRAME)}
        for turn in (0.08, 0.1)
    )
    assert labeller.choices == chosen
    assert not labeller.settled
    within = [label for label in before.values() if 50 < label.x < 1000 and 50 < label.y < 700]
    assert len(within) > 10
    assert all(after[label.key].alpha >= 0.99 * label.alpha for label in within)
    assert all((after[b.key].x, after[b.key].y) != (b.x, b.y) for b in within)


def test_who_is_selected_in_the_middle_of_a_choice_is_named_at_once(
    labeller: Labeller, stars: World
) -> None:
    fly(labeller, stars, 5)
    chosen = labeller.choices
    pose = around(stars, 0.1, 1.0)
    labels = labeller.update(pose, SIZE, FRAME, selected=7)
    assert labeller.choices == chosen + 1
    assert labels[-1].key == 7
    # What was begun before is no more.
    for _ in range(4):
        assert labeller.update(pose, SIZE, FRAME, selected=7)[-1].key == 7


def test_a_camera_that_stops_in_the_middle_of_a_choice_comes_to_the_names_of_the_view(
    labeller: Labeller, stars: World
) -> None:
    fly(labeller, stars, 5)
    assert not labeller.settled
    pose = around(stars, 0.08, 1.0)

    def rest(labeller: Labeller) -> set[object]:
        for _ in range(120):
            labels = labeller.update(pose, SIZE, FRAME)
        assert labeller.settled
        return {label.key for label in labels}

    seen = rest(labeller)
    labeller.reset()
    assert seen == rest(labeller)
