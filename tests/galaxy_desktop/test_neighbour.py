from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from galaxy_desktop.model.framing import arrival
from galaxy_desktop.model.neighbour import Hopper
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.worlds import world

ROW = [(0.0, 0.0, -float(k)) for k in range(6)]
AHEAD = Pose((0.0, 0.0, 1.0))


def tour(here: World, start: Pose, hops: int) -> list[int]:
    """Press Tab again and again, flying along."""
    hopper, pose, stars = Hopper(here), start, []
    for _ in range(hops):
        star = hopper.hop(pose, None)
        if star is None:
            break
        stars.append(star)
        pose = arrival(pose, here.positions[star], 0.05)
    return stars


def test_without_a_star_the_first_hop_is_to_the_middle_of_the_view() -> None:
    here = world([(0, 0, -1), (0.3, 0, -1), (0, 0, 2)])
    assert Hopper(here).hop(AHEAD, None) == 0
    assert Hopper(here).hop(Pose((0, 0, 1), yaw=-0.15), None) == 1


def test_of_several_in_the_middle_it_is_the_best_known() -> None:
    assert Hopper(world(ROW, [1, 2, 90, 3, 4, 5])).middle(AHEAD) == 2


def test_the_star_that_was_hopped_to_is_the_one_in_the_middle() -> None:
    hopper = Hopper(world(ROW, [1, 2, 90, 3, 4, 5]))
    assert hopper.hop(AHEAD, 0) == 1
    assert hopper.middle(AHEAD) == 1


def test_with_no_star_before_the_camera_there_is_no_middle() -> None:
    here = world([(0, 0, 5)])
    assert Hopper(here).middle(AHEAD) is None
    assert Hopper(here).hop(AHEAD, None) is None


def test_it_goes_the_way_one_looks() -> None:
    here = world([(0, 0, 0), (0, 0, -0.5), (0, 0, 0.1), (0.2, 0, 0)])
    hopper = Hopper(here)
    assert hopper.hop(AHEAD, 0) == 1
    assert hopper.at == 1


def test_it_hops_along_and_back_again() -> None:
    hopper, pose = Hopper(world(ROW)), AHEAD
    assert hopper.hop(pose, 0) == 1
    assert hopper.hop(pose, 0) == 2
    # Enter has opened its card.
    assert hopper.hop(pose, 2) == 3
    assert hopper.back(2) == 2
    assert hopper.back(2) == 1
    assert hopper.back(2) == 0
    assert hopper.back(2) is None


def test_another_star_that_was_chosen_is_where_it_goes_on() -> None:
    hopper = Hopper(world([*ROW, (3, 0, -1), (3, 0, -2)]))
    assert hopper.hop(AHEAD, 0) == 1
    assert hopper.hop(Pose((3, 0, 1)), 6) == 7
    assert hopper.back(6) == 6
    assert hopper.back(6) == 1


def test_what_is_out_of_view_is_forgotten() -> None:
    hopper = Hopper(world([*ROW, (9, 0, 0)]))
    assert hopper.hop(AHEAD, 0) == 1
    assert hopper.hop(Pose((8, 0, 0), yaw=-np.pi / 2), 0) == 6


def test_at_the_end_of_the_row_it_turns_back_to_what_was_not_visited() -> None:
    here = world([(0, 0, 0), (0, 0, -1), (0, 0, 0.5)])
    hopper = Hopper(here)
    assert [hopper.hop(AHEAD, 0), hopper.hop(AHEAD, 0)] == [1, 2]


def test_alone_there_is_nowhere_to_go_and_two_go_to_and_fro() -> None:
    assert Hopper(world([(0, 0, 0)])).hop(AHEAD, 0) is None
    hopper = Hopper(world([(0, 0, 0), (0, 0, -1)]))
    assert [hopper.hop(AHEAD, 0) for _ in range(3)] == [1, 0, 1]


def test_artists_at_the_very_same_point_are_all_reached() -> None:
    assert sorted(tour(world([(0.0, 0.0, 0.0)] * 5), AHEAD, 5)) == [0, 1, 2, 3, 4]


@settings(max_examples=20)
@given(st.integers(0, 1000), st.integers(3, 200))
def test_it_is_never_caught_between_a_few_stars(seed: int, count: int) -> None:
    here = world(np.random.default_rng(seed).normal(size=(count, 3)))
    stars = tour(here, Pose((0, 0, 4.0)), 80)
    assert len(set(stars)) >= min(count, 64)
