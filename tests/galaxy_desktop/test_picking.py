from __future__ import annotations

import math
import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.picking import CORE, NEAR, REACH, Picker
from galaxy_desktop.model.pose import STEEPEST, Pose, looking_at
from galaxy_desktop.model.star_size import radius_px, widening
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.worlds import world

SIZE = (800.0, 600.0)
AT_FRONT = Pose((0, 0, 3))
SMALL = 1 / widening(2)
"""Lets two stars be as small as those of many."""


def both(somewhere: World, pose: Pose, x: float, y: float, **how: float) -> int | None:
    """Return what is picked, which must be the same however it is looked for."""
    quick, slow = Picker(somewhere), Picker(somewhere)
    quick.prepare()
    picked = quick.pick(pose, x, y, SIZE, **how)
    assert picked == slow.pick(pose, x, y, SIZE, **how)
    return picked


def by_hand(somewhere: World, pose: Pose, x: float, y: float) -> list[int]:
    """Return who could be picked, but for rounding, from the pixels of all stars."""
    pixels, depths = pose.project(somewhere.positions, SIZE)
    distance = np.linalg.norm(somewhere.positions - np.array(pose.position), axis=1)
    away = distance / somewhere.star_unit / pose.focal(SIZE[1])
    radius = radius_px(away, somewhere.fame)
    miss = np.maximum(np.linalg.norm(pixels - (x, y), axis=1) - CORE * radius, 0)
    meant = (depths > NEAR * somewhere.radius) & (miss <= REACH)
    if not meant.any():
        return []
    score = np.where(meant, miss / (radius * np.minimum(radius, 1)), np.inf)
    near = score <= score.min() * (1 + 1e-6) + 1e-6
    nearest = distance[near].min() if score.min() == 0 else np.inf
    return list(np.flatnonzero(near & (distance <= nearest + 1e-6)))


numbers = st.floats(-3, 3, width=32).map(lambda x: round(x, 1))
places = st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=40)
poses = st.builds(
    Pose,
    position=st.tuples(numbers, numbers, numbers),
    yaw=st.floats(-4, 4),
    pitch=st.floats(-STEEPEST, STEEPEST),
    fov=st.sampled_from([5.0, 60.0, 110.0, 170.0]),
)


@given(places, poses, st.floats(0, 800), st.floats(0, 600), st.data())
def test_it_is_the_star_that_testing_every_star_gives(
    stars: list[tuple[float, float, float]], pose: Pose, x: float, y: float, data: st.DataObject
) -> None:
    fame = data.draw(st.lists(st.integers(0, 100), min_size=len(stars), max_size=len(stars)))
    somewhere = world(stars, fame)
    picked = both(somewhere, pose, x, y)
    could_be = by_hand(somewhere, pose, x, y)
    assert picked in could_be if picked is not None else not could_be


@given(st.integers(0, 2**32 - 1), st.sampled_from([5.0, 60.0, 110.0, 175.0]), st.floats(0, 4))
def test_it_is_so_among_many_stars_in_clusters_too(seed: int, fov: float, away: float) -> None:
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(12, 3))
    stars = middles[rng.integers(0, 12, 3000)] + rng.normal(size=(3000, 3)) * rng.choice(
        [0.0, 0.01, 0.3], (3000, 1)
    )
    somewhere = world(stars, 100 * rng.random(3000) ** 3)
    eye = rng.normal(size=3)
    eye *= away / np.linalg.norm(eye)
    pose = looking_at(eye, stars[0], fov)
    for x, y in rng.uniform((0, 0), SIZE, (8, 2)):
        picked = both(somewhere, pose, x, y)
        could_be = by_hand(somewhere, pose, x, y)
        assert picked in could_be if picked is not None else not could_be


def test_the_star_nearest_to_the_cursor_is_meant() -> None:
    somewhere = world([[-0.1, 0, 0], [0.1, 0, 0], [0, 2, 0]])
    pixels, _ = AT_FRONT.project(somewhere.positions, SIZE)
    for artist, (x, y) in enumerate(pixels):
        assert both(somewhere, AT_FRONT, x + 3, y - 2) == artist
    assert both(somewhere, AT_FRONT, 200, 300) is None


def test_beyond_its_reach_there_is_nothing() -> None:
    somewhere = world([[0, 0, 0], [5, 5, 0]], [0, 0])
    assert both(somewhere, AT_FRONT, 400 + REACH, 300, star_size=SMALL) == 0
    assert both(somewhere, AT_FRONT, 402 + REACH, 300, star_size=SMALL) is None
    assert both(somewhere, AT_FRONT, 402 + REACH, 300, star_size=SMALL, reach=20) == 0
    # Where there are only two, stars are larger.
    assert both(somewhere, AT_FRONT, 402 + REACH, 300) == 0


def test_a_larger_star_is_easier_to_hit() -> None:
    somewhere = world([[0, 0, 2.9], [9, 0, 0]], [100, 0])
    assert both(somewhere, AT_FRONT, 400 + REACH + 10, 300) == 0
    assert both(somewhere, AT_FRONT, 400 + REACH + 10, 300, star_size=0.05 * SMALL) is None


def test_a_bright_star_is_meant_rather_than_a_faint_one_a_little_nearer() -> None:
    somewhere = world([[0, 0, 0], [0.01, 0, 0.1], [2, 0, 0]], [100, 5, 0])
    pixels, _ = AT_FRONT.project(somewhere.positions, SIZE)
    assert 1 < pixels[1][0] - pixels[0][0] < 6
    assert both(somewhere, AT_FRONT, pixels[1][0] - 1, 300) == 0
    assert both(somewhere, AT_FRONT, pixels[1][0], 300) == 1


def test_the_star_in_front_hides_the_one_behind_it() -> None:
    somewhere = world([[0, 0, -5], [0.001, 0, 2.9]], [100, 100])
    assert both(somewhere, AT_FRONT, 400, 300, star_size=SMALL) == 1
    # Beside the large one in front, the far one is free to be meant.
    pixels, _ = AT_FRONT.project(somewhere.positions, SIZE)
    assert both(somewhere, AT_FRONT, pixels[0][0] - 6, 300, star_size=SMALL) == 1
    assert both(world([[0, 0, -5], [0.05, 0, 2.9]]), AT_FRONT, 400, 300) == 0


def test_of_stars_at_one_point_it_is_the_first() -> None:
    assert both(world([[1, 1, 0], [0, 0, 0], [0, 0, 0]]), AT_FRONT, 400, 300) == 1
    everything_at_once = world(np.zeros((5000, 3)))
    assert both(everything_at_once, AT_FRONT, 401, 300) == 0


def test_stars_behind_or_in_the_camera_are_not_meant() -> None:
    assert both(world([[0, 0, 4], [1, 1, 5]]), AT_FRONT, 400, 300) is None
    assert both(world([[0, 0, 3], [1, 1, 5]]), AT_FRONT, 400, 300) is None


def test_one_artist_and_a_picture_without_pixels() -> None:
    alone = world([[0, 0, 0]], edges=[(0, 0)])
    assert both(alone, AT_FRONT, 400, 300) == 0
    assert Picker(alone).pick(AT_FRONT, 0, 0, (800, 0)) is None


def test_a_picker_answers_while_it_is_made_ready() -> None:
    rng = np.random.default_rng(0)
    somewhere = world(rng.normal(size=(20_000, 3)))
    picker = Picker(somewhere)
    expected = picker.pick(AT_FRONT, 400, 300, SIZE)
    threads = [threading.Thread(target=picker.prepare) for _ in range(3)]
    for thread in threads:
        thread.start()
    answers = {picker.pick(AT_FRONT, 400, 300, SIZE) for _ in range(5)}
    for thread in threads:
        thread.join()
    assert picker.ready
    assert somewhere.tree_ready
    assert answers | {picker.pick(AT_FRONT, 400, 300, SIZE)} == {expected}


@pytest.mark.parametrize("wide", [800.0, 3200.0])
def test_only_the_picture_counts_not_how_wide_the_window_is(wide: float) -> None:
    somewhere = world([[0.3, 0.2, 0], [-1, 0, 0]])
    (pixel, _), _ = AT_FRONT.project(somewhere.positions, (wide, 600.0))
    picker = Picker(somewhere)
    assert picker.pick(AT_FRONT, pixel[0] + 4, pixel[1], (wide, 600.0)) == 0
    assert picker.pick(replace(AT_FRONT, yaw=math.pi), pixel[0], pixel[1], (wide, 600)) is None
